using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

using Xunit.Abstractions;

namespace Ajanvaraus.Fhir.Stress.Tests.Goals;

/// <summary>G28: an ordinary day's work for a long time; nothing that the process holds grows with it.</summary>
public sealed class SoakGoals(ITestOutputHelper output)
{
    private const int PerSecond = 50;
    private const int Calendars = 8;
    private const int Patients = 200;
    private const int SlotsOfDay = 400;
    private const double MostMegabytesAMinute = 1;
    private const double MostLogMegabytes = 256;
    private const double MostMoreHandles = 64;
    private const double MostMoreThreads = 8;
    private const double Megabyte = 1024 * 1024;

    /// <summary>A slope of minutes says something of managed memory.</summary>
    private static readonly TimeSpan LongEnough = TimeSpan.FromMinutes(10);

    /// <summary>SQLite's page cache, of 64 MB, fills as the database grows: until then the whole memory grows with it.</summary>
    private static readonly TimeSpan CachesAreFull = TimeSpan.FromHours(1);

    [DatabaseTheory, EachDatabase, Trait(Reliability.Trait, "G28")]
    public async Task G28_Memory_handles_threads_and_log_do_not_grow_with_hours_of_work(DatabaseEngine engine)
    {
        var goal = new Goal("G28", engine, output, GetType(), processes: 1);
        var length = TimeSpan.FromSeconds(Reliability.Size(10, 900, asked: 7200));
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var server = await ServerProcess.StartAsync(database.Option);
        var office = await Office.OpenAsync(server.Client, Calendars, Patients);
        var work = new DaysWork(server.Client, office, SlotsOfDay);
        var (watch, readings, statuses) = (Stopwatch.StartNew(), new List<Reading>(), new ConcurrentBag<int>());
        var under = new List<Task>();
        for (var n = 0; watch.Elapsed < length; n++)
        {
            if (n % PerSecond == 0)
            {
                readings.Add(await ReadAsync(server, database, watch.Elapsed));
                under.RemoveAll(t => t.IsCompletedSuccessfully);
            }
            if (await work.NextAsync(n) is { } request)
                under.Add(Task.Run(async () => statuses.Add((await request()).Status)));
            var due = TimeSpan.FromSeconds((n + 1.0) / PerSecond);
            if (due > watch.Elapsed)
                await Task.Delay(due - watch.Elapsed);
        }
        await Task.WhenAll(under);

        // The first quarter is warm-up.
        var steady = readings.Where(r => r.At > length / 4).ToList();
        var (slope, heap) = (Slope(steady, r => r.Memory), Slope(steady, r => r.Heap));
        var (first, last) = (Mean(steady.Take(steady.Count / 4)), Mean(steady.TakeLast(steady.Count / 4)));
        goal.Tell(
            $"{length.TotalMinutes:F1} minutes of {PerSecond} requests a second: reads, searches, `$find`, bookings, moves, cancellations",
            $"{Goal.Statuses(statuses.Select(s => new Answer(s, "")))}; memory {steady[0].Memory:F0} to {steady[^1].Memory:F0} MB, {slope:F2} MB a minute, of it managed {heap:F2} MB a minute; "
            + $"handles {first.Handles:F0} to {last.Handles:F0}, threads {first.Threads:F0} to {last.Threads:F0}; log at most {readings.Max(r => r.Log):F0} MB");
        statuses.Should().NotBeEmpty().And.NotContain(s => s >= 500);
        readings.Max(r => r.Log).Should().BeLessThan(MostLogMegabytes);
        (last.Handles - first.Handles).Should().BeLessThan(MostMoreHandles);
        (last.Threads - first.Threads).Should().BeLessThan(MostMoreThreads);
        if (length >= LongEnough)
            heap.Should().BeLessThan(MostMegabytesAMinute);
        if (length >= CachesAreFull)
            slope.Should().BeLessThan(MostMegabytesAMinute);
        (await CalendarAudit.RunAsync(database)).Findings.Should().BeEmpty();
    }

