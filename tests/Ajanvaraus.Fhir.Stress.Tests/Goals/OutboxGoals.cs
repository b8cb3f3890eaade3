using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;

using Xunit.Abstractions;

namespace Ajanvaraus.Fhir.Stress.Tests.Goals;

/// <summary>G31: reminders through a bad gateway, while servers are killed and stopped (G25): each has one effect, and what was cancelled none.</summary>
public sealed class OutboxGoals(ITestOutputHelper output) : IDisposable
{
    private const int Bookers = 16;
    private const int Stop = 19;
    private const int Continue = 18;

    /// <summary>Clients are told at moments over so long.</summary>
    private const int SpreadSeconds = 10;

    /// <summary>So much later are those due that the moved ones are moved to.</summary>
    private const int MovedSeconds = 15;

    /// <summary>A message that is on its way when its booking is cancelled arrives all the same, within the patience of the sender.</summary>
    private static readonly TimeSpan OnItsWay = TimeSpan.FromSeconds(2);

    private readonly FileInfo _secret = new(Path.GetTempFileName());

    private enum Fate { Stays, Cancelled, Moved, BookedLate, CancelledWhenDue }

    private sealed record Booking(int Client, string Id, Fate Fate, string Start)
    {
        public DateTimeOffset? EndedAt { get; init; }

        public string Number => NumberOf(Client);
    }

    public void Dispose() => _secret.Delete();

    [DatabaseTheory, EachDatabase, Trait(Reliability.Trait, "G31")]
    public async Task G31_Each_reminder_has_one_effect_whatever_becomes_of_gateway_and_servers(DatabaseEngine engine)
    {
        var goal = new Goal("G31", engine, output, GetType());
        var random = new Random(goal.Seed);
        var moods = new ConcurrentDictionary<string, double>();
        using var gateway = new MessageGatewayDouble((key, tries) => MoodOf(moods.GetOrAdd(key, Chance), tries, Chance("")));
        double Chance(string key)
        {
            lock (random)
                return random.NextDouble();
        }
        await File.WriteAllTextAsync(_secret.FullName, MessageGatewayDouble.Secret);
        await using var group = await ServerGroup.StartAsync(
            engine, Goal.Processes, ("AJANVARAUS_MESSAGES", gateway.Url), ("AJANVARAUS_MESSAGES_SECRET", _secret.FullName),
            ("AJANVARAUS_MESSAGES_TIMEOUT", "1"), ("AJANVARAUS_QUIET_HOURS", "none"));
        var count = Reliability.Size(200, 2000, asked: 10_000);
        var kills = Reliability.Size(2, 10);
        var (slots, due) = await OpenAsync(group, count, Reliability.Size(8, 30, asked: 90));

        var booked = await ChangeAsync(group, await BookAsync(group, slots, count, client => FateOf(client), due), slots, count);
        await Until(due);
        booked = await CancelAsync(group, booked, Fate.CancelledWhenDue);
        for (var kill = 0; kill < kills; kill++)
        {
            var server = group.Servers[random.Next(group.Servers.Count)];
            await server.KillAsync();
            await server.StartAgainAsync();
        }
        // Who has slept longer than it may keep its messages (12 s) wakes up with some of them in its hands.
        var pause = group.Servers.Count > 1 ? TimeSpan.FromSeconds(Reliability.Size(3, 15)) : TimeSpan.Zero;
        if (pause > TimeSpan.Zero)
            await PauseAsync(group.Servers[^1], pause);
        var late = await BookAsync(group, slots, count, client => FateOf(client) == Fate.BookedLate ? Fate.BookedLate : null, null, due);
        booked.AddRange(late);
        await EmptiedAsync(group);

        var effects = gateway.Taken.ToLookup(m => m.To);
        int Count(Fate fate, Func<Booking, bool> isWrong) => booked.Where(b => b.Fate == fate).Count(isWrong);
        var wrong = new[]
        {
            ("not told or told twice", Count(Fate.Stays, b => effects[b.Number].Count() != 1)),
            ("moved and not told once, of the new time", Count(Fate.Moved, b => effects[b.Number].Count() != 1)),
            ("cancelled and told", Count(Fate.Cancelled, b => effects[b.Number].Any())),
            ("cancelled when due, and told later", Count(Fate.CancelledWhenDue, b => effects[b.Number].Any(e => e.At > b.EndedAt + OnItsWay))),
            ("booked within the time of the reminder and told", Count(Fate.BookedLate, b => effects[b.Number].Any())),
        };
        var delays = booked.Where(b => b.Fate == Fate.Stays).SelectMany(b => effects[b.Number].Select(e => (e.At - DueOf(b.Client, due)).TotalSeconds)).Order().ToList();
        var again = gateway.Tries.Values.Sum() - gateway.Tries.Count;
        goal.Tell(
            $"{booked.Count} bookings with a reminder in {SpreadSeconds} s, gateway silent or cut after taking 20 %, 500 for 5 %; {kills} × kill -9; "
            + $"{(pause > TimeSpan.Zero ? $"one server stopped for {pause.TotalSeconds} s; " : "")}{Told(booked)}; seed {goal.Seed}",
            string.Join(", ", wrong.Select(w => $"{w.Item2} {w.Item1}"))
            + $"; {gateway.Taken.Count} effects, {again} handed over again; {delays.Count(d => d <= 60) * 100.0 / Math.Max(delays.Count, 1):0.0} % within 60 s of due, the last after "
            + string.Create(CultureInfo.InvariantCulture, $"{delays.LastOrDefault():0} s"));
        wrong.Where(w => w.Item2 > 0).Should().BeEmpty();
        gateway.Faults.Should().BeEmpty();
        booked.Select(b => b.Fate).Distinct().Should().BeEquivalentTo(Enum.GetValues<Fate>());
        var noted = await group.Clients[0].GetAsync("Communication?status=completed&_summary=count");
        noted.Body["total"]!.GetValue<int>().Should().Be(gateway.Taken.Count, "what was sent is written down once");
    }

