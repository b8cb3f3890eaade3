using Xunit.Abstractions;

namespace Ajanvaraus.Fhir.Stress.Tests.Goals;

/// <summary>G25: one of three servers is stopped in the middle of its work, and goes on much later.</summary>
public sealed class PauseGoals(ITestOutputHelper output)
{
    private const int Stop = 19;
    private const int Continue = 18;
    private const int Bookers = 18;
    private const int Calendars = 4;
    private const int Teams = 3;
    private const int SlotsOfCycle = 96;

    [DatabaseTheory, InlineData(DatabaseEngine.PostgreSql), Trait(Reliability.Trait, "G25")]
    public async Task G25_A_server_that_wakes_up_late_books_nothing_that_others_have(DatabaseEngine engine)
    {
        var goal = new Goal("G25", engine, output, GetType());
        var random = new Random(goal.Seed);
        await using var group = await ServerGroup.StartAsync(engine, Goal.Processes);
        var office = await Office.OpenAsync(group.Clients[0], Calendars, Bookers);
        var pauses = Reliability.Size(2, 3);
        var pause = TimeSpan.FromSeconds(Reliability.Size(3, 30));
        var attempts = new List<BookingAttempt>();
        for (var cycle = 0; cycle < pauses; cycle++)
        {
            var slots = await office.OpenSlotsAsync(cycle, SlotsOfCycle);
            var tries = new TryCount(random.Next(Bookers, Bookers * SlotsOfCycle / Teams / 2));
            var load = new BookingLoad(group.Clients).RunAsync(
                Bookers, booker => (BookingStyle)(booker / 3 % 3),
                booker => slots.Where((_, n) => n % Teams == booker / (Bookers / Teams)).TakeWhile(_ => tries.Begin()));
            await Task.WhenAny(tries.Reached, load);
            var paused = group.Servers[cycle % group.Servers.Count];
            ServerProcess.Signal(paused.Id, Stop).Should().Be(0);
            await Task.Delay(pause);
            ServerProcess.Signal(paused.Id, Continue).Should().Be(0);
            attempts.AddRange(await load);
        }

        var audit = await CalendarAudit.RunAsync(group.Database);
        var acknowledged = attempts.Where(a => a.IsAcknowledged).Select(a => a.Booking).ToHashSet();
        var unsure = attempts.Where(a => a.IsUnknown || a.Answer is { Status: 503 }).Select(a => a.Booking).ToHashSet();
        var booked = audit.BookedSlots.ToList();
        var others = attempts.Where(a => a is { IsAcknowledged: false, IsUnknown: false, IsRefusedWell: false, Answer: not { Status: 503, HasRetryAfter: true } }).ToList();
        goal.Tell(
            $"{pauses} × one of three servers stopped for {pause.TotalSeconds} s under {Bookers} bookers: {attempts.Count} attempts; seed {goal.Seed}",
            $"{acknowledged.Except(booked).Count()} acknowledged and lost, {booked.Except(acknowledged).Except(unsure).Count()} refused and booked, "
            + $"{audit.Findings.Count} findings in the tables; {Goal.Statuses(attempts.Select(a => a.Answer))}");
        others.Select(a => a.Answer).Should().BeEmpty();
        audit.Findings.Should().BeEmpty();
        acknowledged.Should().BeSubsetOf(booked);
        booked.Should().BeSubsetOf(acknowledged.Union(unsure));
    }
}
