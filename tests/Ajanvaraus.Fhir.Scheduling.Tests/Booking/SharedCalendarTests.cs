using static Ajanvaraus.Fhir.Scheduling.Tests.Calendars;

namespace Ajanvaraus.Fhir.Scheduling.Tests.Booking;

/// <summary>What a booking claims (docs/scheduling-rules.md): a booking takes the Schedules named and the owners, not their colleagues.</summary>
public sealed class SharedCalendarTests
{
    private static readonly Instant Until = Day + Duration.FromMinutes(5);

    private static Calendars Team() =>
        new Calendars().Schedule("anna", "Practitioner/anna").Schedule("bea", "Practitioner/bea")
            .Schedule("team", "Practitioner/anna", "Practitioner/bea")
            .Slot("a", "anna", At(9, 12)).Slot("b", "bea", At(9, 12)).Slot("t", "team", At(9, 12));

    private static SlotState SlotAt(Calendars calendars, string scheduleId, double hour) =>
        calendars.Slots.Single(s => s.ScheduleId == scheduleId && s.Time.Overlaps(At(hour, hour + 0.01)));

    [Fact]
    public void Colleague_of_a_booked_professional_stays_bookable_and_their_team_does_not()
    {
        var calendars = Team();
        calendars.Accept(Ask.Book("ofAnna", "a").At(At(9, 10)));

        calendars.Refuse(Ask.BookTime("ofTeam", At(9.5, 10.5), "team"))
            .Reasons.Should().Contain(r => r.Target == "Practitioner/anna" && r.Time == At(9, 10));
        var ofBea = calendars.Accept(Ask.Book("ofBea", "b").At(At(9, 10)));

        ofBea.SlotIds.Should().Equal("b");
        SlotAt(calendars, "team", 9).Status.Should().Be(SlotStatus.Busy);
        calendars.Accept(Ask.BookTime("ofTeam", At(10, 11), "team"));
    }

    [Fact]
    public void Booking_claims_the_schedule_named_its_owner_and_a_shadow_on_the_other_schedule()
    {
        var accepted = Team().Accept(Ask.Book("ofAnna", "a").At(At(9, 10)));

        accepted.Claims.Select(c => c.Target)
            .Should().Equal("Schedule/anna", "Schedule/team/via/Practitioner/anna", "Practitioner/anna");
    }

    [Fact]
    public void Refusal_names_owners_and_never_a_shadow()
    {
        var calendars = Team();
        calendars.Accept(Ask.Book("first", "a").At(At(9, 10)));

        var refused = calendars.Refuse(Ask.Book("second", "a").At(At(9, 10)));

        refused.Reasons.Select(r => r.Target).Should().BeEquivalentTo("Schedule/anna", "Practitioner/anna");
    }

    [Fact]
    public void Locks_are_taken_on_schedules_and_owners_only()
    {
        var calendars = Team();
        var named = calendars.Schedules.Where(s => s.Id == "anna").ToImmutableArray();
        var owners = ClaimTargets.Owners([], named, calendars.Owners);
        var implied = ClaimTargets.Implied(calendars.Schedules, named, owners);

        var targets = ClaimTargets.Of(Ask.Book("x", "a"), named, calendars.Owners, implied);

        targets.Should().Equal("Schedule/anna", "Schedule/team", "Practitioner/anna");
    }

    [Fact]
    public void Release_frees_the_team_slot_only_when_no_colleague_covers_it()
    {
        var calendars = Team();
        calendars.Accept(Ask.Book("ofAnna", "a").At(At(9, 10)));
        calendars.Accept(Ask.Book("ofBea", "b").At(At(9, 10)));

        calendars.Cancel("ofAnna");

        calendars.Coverage("anna", SlotStatus.Free).Should().Equal(At(9, 12));
        calendars.Coverage("team", SlotStatus.Free).Should().Equal(At(10, 12));
        calendars.Cancel("ofBea");
        calendars.Coverage("team", SlotStatus.Free).Should().Equal(At(9, 12));
    }

    [Fact]
    public void Release_cuts_a_team_slot_that_a_colleague_covers_in_part()
    {
        var calendars = Team();
        calendars.Accept(Ask.Book("ofAnna", "a").At(At(9, 10)));
        calendars.Accept(Ask.Book("ofBea", "b").At(At(9.5, 11)));

        calendars.Cancel("ofAnna");

        calendars.Coverage("team", SlotStatus.Free).Should().Equal(At(9, 9.5), At(11, 12));
        calendars.Coverage("team", SlotStatus.Busy).Should().Equal(At(9.5, 11));
        calendars.Cancel("ofBea");
        calendars.Coverage("team", SlotStatus.Free).Should().Equal(At(9, 12));
    }

    [Fact]
    public void Move_of_one_leaves_the_team_busy_where_the_colleague_is()
    {
        var calendars = Team();
        calendars.Accept(Ask.Book("ofAnna", "a").At(At(9, 10)));
        calendars.Accept(Ask.Book("ofBea", "b").At(At(9, 10)));

        calendars.Accept(Ask.BookTime("ofAnna", At(11, 12), "anna"));

        calendars.Coverage("team", SlotStatus.Busy).Should().Equal(At(9, 10), At(11, 12));
    }

