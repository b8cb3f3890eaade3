using System.Globalization;

namespace Ajanvaraus.Fhir.Testing;

/// <summary>A clock that moves only when told.</summary>
/// <remarks>Timers made from it run on real time: nothing in the product waits on a fake one.</remarks>
public sealed class FakeClock : TimeProvider
{
    private long _utcTicks;

    /// <param name="now">An instant with its offset, for example <c>2026-10-25T03:30:00+03:00</c>.</param>
    public FakeClock(string now)
        : this(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture))
    {
    }

    public FakeClock(DateTimeOffset now) => _utcTicks = now.UtcTicks;

    public DateTimeOffset Now
    {
        get => GetUtcNow();
        set => Interlocked.Exchange(ref _utcTicks, value.UtcTicks);
    }

    public void Advance(TimeSpan by) => Interlocked.Add(ref _utcTicks, by.Ticks);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _utcTicks), TimeSpan.Zero);

    public override long GetTimestamp() => Interlocked.Read(ref _utcTicks);
}
