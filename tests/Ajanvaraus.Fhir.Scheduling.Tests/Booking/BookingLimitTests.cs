using FsCheck;
using FsCheck.Fluent;

using static Ajanvaraus.Fhir.Scheduling.Tests.Calendars;

namespace Ajanvaraus.Fhir.Scheduling.Tests.Booking;

/// <summary>No more bookings than so many on a local day and in a week: docs/adr/0022-booking-limits.md.</summary>
public sealed class BookingLimitTests
{
    private static Calendars Anna(int? perDay, int? perWeek = null) =>
        new Calendars().Schedule("anna", "Practitioner/anna").Taking("anna", perDay, perWeek);

    [Fact]
    public void Day_takes_so_many_bookings_and_no_more_until_one_is_given_up()
    {
        var calendars = Anna(perDay: 2);
        calendars.Accept(Ask.BookTime("first", At(9, 10), "anna"));
        calendars.Accept(Ask.BookTime("second", At(11, 12), "anna").HeldBy("Patient/1", Day + Duration.FromHours(1)));

        var refused = calendars.Refuse(Ask.BookTime("third", At(13, 14), "anna"));
        calendars.Accept(Ask.BookTime("tomorrow", At(33, 34), "anna"));
        calendars.Cancel("first");
        calendars.Accept(Ask.BookTime("third", At(13, 14), "anna"));

        refused.Reasons.Should().Equal(new Refusal(
            RefusalKind.LimitReached, "The calendar has as many bookings then as it may have.", "Schedule/anna",
            new TimeRange(Day - Duration.FromHours(2), Day + Duration.FromHours(22))));
    }

    [Fact]
    public void Hold_counts_until_it_ends_and_not_a_moment_longer()
    {
        var calendars = Anna(perDay: 1);
        calendars.Accept(Ask.BookTime("hold", At(9, 10), "anna").HeldBy("Patient/1", Day + Duration.FromMinutes(5)));

        calendars.Refuse(Ask.BookTime("own", At(11, 12), "anna").By("Patient/1"));
        calendars.Accept(Ask.BookTime("same", At(9.5, 10.5), "anna").By("Patient/1")).Superseded.Should().Equal("hold");
        calendars.Cancel("same");
        calendars.Accept(Ask.BookTime("hold", At(9, 10), "anna").HeldBy("Patient/1", Day + Duration.FromMinutes(5)));
        calendars.Now += Duration.FromMinutes(5);
        calendars.Accept(Ask.BookTime("other", At(11, 12), "anna"));
    }

    [Theory]
    [InlineData("2027-03-27T21:59", "2027-03-27T22:00", false, "the day before the clocks go forward")]
    [InlineData("2027-03-27T22:00", "2027-03-28T20:59", true, "a day of 23 hours")]
    [InlineData("2027-03-28T20:59", "2027-03-28T21:00", false, "its end")]
    [InlineData("2027-10-30T21:00", "2027-10-31T21:59", true, "a day of 25 hours")]
    [InlineData("2027-10-31T21:59", "2027-10-31T22:00", false, "its end")]
    public void Day_is_the_local_day_of_the_calendar(string first, string second, bool isOneDay, string reason)
    {
        var calendars = Anna(perDay: 1);
        calendars.Now = Utc(first) - Duration.FromDays(1);
        calendars.Accept(Ask.BookTime("first", From(Utc(first), 1), "anna"));

        var decision = calendars.Decide(Ask.BookTime("second", From(Utc(second), 1), "anna"));

        (decision is Refused).Should().Be(isOneDay, reason);
    }

