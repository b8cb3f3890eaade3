using System.Diagnostics;

using Npgsql;

using Xunit.Abstractions;

namespace Ajanvaraus.Fhir.Stress.Tests.Goals;

/// <summary>G23: the wire between servers and PostgreSQL fails in the middle of bookings.</summary>
public sealed class WireGoals(ITestOutputHelper output)
{
    private const int Bookers = 16;
    private const int Calendars = 4;
    private const int Teams = 4;
    private const int SlotsOfCycle = 96;

    [DatabaseTheory, InlineData(DatabaseEngine.PostgreSql), Trait(Reliability.Trait, "G23")]
    public async Task G23_Whatever_befalls_the_wire_nothing_acknowledged_is_lost_and_nothing_refused_is_booked(DatabaseEngine engine)
    {
        var goal = new Goal("G23", engine, output, GetType());
        var random = new Random(goal.Seed);
        var database = await TestDatabase.CreateAsync(engine);
        var direct = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        await using var wire = new FaultyWire(direct.Port);
        var through = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Port = wire.Port, MaxPoolSize = 30 };
        await using var group = await ServerGroup.StartAsync(database, $"postgres:{through.ConnectionString}", Goal.Processes);
        var office = await Office.OpenAsync(group.Clients[0], Calendars, Bookers);
        var faults = Enum.GetValues<WireFault>();
        var runs = Reliability.Size(faults.Length, 4 * faults.Length, asked: 100);
        var attempts = new List<BookingAttempt>();
        var slowest = TimeSpan.Zero;
        for (var run = 0; run < runs; run++)
        {
            var slots = await office.OpenSlotsAsync(run, SlotsOfCycle);
            var tries = new TryCount(random.Next(Bookers, Bookers * SlotsOfCycle / Teams / 2));
            var load = new BookingLoad(group.Clients).RunAsync(
                Bookers, booker => (BookingStyle)(booker / 2 % 3),
                booker => slots.Where((_, n) => n % Teams == booker / (Bookers / Teams)).TakeWhile(_ => tries.Begin()));
            await Task.WhenAny(tries.Reached, load);
            await wire.FailAsync(faults[run % faults.Length], TimeSpan.FromSeconds(Reliability.Size(1, 5, asked: 5)));
            attempts.AddRange(await load);
            var recovered = await RecoverAsync(group.Servers);
            slowest = recovered > slowest ? recovered : slowest;
        }

        var reckoning = new Reckoning(attempts, await CalendarAudit.RunAsync(database));
        goal.Tell(
            $"{runs} faults of {faults.Length} kinds under {Bookers} bookers: {attempts.Count} attempts; seed {goal.Seed}",
            $"{reckoning.Told}; serving again after {slowest.TotalMilliseconds:F0} ms at most");
        // What went wrong stands in the logs of the servers alone.
        foreach (var server in group.Servers.Where(s => s.LastOutput.Contains("FaultHandler", StringComparison.Ordinal)))
            output.WriteLine(server.LastOutput);
        reckoning.ShouldBeRight();
        reckoning.Unsure.Should().NotBeEmpty("the faults are to come under load");
    }

    private static async Task<TimeSpan> RecoverAsync(IEnumerable<ServerProcess> servers)
    {
        var waited = Stopwatch.StartNew();
        foreach (var server in servers)
            while ((await server.Client.GetAsync("Patient/p0")).Status != 200)
                waited.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(30), server.LastOutput);
        return waited.Elapsed;
    }
}
