using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Scheduling.Slots;
using Ajanvaraus.Fhir.Server.Booking;
using Ajanvaraus.Fhir.Server.Writing;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary>What <c>$book</c> and <c>$hold</c> were asked: an Appointment as given, or the id of one that is known.</summary>
/// <remarks>
/// Every alias of the parameter names is accepted; a body that is an Appointment stands for the one parameter.
/// </remarks>
internal sealed record BookingInput
{
    /// <summary>The Appointment as given, with Slots, clients, entitlement and comment of the other parameters in it; or null.</summary>
    public ElementNode? Appointment { get; private init; }

    /// <summary>Id of a known Appointment; null when a new one is given.</summary>
    public string? AppointmentId { get; private init; }

    /// <summary>A proposal of <c>$find</c> that is named by its id alone; null when none is.</summary>
    public OfferId? Offer { get; private init; }

    /// <summary>The time is one that was offered, as Slots that are not stored: it must stay in what is open.</summary>
    public bool StaysInSlots { get; private init; }

    /// <summary>The answer shows the Slots too: asked for, or given as copies.</summary>
    public bool ShowsSlots { get; private init; }

    public ImmutableArray<string> ScheduleIds { get; private init; } = [];

    public ImmutableArray<string> SlotIds { get; private init; } = [];

    public ImmutableArray<string> Patients { get; private init; } = [];

    /// <summary>Clients as the caller knows them; they may be new here.</summary>
    public ImmutableArray<ElementNode> PatientResources { get; private init; } = [];

    /// <summary>The ServiceRequest that gives the right to book.</summary>
    public string? EntitlementId { get; private init; }

    public string? Comment { get; private init; }

    /// <summary>Another Appointment that this one takes the place of.</summary>
    public string? CancelledAppointmentId { get; private init; }

    /// <summary>The caller sent a bare Appointment, or one beside <c>schedule</c>: the answer is an Appointment too.</summary>
    public bool AnswersResource { get; private init; }

    public static Outcome<BookingInput> Read(OperationContext context)
    {
        var parameters = context.Parameters;
        var given = parameters.First("appointment", "appt-resource", "appointment-resource");
        var appointment = parameters.RawResource ?? given?.Resource;
        if (appointment is not null && appointment.Type.Name != "Appointment")
            return ParameterProblems.WrongResource(given?.Expression, "Appointment");
        var unstored = UnstoredSlots.None;
        if (appointment is not null)
            (appointment, unstored) = UnstoredSlots.TakeOut(OwnReferences.MakeRelative(appointment, context.Request));
        unstored = unstored.With(parameters.All("slot", "slot-reference"));
        if (unstored.Problem is { } slotless)
            return slotless;
        // The id of an offer names a time in calendars, not a resource: it may be booked, cancelled and offered again.
        if (appointment?.Text("status") == "proposed"
            && appointment.Id is { } offered && OfferId.Parse(offered) is not null)
            appointment = appointment.Without("id");
        var known = parameters.First("appointment-reference", "appt-id");
        var references = new ReferenceReader(parameters);
        var knownId = context.Id ?? references.Id(known, "Appointment");
        var offer = knownId is null ? null : OfferId.Parse(knownId);
        var input = new BookingInput
        {
            AppointmentId = offer is null ? knownId : null,
            Offer = offer,
            StaysInSlots = offer is not null || !unstored.IsEmpty,
            ShowsSlots = !unstored.IsEmpty || parameters.First("_include")?.Text == "Appointment:slot",
            ScheduleIds = [.. references.Ids("Schedule", "schedule").Concat(unstored.ScheduleIds).Distinct()],
            SlotIds = references.Ids("Slot", UnstoredSlots.IsStored, "slot", "slot-reference", "slot-identifier"),
            PatientResources =
                [.. parameters.All("patient-resource").Select(p => p.Resource).OfType<ElementNode>()],
            Patients = [.. references.Ids("Patient", "patient", "patient-id", "patient-reference")
                .Select(id => $"Patient/{id}")],
            EntitlementId = references.Id(parameters.First("entitlement", "referral-identifier"), "ServiceRequest"),
            Comment = parameters.First("comment")?.Text,
            CancelledAppointmentId = references.Id(
                parameters.First("cancelled-appt-id", "cancelled-appointment"), "Appointment"),
            AnswersResource = parameters.RawResource is not null
                || (given?.Name == "appt-resource" && parameters.First("schedule") is not null),
        };
        if (references.Problem is { } malformed)
            return malformed;
        if (input.Comment?.Length > AppointmentChecks.LongestText)
            return ParameterProblems.TooLong(parameters.First("comment")!.Expression, AppointmentChecks.LongestText);
        if (parameters.All("patient-resource").FirstOrDefault(p => p.Resource?.Type.Name != "Patient") is { } notClient)
            return ParameterProblems.WrongResource(notClient.Expression, "Patient");
        return input with
        {
            Appointment = input.AppointmentId is null ? input.Fill(unstored.GiveTime(appointment)) : null,
        };
    }

    /// <summary>Also for these clients.</summary>
    /// <param name="patients">As references.</param>
    public BookingInput WithClients(ImmutableArray<string> patients)
    {
        if (patients.IsEmpty)
            return this;
        var input = this with { Patients = Patients.AddRange(patients) };
        return input with { Appointment = Appointment is null ? null : input.Fill(Appointment) };
    }

    /// <summary>Puts Slots, clients, entitlement and comment of the parameters into the Appointment.</summary>
    public ElementNode Fill(ElementNode? appointment)
    {
        var result = appointment ?? NewAppointment();
        if (!SlotIds.IsEmpty)
            result = result.Replace("slot", [.. SlotIds.Select(id => Reference(result, "slot", $"Slot/{id}"))]);
        foreach (var patient in Patients)
            result = AddClient(result, patient);
        if (EntitlementId is { } entitlement)
            result = AddEntitlement(result, $"ServiceRequest/{entitlement}");
        return Comment is null ? result : result.Set("comment", Comment);
    }

    public static ElementNode NewAppointment() => new(null, R4.Definitions.Resource("Appointment")!, null, []);

    private static ElementNode AddEntitlement(ElementNode appointment, string entitlement) =>
        new AppointmentView(appointment).BasedOn.Contains(entitlement)
            ? appointment
            : appointment.Append(Reference(appointment, "basedOn", entitlement));

    private static ElementNode AddClient(ElementNode appointment, string patient)
    {
        if (appointment.All("participant").Any(p => p["actor"]?.Text("reference") == patient))
            return appointment;
        var participant = appointment.New("participant");
        return appointment.Append(participant
            .Append(Reference(participant, "actor", patient))
            .Set("status", "accepted"));
    }

    private static ElementNode Reference(ElementNode parent, string element, string reference) =>
        parent.New(element).Set("reference", reference);
}
