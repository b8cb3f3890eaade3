using Ajanvaraus.Fhir.Scheduling.Templates;
using static Ajanvaraus.Fhir.Scheduling.Tests.Calendars;

namespace Ajanvaraus.Fhir.Scheduling.Tests.Templates;

public sealed class TemplateTests
{
    private static readonly LocalDate Monday = new(2027, 1, 4);

    private static TemplateEntry Window(IsoDayOfWeek day, int fromHour, int toHour, int minutes = 30) =>
        new()
        {
            Day = day, Start = new LocalTime(fromHour, 0), End = new LocalTime(toHour % 24, 0),
            SlotLength = Duration.FromMinutes(minutes),
        };

    private static WeekTemplate Daily(int fromHour, int toHour, int minutes = 30) =>
        Weekly([.. Enum.GetValues<IsoDayOfWeek>().Where(d => d != IsoDayOfWeek.None)
            .Select(d => Window(d, fromHour, toHour, minutes))]);

    private static WeekTemplate Weekly(params TemplateEntry[] entries) =>
        new("advice", 1, "Europe/Helsinki", Monday, 1, [.. entries]);

    private static ImmutableArray<SlotDraft> Expand(WeekTemplate template, LocalDate from, LocalDate? to = null) =>
        TemplateExpansion.Expand(template, from, to ?? from, ImmutableHashSet<LocalDate>.Empty, []).Drafts;

    private static List<StandingSlot> Made(TemplatePlan plan, SlotStatus status = SlotStatus.Free) =>
        [.. plan.Make.Select((d, n) => new StandingSlot($"m{n}", d.Key, d.Time, status))];

    [Theory]
    [InlineData(3, 27, 16)]
    [InlineData(3, 28, 14)]
    [InlineData(10, 30, 16)]
    [InlineData(10, 31, 18)]
    public void Night_of_half_hours_fills_the_time_that_passes(int month, int day, int count)
    {
        var drafts = Expand(Daily(0, 8), new LocalDate(2027, month, day));

        drafts.Should().HaveCount(count);
        drafts.Select(d => d.Key).Should().OnlyHaveUniqueItems();
    }

    [Theory]
    [InlineData(9, 17)]
    [InlineData(13, 17)]
    public void R21_a_rule_starts_at_its_local_hour_before_on_and_after_each_change(int fromHour, int toHour)
    {
        foreach (var date in new[] { new LocalDate(2027, 3, 28), new LocalDate(2027, 10, 31) })
        {
            foreach (var day in new[] { date.PlusDays(-1), date, date.PlusDays(1) })
            {
                var hours = Expand(Daily(fromHour, toHour, 60), day).Select(d => d.Time.Start.InZone(Helsinki).Hour);

                hours.Should().Equal(Enumerable.Range(fromHour, toHour - fromHour), "on {0}", day);
            }
        }
    }

    [Fact]
    public void R23_a_window_in_the_missing_hour_gives_nothing_and_one_across_it_begins_after_it()
    {
        var spring = new LocalDate(2027, 3, 28);

        Expand(Daily(3, 4), spring).Should().BeEmpty();
        Expand(Daily(3, 5), spring).Select(d => d.Time.Start.InZone(Helsinki).TimeOfDay)
            .Should().Equal(new LocalTime(4, 0), new LocalTime(4, 30));
    }

    [Fact]
    public void R30_a_window_over_midnight_belongs_to_its_start_day_and_one_until_midnight_has_no_hole()
    {
        var friday = new LocalDate(2027, 1, 8);
        var night = Weekly(Window(IsoDayOfWeek.Friday, 22, 6, 60));
        var evening = Weekly(Window(IsoDayOfWeek.Friday, 20, 24, 60));

        Expand(night, friday).Should().HaveCount(8).And.OnlyContain(d => d.Day == friday);
        Expand(night, friday.PlusDays(1)).Should().BeEmpty();
        Expand(evening, friday)[^1].Time.End.InZone(Helsinki).LocalDateTime
            .Should().Be(friday.PlusDays(1).AtMidnight());
    }

    [Fact]
    public void R36_holidays_and_absences_are_skipped_with_their_reason()
    {
        var holidays = FinnishHolidays.Between(Monday, Monday.PlusDays(6));
        var absence = new TimeRange(
            Monday.At(new LocalTime(9, 15)).InZoneStrictly(Helsinki).ToInstant(),
            Monday.At(new LocalTime(9, 45)).InZoneStrictly(Helsinki).ToInstant());

        var drafts = TemplateExpansion.Expand(Daily(9, 11), Monday, Monday.PlusDays(4), holidays, [absence]);
        var plan = TemplateApplication.Plan(drafts, []);

        plan.Skipped.Where(d => d.Skip == SkipReason.Holiday).Should().HaveCount(4)
            .And.OnlyContain(d => d.Day == new LocalDate(2027, 1, 6));
        plan.Skipped.Where(d => d.Skip == SkipReason.Absence).Should().HaveCount(2);
        plan.Make.Should().HaveCount(14);
    }

