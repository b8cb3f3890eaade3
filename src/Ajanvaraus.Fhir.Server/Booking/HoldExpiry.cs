using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Writing;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>Ends holds exactly, without a background job: whoever could see an expired hold settles it first.</summary>
/// <remarks>
/// The database is asked only when a hold may have ended: at the earliest end known, and at least once in the length of
/// the shortest hold, because another process may have made one meanwhile. In between the call costs a comparison.
/// </remarks>
public sealed class HoldExpiry(ResourceStore store, WriteServices services, TimeProvider clock)
{
    /// <summary>No hold is shorter, so no unknown hold can end sooner.</summary>
    public const int ShortestHoldSeconds = 1;

    private const int BatchSize = 100;

    private static readonly Caller System = new("", "en");

    private long _nextLook = long.MinValue;

    public ValueTask SettleAsync(CancellationToken cancel)
    {
        var now = NowTicks();
        return now < Volatile.Read(ref _nextLook) ? ValueTask.CompletedTask : LookAsync(cancel);
    }

    private async ValueTask LookAsync(CancellationToken cancel)
    {
        while (true)
        {
            var asked = NowTicks();
            var next = await store.Booking.NextHoldExpiryAsync(cancel);
            if (next is not { } expiry || expiry.ToUnixTimeTicks() > asked)
            {
                var latest = asked + (ShortestHoldSeconds * NodaConstants.TicksPerSecond);
                Volatile.Write(ref _nextLook, Math.Min(latest, next?.ToUnixTimeTicks() ?? long.MaxValue));
                return;
            }
            await store.WriteAsync(EndExpiredAsync, cancel);
        }
    }

    private async ValueTask<Outcome<int>> EndExpiredAsync(WriteSession session)
    {
        var now = Instant.FromUnixTimeTicks(NowTicks());
        var expired = await session.Booking.ExpiredHoldsAsync(now, BatchSize);
        var gate = new AppointmentGate(session, services, System, []);
        // All Appointments before the first calendar: the order of locks of everybody.
        foreach (var appointmentId in expired)
            await session.LockAsync("Appointment", appointmentId);
        foreach (var appointmentId in expired)
            await gate.EndHoldAsync(appointmentId, [], now);
        return expired.Length;
    }

    private long NowTicks() => Instant.FromDateTimeOffset(clock.GetUtcNow()).ToUnixTimeTicks();
}