    [Fact]
    public void Ended_hold_of_one_does_not_free_the_team_under_a_colleague()
    {
        var calendars = Team();
        calendars.Accept(Ask.Book("held", "a").At(At(9, 10)).HeldBy("Patient/1", Until));
        calendars.Accept(Ask.Book("ofBea", "b").At(At(9, 9.5)));
        calendars.Now = Until;

        calendars.Accept(Ask.Book("later", "a").At(At(9.5, 10)).By("Patient/2"));

        SlotAt(calendars, "team", 9).Status.Should().NotBe(SlotStatus.Free);
        SlotAt(calendars, "team", 9.5).Status.Should().Be(SlotStatus.Busy);
    }

    [Fact]
    public void Absence_in_another_calendar_of_the_professional_blocks()
    {
        var calendars = Team().Slot("away", "team", At(13, 14), SlotStatus.BusyUnavailable)
            .Slot("work", "anna", At(13, 15));

        var refused = calendars.Refuse(Ask.Book("ofAnna", "work"));

        refused.Reasons.Should().Equal(
            new Refusal(RefusalKind.OutsideAvailability, "The slot is not free.", "Schedule/team", At(13, 14)));
        calendars.Accept(Ask.Book("ofAnna", "work").At(At(14, 15)));
    }

    [Fact]
    public void Absence_in_another_calendar_blocks_also_where_a_colleague_is_booked()
    {
        var calendars = Team().Claim("Schedule/team/via/Practitioner/bea", At(13, 14))
            .Slot("away", "team", At(13, 14), SlotStatus.BusyUnavailable).Slot("work", "anna", At(13, 14));

        calendars.Refuse(Ask.Book("ofAnna", "work"));
    }

    [Theory]
    [InlineData(SlotStatus.Busy)]
    [InlineData(SlotStatus.BusyTentative)]
    public void Busy_in_another_calendar_blocks_unless_a_claim_explains_it(SlotStatus status)
    {
        var calendars = Team().Slot("taken", "team", At(13, 14), status).Slot("work", "anna", At(13, 14));

        calendars.Refuse(Ask.Book("ofAnna", "work"));
        calendars.Claim("Schedule/team/via/Practitioner/bea", At(13, 14));

        calendars.Accept(Ask.Book("ofAnna", "work")).SlotIds.Should().Equal("work");
        calendars.Slots.Single(s => s.Id == "taken").Status.Should().Be(status);
    }

    [Fact]
    public void Absence_marked_over_a_booking_stays_when_the_booking_goes()
    {
        var calendars = Team().Claim("Schedule/team/via/Practitioner/bea", At(13, 14), "ofBea")
            .Slot("away", "team", At(13, 14), SlotStatus.BusyUnavailable);

        calendars.Cancel("ofBea");

        calendars.Slots.Single(s => s.Id == "away").Status.Should().Be(SlotStatus.BusyUnavailable);
    }

    [Fact]
    public void Every_seat_of_a_group_is_given_though_its_professional_has_another_calendar()
    {
        var calendars = Team().Schedule("group", "Practitioner/anna").Slot("g", "group", At(9, 10), capacity: 2);

        calendars.Accept(Ask.Book("first", "g"));
        calendars.Accept(Ask.Book("second", "g"));
        calendars.Cancel("first");

        calendars.Coverage("team", SlotStatus.Busy).Should().Equal(At(9, 10));
        calendars.Cancel("second");
        calendars.Coverage("team", SlotStatus.Free).Should().Equal(At(9, 12));
        calendars.Coverage("anna", SlotStatus.Free).Should().Equal(At(9, 12));
    }

    [Fact]
    public void Free_times_of_a_colleague_are_offered_and_those_of_the_team_are_not()
    {
        var calendars = Team();
        calendars.Accept(Ask.Book("ofAnna", "a").At(At(9, 10)));
        var request = new FindRequest
        {
            Window = At(0, 24), Alternatives = [["bea"]], Now = Day, Needed = Duration.FromHours(1),
        };

        var ofBea = FindTimes.Find(request, calendars.FindData());
        var ofTeam = FindTimes.Find(request with { Alternatives = [["team"]] }, calendars.FindData());

        ofBea.Offers.Select(o => o.Time).Should().Equal(At(9, 10), At(10, 11), At(11, 12));
        ofTeam.Offers.Select(o => o.Time).Should().Equal(At(10, 11), At(11, 12));
    }

    [Theory]
    [InlineData("Schedule/team", "team")]
    [InlineData("Schedule/team/via/Practitioner/anna", "team")]
    [InlineData("Practitioner/anna", null)]
    public void Target_tells_its_schedule(string target, string? scheduleId) =>
        CalendarReference.ScheduleIdOf(target).Should().Be(scheduleId);
}
