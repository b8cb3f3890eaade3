using static Ajanvaraus.Fhir.Scheduling.Tests.Calendars;

namespace Ajanvaraus.Fhir.Scheduling.Tests.Booking;

/// <summary>Time to prepare and to clear up beside bookings: docs/adr/0020-buffers.md.</summary>
public sealed class BufferTests
{
    private static readonly string[] Names = ["anna", "bea", "team", "room"];

    /// <summary>Ten minutes before each booking and five after it.</summary>
    private static Calendars Anna() =>
        new Calendars().Schedule("anna", "Practitioner/anna").Keeping("anna", 10, 5);

    [Theory]
    [InlineData(10, 14, false)]
    [InlineData(10, 15, true)]
    [InlineData(7, 46, false)]
    [InlineData(7, 45, true)]
    public void R32_between_two_bookings_there_is_room_for_the_clearing_of_one_and_the_preparation_of_the_other(
        int hour, int minute, bool isFree)
    {
        var calendars = Anna();
        calendars.Accept(Ask.BookTime("first", At(9, 10), "anna"));
        var start = Day + Duration.FromHours(hour) + Duration.FromMinutes(minute);

        var decision = calendars.Decide(Ask.BookTime("second", new TimeRange(start, start + Duration.FromHours(1)), "anna"));

        (decision is Accepted).Should().Be(isFree);
    }

    [Fact]
    public void Booking_is_stored_with_its_own_time_alone()
    {
        var accepted = Anna().Slot("s", "anna", At(9, 10)).Accept(Ask.Book("visit", "s"));

        accepted.Time.Should().Be(At(9, 10));
        accepted.Claims.Should().OnlyContain(c => c.Time == At(9, 10));
    }

