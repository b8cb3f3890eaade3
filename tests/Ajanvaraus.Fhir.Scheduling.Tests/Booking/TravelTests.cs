using static Ajanvaraus.Fhir.Scheduling.Tests.Calendars;

namespace Ajanvaraus.Fhir.Scheduling.Tests.Booking;

/// <summary>Journeys between bookings at different places: docs/adr/0024-travel.md.</summary>
public sealed class TravelTests
{
    private static readonly string[] Names = ["anna", "bea", "team"];

    /// <summary>Anna's office and a client's home, twenty minutes apart by the matrix; back it takes thirty.</summary>
    private static Calendars Anna()
    {
        var calendars = new Calendars().Schedule("anna", "Practitioner/anna").At("anna", "Location/office")
            .Travelling("anna", TravelRule.Matrix);
        calendars.Journeys = new Journeys([Place("office", ("home", 20)), Place("home", ("office", 30)), Place("school", ("school", 15))]);
        return calendars;
    }

    private static PlaceState Place(string id, params (string To, double Minutes)[] rows) => new(
        "Location/" + id, null, rows.ToImmutableDictionary(r => "Location/" + r.To, r => Duration.FromMinutes(r.Minutes)));

    private static BookingRequest Visit(string id, double from, double to, string? place = "home") =>
        Ask.BookTime(id, At(from, to), "anna") with { Places = place is null ? [] : ["Location/" + place] };

    [Theory]
    [InlineData("home", 10, 19, false)]
    [InlineData("home", 10, 20, true)]
    [InlineData(null, 10, 0, true)]
    [InlineData("school", 10, 0, true)]
    [InlineData("home", 7, 31, false)]
    [InlineData("home", 7, 30, true)]
    public void N4_between_two_bookings_there_is_room_for_the_way_in_its_direction(string? place, int hour, int minute, bool isFree)
    {
        var calendars = Anna();
        calendars.Accept(Visit("office", 9, 10, null));
        var start = hour + (minute / 60.0);

        var decision = calendars.Decide(Visit("visit", start, start + 1, place));

        (decision is Accepted).Should().Be(isFree);
    }

    [Fact]
    public void Way_is_kept_beside_clearing_and_preparation()
    {
        var calendars = Anna().Keeping("anna", 10, 5);
        calendars.Accept(Visit("office", 9, 10, null));

        calendars.Refuse(Visit("visit", 10 + (34 / 60.0), 11));
        calendars.Accept(Visit("visit", 10 + (35 / 60.0), 11));
    }

    [Fact]
    public void Kinds_of_places_may_have_a_way_to_themselves_and_one_place_has_none()
    {
        var calendars = Anna();
        calendars.Accept(Visit("first", 9, 10, "school"));
        calendars.Accept(Visit("office", 13, 14, "home"));

        calendars.Refuse(Visit("second", 10 + (14 / 60.0), 11, "school"));
        calendars.Accept(Visit("second", 10.25, 11, "school"));
        calendars.Accept(Visit("next", 14, 15, "home"));
    }

    [Fact]
    public void Calendars_that_say_nothing_and_rooms_know_no_way()
    {
        var calendars = Anna().Travelling("anna").Schedule("room", "Location/room").Travelling("room", TravelRule.Matrix);
        calendars.Accept(Visit("office", 9, 10, null));
        calendars.Accept(Visit("visit", 10, 11));

        calendars.Accept(Ask.BookTime("one", At(9, 10), "room"));
        calendars.Accept(Ask.BookTime("two", At(10, 11), "room") with { Places = ["Location/home"] });
    }

    [Fact]
    public void Booked_journey_stands_in_place_of_the_computed_one_and_documentation_does_not()
    {
        var calendars = Anna();
        calendars.Accept(Visit("office", 9, 10, null));
        calendars.Accept(Ask.BookTime("way", At(10, 10.1), "anna") with { FollowsId = "office", IsJourney = true });
        calendars.Accept(Visit("visit", 10.1, 11));
        calendars.Accept(Ask.BookTime("notes", At(11, 11.1), "anna") with { FollowsId = "visit" });

        calendars.Refuse(Visit("back", 11.1, 12, null));
        calendars.Accept(Visit("back", 11.1, 12, null) with { Journeys = [new BroughtJourney(IsBefore: true)] });
    }

    [Fact]
    public void Booked_journey_of_one_leaves_the_way_of_the_other_who_met()
    {
        var calendars = Anna().Schedule("bea", "Practitioner/bea").At("bea", "Location/office").Travelling("bea", TravelRule.Matrix);
        calendars.Accept(Ask.BookTime("office", At(9, 10), "anna", "bea"));
        calendars.Accept(Ask.BookTime("way", At(10, 10.1), "anna") with { FollowsId = "office", IsJourney = true });

        calendars.Refuse(Ask.BookTime("hers", At(10.1, 11), "bea") with { Places = ["Location/home"] });
        calendars.Accept(Visit("visit", 10.1, 11));
    }

