using System.Diagnostics;
using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Stress.Tests.Goals;

using Xunit.Abstractions;

namespace Ajanvaraus.Fhir.Stress.Tests;

/// <summary>Servers killed in the middle of bookings: what was acknowledged is there, and nothing is there by half.</summary>
/// <remarks>
/// SQLite: the only process is killed. PostgreSQL: one of two is killed, by turns, while the other serves on.
/// </remarks>
public sealed class CrashTests(ITestOutputHelper output)
{
    private static readonly int Kills = Reliability.Size(20, 50);
    private const int Processes = 2;
    private const int Bookers = 16;
    private const int Calendars = 4;

    /// <summary>Bookers of one team want the same Slots.</summary>
    private const int Teams = 4;

    private const int SlotsOfCycle = 120;

    /// <summary>Every booker tries the Slots of its team.</summary>
    private const int TriesOfCycle = Bookers * SlotsOfCycle / Teams;

    [DatabaseTheory, EachDatabase, Trait(Reliability.Trait, "G20")]
    public async Task G20_Killed_under_booking_load_again_and_again_loses_nothing_and_halves_nothing(DatabaseEngine engine)
    {
        var goal = new Goal("G20", engine, output, GetType(), Processes);
        var random = new Random(goal.Seed);
        var slowest = TimeSpan.Zero;
        await using var group = await ServerGroup.StartAsync(engine, Processes);
        var office = await Office.OpenAsync(group.Clients[0], Calendars, Bookers);

        var attempts = new List<BookingAttempt>();
        for (var cycle = 0; cycle < Kills; cycle++)
        {
            var slots = await office.OpenSlotsAsync(cycle, SlotsOfCycle);
            var killed = group.Servers[cycle % group.Servers.Count];
            var isOver = false;
            var tries = new TryCount(random.Next(Bookers, TriesOfCycle / 2));
            var load = new BookingLoad(group.Clients).RunAsync(
                Bookers, booker => (BookingStyle)(booker / 2 % 3),
                booker => slots.Where((_, n) => n % Teams == booker / (Bookers / Teams))
                    .TakeWhile(_ => !isOver && tries.Begin()));
            await Task.WhenAny(tries.Reached, load);
            await killed.KillAsync();
            isOver = true;
            var ofCycle = await load;
            var again = Stopwatch.StartNew();
            await killed.StartAgainAsync();
            slowest = again.Elapsed > slowest ? again.Elapsed : slowest;

            attempts.AddRange(ofCycle);
            await CheckAsync(group, killed.Client, ofCycle, attempts);
        }

        goal.Tell(
            $"{Kills} × kill -9 under {Bookers} bookers: {attempts.Count} attempts; seed {goal.Seed}",
            $"{attempts.Count(a => a.IsAcknowledged)} acknowledged, all read as they were; {attempts.Count(a => a.IsUnknown)} without an answer, "
            + $"each there wholly or not at all; 0 findings in the tables; ready again after {slowest.TotalMilliseconds:F0} ms at most");
        attempts.Count(a => a.IsUnknown).Should().BeGreaterThan(Kills, "the kills are to come under load");
        attempts.Count(a => a.IsAcknowledged).Should().BeGreaterThan(Kills);
    }

    /// <summary>After each kill: what was said in this cycle, and all that the database holds since the first.</summary>
    private static async Task CheckAsync(
        ServerGroup group, FhirClient restarted, IReadOnlyList<BookingAttempt> ofCycle, IReadOnlyList<BookingAttempt> all)
    {
        await Task.WhenAll(ofCycle.Where(a => a.IsAcknowledged).Select(a => CheckReadableAsync(restarted, a)));
        ofCycle.Where(a => a is { IsAcknowledged: false, IsUnknown: false, IsRefusedWell: false })
            .Select(a => a.Answer).Should().BeEmpty();
        var audit = await CalendarAudit.RunAsync(group.Database);
        audit.Findings.Should().BeEmpty();
        all.Where(a => a.IsAcknowledged).Select(a => a.Booking).Should().BeSubsetOf(audit.BookedSlots);
        audit.BookedSlots.Should().BeSubsetOf(all.Where(a => a.IsAcknowledged || a.IsUnknown).Select(a => a.Booking));
        (await CalendarRows.IntegrityAsync(group.Database)).Should().Be("ok");
    }

    private static async Task CheckReadableAsync(FhirClient client, BookingAttempt attempt)
    {
        var acknowledged = attempt.Answer!.Appointment;

        var read = await client.GetAsync($"Appointment/{acknowledged["id"]}");

        read.Status.Should().Be(200, read.Text);
        JsonNode.DeepEquals(read.Body, acknowledged).Should().BeTrue($"{read.Text} was acknowledged as {acknowledged}");
    }
}
