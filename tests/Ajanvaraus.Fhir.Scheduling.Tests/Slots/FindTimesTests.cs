using static Ajanvaraus.Fhir.Scheduling.Tests.Calendars;

namespace Ajanvaraus.Fhir.Scheduling.Tests.Slots;

public sealed class FindTimesTests
{
    private static readonly Duration Half = Duration.FromMinutes(30);
    private static readonly Instant Until = Day + Duration.FromMinutes(5);

    private static Calendars Anna() =>
        new Calendars().Schedule("anna", "Practitioner/anna").Slot("s", "anna", At(9, 10));

    private static FindRequest Any(params string[] scheduleIds) =>
        new() { Window = At(0, 24), Alternatives = [[.. scheduleIds]], Now = Day, PageSize = 1000 };

    private static FindRequest All(params string[] scheduleIds) =>
        Any() with { Alternatives = [.. scheduleIds.Select(id => ImmutableArray.Create(id))] };

    private static FindResult Find(Calendars calendars, FindRequest request) =>
        FindTimes.Find(request with { Now = calendars.Now }, calendars.FindData());

    private static IEnumerable<TimeRange> Times(FindResult result) => result.Offers.Select(o => o.Time);

    [Fact]
    public void R12_a_held_time_is_not_offered_to_others_until_the_hold_ends()
    {
        var calendars = Anna();
        calendars.Accept(Ask.Book("held", "s").HeldBy("Patient/1", Until));

        Find(calendars, Any("anna") with { Holders = ["Patient/2"] }).Offers.Should().BeEmpty();
        calendars.Now = Until;

        Times(Find(calendars, Any("anna"))).Should().Equal(At(9, 10));
    }

    [Fact]
    public void R14_a_released_hold_is_offered_again_at_once()
    {
        var calendars = Anna();
        calendars.Accept(Ask.Book("held", "s").HeldBy("Patient/1", Until));

        calendars.Cancel("held");

        Times(Find(calendars, Any("anna"))).Should().Equal(At(9, 10));
    }

    [Fact]
    public void R15_the_holders_own_hold_does_not_hide_the_time()
    {
        var calendars = Anna();
        calendars.Accept(Ask.Book("held", "s").HeldBy("Patient/1", Until));

        Times(Find(calendars, Any("anna") with { Holders = ["Patient/1"] })).Should().Equal(At(9, 10));
    }

    [Fact]
    public void R22_lead_time_over_the_change_of_clocks_does_not_shift_offers()
    {
        var eight = new LocalDateTime(2027, 3, 28, 8, 0).InZoneStrictly(Helsinki).ToInstant();
        var calendars = new Calendars { Now = eight - Duration.FromHours(24) }.Schedule("anna", "Practitioner/anna")
            .Slot("early", "anna", new TimeRange(eight - Half, eight))
            .Slot("s", "anna", new TimeRange(eight, eight + Half));
        var window = new TimeRange(eight - Duration.FromDays(2), eight + Duration.FromDays(1));

        var result = Find(calendars, Any("anna") with { Window = window, LeadTime = Duration.FromHours(24) });

        Times(result).Should().Equal(new TimeRange(eight, eight + Half));
    }

    [Fact]
    public void R23_the_hour_that_does_not_exist_is_not_offered_and_the_repeated_one_is_offered_per_instant()
    {
        StartsOn(new LocalDate(2027, 3, 28)).Should().Equal("02:00", "02:30", "04:00", "04:30");
        StartsOn(new LocalDate(2027, 10, 31)).Should().Equal(
            "02:00", "02:30", "03:00", "03:30", "03:00", "03:30", "04:00", "04:30");
    }

    private static IEnumerable<string> StartsOn(LocalDate date)
    {
        var night = new TimeRange(
            date.At(new LocalTime(2, 0)).InZoneStrictly(Helsinki).ToInstant(),
            date.At(new LocalTime(5, 0)).InZoneStrictly(Helsinki).ToInstant());
        var calendars = new Calendars { Now = night.Start }
            .Schedule("anna", "Practitioner/anna").Slot("s", "anna", night);
        var result = Find(calendars, Any("anna") with { Window = night, Needed = Half });
        return result.Offers.Select(o => o.Time.Start.InZone(Helsinki).ToString("HH:mm", null));
    }

