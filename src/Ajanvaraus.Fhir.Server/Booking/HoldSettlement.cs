using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Writing;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>Holds that a booking meets: those that have ended, and those that its own caller has.</summary>
internal sealed class HoldSettlement(WriteSession session, WriteServices services, TimeRelease time)
{
    /// <summary>The calendars, after ending expired holds on them and giving back what the same holder held there.</summary>
    /// <param name="request">What is asked of the calendars.</param>
    /// <param name="snapshot">The calendars.</param>
    /// <param name="now">Holds that ended before it are over.</param>
    /// <param name="again">Reads the calendars anew when something was given back.</param>
    public async ValueTask<BookingSnapshot> SettleAsync(
        BookingRequest request, BookingSnapshot snapshot, Instant now, Func<ValueTask<BookingSnapshot>> again)
    {
        var asked = snapshot.TimeOf(request);
        var taken = snapshot.Schedules.Select(s => CalendarReference.OfSchedule(s.Id))
            .Concat(snapshot.CalendarOwners)
            .ToHashSet();
        var outdated = snapshot.Claims
            .Where(c => c.AppointmentId != request.AppointmentId && taken.Contains(c.Target)
                && asked is { } span && c.Time.Overlaps(span)
                && c.Expires is { } expires && (expires <= now || request.Holders.Contains(c.Holder)))
            .Select(c => c.AppointmentId)
            .Concat(ClosedSlots.Reach(snapshot.Schedules) > Duration.Zero
                ? BookingRules.HoldsTakenOver(request, snapshot, now)
                : [])
            .Distinct()
            .ToList();
        if (outdated.Count == 0)
            return snapshot;
        foreach (var appointmentId in outdated)
            await EndAsync(appointmentId, request.Holders, now);
        return await again();
    }

    /// <summary>The same hold asked for again by its holder: the first one stands.</summary>
    public async ValueTask<StoredResource?> HeldAlreadyAsync(
        BookingRequest request, BookingSnapshot snapshot, Instant now)
    {
        var asked = snapshot.TimeOf(request);
        var calendars = AskedCalendars(request, snapshot);
        var held = snapshot.Claims
            .Where(c => c.AppointmentId != request.AppointmentId
                && c.Expires > now && request.Holders.Contains(c.Holder) && c.Time == asked)
            .GroupBy(c => c.AppointmentId)
            .FirstOrDefault(claims => calendars.IsSubsetOf(claims.Select(c => c.Target)));
        return held is null ? null : await session.ReadAsync("Appointment", held.Key);
    }

    /// <summary>Ends a hold that has expired or that its holder replaces: time free, Appointment cancelled.</summary>
    /// <remarks>
    /// It was seen without its locks, and a confirmation may have come first: it is looked at again under them, and is
    /// left alone when it is no such hold any more.
    /// </remarks>
    /// <param name="holders">Who replaces holds of their own.</param>
    public async ValueTask EndAsync(string appointmentId, ImmutableArray<string> holders, Instant now)
    {
        var stored = await session.LockAsync("Appointment", appointmentId);
        var snapshot = await time.SnapshotAsync(appointmentId);
        if (snapshot.Claims.FirstOrDefault(c => c.AppointmentId == appointmentId) is not { Expires: { } expires } hold
            || (expires > now && !holders.Contains(hold.Holder)))
            return;
        await time.ReleaseAsync(appointmentId, snapshot);
        if (stored is not { IsDeleted: false })
            return;
        var before = StoredNodes.Parse(stored);
        var ended = NationalDetails.InStep(HoldEnd.Apply(before, isExpired: expires <= now), stored);
        await session.PutAsync(services.Prepare(ended), WriteMethod.Put, services.PrepareBefore(stored, before));
    }

    /// <summary>Schedules named, by themselves or by their Slots, and owners: what a hold of this request claims.</summary>
    private static HashSet<string> AskedCalendars(BookingRequest request, BookingSnapshot snapshot) =>
    [
        .. snapshot.SchedulesNamedBy(request).Select(CalendarReference.OfSchedule),
        .. request.RequiredActors.Where(snapshot.CalendarOwners.Contains),
    ];
}
