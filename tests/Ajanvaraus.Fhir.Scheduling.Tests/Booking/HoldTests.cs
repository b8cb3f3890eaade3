using static Ajanvaraus.Fhir.Scheduling.Tests.Calendars;

namespace Ajanvaraus.Fhir.Scheduling.Tests.Booking;

/// <summary>Holds, as far as the rules decide it.</summary>
public sealed class HoldTests
{
    private static readonly Instant Until = Day + Duration.FromMinutes(5);

    private static Calendars Anna() =>
        new Calendars().Schedule("anna", "Practitioner/anna").Slot("s", "anna", At(9, 10));

    [Fact]
    public void R12_a_held_time_is_refused_to_others_until_the_hold_ends()
    {
        var calendars = Anna();
        calendars.Accept(Ask.Book("held", "s").HeldBy("Patient/1", Until));

        calendars.Now = Until - Duration.FromMilliseconds(1);

        calendars.Refuse(Ask.Book("other", "s").By("Patient/2"));
        calendars.Slots.Should().ContainSingle().Which.Status.Should().Be(SlotStatus.BusyTentative);
    }

    [Fact]
    public void R13_a_hold_ends_at_its_expiry_without_anything_running()
    {
        var calendars = Anna();
        var hold = calendars.Accept(Ask.Book("held", "s").HeldBy("Patient/1", Until));

        calendars.Now = Until;

        hold.Claims.Should().OnlyContain(c => c.Expires == Until && c.Holder == "Patient/1");
        calendars.Accept(Ask.Book("other", "s").By("Patient/2")).Superseded.Should().BeEmpty();
    }

    [Fact]
    public void R13_a_shorter_booking_over_an_ended_hold_leaves_the_rest_free()
    {
        var calendars = Anna();
        calendars.Accept(Ask.Book("held", "s").HeldBy("Patient/1", Until));
        calendars.Now = Until;

        calendars.Accept(Ask.Book("other", "s").At(At(9, 9.5)));

        calendars.Coverage("anna", SlotStatus.Free).Should().Equal(At(9.5, 10));
        calendars.Coverage("anna", SlotStatus.Busy).Should().Equal(At(9, 9.5));
    }

    [Fact]
    public void R14_a_released_hold_is_free_again_at_once()
    {
        var calendars = Anna();
        calendars.Accept(Ask.Book("held", "s").HeldBy("Patient/1", Until));

        calendars.Cancel("held");

        calendars.Slots.Should().ContainSingle().Which.Status.Should().Be(SlotStatus.Free);
        calendars.Accept(Ask.Book("other", "s"));
    }

    [Fact]
    public void R15_the_holders_own_hold_does_not_stand_in_the_way()
    {
        var calendars = Anna();
        calendars.Accept(Ask.Book("held", "s").HeldBy("Patient/1", Until));

        var accepted = calendars.Accept(Ask.Book("booked", "s").By("Patient/1"));

        accepted.Superseded.Should().Equal("held");
        calendars.Claims.Should().OnlyContain(c => c.AppointmentId == "booked" && c.Expires == null && c.Holder == "");
        calendars.Slots.Should().ContainSingle().Which.Status.Should().Be(SlotStatus.Busy);
    }

    [Fact]
    public void R16_two_callers_cannot_hold_the_same_time()
    {
        var calendars = Anna();
        calendars.Accept(Ask.Book("first", "s").HeldBy("Patient/1", Until));

        calendars.Refuse(Ask.Book("second", "s").HeldBy("Patient/2", Until));
    }

    [Fact]
    public void Confirmation_of_a_hold_only_changes_the_status_of_its_slots()
    {
        var calendars = Anna();
        var hold = calendars.Accept(Ask.Book("a", "s").At(At(9, 9.5)).HeldBy("Patient/1", Until));

        var confirmed = calendars.Accept(Ask.Book("a", "s").At(At(9, 9.5)).By("Patient/1"));

        confirmed.SlotIds.Should().Equal(hold.SlotIds);
        confirmed.Slots.Should().Equal(new SlotChange("s", "anna", At(9, 9.5), SlotStatus.Busy));
    }

    [Fact]
    public void Booking_of_the_same_person_does_not_give_way_to_another_of_theirs()
    {
        var calendars = Anna();
        calendars.Accept(Ask.Book("first", "s").By("Patient/1"));

        calendars.Refuse(Ask.Book("second", "s").By("Patient/1"));
    }
}