    [Theory]
    [InlineData("2026-12-28T08:00", "2027-01-03T21:00", true, "week 53 of 2026 goes on in the new year")]
    [InlineData("2027-01-03T21:00", "2027-01-03T22:30", false, "Monday begins at local midnight")]
    [InlineData("2027-12-31T08:00", "2028-01-02T08:00", true, "so does week 52 of 2027")]
    [InlineData("2027-12-31T08:00", "2028-01-03T08:00", false, "week 1 of 2028")]
    [InlineData("2027-03-22T08:00", "2027-03-28T20:59", true, "a week of an hour less")]
    public void Week_is_from_monday_to_sunday_also_over_new_year(string first, string second, bool isOneWeek, string reason)
    {
        var calendars = Anna(perDay: null, perWeek: 1);
        calendars.Now = Utc(first) - Duration.FromDays(1);
        calendars.Accept(Ask.BookTime("first", From(Utc(first), 20), "anna"));

        var decision = calendars.Decide(Ask.BookTime("second", From(Utc(second), 20), "anna"));

        (decision is Refused).Should().Be(isOneWeek, reason);
    }

    [Fact]
    public void Move_within_a_day_adds_nothing_to_it_also_when_there_are_too_many()
    {
        var calendars = Anna(perDay: 3);
        for (var n = 0; n < 3; n++) calendars.Accept(Ask.BookTime($"a{n}", At(9 + n, 10 + n), "anna"));
        calendars.Accept(Ask.BookTime("tomorrow", At(33, 34), "anna"));
        calendars.Taking("anna", perDay: 1);

        calendars.Accept(Ask.BookTime("a0", At(14, 15), "anna"));
        calendars.Accept(Ask.BookTime("a1", At(10, 11), "anna") with { StandsAlready = true });
        calendars.Refuse(Ask.BookTime("tomorrow", At(16, 17), "anna"));
    }

    [Fact]
    public void Group_counts_once_and_takes_further_clients_on_a_full_day()
    {
        var calendars = Anna(perDay: 1).Slot("group", "anna", At(9, 10), capacity: 3).Slot("next", "anna", At(10, 11), capacity: 3);
        calendars.Accept(Ask.Book("one", "group"));
        calendars.Accept(Ask.Book("two", "group"));

        calendars.Refuse(Ask.Book("other", "next"));
        calendars.Refuse(Ask.Book("one", "next")).Reasons.Should().ContainSingle()
            .Which.Kind.Should().Be(RefusalKind.LimitReached, "the group stays without who leaves it");
        calendars.Accept(Ask.Book("three", "group"));
        Offered(calendars).Should().BeEmpty();
        calendars.Cancel("two");
        Offered(calendars).Should().Equal(At(9, 10));
    }

    [Fact]
    public void Journey_documentation_and_bookings_of_the_same_professional_elsewhere_are_not_counted()
    {
        var calendars = Anna(perDay: 1).Schedule("home", "Practitioner/anna");
        calendars.Accept(Ask.BookTime("elsewhere", At(7, 8), "home"));
        calendars.Accept(Ask.BookTime("meeting", At(9, 10), "anna"));

        calendars.Accept(Ask.BookTime("journey", At(8.5, 9), "anna") with { FollowsId = "meeting" });
        calendars.Refuse(Ask.BookTime("other", At(13, 14), "anna"));
        calendars.Cancel("meeting");
        calendars.Accept(Ask.BookTime("other", At(13, 14), "anna"));
    }

    [Fact]
    public void Who_overbooks_passes_and_counts()
    {
        var calendars = Anna(perDay: 1);
        calendars.Accept(Ask.BookTime("first", At(9, 10), "anna"));

        var over = calendars.Accept(Ask.BookTime("over", At(11, 12), "anna") with { Overbooks = true });
        calendars.Cancel("first");

        over.Overridden.Should().ContainSingle().Which.Kind.Should().Be(RefusalKind.LimitReached);
        calendars.Refuse(Ask.BookTime("third", At(13, 14), "anna"));
    }

    [Fact]
    public void Series_is_offered_only_when_all_of_its_times_fit_into_the_week_together()
    {
        var calendars = Anna(perDay: null, perWeek: 3);
        for (var day = 0; day < 12; day++) calendars.Slot($"d{day}", "anna", At((24 * day) + 9, (24 * day) + 10));
        calendars.Accept(Ask.BookTime("one", At(15, 16), "anna"));

        var starts = Offered(calendars, new Series(3, 1)).Select(t => (t.Start - Day).Days);

        // Days 0 to 6 are a week with one booking; three more begin in it from Monday to Friday.
        starts.Should().Equal(5, 6, 7, 8, 9);
    }

