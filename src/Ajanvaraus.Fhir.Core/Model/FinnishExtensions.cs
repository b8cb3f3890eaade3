namespace Ajanvaraus.Fhir.Core.Model;

/// <summary>Addresses of HL7 Finland's extensions that this server reads and writes.</summary>
/// <remarks>Those of 2020 and 2021 are read only. Source: hl7.fhir.fi.scheduling 0.2.0 and 2.0.0-rc2.</remarks>
public static class FinnishExtensions
{
    /// <summary>On <c>Appointment.status</c>: the national state; <c>valueCoding</c>.</summary>
    public const string State = Current + "ajanvarauksen-tila";

    /// <summary>Whether an Appointment can be cancelled or moved, and until when; complex.</summary>
    public const string Mutability = Current + "mutable";

    /// <summary>The same in the guides of 2020 and 2021.</summary>
    public const string OldMutability = "http://hl7.fi/fhir/StructureDefinition/AppointmentMutabilityExtension";

    /// <summary>The guide's profile of Appointment.</summary>
    public const string AppointmentProfile = Current + "fi-scheduling-appointment";

    /// <summary>On an Appointment: by which number or address its client is told of it; <c>valueContactPoint</c>.</summary>
    public const string NotificationInfo = Current + "notification-info";

    private const string Current = "https://hl7.fi/fhir/finnish-scheduling/StructureDefinition/";
}
