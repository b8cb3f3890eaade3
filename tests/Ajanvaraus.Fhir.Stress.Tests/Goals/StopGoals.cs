using System.Diagnostics;

using Npgsql;

using Xunit.Abstractions;

namespace Ajanvaraus.Fhir.Stress.Tests.Goals;

/// <summary>G20, where it is the database that ends: PostgreSQL stopped at once under booking load, again and again.</summary>
public sealed class StopGoals(ITestOutputHelper output)
{
    private const int Bookers = 18;
    private const int Calendars = 4;
    private const int Teams = 3;
    private const int SlotsOfCycle = 96;
    private static readonly TimeSpan MostToReady = TimeSpan.FromSeconds(10);

    [ClusterFact, Trait(Reliability.Trait, "G20")]
    public async Task G20_What_was_acknowledged_is_there_after_PostgreSQL_was_stopped_at_once()
    {
        var goal = new Goal("G20", DatabaseEngine.PostgreSql, output, GetType());
        var random = new Random(goal.Seed);
        await using var cluster = await PostgresCluster.StartAsync();
        var database = TestDatabase.On(cluster.ConnectionString);
        await using var group = await ServerGroup.StartAsync(database, $"{database.Option};Maximum Pool Size=30", Goal.Processes);
        var office = await Office.OpenAsync(group.Clients[0], Calendars, Bookers);
        var stops = Reliability.Size(3, 20);
        var attempts = new List<BookingAttempt>();
        var slowest = TimeSpan.Zero;
        for (var cycle = 0; cycle < stops; cycle++)
        {
            var slots = await office.OpenSlotsAsync(cycle, SlotsOfCycle);
            var tries = new TryCount(random.Next(Bookers, Bookers * SlotsOfCycle / Teams / 2));
            var load = new BookingLoad(group.Clients).RunAsync(
                Bookers, booker => (BookingStyle)(booker / 3 % 3),
                booker => slots.Where((_, n) => n % Teams == booker / (Bookers / Teams)).TakeWhile(_ => tries.Begin()));
            await Task.WhenAny(tries.Reached, load);
            await cluster.StopAtOnceAsync();
            await cluster.StartAgainAsync();
            var again = Stopwatch.StartNew();
            foreach (var client in group.Clients)
                while (!await client.IsReadyAsync())
                    await Task.Delay(10);
            slowest = again.Elapsed > slowest ? again.Elapsed : slowest;
            attempts.AddRange(await load);
        }

        var reckoning = new Reckoning(attempts, await CalendarAudit.RunAsync(database));
        var broken = await BrokenIndexesAsync(cluster);
        goal.Tell(
            $"{stops} × PostgreSQL stopped at once under {Bookers} bookers, its servers went on: {attempts.Count} attempts; seed {goal.Seed}",
            $"{reckoning.Told}; broken indexes by amcheck: {broken}; all ready again {slowest.TotalMilliseconds:F0} ms after the database at most");
        reckoning.ShouldBeRight();
        broken.Should().Be("0");
        slowest.Should().BeLessThan(MostToReady);
        attempts.Count(a => a.IsAcknowledged).Should().BeGreaterThan(stops);
    }

    /// <summary>Looks into each B-tree, and whether every row is in it; the check comes with Debian's PostgreSQL.</summary>
    private static async Task<string> BrokenIndexesAsync(PostgresCluster cluster)
    {
        await using var connection = new NpgsqlConnection(cluster.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            """
            CREATE EXTENSION IF NOT EXISTS amcheck;
            DO $$ DECLARE i record; broken int := 0; BEGIN
              FOR i IN SELECT c.oid FROM pg_class c JOIN pg_am a ON a.oid = c.relam JOIN pg_namespace n ON n.oid = c.relnamespace
                  WHERE c.relkind = 'i' AND a.amname = 'btree' AND n.nspname = 'public' LOOP
                BEGIN PERFORM bt_index_parent_check(i.oid, true); EXCEPTION WHEN OTHERS THEN broken := broken + 1; END;
              END LOOP;
              CREATE TEMP TABLE verdict AS SELECT broken;
            END $$;
            SELECT broken FROM verdict;
            """,
            connection) { CommandTimeout = 0 };
        return (await command.ExecuteScalarAsync())!.ToString()!;
    }
}
