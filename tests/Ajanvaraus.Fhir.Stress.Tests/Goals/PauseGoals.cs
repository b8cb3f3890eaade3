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

        var reckoning = new Reckoning(attempts, await CalendarAudit.RunAsync(group.Database));
        goal.Tell(
            $"{pauses} × one of three servers stopped for {pause.TotalSeconds} s under {Bookers} bookers: {attempts.Count} attempts; seed {goal.Seed}",
            reckoning.Told);
        reckoning.ShouldBeRight();
    }
}
