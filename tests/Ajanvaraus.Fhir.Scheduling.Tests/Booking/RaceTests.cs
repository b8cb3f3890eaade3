using static Ajanvaraus.Fhir.Scheduling.Tests.Calendars;

namespace Ajanvaraus.Fhir.Scheduling.Tests.Booking;

/// <summary>Races and double booking, as far as the rules decide it.</summary>
public sealed class RaceTests
{
    private static Calendars Anna() =>
        new Calendars().Schedule("anna", "Practitioner/anna", "HealthcareService/advice").Slot("s", "anna", At(9, 10));

    [Fact]
    public void R01_of_fifty_requests_for_one_time_exactly_one_is_accepted()
    {
        var calendars = Anna();

        var decisions = Enumerable.Range(0, 50).Select(n => calendars.Apply(Ask.Book($"a{n}", "s"))).ToList();

        decisions.OfType<Accepted>().Should().ContainSingle();
        decisions.OfType<Refused>().Should().HaveCount(49)
            .And.OnlyContain(r => r.Reasons.All(x => x.Kind == RefusalKind.SlotUnavailable));
        calendars.Slots.Should().ContainSingle().Which.Status.Should().Be(SlotStatus.Busy);
    }

    [Fact]
    public void R02_an_accepted_decision_carries_every_change_so_that_one_transaction_stores_it()
    {
        var accepted = Anna().Accept(Ask.Book("a", "s").At(At(9.25, 9.5)));

        accepted.Claims.Select(c => c.Target).Should().Equal("Schedule/anna", "Practitioner/anna");
        accepted.Slots.Should().HaveCount(3);
        accepted.SlotIds.Should().Equal("s");
    }

    [Theory]
    [InlineData(AppointmentStatus.Pending)]
    [InlineData(AppointmentStatus.Booked)]
    [InlineData(AppointmentStatus.Arrived)]
    [InlineData(AppointmentStatus.CheckedIn)]
    [InlineData(AppointmentStatus.Fulfilled)]
    [InlineData(AppointmentStatus.NoShow)]
    public void R03_every_occupying_status_blocks(AppointmentStatus status)
    {
        var calendars = Anna();
        calendars.Accept(Ask.Book("first", "s") with { Status = status });

        calendars.Refuse(Ask.Book("second", "s")).Reasons.Should().Contain(r => r.Kind == RefusalKind.SlotUnavailable);
    }

    [Fact]
    public void R04_a_lost_race_is_a_refusal_that_names_every_obstacle()
    {
        var calendars = Anna().Schedule("room", "Location/room").Slot("r", "room", At(9, 10));
        calendars.Accept(Ask.Book("first", "s", "r"));

        var refused = calendars.Refuse(Ask.Book("second", "s", "r"));

        refused.Reasons.Select(r => (r.Target, r.Time)).Should().BeEquivalentTo(new (string?, TimeRange?)[]
        {
            ("Schedule/anna", At(9, 10)), ("Practitioner/anna", At(9, 10)),
            ("Schedule/room", At(9, 10)), ("Location/room", At(9, 10)),
        });
    }

    [Fact]
    public void R05_two_requests_for_any_worker_get_two_workers_and_the_third_none()
    {
        var calendars = Anna().Schedule("bea", "Practitioner/bea").Slot("t", "bea", At(9, 10));
        string[] preference = ["s", "t"];

        var winners = new[] { "a", "b", "c" }
            .Select(id => preference.FirstOrDefault(slot => calendars.Apply(Ask.Book(id, slot)) is Accepted));

        winners.Should().Equal("s", "t", null);
    }

    [Fact]
    public void R06_a_time_named_without_slot_meets_the_same_rule()
    {
        var calendars = Anna();
        calendars.Accept(Ask.Book("first", "s"));

        var plain = Ask.BookTime("second", At(9.5, 10.5)) with { RequiredActors = ["Practitioner/anna"] };

        calendars.Refuse(plain).Reasons.Should().Contain(r => r.Target == "Practitioner/anna");
        calendars.Refuse(Ask.BookTime("third", At(9.5, 10.5), "anna"));
    }

    [Fact]
    public void R07_moving_into_a_taken_or_full_time_is_refused_and_changes_nothing()
    {
        var calendars = Anna().Slot("later", "anna", At(10, 11)).Slot("group", "anna", At(12, 13), capacity: 2);
        foreach (var id in new[] { "g1", "g2" }) calendars.Accept(Ask.Book(id, "group"));
        calendars.Accept(Ask.Book("taken", "later"));
        calendars.Accept(Ask.Book("mine", "s"));
        var before = calendars.Slots.ToList();

        calendars.Refuse(Ask.Book("mine", "later"));
        calendars.Refuse(Ask.Book("mine", "group"));

        calendars.Slots.Should().Equal(before);
    }

    [Fact]
    public void R08_a_worker_in_a_joint_meeting_is_busy_in_every_own_calendar()
    {
        var calendars = Anna().Schedule("team", "Practitioner/anna", "Practitioner/bea").Slot("m", "team", At(9, 10));

        var meeting = calendars.Accept(Ask.Book("meeting", "m"));

        meeting.SlotIds.Should().BeEquivalentTo("m", "s");
        calendars.Slots.Should().OnlyContain(s => s.Status == SlotStatus.Busy);
        calendars.Refuse(Ask.Book("other", "s"));
        calendars.Cancel("meeting");
        calendars.Slots.Should().OnlyContain(s => s.Status == SlotStatus.Free);
    }

    [Fact]
    public void R09_room_overlapping_not_identical_interval_refuses()
    {
        var calendars = new Calendars().Schedule("room", "Location/room");
        calendars.Accept(Ask.BookTime("first", At(9, 10), "room"));

        calendars.Refuse(Ask.BookTime("inside", At(9.25, 9.5), "room"));
        calendars.Refuse(Ask.BookTime("across", At(8, 11), "room"));
        calendars.Refuse(Ask.BookTime("edge", At(9.75, 10.5), "room"));
        calendars.Accept(Ask.BookTime("touching", At(10, 11), "room"));
    }

    [Fact]
    public void R10_the_seats_of_a_group_go_to_exactly_as_many()
    {
        var calendars = new Calendars().Schedule("group", "Practitioner/anna")
            .Slot("g", "group", At(9, 10), capacity: 3);

        var decisions = Enumerable.Range(0, 10).Select(n => calendars.Apply(Ask.Book($"a{n}", "g"))).ToList();

        decisions.OfType<Accepted>().Should().HaveCount(3);
        calendars.Claims.Where(c => c.Target == "Practitioner/anna").Select(c => c.Seat).Should().Equal(0, 1, 2);
        calendars.Slots.Should().ContainSingle().Which.Status.Should().Be(SlotStatus.Busy);
    }

    [Fact]
    public void Group_when_a_seat_is_given_up_opens_and_the_seat_is_given_again()
    {
        var calendars = new Calendars().Schedule("group", "Practitioner/anna")
            .Slot("g", "group", At(9, 10), capacity: 2);
        foreach (var id in new[] { "a", "b" }) calendars.Accept(Ask.Book(id, "g"));

        calendars.Cancel("a");

        calendars.Slots.Should().ContainSingle().Which.Status.Should().Be(SlotStatus.Free);
        calendars.Accept(Ask.Book("c", "g")).Claims.Should().OnlyContain(c => c.Seat == 0 && c.Group == "g");
        calendars.Refuse(Ask.Book("d", "g"));
    }
}
