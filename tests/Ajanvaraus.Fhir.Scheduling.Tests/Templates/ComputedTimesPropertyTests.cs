using Ajanvaraus.Fhir.Scheduling.Templates;

using FsCheck;
using FsCheck.Fluent;

using static Ajanvaraus.Fhir.Scheduling.Tests.Calendars;

namespace Ajanvaraus.Fhir.Scheduling.Tests.Templates;

/// <summary>What templates leave open, against a slow count of every minute.</summary>
public sealed class ComputedTimesPropertyTests
{
    private static readonly LocalDate Monday = new(2027, 3, 22);

    [Fact]
    public void Open_is_every_minute_of_a_draft_in_which_nothing_is_stored()
    {
        var cases =
            from windows in Gen.NonEmptyListOf(Windows())
            from stored in Gen.ListOf(Spans())
            select (Windows: windows.ToList(), Stored: stored.ToList());

        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            // The week in which the clocks go forward.
            var template = new WeekTemplate("t", 1, "Europe/Helsinki", Monday, 1, [.. c.Windows]);
            var drafts = TemplateExpansion.Expand(template, Monday, Monday.PlusDays(6), ImmutableHashSet<LocalDate>.Empty, []);

            var open = ComputedTimes.Of(drafts, c.Stored).ToList();

            foreach (var draft in drafts.Drafts)
            {
                var parts = open.Where(o => o.Draft == draft).Select(o => o.Time).ToList();
                var free = Minutes(draft.Time).Where(m => !c.Stored.Exists(s => s.Overlaps(m))).ToList();
                var expected = draft.Entry.Capacity == 1 || free.Count == Minutes(draft.Time).Count() ? free : [];
                parts.SelectMany(Minutes).Should().Equal(expected);
                parts.Zip(parts.Skip(1)).All(p => p.First.End < p.Second.Start).Should().BeTrue("a part is as long as it can be");
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Id_of_a_computed_slot_is_read_back_and_has_one_spelling()
    {
        var cases =
            from key in Gen.Choose(1, int.MaxValue)
            from span in Spans()
            select (Key: (long)key, Span: span);

        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var id = new ComputedSlotId(c.Key, "0123456789", c.Span);

            ComputedSlotId.Parse(id.ToString()).Should().Be(id);
            id.ToString().Length.Should().BeLessThanOrEqualTo(64);
            id.ToString().Should().MatchRegex("^[A-Za-z0-9.-]+$");
            ComputedSlotId.Parse(id.ToString().ToUpperInvariant()).Should().BeNull();
            ComputedSlotId.Parse(id.ToString().Replace("c-", "c-0", StringComparison.Ordinal)).Should().BeNull();
        }).QuickCheckThrowOnFailure();
    }

    private static Gen<TemplateEntry> Windows() =>
        from day in Gen.Choose(1, 7)
        from start in Gen.Choose(0, 95)
        from length in Gen.Choose(1, 40)
        from slot in Gen.Elements(15, 20, 45, 60, 180)
        from gap in Gen.Elements(0, 5)
        from capacity in Gen.Elements(1, 1, 4)
        select new TemplateEntry
        {
            Day = (IsoDayOfWeek)day, Start = new LocalTime(start / 4, start % 4 * 15),
            End = LocalTime.Midnight.PlusMinutes((start + length) * 15), SlotLength = Duration.FromMinutes(slot),
            Gap = Duration.FromMinutes(gap), Capacity = capacity,
        };

    private static Gen<TimeRange> Spans() =>
        from minute in Gen.Choose(0, 8 * 24 * 60)
        from length in Gen.Choose(1, 300)
        let start = Monday.AtStartOfDayInZone(Helsinki).ToInstant() + Duration.FromMinutes(minute)
        select new TimeRange(start, start + Duration.FromMinutes(length));

    private static IEnumerable<TimeRange> Minutes(TimeRange time)
    {
        for (var at = time.Start; at < time.End; at += Duration.FromMinutes(1))
            yield return new TimeRange(at, at + Duration.FromMinutes(1));
    }
}
