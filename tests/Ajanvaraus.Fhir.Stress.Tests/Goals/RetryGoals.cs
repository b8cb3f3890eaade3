using System.Collections.Concurrent;
using System.Text.Json.Nodes;

using Xunit.Abstractions;

namespace Ajanvaraus.Fhir.Stress.Tests.Goals;

/// <summary>G08: answers get lost and are asked for again, at another server: each booking is made once.</summary>
public sealed class RetryGoals(ITestOutputHelper output)
{
    private const int Bookers = 32;

    [DatabaseTheory, EachDatabase, Trait(Reliability.Trait, "G08")]
    public async Task G08_A_booking_whose_answer_is_lost_is_made_once_and_told_as_at_first(DatabaseEngine engine)
    {
        var goal = new Goal("G08", engine, output, GetType());
        await using var group = await ServerGroup.StartAsync(engine, Goal.Processes);
        var each = Reliability.Size(160, engine == DatabaseEngine.Sqlite ? 2_500 : 1_000, asked: 5_024) / Bookers;
        var office = await Office.OpenAsync(group.Clients[0], calendars: 10, Bookers);
        var slots = await office.OpenSlotsAsync(day: 0, Bookers * each);
        var told = new ConcurrentBag<(string Patient, string Slot, string[] Ids)>();
        var counts = new Counts();

        await Task.WhenAll(Enumerable.Range(0, Bookers).Select(booker => Task.Run(async () =>
        {
            var random = new Random(goal.Seed + booker);
            for (var n = 0; n < each; n++)
            {
                var slot = slots[(booker * each) + n];
                var ids = await UntilToldAsync(group.Clients, booker, slot, random, counts);
                told.Add((Office.Patient(booker), $"Slot/{slot.Id}", ids));
            }
        })));

        var audit = await CalendarAudit.RunAsync(group.Database);
        var differing = told.Count(t => t.Ids.Distinct().Count() != 1);
        goal.Tell(
            $"{told.Count} bookings, half with Idempotency-Key, half with If-None-Exist; {counts.Lost} whole answers thrown away, "
            + $"{counts.Cut} connections cut at any moment, each asked again; seed {goal.Seed}",
            $"{audit.Bookings.Count - told.Count} bookings too many, {differing} retries told of another booking, {counts.Refused} refused, "
            + $"{audit.Findings.Count} findings in the tables");
        counts.Refused.Should().Be(0, counts.FirstRefusal);
        differing.Should().Be(0);
        audit.Findings.Should().BeEmpty();
        audit.BookedSlots.Should().BeEquivalentTo(told.Select(t => (t.Patient, t.Slot)));
        counts.Lost.Should().BePositive();
        counts.Cut.Should().BePositive();
    }

    /// <summary>Asks until an answer comes through.</summary>
    /// <returns>The ids of the booking in every answer that came whole, also in those thrown away.</returns>
    private static async Task<string[]> UntilToldAsync(
        IReadOnlyList<FhirClient> servers, int booker, OpenSlot slot, Random random, Counts counts)
    {
        var key = $"{slot.Id}-{booker}";
        var ids = new List<string>();
        for (var attempt = booker; ; attempt++)
        {
            var patience = random.Next(10) == 0 ? TimeSpan.FromMilliseconds(random.Next(1, 30)) : TimeSpan.FromMinutes(1);
            var answer = await AskAsync(servers[attempt % servers.Count], booker, slot, key, patience);
            if (answer is null)
            {
                Interlocked.Increment(ref counts.Cut);
                continue;
            }
            // Its own first request is still on its way at the other server.
            if (answer.Status == 409 && answer.Text.Contains("key-under-way", StringComparison.Ordinal))
                continue;
            if (!answer.IsSuccess)
            {
                counts.Refuse(answer);
                return [];
            }
            ids.Add(answer.Appointment["id"]!.ToString());
            if (random.Next(10) >= 3)
                return [.. ids];
            Interlocked.Increment(ref counts.Lost);
        }
    }

    private static Task<Answer?> AskAsync(FhirClient server, int booker, OpenSlot slot, string key, TimeSpan patience) =>
        booker % 2 == 0
            ? server.TryPostAsync("Appointment/$book", BookingLoad.Parameters(booker, slot), patience, ("Idempotency-Key", key))
            : server.TryPostAsync(
                "Appointment", Appointment(booker, slot, key), patience, ("If-None-Exist", $"identifier=urn:test:retry|{key}"));

    private static string Appointment(int booker, OpenSlot slot, string key) => $$"""
        {"resourceType":"Appointment","identifier":[{"system":"urn:test:retry","value":"{{key}}"}],"status":"booked",
         "start":"{{slot.Start}}","end":"{{slot.End}}","slot":[{"reference":"Slot/{{slot.Id}}"}],
         "participant":[{"actor":{"reference":"{{Office.Patient(booker)}}"},"status":"accepted"}]}
        """;

    private sealed class Counts
    {
        public int Lost;
        public int Cut;
        private readonly ConcurrentBag<Answer> _refusals = [];

        public int Refused => _refusals.Count;

        public string FirstRefusal => _refusals.FirstOrDefault()?.Text ?? "";

        public void Refuse(Answer answer) => _refusals.Add(answer);
    }
}
