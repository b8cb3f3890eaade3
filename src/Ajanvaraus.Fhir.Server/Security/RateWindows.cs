namespace Ajanvaraus.Fhir.Server.Security;

/// <summary>Counts by key, each over its own minute, which begins with its first count.</summary>
/// <remarks>Memory is bounded: of <see cref="Most"/> keys those whose minute is over make room, and where none is over, all.</remarks>
internal sealed class RateWindows(TimeProvider clock, int most = RateWindows.Most)
{
    public const int Most = 50_000;

    public static readonly TimeSpan Length = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, Window> _windows = [];
    private readonly Lock _gate = new();

    public int Keys
    {
        get
        {
            lock (_gate)
                return _windows.Count;
        }
    }

    /// <summary>Counts, unless that would be more than the limit; the seconds until it can be, or null when it was counted.</summary>
    /// <param name="limit">0: there is none.</param>
    public int? Take(string key, int limit, int count = 1)
    {
        if (limit == 0 || count == 0)
            return null;
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            if (!_windows.TryGetValue(key, out var window) || now - window.Start >= Length || now < window.Start)
            {
                MakeRoom(now);
                window = new Window(now, 0);
            }
            if (window.Count + count > limit)
                return Math.Max(1, (int)Math.Ceiling((window.Start + Length - now).TotalSeconds));
            _windows[key] = window with { Count = window.Count + count };
            return null;
        }
    }

    private void MakeRoom(DateTimeOffset now)
    {
        if (_windows.Count < most)
            return;
        foreach (var (key, window) in _windows)
            if (now - window.Start >= Length)
                _windows.Remove(key);
        if (_windows.Count >= most)
            _windows.Clear();
    }

    private readonly record struct Window(DateTimeOffset Start, int Count);
}
