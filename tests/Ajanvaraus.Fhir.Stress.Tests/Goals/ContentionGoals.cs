using Xunit.Abstractions;

namespace Ajanvaraus.Fhir.Stress.Tests.Goals;

/// <summary>G01 and G02: many bookers at each Slot, one winner; G11: the same harness does find a server that double-books.</summary>
public sealed class ContentionGoals(ITestOutputHelper output)
{
    [DatabaseTheory, EachDatabase, Trait(Reliability.Trait, "G01, G02")]
    public async Task G01_G02_Every_slot_has_one_winner_who_is_read_at_once_from_another_server(DatabaseEngine engine)
    {
        var isSqlite = engine == DatabaseEngine.Sqlite;
        var goal = new Goal(isSqlite ? "G01" : "G02", engine, output, GetType());
        await using var group = await ServerGroup.StartAsync(engine, Goal.Processes);
        var bookers = isSqlite ? 128 : 192;
        var office = await Office.OpenAsync(group.Clients[0], calendars: 10, bookers);
        var runs = new List<ContentionRun>();
        for (var n = 0; n < Reliability.Size(1, isSqlite ? 10 : 1, asked: 10); n++)
        {
            var run = new ContentionRun(group.Clients, goal.Seed + n)
            {
                Bookers = bookers,
                Contenders = isSqlite ? 16 : 32,
                // A thousand Slots in ten calendars are some days of them.
                Slots = await office.OpenSlotsAsync(day: n * 7, Reliability.Size(60, isSqlite ? 1000 : 250, asked: 1000)),
            };
            await run.RunAsync();
            runs.Add(run);
        }

        var audit = await CalendarAudit.RunAsync(group.Database);
        var attempts = runs.SelectMany(r => r.Attempts).ToList();
        var outcome = ContentionRun.Outcome(runs);
        goal.Tell(
            ContentionRun.Told(runs), $"{outcome}; {audit.Findings.Count} findings in the tables; {runs.Sum(r => r.Unread)} winners not read "
            + $"as acknowledged from another server, slowest read {runs.Max(r => r.SlowestRead):F0} ms");
        runs.Should().OnlyContain(r => r.Doubled == 0 && r.WithoutWinner == 0 && r.BadRefusals == 0 && r.Unread == 0, outcome);
        audit.Findings.Should().BeEmpty();
        audit.BookedSlots.Should().BeEquivalentTo(attempts.Where(a => a.IsAcknowledged).Select(a => a.Booking));
    }

    [DatabaseTheory, EachDatabase, Trait(Reliability.Trait, "G11")]
    public async Task G11_The_same_harness_reports_the_double_bookings_of_a_server_that_looks_and_then_writes(DatabaseEngine engine)
    {
        var goal = new Goal("G11", engine, output, GetType());
        await using var broken = await BrokenBooker.StartAsync(engine, Goal.Processes);
        var slots = Enumerable.Range(0, 100).Select(n => new OpenSlot($"d0-{n}", "c0", "", "")).ToList();
        var run = new ContentionRun(broken.Clients, goal.Seed) { Bookers = 64, Contenders = 32, Slots = slots };

        await run.RunAsync();

        goal.Tell($"a server that looks and then writes, in place of this one; {ContentionRun.Told([run])}", ContentionRun.Outcome([run]));
        run.Doubled.Should().BePositive("a harness that cannot see a double booking shows nothing");
        run.WithoutWinner.Should().Be(0);
    }
}
