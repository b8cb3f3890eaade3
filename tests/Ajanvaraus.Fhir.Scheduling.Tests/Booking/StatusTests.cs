using static Ajanvaraus.Fhir.Scheduling.Booking.AppointmentStatus;

namespace Ajanvaraus.Fhir.Scheduling.Tests.Booking;

public sealed class StatusTests
{
    [Theory]
    [InlineData(Proposed, Pending, true)]
    [InlineData(Proposed, Booked, true)]
    [InlineData(Pending, Booked, true)]
    [InlineData(Pending, Cancelled, true)]
    [InlineData(Pending, Waitlist, true)]
    [InlineData(Waitlist, Pending, true)]
    [InlineData(Booked, Arrived, true)]
    [InlineData(Booked, CheckedIn, true)]
    [InlineData(Booked, Cancelled, true)]
    [InlineData(Arrived, Fulfilled, true)]
    [InlineData(CheckedIn, NoShow, true)]
    [InlineData(Booked, EnteredInError, true)]
    [InlineData(Booked, Booked, true)]
    [InlineData(Cancelled, Booked, false)]
    [InlineData(Fulfilled, Booked, false)]
    [InlineData(NoShow, Booked, false)]
    [InlineData(EnteredInError, Booked, false)]
    [InlineData(Booked, Proposed, false)]
    [InlineData(Fulfilled, Cancelled, false)]
    public void Transition_follows_the_table(AppointmentStatus from, AppointmentStatus to, bool isAllowed)
    {
        AppointmentTransitions.IsAllowed(from, to).Should().Be(isAllowed);
    }

    [Fact]
    public void Transition_to_proposed_is_never_allowed_from_another_status()
    {
        Enum.GetValues<AppointmentStatus>().Where(s => s != Proposed)
            .Should().OnlyContain(s => !AppointmentTransitions.IsAllowed(s, Proposed, true));
    }

    [Fact]
    public void Undo_of_an_end_needs_a_reason()
    {
        AppointmentTransitions.IsAllowed(NoShow, Booked, withReason: true).Should().BeTrue();
        AppointmentTransitions.IsAllowed(Fulfilled, Arrived, withReason: true).Should().BeTrue();
        AppointmentTransitions.IsAllowed(Cancelled, Booked, withReason: true).Should().BeFalse();
    }

    [Fact]
    public void Codes_read_back_as_written()
    {
        foreach (var status in Enum.GetValues<AppointmentStatus>())
            AppointmentStatusCodes.Parse(status.Code()).Should().Be(status);
        foreach (var status in Enum.GetValues<SlotStatus>()) SlotStatusCodes.Parse(status.Code()).Should().Be(status);
        AppointmentStatusCodes.Parse("Booked").Should().BeNull();
        NoShow.Code().Should().Be("noshow");
        CheckedIn.Code().Should().Be("checked-in");
        SlotStatus.BusyTentative.Code().Should().Be("busy-tentative");
    }
}
