using System.Globalization;

namespace Ajanvaraus.Fhir.Testing;

/// <summary>A clock that moves only when told.</summary>
/// <remarks>Timers made from it run on real time, unless it <see cref="MovesTimers"/>: most of the product may wait for real.</remarks>
public sealed class FakeClock : TimeProvider
{
    private readonly List<FakeTimer> _timers = [];
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
        set
        {
            Interlocked.Exchange(ref _utcTicks, value.UtcTicks);
            Ring();
        }
    }

    /// <summary>Timers made from it ring when it is moved past their time, and never by themselves.</summary>
    public bool MovesTimers { get; init; }

    public void Advance(TimeSpan by)
    {
        Interlocked.Add(ref _utcTicks, by.Ticks);
        Ring();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (!MovesTimers)
            return base.CreateTimer(callback, state, dueTime, period);
        var timer = new FakeTimer(this, callback, state);
        timer.Change(dueTime, period);
        lock (_timers)
            _timers.Add(timer);
        return timer;
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _utcTicks), TimeSpan.Zero);

    public override long GetTimestamp() => Interlocked.Read(ref _utcTicks);

    private void Ring()
    {
        FakeTimer[] timers;
        lock (_timers)
            timers = [.. _timers];
        foreach (var timer in timers)
            timer.RingWhenDue(GetUtcNow());
    }

    /// <summary>Rings once however many periods have passed, as a timer that was not looked at.</summary>
    private sealed class FakeTimer(FakeClock clock, TimerCallback callback, object? state) : ITimer
    {
        private readonly Lock _gate = new();
        private DateTimeOffset? _due;
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (_gate)
            {
                _due = dueTime < TimeSpan.Zero ? null : clock.GetUtcNow() + dueTime;
                _period = period;
            }
            return true;
        }

        public void RingWhenDue(DateTimeOffset now)
        {
            lock (_gate)
            {
                if (_due is not { } due || due > now)
                    return;
                _due = _period > TimeSpan.Zero ? now + _period : null;
            }
            callback(state);
        }

        public void Dispose()
        {
            lock (_gate)
                _due = null;
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