    [Fact]
    public void Free_slots_inside_a_closing_are_shown_as_buffers_leave_them_when_they_are_for_other_services()
    {
        var calendars = Anna().Closing("anna", At(8, 16), "urn:services|guidance");
        foreach (var service in new[] { "guidance", "advice" })
            calendars.Slot(new SlotState(service, "anna", At(10, 11), SlotStatus.Free) { Services = [$"urn:services|{service}"] });
        calendars.Claim("Schedule/anna", At(9, 10));

        var shown = ClosedSlots.Of(calendars.Snapshot(), ["anna"], At(0, 24), calendars.Now);

        shown.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Id = "advice", IsClosed = true });
    }

    [Fact]
    public void Professional_keeps_the_buffers_of_the_calendar_that_a_booking_names()
    {
        var calendars = Anna().Schedule("home", "Practitioner/anna");
        calendars.Accept(Ask.BookTime("office", At(9, 10), "anna"));

        var tooNear = calendars.Decide(Ask.BookTime("visit", At(10, 11), "home"));
        var later = calendars.Apply(Ask.BookTime("visit", At(10 + (5 / 60.0), 11), "home"));
        var next = calendars.Decide(Ask.BookTime("next", At(11, 12), "home"));

        tooNear.Should().BeOfType<Refused>().Which.Reasons.Should().ContainSingle()
            .Which.Target.Should().Be("Practitioner/anna");
        later.Should().BeOfType<Accepted>();
        next.Should().BeOfType<Accepted>("the other calendar keeps none");
    }

    [Fact]
    public void Confirmation_and_rewrite_of_what_stands_meet_no_buffers_that_came_later()
    {
        var calendars = new Calendars().Schedule("anna", "Practitioner/anna").Slot("s", "anna", At(9, 10));
        calendars.Accept(Ask.Book("first", "s"));
        calendars.Accept(Ask.BookTime("second", At(10, 11), "anna"));
        calendars.Keeping("anna", 10, 5);

        calendars.Accept(Ask.Book("first", "s") with { StandsAlready = true });
        calendars.Refuse(Ask.BookTime("third", At(11, 12), "anna"));
    }

    [Fact]
    public void Journey_and_documentation_follow_their_meeting_without_a_break_and_keep_others_away()
    {
        var calendars = Anna();
        calendars.Accept(Ask.BookTime("meeting", At(9, 10), "anna"));
        calendars.Accept(Ask.BookTime("journey", At(8.5, 9), "anna") with { FollowsId = "meeting" });
        calendars.Accept(Ask.BookTime("notes", At(10, 10.5), "anna") with { FollowsId = "meeting" });

        calendars.Accept(Ask.BookTime("meeting", At(9, 10), "anna"));
        calendars.Refuse(Ask.BookTime("other", At(10.5, 11), "anna"));
        calendars.Accept(Ask.BookTime("other", At(10.5 + (10 / 60.0), 11), "anna"));
        calendars.Refuse(Ask.BookTime("stray", At(11, 11.5), "anna") with { FollowsId = "meeting" });
    }

    [Fact]
    public void Hold_of_the_same_holder_beside_the_time_is_taken_over()
    {
        var calendars = Anna();
        calendars.Accept(Ask.BookTime("hold", At(9, 10), "anna").HeldBy("Patient/1", Day + Duration.FromHours(1)));

        calendars.Refuse(Ask.BookTime("another", At(10, 11), "anna").By("Patient/2"));
        calendars.Accept(Ask.BookTime("own", At(10, 11), "anna").By("Patient/1")).Superseded.Should().Equal("hold");
    }

    [Fact]
    public void Group_keeps_its_buffers_once_and_takes_further_clients()
    {
        var calendars = Anna().Slot("group", "anna", At(9, 10), capacity: 3).Slot("next", "anna", At(10, 11), capacity: 3);
        calendars.Accept(Ask.Book("one", "group"));
        calendars.Accept(Ask.Book("two", "group"));

        calendars.Refuse(Ask.Book("other", "next"));
        calendars.Slots.Single(s => s.Id == "group").IsClosed.Should().BeFalse();
        calendars.Slots.Single(s => s.Id == "next").IsClosed.Should().BeTrue();
    }

    [Fact]
    public void Slot_beside_a_booking_is_shown_closed_whole_and_a_longer_one_is_cut()
    {
        var calendars = Anna().Slot("before", "anna", At(8.5, 9)).Slot("visit", "anna", At(9, 9.5)).Slot("day", "anna", At(9.5, 16));

        calendars.Accept(Ask.Book("first", "visit"));

        var shown = calendars.Slots.Where(s => s.Status == SlotStatus.Free).OrderBy(s => s.Time.Start)
            .Select(s => (s.Time, s.IsClosed));
        shown.Should().Equal((At(8.5, 9), true), (At(9.5, 9.75), true), (At(9.75, 16), false));

        calendars.Cancel("first");
        calendars.Slots.Should().OnlyContain(s => s.Status == SlotStatus.Free && !s.IsClosed);
        calendars.Coverage("anna", SlotStatus.Free).Should().Equal(At(8.5, 16));
    }

    /// <summary>The long one began hours before many short ones that end sooner.</summary>
    [Fact]
    public void Long_booking_closes_a_slot_behind_many_short_ones()
    {
        var calendars = Anna().Slot("beside", "anna", At(14, 14.5)).Slot("free", "anna", At(15, 15.5));
        calendars.Claim("Practitioner/anna", At(6, 14), "long");
        for (var n = 0; n < 20; n++) calendars.Claim("Practitioner/anna", At(7 + (n / 4.0), 7.25 + (n / 4.0)), $"short{n}");

        calendars.Show();
        var offered = FindTimes.Find(
            new FindRequest { Window = At(0, 24), Alternatives = [["anna"]], Now = Day }, calendars.FindData());

        calendars.Slots.Single(s => s.Id == "beside").IsClosed.Should().BeTrue();
        offered.Offers.Select(o => o.Time).Should().Equal(At(15, 15.5));
    }

    /// <summary>Law: between bookings that share somebody there is as long as both keep; what is shown free is free.</summary>
    [Fact]
    public void R32_no_two_bookings_are_nearer_than_their_buffers_and_slots_show_exactly_what_can_be_booked()
    {
        var (bookable, closed) = (0, 0);
        for (var seed = 1; seed <= 300; seed++)
        {
            var random = new Random(seed);
            var calendars = new Calendars().Schedule("anna", "Practitioner/anna").Schedule("bea", "Practitioner/bea")
                .Schedule("team", "Practitioner/anna", "Practitioner/bea").Schedule("room", "Location/room");
            foreach (var name in Names) calendars.Keeping(name, 5 * random.Next(4), 5 * random.Next(4));
            foreach (var name in Names) AddSlots(calendars, random, name);

            for (var n = 0; n < 20; n++)
            {
                var id = $"a{random.Next(10)}";
                if (random.Next(4) == 0) calendars.Cancel(id);
                else calendars.Apply(Ask.BookTime(id, Within(random), Names.Where(_ => random.Next(2) == 0).ToArray()));
                KeepTheirDistance(calendars, seed);
            }

            foreach (var slot in calendars.Slots.Where(s => s.Status == SlotStatus.Free).ToList())
            {
                (calendars.Decide(Ask.Book("new", slot.Id)) is Accepted).Should().Be(!slot.IsClosed, "seed {0}, {1}", seed, slot);
                _ = slot.IsClosed ? closed++ : bookable++;
            }

            for (var n = 0; n < 10; n++) calendars.Cancel($"a{n}");
            calendars.Slots.Should().OnlyContain(s => !s.IsClosed, "seed {0}", seed);
        }

        bookable.Should().BeGreaterThan(1000);
        closed.Should().BeGreaterThan(300);
    }

    private static void AddSlots(Calendars calendars, Random random, string name)
    {
        for (var from = 8.0; from < 15;)
        {
            var length = random.Next(1, 9) / 4.0;
            calendars.Slot($"{name}-{from}", name, At(from, from + length));
            from += length;
        }
    }

    private static TimeRange Within(Random random)
    {
        var from = 8 + (random.Next(0, 84) / 12.0);
        return At(from, from + (random.Next(3, 18) / 12.0));
    }

    private static void KeepTheirDistance(Calendars calendars, int seed)
    {
        var bookings = calendars.Claims.GroupBy(c => c.AppointmentId).Select(claims =>
        {
            var named = calendars.Schedules.Where(s => claims.Any(c => c.Target == $"Schedule/{s.Id}")).ToList();
            return (claims.First().Time, Named: named, Owners: named.SelectMany(s => s.Actors).Distinct().ToList());
        }).OrderBy(b => b.Time.Start).ToList();
        for (var n = 0; n < bookings.Count; n++)
            for (var m = n + 1; m < bookings.Count; m++)
                foreach (var owner in bookings[n].Owners.Intersect(bookings[m].Owners))
                {
                    var after = bookings[n].Named.Where(s => s.Actors.Contains(owner)).Max(s => s.Buffers.After);
                    var before = bookings[m].Named.Where(s => s.Actors.Contains(owner)).Max(s => s.Buffers.Before);
                    (bookings[m].Time.Start - bookings[n].Time.End).Should()
                        .BeGreaterThanOrEqualTo(after + before, "seed {0}, {1}", seed, owner);
                }
    }
}