    [Theory]
    [InlineData(2027, 1, 15)]
    [InlineData(2027, 7, 15)]
    [InlineData(2027, 3, 28)]
    [InlineData(2027, 10, 31)]
    public void R24_grid_stands_on_local_midnight_in_winter_and_in_summer(int year, int month, int day)
    {
        var date = new LocalDate(year, month, day);
        var open = new TimeRange(
            date.At(new LocalTime(8, 50)).InZoneStrictly(Helsinki).ToInstant(),
            date.At(new LocalTime(12, 0)).InZoneStrictly(Helsinki).ToInstant());
        var calendars = new Calendars { Now = open.Start }
            .Schedule("anna", "Practitioner/anna").Slot("s", "anna", open);

        var result = Find(calendars, Any("anna") with { Window = open, Needed = Duration.FromHours(1) });

        result.Offers.Select(o => o.Time.Start.InZone(Helsinki).TimeOfDay).Should().Equal(
            new LocalTime(9, 0), new LocalTime(10, 0), new LocalTime(11, 0));
    }

    [Fact]
    public void R34_first_time_is_not_earlier_than_the_notice_rounded_up_to_the_grid()
    {
        var calendars = new Calendars { Now = Day + Duration.FromMinutes(547) }
            .Schedule("anna", "Practitioner/anna").Slot("s", "anna", At(8, 12));

        var result = Find(calendars, Any("anna") with { Needed = Half, LeadTime = Duration.FromMinutes(20) });

        result.Offers[0].Time.Should().Be(At(9.5, 10));
    }

    [Fact]
    public void R38_R43_a_short_meeting_takes_only_what_it_overlaps()
    {
        var calendars = new Calendars().Schedule("anna", "Practitioner/anna").Slot("s", "anna", At(9, 12))
            .Claim("Practitioner/anna", At(10.25, 10.5));

        Times(Find(calendars, Any("anna") with { Needed = Duration.FromHours(1) }))
            .Should().Equal(At(9, 10), At(11, 12));
        Times(Find(calendars, Any("anna"))).Should().BeEmpty("the whole slot meets the meeting");
    }

    [Fact]
    public void R37_overlapping_open_slots_neither_hide_nor_repeat_times()
    {
        var calendars = new Calendars().Schedule("anna", "Practitioner/anna")
            .Slot("s", "anna", At(9, 11)).Slot("t", "anna", At(10, 12));

        Times(Find(calendars, Any("anna") with { Needed = Duration.FromHours(1) }))
            .Should().Equal(At(9, 10), At(10, 11), At(11, 12));
    }

    [Fact]
    public void R44_fifteen_minute_times_stand_on_the_quarters()
    {
        var result = Find(Anna(), Any("anna") with { Needed = Duration.FromMinutes(15) });

        Times(result).Should().Equal(At(9, 9.25), At(9.25, 9.5), At(9.5, 9.75), At(9.75, 10));
    }

    [Fact]
    public void R47_joint_times_are_those_where_every_calendar_is_free()
    {
        var calendars = Anna().Schedule("room", "Location/room").Slot("r", "room", At(9.5, 11))
            .Slot("t", "anna", At(10, 12));

        var result = Find(calendars, All("anna", "room") with { Needed = Half });

        Times(result).Should().Equal(At(9.5, 10), At(10, 10.5), At(10.5, 11));
        result.Offers[1].Calendars.Select(c => (c.ScheduleId, c.SlotIds[0]))
            .Should().Equal(("anna", "t"), ("room", "r"));
    }

    [Fact]
    public void R50_a_time_of_several_workers_is_listed_once_with_the_preferred_one()
    {
        var calendars = Anna().Schedule("bea", "Practitioner/bea").Slot("t", "bea", At(9, 10))
            .Slot("u", "bea", At(11, 12));

        var offers = Find(calendars, Any("anna", "bea")).Offers;

        offers.Select(o => (o.Time, o.Calendars[0].ScheduleId))
            .Should().Equal((At(9, 10), "anna"), (At(11, 12), "bea"));
    }