    [Fact]
    public void R37_overlapping_windows_give_each_time_once()
    {
        var drafts = Expand(Weekly(Window(IsoDayOfWeek.Monday, 8, 12), Window(IsoDayOfWeek.Monday, 10, 14)), Monday);

        drafts.Should().HaveCount(12);
        drafts.Select(d => d.Time).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Rotation_of_weeks_counts_from_its_anchor_both_ways()
    {
        var template = Weekly(Window(IsoDayOfWeek.Monday, 9, 10, 60) with { Week = 2 }) with { Weeks = 3 };

        var days = Expand(template, Monday.PlusWeeks(-4), Monday.PlusWeeks(5)).Select(d => d.Day);

        days.Should().Equal(Monday.PlusWeeks(-2), Monday.PlusWeeks(1), Monday.PlusWeeks(4));
    }

    [Fact]
    public void Gap_and_release_follow_the_entry()
    {
        var entry = Window(IsoDayOfWeek.Monday, 9, 11, 45) with {
            Gap = Duration.FromMinutes(15), ReleaseDaysAhead = 14,
        };

        var drafts = Expand(Weekly(entry), Monday);

        drafts.Select(d => d.Time.Start.InZone(Helsinki).Hour).Should().Equal(9, 10);
        drafts[0].OpensAt!.Value.InZone(Helsinki).LocalDateTime.Should().Be(Monday.PlusDays(-14).AtMidnight());
    }

    [Fact]
    public void Template_applied_twice_makes_nothing_the_second_time()
    {
        var random = new Random(7);
        for (var n = 0; n < 100; n++)
        {
            var from = Monday.PlusDays(random.Next(3000));
            var start = random.Next(24);
            var drafts = TemplateExpansion.Expand(
                Daily(start, start + random.Next(1, 12), 15 * random.Next(1, 6)), from, from.PlusDays(random.Next(14)),
                FinnishHolidays.Between(from, from.PlusDays(14)), []);
            var first = TemplateApplication.Plan(drafts, []);

            var second = TemplateApplication.Plan(drafts, Made(first));

            second.Make.Should().BeEmpty("round {0}", n);
            second.Remove.Should().BeEmpty("round {0}", n);
            second.Keep.Should().HaveCount(first.Make.Length, "round {0}", n);
        }
    }

    [Fact]
    public void Changed_template_moves_only_what_is_free()
    {
        var slots = Made(TemplateApplication.Plan(TemplateExpansion.Expand(
            Daily(9, 11), Monday, Monday, ImmutableHashSet<LocalDate>.Empty, []), []));
        slots[1] = slots[1] with { Status = SlotStatus.Busy };
        slots.Add(new StandingSlot("hand", null, slots[0].Time, SlotStatus.Free));

        var plan = TemplateApplication.Plan(
            TemplateExpansion.Expand(Daily(9, 11, 60), Monday, Monday, ImmutableHashSet<LocalDate>.Empty, []), slots);

        plan.Remove.Should().Equal("m0", "m2", "m3");
        plan.Keep.Should().BeEmpty();
        plan.Make.Should().ContainSingle().Which.Time.Start.InZone(Helsinki).Hour.Should().Be(10);
        plan.Skipped.Should().ContainSingle().Which.Skip.Should().Be(SkipReason.Occupied);
    }

    [Fact]
    public void New_version_keeps_what_it_asks_for_unchanged_and_other_days_and_templates()
    {
        var before = TemplateExpansion.Expand(
            Daily(9, 11), Monday, Monday.PlusDays(1), ImmutableHashSet<LocalDate>.Empty, []);
        var slots = Made(TemplateApplication.Plan(before, []));
        slots.Add(new StandingSlot("other", "meeting|2027-01-04|0|1|x", slots[0].Time, SlotStatus.Free));

        var plan = TemplateApplication.Plan(
            TemplateExpansion.Expand(
                Daily(9, 11) with { Version = 2 }, Monday, Monday, ImmutableHashSet<LocalDate>.Empty, []),
            slots);

        plan.Keep.Should().Equal("m0", "m1", "m2", "m3");
        plan.Make.Should().BeEmpty();
        plan.Remove.Should().BeEmpty();
    }

    [Fact]
    public void Days_of_change_keep_their_hours_over_ten_years()
    {
        for (var year = 2026; year < 2036; year++)
        {
            Expand(Daily(0, 24, 60), LastSunday(year, 3)).Should().HaveCount(23, "spring {0}", year);
            Expand(Daily(0, 24, 60), LastSunday(year, 10)).Should().HaveCount(25, "autumn {0}", year);
        }
    }

    private static LocalDate LastSunday(int year, int month) =>
        new LocalDate(year, month, 31).With(DateAdjusters.PreviousOrSame(IsoDayOfWeek.Sunday));
}