    [Fact]
    public void Explanation_names_the_limit()
    {
        var calendars = Anna(perDay: 1).Slot("s", "anna", At(9, 10)).Slot("t", "anna", At(33, 34));
        calendars.Accept(Ask.BookTime("one", At(12, 13), "anna"));
        var request = Search(calendars);
        var data = calendars.FindData();

        var hidden = FindExplanation.Of(request, data, [.. data.Slots.Where(s => !s.IsFiller)], FindTimes.Find(request, data).Offers);

        hidden.Should().Equal(new HiddenTimes("anna", HiddenBy.Limit, 1));
    }

    [Fact]
    public void Replacement_takes_no_more_than_its_calendar_may()
    {
        var calendars = Anna(perDay: 2).Schedule("bea", "Practitioner/bea").Taking("bea", perDay: 1);
        calendars.Accept(Ask.BookTime("own", At(8, 9), "anna"));
        var toPlace = Enumerable.Range(0, 3).Select(n => new BookingToPlace($"p{n}", At(10 + n, 11 + n)));

        var plan = Reassignment.Plan(toPlace, ["anna", "bea"], calendars.FindData(), ReassignmentPolicy.Named, Day, (_, _) => true);

        plan.Select(p => p.ScheduleId).Should().Equal("anna", "bea", null);
    }

