using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Scheduling.Time;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>The calendars of one booking under their locks: with their rules, and with the times that their templates open.</summary>
/// <param name="session">The transaction of the booking.</param>
/// <param name="slots">Comes to know the computed Slots.</param>
/// <param name="computed">The times of templates.</param>
/// <param name="rules">Null: bookings are brought from elsewhere, and are as they are.</param>
internal sealed class BookingCalendars(
    WriteSession session, SlotWriter slots, ComputedBooking computed, CalendarRules? rules)
{
    /// <remarks>Only calendars that keep buffers are read again, as far around the booking as those reach.</remarks>
    public async ValueTask<BookingSnapshot> ReadAsync(BookingRequest request, bool isNew)
    {
        var snapshot = await WithRulesAsync(request, isNew);
        if (ClosedSlots.Reach(snapshot.Schedules) is var reach && reach > Duration.Zero)
            snapshot = await WithRulesAsync(request with { Margin = reach }, isNew);
        var (open, found) = await computed.AddAsync(snapshot, request);
        slots.Know(found);
        return request.StandsAlready ? open : open with { Counted = await CountedAsync(open, request) };
    }

    /// <summary>Of the calendars named that have limits, and of the weeks in which the booking may begin.</summary>
    private async ValueTask<ImmutableArray<Claim>> CountedAsync(BookingSnapshot snapshot, BookingRequest request)
    {
        var named = snapshot.SchedulesNamedBy(request);
        var limited = snapshot.Schedules.Where(s => !s.Limits.AreNone && named.Contains(s.Id)).ToList();
        if (limited.Count == 0 || snapshot.TimeOf(request) is not { } time)
            return [];
        // A seat in a group takes the whole of its Slot, which may begin earlier.
        var starts = snapshot.Slots.Where(s => request.SlotIds.Contains(s.Id)).Select(s => s.Time.Start).Append(time.Start).ToList();
        return await CalendarRules.CountedAsync(session.Booking.Queries, limited, new TimeRange(starts.Min(), starts.Max()));
    }

    private async ValueTask<BookingSnapshot> WithRulesAsync(BookingRequest request, bool isNew)
    {
        var snapshot = await session.Booking.SnapshotAsync(request, isNew);
        if (rules is null)
            return snapshot;
        snapshot = snapshot with { Schedules = await rules.ApplyAsync(snapshot.Schedules, Moments.Of(session)) };
        return await rules.WithJourneysAsync(snapshot, request.Places.Concat(request.PlacesBefore));
    }
}