    private static async Task<Reading> ReadAsync(ServerProcess server, TestDatabase database, TimeSpan at)
    {
        var page = (await server.Client.GetAsync("/metrics")).Text;
        double Of(string name) => double.Parse(
            page.Split('\n').Single(l => l.StartsWith(name + " ", StringComparison.Ordinal)).Split(' ')[1], CultureInfo.InvariantCulture);
        var log = database.FilePath is { } path && new FileInfo(path + "-wal") is { Exists: true } file ? file.Length : 0;
        return new Reading(
            at, Of("process_resident_memory_bytes") / Megabyte, Of("dotnet_gc_heap_bytes") / Megabyte, Of("process_open_fds"), Of("dotnet_threadpool_threads"), log / Megabyte);
    }

    /// <summary>Megabytes a minute, by least squares.</summary>
    private static double Slope(List<Reading> readings, Func<Reading, double> of)
    {
        var (time, memory) = (readings.Average(r => r.At.TotalMinutes), readings.Average(of));
        return readings.Sum(r => (r.At.TotalMinutes - time) * (of(r) - memory)) / readings.Sum(r => Math.Pow(r.At.TotalMinutes - time, 2));
    }

    private static (double Handles, double Threads) Mean(IEnumerable<Reading> readings) =>
        (readings.Average(r => r.Handles), readings.Average(r => r.Threads));

    private sealed record Reading(TimeSpan At, double Memory, double Heap, double Handles, double Threads, double Log);
}

/// <summary>What the clients of an office ask in turn: it books, moves and cancels as it goes, and opens a day more when one is full.</summary>
internal sealed class DaysWork(FhirClient client, Office office, int slotsOfDay)
{
    private readonly ConcurrentQueue<string> _booked = new();
    private Queue<OpenSlot> _free = [];
    private int _day;

    /// <summary>The next request, to be sent whenever it is convenient; null: there is nothing to do it with yet.</summary>
    public async Task<Func<Task<Answer>>?> NextAsync(int n)
    {
        if (_free.Count < 2)
            _free = new Queue<OpenSlot>(await office.OpenSlotsAsync(_day++, slotsOfDay));
        var patient = Office.Patient(n % 200);
        var calendar = $"Schedule/c{n % 8}";
        switch (n % 10)
        {
            case 0:
                var slot = _free.Dequeue();
                return () => BookAsync(slot, patient);
            case 1 when _booked.TryDequeue(out var moved):
                var to = _free.Dequeue();
                return () => client.PostAsync($"Appointment/{moved}/$reschedule", Parameters(("slot", $"Slot/{to.Id}")));
            case 2 when n % 3 == 0 && _booked.TryDequeue(out var ended):
                return () => client.PostAsync($"Appointment/{ended}/$cancel", """{"resourceType":"Parameters"}""");
            case 3 or 4:
                var peeked = _free.Peek();
                return () => client.GetAsync($"Slot/{peeked.Id}");
            case 5 or 6:
                return () => client.GetAsync($"Slot?schedule={calendar}&status=free&_count=50");
            case 7:
                return () => client.GetAsync($"Appointment?patient={patient}&_include=Appointment:slot");
            case 8:
                var day = _free.Peek();
                return () => client.GetAsync($"Appointment/$find?schedule={calendar}&start={day.Start}&_count=10");
            default:
                return () => client.GetAsync($"{calendar}/_history");
        }
    }

    private async Task<Answer> BookAsync(OpenSlot slot, string patient)
    {
        var answer = await client.PostAsync("Appointment/$book", Parameters(("slot", $"Slot/{slot.Id}"), ("patient", patient)));
        if (answer.IsSuccess)
            _booked.Enqueue(answer.Appointment["id"]!.ToString());
        return answer;
    }

    private static string Parameters(params (string Name, string Reference)[] references)
    {
        var parameters = string.Join(',', references.Select(r => $$"""{"name":"{{r.Name}}","valueReference":{"reference":"{{r.Reference}}" } }"""));
        return $$"""{"resourceType":"Parameters","parameter":[{{parameters}}]}""";
    }
}