    [Fact]
    public void Journey_that_comes_with_a_meeting_is_for_its_travellers_and_for_who_takes_their_place()
    {
        var calendars = Anna().Schedule("bea", "Practitioner/bea").At("bea", "Location/office").Travelling("bea", TravelRule.Matrix);
        calendars.Accept(Ask.BookTime("hers", At(9, 10), "bea"));
        var toHome = new BroughtJourney(IsBefore: true) { Travellers = ["Practitioner/anna"], Others = ["Practitioner/bea"] };
        var together = Ask.BookTime("visit", At(10, 11), "anna", "bea") with { Places = ["Location/home"] };

        calendars.Refuse(together with { Journeys = [toHome] });
        calendars.Refuse(Ask.BookTime("visit", At(10, 11), "bea") with { Places = ["Location/home"], Journeys = [toHome] });
        calendars.Refuse(together with { Journeys = [toHome with { Others = [] }] });
        calendars.Refuse(together with { Journeys = [toHome with { IsBefore = false, Travellers = ["Practitioner/anna", "Practitioner/bea"] }] });
        calendars.Accept(Ask.BookTime("visit", At(10, 11), "bea") with { Places = ["Location/home"], Journeys = [toHome with { Others = [] }] });
    }

    [Theory]
    [InlineData(63)]
    [InlineData(64)]
    public void Place_with_a_long_id_is_as_far_away_as_its_row_says(int length)
    {
        var place = $"Location/{new string('x', length - 1)}9";
        var rows = ImmutableDictionary<string, Duration>.Empty.Add("Location/office", Duration.FromMinutes(20));
        var calendars = Anna();
        calendars.Journeys = new Journeys([new PlaceState("Location/office", null, ImmutableDictionary<string, Duration>.Empty), new PlaceState(place, null, rows)]);
        calendars.Accept(Ask.BookTime("visit", At(9, 10), "anna") with { Places = [place] });

        calendars.Refuse(Visit("back", 10.25, 11, null));
        calendars.Accept(Visit("back", 10.5, 11, null));
        calendars.Claims.Should().OnlyContain(c => c.Group.Length <= 64);
    }

    [Fact]
    public void What_stands_is_asked_again_only_when_it_is_taken_elsewhere()
    {
        var calendars = Anna().Travelling("anna");
        calendars.Accept(Visit("office", 9, 10, null));
        calendars.Accept(Visit("visit", 10, 11));
        calendars.Travelling("anna", TravelRule.Matrix);

        calendars.Accept(Visit("visit", 10, 11) with { StandsAlready = true, PlacesBefore = ["Location/home"] });
        calendars.Accept(Visit("visit", 10, 11, null) with { StandsAlready = true, PlacesBefore = ["Location/home"] });
        calendars.Refuse(Visit("visit", 10, 11) with { StandsAlready = true });
    }

    [Theory]
    [InlineData(1.3, 40, 17)]
    [InlineData(1, 40, 13)]
    [InlineData(1.3, 4, 161)]
    [InlineData(1.3, 1, 240)]
    public void Distance_tells_the_way_where_no_row_does(double detour, double kilometresAnHour, double minutes)
    {
        // 8.23 kilometres by the great circle.
        var journeys = new Journeys([
            new PlaceState("Location/a", (60.17034, 24.95220), ImmutableDictionary<string, Duration>.Empty),
            new PlaceState("Location/b", (60.17790, 24.80410), ImmutableDictionary<string, Duration>.Empty)]);
        ImmutableArray<TravelRule> rules = [TravelRule.Matrix, new TravelRule(kilometresAnHour / 3.6, detour)];

        var there = journeys.Between("Location/a", "Location/b", rules);

        there.TotalMinutes.Should().Be(minutes);
        journeys.Between("Location/b", "Location/a", rules).Should().Be(there);
        journeys.Between("Location/a", "Location/b", [TravelRule.Matrix]).Should().Be(Duration.Zero);
        journeys.Between("Location/a", "Location/a", rules).Should().Be(Duration.Zero);
        journeys.Between("Location/a", "Location/unknown", rules).Should().Be(Duration.Zero);
    }

    [Fact]
    public void Explanation_names_the_way()
    {
        var calendars = Anna().Slot("beside", "anna", At(10, 11)).Slot("later", "anna", At(11, 12));
        calendars.Accept(Visit("visit", 9, 10));
        var search = new FindRequest { Window = At(0, 24), Alternatives = [["anna"]], Now = Day };

        var found = FindTimes.Find(search, calendars.FindData());
        var hidden = FindExplanation.Of(search, calendars.FindData(), [.. calendars.Slots], found.Offers);

        found.Offers.Select(o => o.Time).Should().Equal(At(11, 12));
        hidden.Should().Contain(new HiddenTimes("anna", HiddenBy.Travel, 1));
        calendars.Slots.Single(s => s.Id == "beside").IsClosed.Should().BeTrue();
    }

