namespace Ajanvaraus.Fhir.Core.Model;

/// <summary>Canonical addresses of what this project defines, and of the foreign extensions that it reads.</summary>
public static class Canonicals
{
    /// <summary>A publisher of the profiles sets its own.</summary>
    public const string Base = "https://ajanvaraus.example/fhir";

    /// <summary>Code system of the message ids (<c>AJV-1101</c>) in <c>OperationOutcome.issue.details</c>.</summary>
    public const string MessageSystem = Base + "/CodeSystem/message";

    /// <summary>Until when a pending Appointment holds its time; <c>valueInstant</c>.</summary>
    public const string HeldUntil = Base + "/StructureDefinition/held-until";

    /// <summary>Why a status was taken back; <c>valueString</c> or <c>valueCodeableConcept</c> on an Appointment.</summary>
    public const string StatusReason = Base + "/StructureDefinition/status-reason";

    /// <summary>Least notice of a booking; <c>valueDuration</c> on a Schedule or HealthcareService.</summary>
    public const string LeadTime = Base + "/StructureDefinition/lead-time";

    /// <summary>How long before a booking its clients are reminded; <c>valueDuration</c> on a Schedule or HealthcareService, each a reminder.</summary>
    public const string ReminderBefore = Base + "/StructureDefinition/reminder-before";

    /// <summary>Citizens book only with their own worker; <c>valueBoolean</c> on a Schedule or HealthcareService.</summary>
    public const string OwnClientsOnly = Base + "/StructureDefinition/own-clients-only";

    /// <summary>How long before the start a booking may still be cancelled or moved: <c>clientCancel</c>, <c>clientMove</c>,
    /// <c>staffCancel</c>, <c>staffMove</c>; on a Schedule or HealthcareService.</summary>
    public const string ChangeDeadlines = Base + "/StructureDefinition/change-deadlines";

    /// <summary>What holds for minors and those who act for them: <c>guardianMayBook</c>, <c>minorMayBookFrom</c>,
    /// <c>guardianSeesUntil</c>, <c>minorMayHide</c>; on a HealthcareService or Organization.</summary>
    public const string MinorClients = Base + "/StructureDefinition/minor-clients";

    /// <summary>Time to prepare that is kept before each booking; <c>valueDuration</c> on a Schedule or HealthcareService.</summary>
    public const string BufferBefore = Base + "/StructureDefinition/buffer-before";

    /// <summary>Time to clear up that is kept after each booking; <c>valueDuration</c> on a Schedule or HealthcareService.</summary>
    public const string BufferAfter = Base + "/StructureDefinition/buffer-after";

    /// <summary>Most bookings that begin on one local day; <c>valuePositiveInt</c> on a Schedule or HealthcareService.</summary>
    public const string BookingLimitDay = Base + "/StructureDefinition/booking-limit-day";

    /// <summary>Most bookings that begin in one week from Monday to Sunday; <c>valuePositiveInt</c> on a Schedule or
    /// HealthcareService.</summary>
    public const string BookingLimitWeek = Base + "/StructureDefinition/booking-limit-week";

    /// <summary>Most times to come of one client, when citizens book; <c>valuePositiveInt</c> on a HealthcareService.</summary>
    public const string BookingLimitClient = Base + "/StructureDefinition/booking-limit-client";

    /// <summary>How long visits are, the usual length first; <c>valueDuration</c>, repeated, on a Schedule or HealthcareService.</summary>
    public const string VisitLength = Base + "/StructureDefinition/visit-length";

    /// <summary>That journeys between bookings are kept free: by the matrix, or by <c>distance</c> too, with <c>speed</c> and
    /// <c>detour</c>; on a Schedule or HealthcareService.</summary>
    public const string Travel = Base + "/StructureDefinition/travel";

    /// <summary>A row of the matrix of journeys: <c>to</c> another Location, and the <c>time</c> it takes; on a Location.</summary>
    public const string TravelTime = Base + "/StructureDefinition/travel-time";

    /// <summary>A week template that opens the times of a Schedule; <c>valueReference</c> to a Basic.</summary>
    public const string AvailabilityTemplate = Base + "/StructureDefinition/availability-template";

    /// <summary>Who may book a Slot; <c>valueCode</c>.</summary>
    public const string Audience = Base + "/StructureDefinition/audience";

    /// <summary>When a Slot opens to its audience; <c>valueInstant</c>.</summary>
    public const string OpensAt = Base + "/StructureDefinition/opens-at";

    /// <summary>A holiday on which a unit is open; <c>valueCode</c> every year, <c>valueDate</c> once.</summary>
    public const string OpenOnHoliday = Base + "/StructureDefinition/open-on-holiday";

