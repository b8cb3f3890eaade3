using Ajanvaraus.Fhir.Persistence.Booking;
using Ajanvaraus.Fhir.Scheduling.Booking;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary>Which bookings stand in which calendars, by their Slots and by who takes part in them.</summary>
/// <param name="Pairs">Each booking with each of its calendars.</param>
internal sealed record BookedIn(ImmutableArray<(Claim Claim, string Schedule)> Pairs)
{
    /// <param name="schedules">Ids of the calendars that are asked of; the data may tell of others.</param>
    public static BookedIn Of(FindData data, IReadOnlySet<string> schedules)
    {
        var calendars = data.Schedules.Where(s => schedules.Contains(s.Id))
            .SelectMany(
                s => s.Actors.Where(data.CalendarOwners.Contains).Prepend(CalendarReference.OfSchedule(s.Id)),
                (s, target) => (Target: target, s.Id))
            .ToLookup(c => c.Target, c => c.Id);
        return new BookedIn([.. data.Claims.SelectMany(c => calendars[c.Target], (c, schedule) => (c, schedule))]);
    }

    public ImmutableArray<string> Appointments => [.. Pairs.Select(p => p.Claim.AppointmentId).Distinct()];

    /// <summary>By Appointment that is not among those: its calendars.</summary>
    public ILookup<string, string> Without(ImmutableArray<string> appointments)
    {
        var seen = appointments.ToHashSet();
        return Pairs.Where(p => !seen.Contains(p.Claim.AppointmentId)).ToLookup(p => p.Claim.AppointmentId, p => p.Schedule);
    }
}
