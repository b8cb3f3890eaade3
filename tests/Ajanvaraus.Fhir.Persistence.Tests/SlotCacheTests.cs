using System.Collections.Immutable;

using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Scheduling.Slots;
using Ajanvaraus.Fhir.Scheduling.Time;
using Ajanvaraus.Fhir.Testing;

using NodaTime;

namespace Ajanvaraus.Fhir.Persistence.Tests;

/// <summary>Slots kept in memory are those of the database at the moment of the reader.</summary>
public sealed class SlotCacheTests
{
    private const int Calendars = 4;
    private const int Days = 60;

    private static readonly Instant Monday = Instant.FromUtc(2026, 11, 23, 7, 0);

    [DatabaseTheory, EachDatabase]
    public async Task Searches_between_changes_see_every_change(DatabaseEngine engine)
    {
        await using var test = await TestStore.OpenAsync(engine);
        await PutCalendarsAsync(test);
        var seed = Environment.TickCount;
        var random = new Random(seed);

        for (var step = 0; step < 150; step++)
        {
            await ChangeAsync(test, random);
            var window = Window(random);
            string[] asked = [.. Enumerable.Range(0, Calendars).Where(_ => random.Next(3) > 0).Select(n => $"s{n}")];

            var kept = await KeptAsync(test.Store, asked, window);

            var read = await test.Store.Booking.FindDataAsync(asked, window, default);
            Ids(kept).Should().Equal(Ids(read.Slots), "step {0} of seed {1}", step, seed);
        }
    }

    [DatabaseTheory, EachDatabase]
    public async Task Changes_of_another_process_are_seen(DatabaseEngine engine)
    {
        if (engine == DatabaseEngine.Sqlite)
            return; // One process has the file to itself: SqliteSafetyTests.
        await using var test = await TestStore.OpenAsync(engine);
        await using var other = await TestStore.OpenAsync(test.Database, test.Clock);
        await PutCalendarsAsync(test);
        await test.PutAsync(Slot("x", "s0", Monday, 30, "free"));
        var window = new TimeRange(Monday, Monday + Duration.FromDays(1));
        (await KeptAsync(test.Store, ["s0"], window)).Single().Status.Should().Be(SlotStatus.Free);

        await other.WriteAsync<int>(
            async s =>
            {
                await s.PutAsync(Slot("x", "s0", Monday, 30, "busy"), WriteMethod.Put);
                return 0;
            },
            default);

        (await KeptAsync(test.Store, ["s0"], window)).Single().Status.Should().Be(SlotStatus.Busy);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Second_search_of_calendars_that_did_not_change_gives_the_same_objects(DatabaseEngine engine)
    {
        await using var test = await TestStore.OpenAsync(engine);
        await PutCalendarsAsync(test);
        await test.PutAsync(Slot("x", "s0", Monday, 30, "free"));
        await test.PutAsync(Slot("y", "s1", Monday, 30, "free"));
        var window = new TimeRange(Monday, Monday + Duration.FromDays(5));
        var first = await KeptAsync(test.Store, ["s0", "s1"], window);
        await test.PutAsync(Slot("z", "s1", Monday + Duration.FromHours(1), 30, "free"));

        var second = await KeptAsync(test.Store, ["s0", "s1"], window);

        second.Single(s => s.Id == "x").Should().BeSameAs(first.Single(s => s.Id == "x"));
        second.Single(s => s.Id == "y").Should().NotBeSameAs(first.Single(s => s.Id == "y"));
        second.Should().HaveCount(3);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Slots_whose_rows_are_made_anew_are_read_anew(DatabaseEngine engine)
    {
        await using var test = await TestStore.OpenAsync(engine);
        await PutCalendarsAsync(test);
        await test.PutAsync(Slot("x", "s0", Monday, 30, "free"));
        var window = new TimeRange(Monday, Monday + Duration.FromDays(1));
        var before = await KeptAsync(test.Store, ["s0"], window);

        await test.Store.Upkeep.ReindexAsync(
            [], 0, new SearchIndexer(new SearchParameterRegistry(R4.Definitions)), default);

        var after = await KeptAsync(test.Store, ["s0"], window);
        after.Single().Should().BeEquivalentTo(before.Single()).And.NotBeSameAs(before.Single());
    }

    private static async Task<CalendarSlots> KeptAsync(
        ResourceStore store, IReadOnlyCollection<string> scheduleIds, TimeRange window) =>
        (await store.QueryAsync(s => s.Booking.FindDataAsync(scheduleIds, window), default)).Slots;

    private static IEnumerable<string> Ids(CalendarSlots slots) =>
        slots.Select(s => $"{s.ScheduleId} {s.Id} {s.Time.Start} {s.Time.End} {s.Status}").Order(StringComparer.Ordinal);

    private static async Task PutCalendarsAsync(TestStore test)
    {
        for (var n = 0; n < Calendars; n++)
            await test.PutAsync(
                $$"""{"resourceType":"Schedule","id":"s{{n}}","actor":[{"reference":"Practitioner/p{{n}}"}]}""");
    }

    /// <summary>Makes a Slot, changes it, moves it to another calendar, or takes it away; rarely a calendar too.</summary>
    private static async Task ChangeAsync(TestStore test, Random random)
    {
        var id = $"x{random.Next(12)}";
        if (random.Next(5) == 0)
        {
            await test.DeleteAsync("Slot", id);
            return;
        }
        if (random.Next(10) == 0)
        {
            await test.DeleteAsync("Schedule", "s0");
            await PutCalendarsAsync(test);
        }
        var start = Monday + Duration.FromHours(random.Next(24 * Days));
        var minutes = random.Next(8) == 0 ? 60 * 24 * 12 : 45;
        await test.PutAsync(Slot(id, $"s{random.Next(Calendars)}", start, minutes, random.Next(2) == 0 ? "free" : "busy"));
    }

    private static TimeRange Window(Random random)
    {
        var start = Monday + Duration.FromHours(random.Next(-48, 24 * Days));
        return new TimeRange(start, start + Duration.FromHours(random.Next(1, 24 * Days)));
    }

    private static PreparedResource Slot(string id, string schedule, Instant start, int minutes, string status) =>
        TestStore.Prepared(
            $$"""
            {"resourceType":"Slot","id":"{{id}}","schedule":{"reference":"Schedule/{{schedule}}"},"status":"{{status}}",
            "start":"{{start}}","end":"{{start + Duration.FromMinutes(minutes)}}"}
            """,
            IndexEntries.Empty with
            {
                References =
                [
                    new ReferenceEntry(SearchParameter.KeyOf("Slot", "schedule"), "Schedule", schedule, "", "", ""),
                ],
            });
}
