using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Security;
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

    /// <summary>One looks at a time: the others wait for what it finds, and mostly have nothing left to do.</summary>
    private readonly SemaphoreSlim _turn = new(1);

    private long _nextLook = long.MinValue;

    public ValueTask SettleAsync(CancellationToken cancel)
    {
        var now = NowTicks();
        return now < Volatile.Read(ref _nextLook) ? ValueTask.CompletedTask : LookAsync(cancel);
    }

    private async ValueTask LookAsync(CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            while (NowTicks() >= Volatile.Read(ref _nextLook))
                Volatile.Write(ref _nextLook, await NextLookAsync(cancel));
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Ends what has expired, a batch at the most, and tells when to look again.</summary>
    private async ValueTask<long> NextLookAsync(CancellationToken cancel)
    {
        var asked = NowTicks();
        var latest = asked + (ShortestHoldSeconds * NodaConstants.TicksPerSecond);
        if (await store.Booking.NextHoldExpiryAsync(cancel) is not { } expiry)
            return latest;
        if (expiry.ToUnixTimeTicks() > asked)
            return Math.Min(latest, expiry.ToUnixTimeTicks());
        var ended = await store.WriteAsync(EndExpiredAsync, cancel);
        // Storage that cannot be written (a full disk) still answers reads; to ask again at once would keep them waiting.
        return ended.Failed ? latest : asked;
    }

    private async ValueTask<Outcome<int>> EndExpiredAsync(WriteSession session)
    {
        var now = Instant.FromUnixTimeTicks(NowTicks());
        var expired = await session.Booking.ExpiredHoldsAsync(now, BatchSize);
        var gate = new AppointmentGate(session, services, Caller.Server, []);
        // All Appointments before the first calendar: the order of locks of everybody.
        foreach (var appointmentId in expired)
            await session.LockAsync("Appointment", appointmentId);
        foreach (var appointmentId in expired)
            await gate.EndHoldAsync(appointmentId, [], now);
        return expired.Length;
    }

    private long NowTicks() => Instant.FromDateTimeOffset(clock.GetUtcNow()).ToUnixTimeTicks();
}