    /// <summary>Law: whatever is booked, held, moved and cancelled, no day and no week has more than its limit.</summary>
    [Fact]
    public void Never_more_begin_on_a_local_day_or_in_a_week_than_the_calendar_takes()
    {
        var (accepted, refused) = (0, 0);
        var steps =
            from id in Gen.Choose(0, 30)
            from hour in Gen.Choose(0, 14 * 24)
            from minutes in Gen.Choose(10, 300)
            from kind in Gen.Choose(0, 9)
            select (Id: $"a{id}", Time: From(Before(DayOfSpring) + Duration.FromHours(hour), minutes), Kind: kind);
        var cases =
            from perDay in Gen.Choose(1, 4)
            from perWeek in Gen.Choose(1, 9)
            from list in Gen.ListOf(steps, 80)
            select (PerDay: perDay, PerWeek: perWeek, Steps: list.ToList());

        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var calendars = Anna(c.PerDay, c.PerWeek);
            calendars.Now = Before(DayOfSpring) - Duration.FromDays(1);
            foreach (var (id, time, kind) in c.Steps)
            {
                if (kind == 0) calendars.Cancel(id);
                else
                {
                    var request = Ask.BookTime(id, time, "anna");
                    var decision = calendars.Apply(kind < 3 ? request.HeldBy("Patient/1", Before(DayOfSpring)) : request);
                    _ = decision is Accepted ? accepted++ : refused++;
                }

                var days = calendars.Claims.Where(t => t.Target == "Schedule/anna").Select(t => t.Time.Start.InZone(Helsinki).Date).ToList();
                days.GroupBy(d => d).All(g => g.Count() <= c.PerDay).Should().BeTrue();
                days.GroupBy(NodaTime.Calendars.WeekYearRules.Iso.GetWeekOfWeekYear).All(g => g.Count() <= c.PerWeek).Should().BeTrue();
            }
        }).QuickCheckThrowOnFailure();
        accepted.Should().BeGreaterThan(200);
        refused.Should().BeGreaterThan(200);
    }

    /// <summary>Law: a Slot is shown free exactly when it can be booked whole, also where buffers and limits both hold.</summary>
    [Fact]
    public void Slots_are_shown_free_exactly_while_they_can_be_booked()
    {
        var (bookable, full, buffered) = (0, 0, 0);
        for (var seed = 1; seed <= 200; seed++)
        {
            var random = new Random(seed);
            var calendars = Anna(random.Next(2) == 0 ? null : random.Next(1, 4), random.Next(2) == 0 ? null : random.Next(1, 6))
                .Keeping("anna", 10 * random.Next(3), 10 * random.Next(3));
            for (var day = 0; day < 9; day++)
                for (var hour = 8; hour < 20; hour++)
                    if (random.Next(3) > 0) calendars.Slot($"{day}-{hour}", "anna", At((24 * day) + hour, (24 * day) + hour + 1));
            for (var n = 0; n < 20; n++)
            {
                var id = $"a{random.Next(12)}";
                var start = (24 * random.Next(9)) + random.Next(8, 20);
                if (random.Next(4) == 0) calendars.Cancel(id);
                else calendars.Apply(Ask.BookTime(id, At(start, start + 0.5), "anna"));
            }

            foreach (var slot in calendars.Slots.Where(s => s.Status == SlotStatus.Free).ToList())
            {
                (calendars.Decide(Ask.Book("new", slot.Id)) is Accepted).Should().Be(!slot.IsClosed, "seed {0}, {1}", seed, slot);
                _ = slot.IsFull ? full++ : slot.IsClosed ? buffered++ : bookable++;
            }

            for (var n = 0; n < 12; n++) calendars.Cancel($"a{n}");
            calendars.Slots.Should().OnlyContain(s => !s.IsClosed && !s.IsFull, "seed {0}", seed);
        }

        bookable.Should().BeGreaterThan(1000);
        full.Should().BeGreaterThan(1000);
        buffered.Should().BeGreaterThan(100);
    }

    /// <summary>Law: each time of a series that is offered is accepted after those before it; what is accepted is offered.</summary>
    [Fact]
    public void Series_that_are_offered_beside_random_bookings_are_accepted_time_by_time_and_no_others()
    {
        var (offered, hidden) = (0, 0);
        for (var seed = 1; seed <= 150; seed++)
        {
            var random = new Random(seed);
            var calendars = Anna(random.Next(2) == 0 ? null : random.Next(1, 3), random.Next(1, 6));
            for (var day = 0; day < 21; day++)
                foreach (var hour in (int[])[9, 11, 13])
                    calendars.Slot($"d{day}-{hour}", "anna", At((24 * day) + hour, (24 * day) + hour + 1));
            for (var n = 0; n < 8; n++) calendars.Apply(Ask.Book($"a{n}", $"d{random.Next(21)}-{9 + (2 * random.Next(3))}"));
            var series = new Series(random.Next(2, 5), random.Next(1, 4));
            var found = Offered(calendars, series).ToHashSet();

            foreach (var first in calendars.Slots.Where(s => s.Status == SlotStatus.Free).Select(s => s.Time).ToList())
            {
                var times = series.Occurrences(first, Helsinki)!;
                var isBooked = times.Select((t, n) => calendars.Apply(Ask.BookTime($"s{n}", t, "anna") with { StaysInSlots = true }))
                    .All(d => d is Accepted);
                for (var n = 0; n < times.Count; n++) calendars.Cancel($"s{n}");

                found.Contains(first).Should().Be(isBooked, "seed {0}, {1} by {2}", seed, first, series);
                _ = isBooked ? offered++ : hidden++;
            }
        }

        offered.Should().BeGreaterThan(300);
        hidden.Should().BeGreaterThan(300);
    }

    private static readonly LocalDate DayOfSpring = new(2027, 3, 28);

    /// <summary>A week before that day, at its beginning.</summary>
    private static Instant Before(LocalDate date) => date.PlusDays(-7).AtStartOfDayInZone(Helsinki).ToInstant();

    private static Instant Utc(string text) => NodaTime.Text.InstantPattern.ExtendedIso.Parse(text + ":00Z").Value;

    private static TimeRange From(Instant start, int minutes) => new(start, start + Duration.FromMinutes(minutes));

    private static FindRequest Search(Calendars calendars, Series? series = null) => new()
    {
        Window = At(0, 24 * 40), Alternatives = [["anna"]], Now = calendars.Now, Series = series, PageSize = 1000,
    };

    private static IEnumerable<TimeRange> Offered(Calendars calendars, Series? series = null) =>
        FindTimes.Find(Search(calendars, series), calendars.FindData()).Offers.Select(o => o.Time);
}
