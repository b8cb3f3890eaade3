using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Ajanvaraus.Fhir.Stress.Tests.Goals;

/// <summary>Bookers who meet at Slots, so many at each, by <c>$book</c>; every winner is read at once from another server.</summary>
/// <remarks>Knows nothing of the database: what it finds, it finds in the answers, of a broken server too.</remarks>
internal sealed class ContentionRun(IReadOnlyList<FhirClient> servers, int seed)
{
    private readonly int _seed = seed;
    private readonly ConcurrentBag<(bool IsSame, double Milliseconds)> _reads = [];

    public required int Bookers { get; init; }

    /// <summary>How many bookers want each Slot.</summary>
    public required int Contenders { get; init; }

    public required IReadOnlyList<OpenSlot> Slots { get; init; }

    public IReadOnlyList<BookingAttempt> Attempts { get; private set; } = [];

    public TimeSpan Elapsed { get; private set; }

    /// <summary>Slots that more than one booker was told to have.</summary>
    public int Doubled => Winners.Count(w => w > 1);

    public int WithoutWinner => Winners.Count(w => w == 0);

    public int BadRefusals => Attempts.Count(a => a is { IsAcknowledged: false, IsRefusedWell: false });

    /// <summary>Bookings that another server did not tell as they were acknowledged, at once.</summary>
    public int Unread => _reads.Count(r => !r.IsSame);

    public double SlowestRead => _reads.IsEmpty ? 0 : _reads.Max(r => r.Milliseconds);

    /// <summary>What runs of one size did.</summary>
    public static string Told(IReadOnlyList<ContentionRun> runs) =>
        $"{runs[0].Bookers} bookers × {runs[0].Slots.Count} Slots, {runs[0].Contenders} contenders each: "
        + $"{runs.Sum(r => r.Attempts.Count)} attempts in {runs.Sum(r => r.Elapsed.TotalSeconds):F0} s; "
        + (runs.Count == 1 ? $"seed {runs[0]._seed}" : $"{runs.Count} seeds from {runs[0]._seed}");

    public static string Outcome(IReadOnlyList<ContentionRun> runs)
    {
        var answers = runs.SelectMany(r => r.Attempts).Select(a => a.Answer).ToList();
        return $"{runs.Sum(r => r.Doubled)} double, {runs.Sum(r => r.WithoutWinner)} without winner, {Goal.Faults(answers)} × 5xx; "
            + Goal.Statuses(answers);
    }

    private IEnumerable<int> Winners => Slots.Select(
        slot => Attempts.Count(a => a.IsAcknowledged && a.Slot.Id == slot.Id)).ToList();

    public async Task RunAsync()
    {
        var wanted = new List<OpenSlot>[Bookers];
        for (var booker = 0; booker < Bookers; booker++)
            wanted[booker] = [];
        var random = new Random(_seed);
        foreach (var slot in Slots)
        {
            var all = Enumerable.Range(0, Bookers).ToArray();
            random.Shuffle(all);
            foreach (var booker in all.Take(Contenders))
                wanted[booker].Add(slot);
        }
        var load = new BookingLoad(servers);
        var clock = Stopwatch.StartNew();
        var runs = Enumerable.Range(0, Bookers).Select(booker => Task.Run(() => BookAsync(load, booker, wanted[booker])));
        Attempts = [.. (await Task.WhenAll(runs)).SelectMany(a => a)];
        Elapsed = clock.Elapsed;
    }

    private async Task<List<BookingAttempt>> BookAsync(BookingLoad load, int booker, List<OpenSlot> slots)
    {
        var attempts = new List<BookingAttempt>();
        foreach (var slot in slots)
        {
            var attempt = await load.BookAsync(booker, slot, BookingStyle.Book);
            attempts.Add(attempt);
            if (attempt.IsAcknowledged)
                await ReadBackAsync(servers[(booker + 1) % servers.Count], attempt.Answer!.Appointment);
        }
        return attempts;
    }

    private async Task ReadBackAsync(FhirClient server, JsonNode acknowledged)
    {
        var clock = Stopwatch.StartNew();
        var read = await server.GetAsync($"Appointment/{acknowledged["id"]}");
        _reads.Add((read.IsSuccess && JsonNode.DeepEquals(read.Body, acknowledged), clock.Elapsed.TotalMilliseconds));
    }
}