    [Fact]
    public void Reassignment_places_bookings_only_where_the_way_fits()
    {
        var calendars = Anna().Schedule("bea", "Practitioner/bea").At("bea", "Location/office").Travelling("bea", TravelRule.Matrix);
        calendars.Accept(Ask.BookTime("own", At(9, 10), "bea"));

        var plan = Reassignment.Plan(
            [
                new BookingToPlace("near", At(10, 11)) { Place = "Location/home" },
                new BookingToPlace("after", At(10.5, 11)) { Place = "Location/home" },
                new BookingToPlace("next", At(11, 12)),
            ],
            ["bea"], calendars.FindData(), ReassignmentPolicy.Named, Day, (_, _) => true);

        plan.Select(p => (p.Booking.AppointmentId, p.ScheduleId)).Should().Equal(("near", null), ("after", "bea"), ("next", null));
    }

    /// <summary>Law: between bookings of a professional there is as long as the way takes; what is shown free is free.</summary>
    [Fact]
    public void N4_no_two_bookings_are_nearer_than_the_way_and_slots_show_exactly_what_can_be_booked()
    {
        var (bookable, closed, ways) = (0, 0, 0);
        for (var seed = 1; seed <= 300; seed++)
        {
            var random = new Random(seed);
            var calendars = new Calendars().Schedule("anna", "Practitioner/anna").Schedule("bea", "Practitioner/bea")
                .Schedule("team", "Practitioner/anna", "Practitioner/bea");
            Spread(calendars, random, Names);
            foreach (var name in Names)
                for (var n = 0; n < 8; n++) calendars.Slot($"{name}-{n}", name, At(8 + n, 8.5 + n + (random.Next(3) / 4.0)));
            var places = new Dictionary<string, string?>();

            for (var n = 0; n < 20; n++)
            {
                var id = $"a{random.Next(10)}";
                var from = 8 + (random.Next(0, 84) / 12.0);
                var request = Ask.BookTime(
                    id, At(from, from + (random.Next(3, 18) / 12.0)), Names.Where(_ => random.Next(2) == 0).ToArray());
                var place = random.Next(2) == 0 ? null : $"Location/{random.Next(4)}";
                if (calendars.Apply(request with { Places = place is null ? [] : [place] }) is Accepted) places[id] = place;
                ways += KeepTheWay(calendars, places, seed);
            }

            foreach (var slot in calendars.Slots.Where(s => s.Status == SlotStatus.Free).ToList())
            {
                (calendars.Decide(Ask.Book("new", slot.Id)) is Accepted).Should().Be(!slot.IsClosed, "seed {0}, {1}", seed, slot);
                _ = slot.IsClosed ? closed++ : bookable++;
            }
        }

        bookable.Should().BeGreaterThan(500);
        closed.Should().BeGreaterThan(100);
        ways.Should().BeGreaterThan(1000);
    }

    /// <summary>Four places with a random matrix; each calendar is at one of them or nowhere, and most go by the matrix.</summary>
    internal static void Spread(Calendars calendars, Random random, string[] names)
    {
        calendars.Journeys = new Journeys(Enumerable.Range(0, 4).Select(from => Place($"{from}", [.. Enumerable.Range(0, 4)
            .Where(to => to != from && random.Next(3) > 0).Select(to => ($"{to}", 5.0 * random.Next(1, 9)))])));
        foreach (var name in names)
        {
            if (random.Next(4) > 0) calendars.At(name, $"Location/{random.Next(4)}");
            if (random.Next(3) > 0) calendars.Travelling(name, TravelRule.Matrix);
        }
    }

    private static int KeepTheWay(Calendars calendars, Dictionary<string, string?> places, int seed)
    {
        var checkedWays = 0;
        var bookings = calendars.Claims.GroupBy(c => c.AppointmentId).Select(claims =>
        {
            var named = calendars.Schedules.Where(s => claims.Any(c => c.Target == $"Schedule/{s.Id}")).ToList();
            var said = places[claims.Key] is { } p && !named.Exists(s => s.Actors.Contains(p)) ? p : null;
            return (claims.First().Time, Named: named, Place: said ?? named.Select(s => s.Place).FirstOrDefault(p => p is not null));
        }).OrderBy(b => b.Time.Start).ToList();
        for (var n = 0; n < bookings.Count; n++)
            for (var m = n + 1; m < bookings.Count; m++)
                foreach (var owner in new[] { "Practitioner/anna", "Practitioner/bea" })
                {
                    var own = bookings[n].Named.Concat(bookings[m].Named).Where(s => s.Actors.Contains(owner)).ToList();
                    if (!bookings[n].Named.Exists(own.Contains) || !bookings[m].Named.Exists(own.Contains)) continue;
                    var way = calendars.Journeys.Between(
                        bookings[n].Place, bookings[m].Place, [.. own.SelectMany(s => s.Travel)]);
                    (bookings[m].Time.Start - bookings[n].Time.End).Should().BeGreaterThanOrEqualTo(way, "seed {0}, {1}", seed, owner);
                    if (way > Duration.Zero) checkedWays++;
                }
        return checkedWays;
    }
}