    private static string Told(IEnumerable<Booking> booked) =>
        string.Join(", ", booked.GroupBy(b => b.Fate).OrderBy(g => g.Key).Select(g => $"{g.Count()} {g.Key switch
        {
            Fate.Stays => "stay",
            Fate.Cancelled => "cancelled",
            Fate.Moved => "moved",
            Fate.BookedLate => "booked late",
            _ => "cancelled when due",
        }}"));

    /// <summary>A tenth each; the rest stays.</summary>
    private static Fate FateOf(int client) => (client % 10) switch
    {
        1 => Fate.Cancelled,
        2 => Fate.Moved,
        3 => Fate.BookedLate,
        4 => Fate.CancelledWhenDue,
        _ => Fate.Stays,
    };

    private static GatewayMood MoodOf(double ofMessage, int tries, double ofTry) => ofMessage switch
    {
        < 0.1 when tries == 1 => GatewayMood.TakeAndBeSilent,
        < 0.2 when tries == 1 => GatewayMood.TakeAndCut,
        _ when ofTry < 0.05 => GatewayMood.Fail,
        _ => GatewayMood.Take,
    };

    private static string NumberOf(int client) => $"+3584{client:0000000}";

    private static DateTimeOffset DueOf(int client, DateTimeOffset due) => due.AddSeconds(client % SpreadSeconds);

    /// <summary>Two calendars with a Slot for each client: the second is the one to move to.</summary>
    private static async Task<(IReadOnlyList<OpenSlot> Slots, DateTimeOffset Due)> OpenAsync(ServerGroup group, int count, int lead)
    {
        var client = group.Clients[0];
        var slots = new List<OpenSlot>();
        foreach (var some in Enumerable.Range(0, count * 2).Chunk(200))
        {
            await Office.PutAllAsync(client, some.Select(n => $$"""{"resourceType":"Practitioner","id":"c{{n}}","active":true}"""));
            await Office.PutAllAsync(client, some.Select(n => Schedule(n, "")));
            var start = DateTime.UtcNow.Date.AddDays(30).AddHours(6);
            var opened = some.Select(n => new OpenSlot($"s{n}", $"c{n}", Text(start.AddMinutes(n < count ? 0 : 30)), Text(start.AddMinutes(n < count ? 15 : 45)))).ToList();
            await Office.PutAllAsync(client, opened.Select(s => Office.SlotJson(s, "free")));
            slots.AddRange(opened);
        }
        foreach (var some in Enumerable.Range(0, count).Chunk(200))
            await Office.PutAllAsync(client, some.Select(n => $$"""
                {"resourceType":"Patient","id":"p{{n}}","active":true,"telecom":[{"system":"sms","value":"{{NumberOf(n)}}"}]}
                """));
        var due = new DateTimeOffset(DateTime.UtcNow.Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero).AddSeconds(lead);
        foreach (var some in slots.Index().Chunk(200))
            await Office.PutAllAsync(client, some.Select(s => Schedule(s.Index, Rule(s.Item, DueOf(s.Index % count, due).AddSeconds(s.Index < count ? 0 : MovedSeconds)))));
        return (slots, due);
    }

    private static string Schedule(int n, string rule) => $$"""
        {"resourceType":"Schedule","id":"c{{n}}",{{rule}}"active":true,"actor":[{"reference":"Practitioner/c{{n}}"}]}
        """;

    private static string Rule(OpenSlot slot, DateTimeOffset due)
    {
        var before = DateTimeOffset.Parse(slot.Start, CultureInfo.InvariantCulture) - due;
        return $$"""
            "extension":[{"url":"https://ajanvaraus.example/fhir/StructureDefinition/reminder-before",
             "valueDuration":{"value":{{(long)before.TotalSeconds}},"system":"http://unitsofmeasure.org","code":"s"} }],
            """;
    }

    /// <summary>Books for those who have that fate now.</summary>
    /// <param name="before">What is not acknowledged by then counts as late; null: whatever its time.</param>
    /// <param name="after">Of those who book late, only those whose reminder has been due.</param>
    private static async Task<List<Booking>> BookAsync(
        ServerGroup group, IReadOnlyList<OpenSlot> slots, int count, Func<int, Fate?> fateOf, DateTimeOffset? before, DateTimeOffset? after = null)
    {
        var booked = new ConcurrentBag<Booking>();
        await EachAsync(Enumerable.Range(0, count), async n =>
        {
            if (fateOf(n) is not { } fate || (before is not null && fate == Fate.BookedLate))
                return;
            if (after is { } moment)
                await Until(DueOf(n, moment));
            var answer = await Of(group, n).PostAsync("Appointment", $$"""
                {"resourceType":"Appointment","status":"booked","start":"{{slots[n].Start}}","end":"{{slots[n].End}}","slot":[{"reference":"Slot/{{slots[n].Id}}"}],
                 "participant":[{"actor":{"reference":"Patient/p{{n}}"},"status":"accepted"}]}
                """);
            answer.Status.Should().Be(201, answer.Text);
            (before is null || DateTimeOffset.UtcNow < before).Should().BeTrue("the test has to book before the first reminder is due");
            booked.Add(new Booking(n, answer.Appointment["id"]!.ToString(), fate, slots[n].Start));
        });
        return [.. booked];
    }

    private static async Task<List<Booking>> ChangeAsync(ServerGroup group, List<Booking> booked, IReadOnlyList<OpenSlot> slots, int count)
    {
        await EachAsync(booked.Where(b => b.Fate == Fate.Moved), async booking =>
        {
            var answer = await Of(group, booking.Client).PostAsync($"Appointment/{booking.Id}/$reschedule", $$"""
                {"resourceType":"Parameters","parameter":[{"name":"slot","valueReference":{"reference":"Slot/{{slots[count + booking.Client].Id}}"} }]}
                """);
            answer.Status.Should().Be(200, answer.Text);
        });
        return await CancelAsync(group, booked, Fate.Cancelled);
    }

    private static async Task<List<Booking>> CancelAsync(ServerGroup group, List<Booking> booked, Fate fate)
    {
        var ended = new ConcurrentDictionary<string, DateTimeOffset>();
        await EachAsync(booked.Where(b => b.Fate == fate), async booking =>
        {
            var answer = await Of(group, booking.Client).PostAsync($"Appointment/{booking.Id}/$cancel", """{"resourceType":"Parameters"}""");
            answer.Status.Should().Be(200, answer.Text);
            ended[booking.Id] = DateTimeOffset.UtcNow;
        });
        return [.. booked.Select(b => ended.TryGetValue(b.Id, out var at) ? b with { EndedAt = at } : b)];
    }

    private static async Task PauseAsync(ServerProcess server, TimeSpan pause)
    {
        ServerProcess.Signal(server.Id, Stop).Should().Be(0);
        await Task.Delay(pause);
        ServerProcess.Signal(server.Id, Continue).Should().Be(0);
    }

    private static FhirClient Of(ServerGroup group, int client) => group.Clients[client % group.Clients.Count];

    private static Task EachAsync<T>(IEnumerable<T> items, Func<T, Task> act) => Parallel.ForEachAsync(
        items, new ParallelOptions { MaxDegreeOfParallelism = Bookers }, async (item, _) => await act(item));

    private static async Task Until(DateTimeOffset moment)
    {
        if (moment - DateTimeOffset.UtcNow is { Ticks: > 0 } rest)
            await Task.Delay(rest);
    }

    private static async Task EmptiedAsync(ServerGroup group)
    {
        await using var connection = await group.Database.OpenConnectionAsync(canWrite: false);
        var patience = DateTime.UtcNow.AddMinutes(5);
        while (DateTime.UtcNow < patience)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT COUNT(*) FROM message";
            if (Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture) == 0)
                return;
            await Task.Delay(200);
        }
        throw new TimeoutException("Messages are left in the outbox");
    }

    private static string Text(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
