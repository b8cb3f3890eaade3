using static Ajanvaraus.Fhir.Scheduling.Tests.Calendars;

namespace Ajanvaraus.Fhir.Scheduling.Tests.Slots;

/// <summary>Times that are closed for some services alone: docs/scheduling-rules.md, Closed time.</summary>
public sealed class ServiceClosingTests
{
    [Theory]
    [InlineData("s|x", "s|x", true)]
    [InlineData("s|x s|y", "s|x", true)]
    [InlineData("s|x", "s|x s|y", false)]
    [InlineData("s|x", "s|y", false)]
    [InlineData("s|x", "", false)]
    [InlineData("s|x", "t|x", false)]
    [InlineData("s|x", "t|x s|x", true)]
    public void R41_closing_holds_for_what_is_for_nothing_else_in_its_systems(string closing, string said, bool closes) =>
        ServiceClosing.Closes(Codes(closing), Codes(said)).Should().Be(closes);

    [Fact]
    public void Nearest_that_says_anything_in_the_systems_of_the_closing_counts()
    {
        ServiceClosing.Closes(["s|x"], ["t|z"], ["s|y"], ["s|x"]).Should().BeFalse();
        ServiceClosing.Closes(["s|x"], ["t|z"], [], ["s|x"]).Should().BeTrue();
    }

    /// <summary>Anna is closed for guidance; what she gives besides, in this calendar and another, stays open.</summary>
    private static Calendars Anna() => new Calendars()
        .Schedule("anna", "Practitioner/anna").Schedule("home", "Practitioner/anna").For("home", "s|home")
        .Slot(new SlotState("guidance", "anna", At(9, 10), SlotStatus.Free) { Services = ["s|guidance"] })
        .Slot(new SlotState("advice", "anna", At(9, 10), SlotStatus.Free) { Services = ["s|advice"] })
        .Slot("any", "anna", At(10, 11))
        .Slot("visit", "home", At(9, 10))
        .Closing("anna", At(8, 12), "s|guidance");

    [Theory]
    [InlineData("guidance", "", false)]
    [InlineData("advice", "", true)]
    [InlineData("any", "", true)]
    [InlineData("any", "s|guidance", false)]
    [InlineData("visit", "", true)]
    [InlineData("visit", "s|guidance", false)]
    public void R41_time_closed_for_one_service_refuses_that_alone_in_all_calendars_of_the_worker(
        string slotId, string services, bool isFree)
    {
        var decision = Anna().Decide(Ask.Book("a", slotId) with { Services = Codes(services) });

        (decision is Accepted).Should().Be(isFree);
    }

    [Fact]
    public void R41_closing_without_the_mark_closes_whatever_the_service()
    {
        var calendars = Anna().Slot(new SlotState("away", "anna", At(8, 12), SlotStatus.BusyUnavailable) { Services = ["s|guidance"] });

        foreach (var slotId in new[] { "guidance", "advice", "any", "visit" })
            calendars.Refuse(Ask.Book("a", slotId)).Reasons.Should().Contain(r => r.Kind == RefusalKind.OutsideAvailability);
    }

    [Fact]
    public void R41_search_offers_the_other_services_and_tells_why_one_is_not()
    {
        var calendars = Anna();
        var search = new FindRequest { Window = At(0, 24), Alternatives = [["anna"]], Now = Day };

        var found = FindTimes.Find(search, calendars.FindData());
        var hidden = FindExplanation.Of(search, calendars.FindData(), [.. calendars.Slots.Where(s => s.Id == "guidance")], []);

        found.Offers.SelectMany(o => o.Calendars.SelectMany(c => c.SlotIds)).Should().Equal("advice", "any");
        hidden.Should().Equal(new HiddenTimes("anna", HiddenBy.Absence, 1));
    }

    [Fact]
    public void Booking_that_stands_is_not_asked_and_one_that_moves_is()
    {
        var calendars = new Calendars().Schedule("anna", "Practitioner/anna").For("anna", "s|x").Slot("s", "anna", At(9, 10));
        calendars.Accept(Ask.Book("a", "s"));
        calendars.Closing("anna", At(8, 12), "s|x");

        calendars.Accept(Ask.Book("a", "s") with { StandsAlready = true });
        calendars.Refuse(Ask.BookTime("a", At(10, 11), "anna"));
        calendars.Accept(Ask.BookTime("a", At(13, 14), "anna"));
    }

    [Fact]
    public void Reassignment_gives_a_booking_to_whoever_is_open_for_its_service()
    {
        var calendars = Anna();

        var plan = Reassignment.Plan(
            [
                new BookingToPlace("guidance", At(10.5, 11.5)) { Services = ["s|guidance"] },
                new BookingToPlace("advice", At(9, 10)) { Services = ["s|advice"] },
            ],
            ["anna"], calendars.FindData(), ReassignmentPolicy.Named, Day, (_, _) => true);

        plan.Select(p => (p.Booking.AppointmentId, p.ScheduleId)).Should().BeEquivalentTo(
            [("guidance", (string?)null), ("advice", "anna")]);
    }

    private static ImmutableArray<string> Codes(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
}
