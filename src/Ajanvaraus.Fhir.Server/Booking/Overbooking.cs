using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Server.Mapping;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>The record of a booking that was made over others or outside what is open, with its reason.</summary>
/// <remarks>
/// The reason stands in the Appointment, and in its <see cref="BookingProvenance"/>. Source: docs/scheduling-rules.md,
/// Overbooking.
/// </remarks>
internal static class Overbooking
{
    public static ElementNode Mark(ElementNode appointment, string reason) =>
        appointment.WithExtension(Canonicals.Override, e => e.Set("valueString", reason));

    /// <summary>The calendars and people in whose time it was made.</summary>
    public static ImmutableArray<string> CalendarsOf(ImmutableArray<Refusal> overridden) =>
    [
        .. overridden.Select(r => r.Target).OfType<string>()
            .Where(t => LocalReference.Parse(t) is { Type: "Schedule" or "Practitioner" or "Location" or "Device" }).Distinct(),
    ];
}
