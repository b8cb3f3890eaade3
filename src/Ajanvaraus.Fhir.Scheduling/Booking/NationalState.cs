using static Ajanvaraus.Fhir.Scheduling.Booking.AppointmentStatus;

namespace Ajanvaraus.Fhir.Scheduling.Booking;

/// <summary>A code of the national code system of appointment states (<em>ajanvarauksen tila</em>).</summary>
/// <param name="Display">In Finnish, as the code system has it.</param>
public sealed record NationalState(string Code, string Display);

/// <summary>Which national states go with which R4 status.</summary>
/// <remarks>Source: the ConceptMaps of HL7 Finland's scheduling guide, 2.0.0-rc2, which those of profiles/ restate.</remarks>
public static class NationalStates
{
    public const string System = "urn:oid:1.2.246.537.6.881";

    private static readonly NationalState Booked3 = new("3", "Varattu");
    private static readonly NationalState Begun = new("6", "Alkanut");

    private static readonly ImmutableDictionary<AppointmentStatus, ImmutableArray<NationalState>> Known =
        new Dictionary<AppointmentStatus, ImmutableArray<NationalState>>
        {
            [Waitlist] = [new("1", "Suunniteltu")],
            [Proposed] = [new("2", "Tilattu")],
            [Pending] = [new("8", "Ehdotettu")],
            [Booked] = [Booked3],
            [Arrived] = [Booked3, Begun],
            [CheckedIn] = [new("10", "Ilmoittautunut")],
            [Fulfilled] = [new("7", "Toteutunut"), Begun],
            [Cancelled] = [new("4", "Peruttu"), new("5", "Siirretty")],
            [NoShow] = [new("9", "Saapumatta")],
            [EnteredInError] = [],
        }.ToImmutableDictionary();

    /// <summary>The usual one first; none for what was entered in error.</summary>
    public static ImmutableArray<NationalState> Of(AppointmentStatus status) => Known[status];
}
