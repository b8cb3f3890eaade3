using static Ajanvaraus.Fhir.Scheduling.Tests.Calendars;

namespace Ajanvaraus.Fhir.Scheduling.Tests.Booking;

public sealed class CarvingTests
{
    private static Calendars Anna() =>
        new Calendars().Schedule("anna", "Practitioner/anna").Slot("s", "anna", At(9, 12));

    [Fact]
    public void Booking_inside_a_longer_slot_keeps_the_rests_free()
    {
        var calendars = Anna();

        var accepted = calendars.Accept(Ask.Book("a", "s").At(At(10, 10.5)));

        accepted.Slots.Should().Equal(
            new SlotChange("s", "anna", At(10, 10.5), SlotStatus.Busy),
            new SlotChange(null, "anna", At(9, 10), SlotStatus.Free, CopyOf: "s"),
            new SlotChange(null, "anna", At(10.5, 12), SlotStatus.Free, CopyOf: "s"));
    }

    [Fact]
    public void Booking_over_adjacent_slots_takes_them_all()
    {
        var calendars = Anna().Slot("t", "anna", At(12, 13));

        calendars.Accept(Ask.Book("a", "s", "t")).SlotIds.Should().Equal("s", "t");
        calendars.Coverage("anna", SlotStatus.Busy).Should().Equal(At(9, 13));
    }

    [Fact]
    public void Booking_outside_the_slots_named_is_refused()
    {
        var refused = Anna().Refuse(Ask.Book("a", "s").At(At(11, 12.5)));

        refused.Reasons.Should().ContainSingle().Which.Kind.Should().Be(RefusalKind.OutsideAvailability);
    }

    [Fact]
    public void Booking_a_calendar_by_time_fills_what_no_slot_covers()
    {
        var calendars = Anna();

        var accepted = calendars.Accept(Ask.BookTime("a", At(8, 10), "anna"));

        accepted.SlotIds.Should().Equal("s", "#2");
        accepted.Slots[2].Should().Be(new SlotChange(null, "anna", At(8, 9), SlotStatus.Busy, IsFiller: true));
        calendars.Cancel("a");
        calendars.Coverage("anna", SlotStatus.Free).Should().Equal(At(9, 12));
        calendars.Slots.Should().NotContain(s => s.IsFiller);
    }

    [Fact]
    public void Move_by_a_quarter_within_one_free_stretch_takes_the_new_time_and_frees_the_old()
    {
        var calendars = Anna();
        calendars.Accept(Ask.Book("a", "s").At(At(9, 9.5)));

        var moved = calendars.Accept(Ask.BookTime("a", At(9.25, 9.75), "anna"));

        calendars.Coverage("anna", SlotStatus.Busy).Should().Equal(At(9.25, 9.75));
        calendars.Coverage("anna", SlotStatus.Free).Should().Equal(At(9, 9.25), At(9.75, 12));
        moved.Claims.Should().OnlyContain(c => c.Time == At(9.25, 9.75));
    }

    [Fact]
    public void Move_to_another_calendar_frees_the_old_one_and_removes_its_filler()
    {
        var calendars = Anna().Schedule("bea", "Practitioner/bea").Slot("t", "bea", At(9, 10));
        calendars.Accept(Ask.BookTime("a", At(8, 10), "anna"));

        calendars.Accept(Ask.Book("a", "t"));

        calendars.Coverage("anna", SlotStatus.Free).Should().Equal(At(9, 12));
        calendars.Coverage("anna", SlotStatus.Busy).Should().BeEmpty();
        calendars.Claims.Select(c => c.Target).Should().Equal("Schedule/bea", "Practitioner/bea");
    }

    [Theory]
    [InlineData(SlotStatus.Busy, RefusalKind.SlotUnavailable)]
    [InlineData(SlotStatus.BusyTentative, RefusalKind.SlotUnavailable)]
    [InlineData(SlotStatus.BusyUnavailable, RefusalKind.OutsideAvailability)]
    public void Slot_that_is_not_free_refuses_without_any_claim(SlotStatus status, RefusalKind kind)
    {
        var calendars = Anna().Slot("closed", "anna", At(10, 10.25), status);

        var refused = calendars.Refuse(Ask.Book("a", "s").At(At(10, 11)));

        refused.Reasons.Should().Contain(new Refusal(
            kind, "The slot is not free.", "Schedule/anna", At(10, 10.25)));
    }

    [Fact]
    public void Slot_entered_in_error_is_no_obstacle_and_cannot_be_named()
    {
        var calendars = Anna().Slot("wrong", "anna", At(10, 11), SlotStatus.EnteredInError);

        calendars.Refuse(Ask.Book("a", "wrong")).Reasons.Single().Kind.Should().Be(RefusalKind.ReferenceNotFound);
        calendars.Accept(Ask.Book("a", "s").At(At(10, 11)));
    }

    [Fact]
    public void Request_without_slot_and_time_has_nothing_to_book()
    {
        var refused = Anna().Refuse(Ask.Book("a") with { ScheduleIds = ["anna"] });

        refused.Reasons.Should().ContainSingle().Which.Kind.Should().Be(RefusalKind.NothingToBook);
    }

    [Fact]
    public void Request_that_names_unknown_things_lists_them_all()
    {
        var calendars = Anna().Schedule(new ScheduleState("closed", false, [], null, "Europe/Helsinki"));

        var refused = calendars.Refuse(Ask.BookTime("a", At(9, 10), "closed", "nowhere") with { SlotIds = ["none"] });

        refused.Reasons.Select(r => r.Target).Should().Equal("Slot/none", "Schedule/closed", "Schedule/nowhere");
        refused.Reasons.Should().OnlyContain(r => r.Kind == RefusalKind.ReferenceNotFound);
    }

    [Fact]
    public void Request_that_ends_before_it_starts_or_leaves_a_gap_is_invalid()
    {
        var calendars = Anna().Slot("far", "anna", At(14, 15));

        calendars.Refuse(Ask.BookTime("a", At(10, 9), "anna")).Reasons
            .Single().Kind.Should().Be(RefusalKind.InvalidTime);
        calendars.Refuse(Ask.Book("a", "s", "far")).Reasons.Single().Kind.Should().Be(RefusalKind.InvalidTime);
    }

    [Fact]
    public void Time_outside_the_planning_horizon_is_refused()
    {
        var calendars = new Calendars()
            .Schedule(new ScheduleState("anna", true, [], At(8, 12), "Europe/Helsinki"));

        var refused = calendars.Refuse(Ask.BookTime("a", At(11, 13), "anna"));

        refused.Reasons.Single().Kind.Should().Be(RefusalKind.OutsideAvailability);
    }

    [Fact]
    public void Service_and_room_without_calendar_are_never_claimed()
    {
        var calendars = Anna();
        calendars.Owners = ["Practitioner/anna", "HealthcareService/advice"];
        var request = Ask.Book("a", "s") with { RequiredActors = ["Location/hall", "HealthcareService/advice"] };

        calendars.Accept(request).Claims.Select(c => c.Target).Should().Equal("Schedule/anna", "Practitioner/anna");
    }

    [Fact]
    public void Release_leaves_what_another_live_claim_covers()
    {
        var calendars = Anna().Claim("Schedule/anna", At(9, 10), "a").Claim("Schedule/anna", At(9, 10), "b")
            .Slot("busy", "anna", At(9, 10), SlotStatus.Busy);

        BookingRules.Release("a", calendars.Snapshot(), Day).Should().BeEmpty();
    }
}