    /// <summary>A <c>valuePeriod</c> in which an organisation or place is closed.</summary>
    public const string ClosedDuring = Base + "/StructureDefinition/closed-during";

    /// <summary>The series that an Appointment is of: <c>id</c>, its <c>number</c> from 1, <c>of</c> how many.</summary>
    public const string Series = Base + "/StructureDefinition/series";

    /// <summary>How many clients a group needs, and by when; <c>clients</c>, <c>deadline</c>, <c>decided</c> on a Slot or an
    /// Appointment.</summary>
    public const string GroupMinimum = Base + "/StructureDefinition/group-minimum";

    /// <summary>How many clients a group Appointment has room for; <c>valuePositiveInt</c>.</summary>
    public const string GroupCapacity = Base + "/StructureDefinition/group-capacity";

    /// <summary>Bookings wait for the professional's consent; <c>valueBoolean</c> on a HealthcareService or Schedule.</summary>
    public const string RequiresApproval = Base + "/StructureDefinition/requires-approval";

    /// <summary>Why time was booked that others have or that is closed; <c>valueString</c> on an Appointment.</summary>
    public const string Override = Base + "/StructureDefinition/override";

    /// <summary>The meeting that a journey is for; <c>valueReference</c> on an Appointment.</summary>
    public const string TravelFor = Base + "/StructureDefinition/travel-for";

    /// <summary>The unit at work, of who is named in the log; <c>valueReference</c> on an agent of an AuditEvent.</summary>
    public const string AuditUnit = Base + "/StructureDefinition/audit-unit";

    /// <summary>Whom somebody acted for, as the log has it; <c>valueReference</c> on an agent of an AuditEvent.</summary>
    public const string AuditActsFor = Base + "/StructureDefinition/audit-acts-for";

    /// <summary>The meeting that time for writing is for; <c>valueReference</c> on an Appointment.</summary>
    public const string DocumentationFor = Base + "/StructureDefinition/documentation-for";

    /// <summary>Interpreter, guard: <c>valueCode</c> on a participant of an Appointment.</summary>
    public const string AdditionalService = Base + "/StructureDefinition/additional-service";

    /// <summary>That a Slot which is busy-unavailable closes its services alone; <c>valueBoolean</c> on a Slot.</summary>
    public const string ClosesServiceOnly = Base + "/StructureDefinition/closes-service-only";

    /// <summary>The absence by which a free Slot was closed; <c>valueReference</c> on a Slot.</summary>
    public const string ClosedBy = Base + "/StructureDefinition/closed-by";

    /// <summary>A later time of an offered series; <c>valuePeriod</c>.</summary>
    public const string Occurrence = Base + "/StructureDefinition/occurrence";

    /// <summary>Profile of a time in a calendar.</summary>
    public const string SlotProfile = Base + "/StructureDefinition/fi-social-slot";

    /// <summary>Profile of a week template.</summary>
    public const string WeekTemplateProfile = Base + "/StructureDefinition/fi-social-week-template";

    /// <summary>Code system of <c>ServiceRequest.category</c>.</summary>
    public const string ServiceRequestCategorySystem = Base + "/CodeSystem/service-request-category";

    /// <summary>Category of a ServiceRequest that is an entitlement (<i>varausoikeus</i>) to book.</summary>
    public const string EntitlementCategory = "entitlement";

    /// <summary>Code system of the tags that the server sets on its own Slots.</summary>
    public const string SlotTagSystem = Base + "/CodeSystem/slot-tag";

    /// <summary>Tag of a Slot that a booking made where none stood.</summary>
    public const string FillerTag = "filler";

    /// <summary>Tag of a Slot that a week template opens and a booking stored.</summary>
    public const string ComputedTag = "computed";

    /// <summary>Tag of a Slot that is closed while a booking beside it keeps buffers.</summary>
    public const string BufferTag = "buffer";

    /// <summary>Tag of a Slot that is closed while its calendar takes no more bookings on that day or in that week.</summary>
    public const string LimitTag = "limit";

    /// <summary>Tag of a Slot that is an absence, recorded by <c>$absence</c>.</summary>
    public const string AbsenceTag = "absence";

    /// <summary>Seats of a Slot, from SMART Scheduling Links; <c>valueInteger</c>.</summary>
    public const string SlotCapacity = "http://fhir-registry.smarthealthit.org/StructureDefinition/slot-capacity";

    /// <summary>The Appointment that one takes the place of, from R5; <c>valueReference</c>.</summary>
    public const string AppointmentReplaces =
        "http://hl7.org/fhir/5.0/StructureDefinition/extension-Appointment.replaces";

    /// <summary>IANA time zone of a calendar; <c>valueCode</c>.</summary>
    public const string TimeZone = "http://hl7.org/fhir/StructureDefinition/timezone";
}
