using System.Collections.Concurrent;
using System.Diagnostics;

using Xunit.Abstractions;

namespace Ajanvaraus.Fhir.Stress.Tests.Goals;

/// <summary>G27: many more search than the server can answer, and others book meanwhile.</summary>
public sealed class OverloadGoals(ITestOutputHelper output)
{
    private const int Searchers = 160;
    private const int Bookers = 16;
    private const int MostSearches = 8;

    [DatabaseTheory, EachDatabase, Trait(Reliability.Trait, "G27")]
    public async Task G27_Searches_beyond_what_can_be_answered_are_sent_away_and_bookings_go_on(DatabaseEngine engine)
    {
        var goal = new Goal("G27", engine, output, GetType());
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var server = await ServerProcess.StartAsync(database.Option, ("AJANVARAUS_MAX_SEARCHES", $"{MostSearches}"));
        var office = await Office.OpenAsync(server.Client, calendars: 4, Bookers);
        var slots = await office.OpenSlotsAsync(day: 0, Reliability.Size(160, 2_000));
        var length = TimeSpan.FromSeconds(Reliability.Size(3, 30, asked: 300));
        var (searches, times, over, watch) = (new ConcurrentBag<Answer>(), new ConcurrentBag<double>(), false, Stopwatch.StartNew());
        var memory = server.Memory;

        var searching = Enumerable.Range(0, Searchers).Select(n => Task.Run(async () =>
        {
            while (!Volatile.Read(ref over))
            {
                var begun = Stopwatch.GetTimestamp();
                var answer = await server.Client.GetAsync($"Slot?schedule=Schedule/c{n % 4}&_include=Slot:schedule&_count=200");
                searches.Add(answer with { Text = answer.IsSuccess ? "" : answer.Text });
                if (answer.IsSuccess)
                    times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
                else
                    await Task.Delay(20);
            }
        })).ToArray();
        var booking = new BookingLoad([server.Client]).RunAsync(
            Bookers, booker => (BookingStyle)(booker % 3), booker => slots.Where((_, n) => n % Bookers == booker).TakeWhile(_ => watch.Elapsed < length));
        var booked = await booking;
        if (watch.Elapsed < length)
            await Task.Delay(length - watch.Elapsed);
        Volatile.Write(ref over, true);
        await Task.WhenAll(searching);
        var grown = (double)server.Memory / memory;
        var again = await server.Client.GetAsync("Slot?schedule=Schedule/c0");

        var sorted = times.Order().ToList();
        var sentAway = searches.Where(a => !a.IsSuccess).ToList();
        goal.Tell(
            $"{Searchers} searchers for {length.TotalSeconds:F0} s where {MostSearches} searches at a time are answered, {Bookers} bookers",
            $"searches {Goal.Statuses(searches)}; of those answered half within {sorted[sorted.Count / 2]:F0} ms, 99 % within {sorted[sorted.Count * 99 / 100]:F0} ms; "
            + $"bookings {Goal.Statuses(booked.Select(a => a.Answer))}; memory × {grown:F1}");
        // SQLite reads on the thread that asks: of those there are never more than can go on.
        (sentAway.Count > 0 || engine == DatabaseEngine.Sqlite).Should().BeTrue();
        sentAway.Where(a => a is not { Status: 503, HasRetryAfter: true } || !a.Text.Contains("AJV-8006")).Should().BeEmpty();
        booked.Should().NotBeEmpty().And.OnlyContain(a => a.IsAcknowledged);
        again.Status.Should().Be(200);
        (await CalendarAudit.RunAsync(database)).Findings.Should().BeEmpty();
    }
}