    [Fact]
    public void R59_a_group_stays_offered_with_its_seats_left_until_it_is_full()
    {
        var calendars = new Calendars().Schedule("group", "Practitioner/anna")
            .Slot("g", "group", At(9, 10), capacity: 2);
        Find(calendars, Any("group")).Offers.Single().Calendars[0].SeatsLeft.Should().Be(2);

        calendars.Accept(Ask.Book("a", "g"));
        Find(calendars, Any("group")).Offers.Single().Calendars[0].SeatsLeft.Should().Be(1);
        calendars.Accept(Ask.Book("b", "g"));

        Find(calendars, Any("group")).Offers.Should().BeEmpty();
    }

    [Fact]
    public void Needed_length_joins_adjacent_slots()
    {
        var calendars = Anna().Slot("t", "anna", At(10, 11)).Slot("far", "anna", At(12, 13));

        var offer = Find(calendars, Any("anna") with { Needed = Duration.FromHours(2) }).Offers.Single();

        offer.Time.Should().Be(At(9, 11));
        offer.Calendars[0].SlotIds.Should().Equal("s", "t");
    }

    [Fact]
    public void Move_sees_its_own_time_as_free()
    {
        var calendars = Anna();
        calendars.Accept(Ask.Book("mine", "s"));

        Find(calendars, Any("anna")).Offers.Should().BeEmpty();
        Times(Find(calendars, Any("anna") with { IgnoreAppointment = "mine" })).Should().Equal(At(9, 10));
    }

    [Fact]
    public void Two_groups_are_never_served_by_one_schedule()
    {
        var calendars = Anna().Schedule("bea", "Practitioner/bea").Slot("t", "bea", At(9, 10));
        var pair = Any() with { Alternatives = [["anna", "bea"], ["anna"]] };

        Find(calendars, pair).Offers.Single().Calendars.Select(c => c.ScheduleId).Should().Equal("bea", "anna");
    }

    [Fact]
    public void Limits_of_a_day_hold_and_spread_over_schedules()
    {
        var calendars = new Calendars().Schedule("anna", "Practitioner/anna").Slot("s", "anna", At(6, 12))
            .Schedule("bea", "Practitioner/bea").Slot("t", "bea", At(6, 12));
        var request = Any("anna", "bea") with { Needed = Half, MaxPerDay = 3, MaxPerSchedulePerDay = 2 };

        var offers = Find(calendars, request).Offers;

        offers.Select(o => o.Calendars[0].ScheduleId).Should().Equal("anna", "anna", "bea");
    }

    [Fact]
    public void Pages_follow_each_other_without_gap_or_repetition()
    {
        var calendars = new Calendars().Schedule("anna", "Practitioner/anna").Slot("s", "anna", At(6, 12));
        var request = Any("anna") with { Needed = Half, MaxPerDay = 7 };
        var whole = Find(calendars, request);

        var pages = new List<Offer>();
        var page = Find(calendars, request with { PageSize = 3 });
        pages.AddRange(page.Offers);
        while (page.Next is { } next)
        {
            page = Find(calendars, request with { PageSize = 3, After = OfferPosition.Parse(next.ToString()) });
            pages.AddRange(page.Offers);
        }

        pages.Select(o => o.Time).Should().Equal(whole.Offers.Select(o => o.Time));
        pages.Should().HaveCount(7);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void Offer_id_tells_its_time_and_its_calendars_and_fits_a_fhir_id(int calendars)
    {
        var keys = Enumerable.Range(1, calendars).Select(n => 100_000L * n).ToList();

        var id = OfferId.Of(At(9, 10), keys);

        id.Should().MatchRegex("^[A-Za-z0-9.-]{1,64}$");
        var read = OfferId.Parse(id)!;
        read.Time.Should().Be(At(9, 10));
        read.Calendars.Should().Equal(keys);
        OfferId.Parse("appointment-1").Should().BeNull();
    }

    [Fact]
    public void Offer_id_of_many_calendars_tells_its_time_and_fits_a_fhir_id()
    {
        var id = OfferId.Of(At(9, 10), [.. Enumerable.Range(1, 40).Select(n => 100_000L * n)]);

        id.Should().MatchRegex("^[A-Za-z0-9.-]{1,64}$");
        var read = OfferId.Parse(id)!;
        read.Time.Should().Be(At(9, 10));
        read.Calendars.Should().BeEmpty();
    }
}
