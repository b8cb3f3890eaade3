using static Ajanvaraus.Fhir.Scheduling.Tests.Calendars;

namespace Ajanvaraus.Fhir.Scheduling.Tests.Slots;

/// <summary>Which lengths of visits calendars give: docs/adr/0023-visit-lengths.md.</summary>
public sealed class VisitLengthTests
{
    private static Calendars Anna(params int[] minutes) => new Calendars().Schedule("anna", "Practitioner/anna").Giving("anna", minutes);

    [Theory]
    [InlineData(null, "9-9.5 9.5-10 10-10.5 10.5-11")]
    [InlineData(30, "9-9.5 9.5-10 10-10.5 10.5-11")]
    [InlineData(60, "9-10 9.5-10.5 10-11")]
    [InlineData(45, "")]
    public void Open_time_is_cut_into_visits_of_the_length_asked_or_the_usual_one(int? asked, string expected)
    {
        var calendars = Anna(30, 60).Slot("day", "anna", At(9, 11));

        Offered(calendars, asked).Should().Equal(Times(expected));
    }

    [Fact]
    public void Usual_length_comes_first_and_steps_are_of_the_shortest()
    {
        var calendars = Anna(60, 15).Slot("day", "anna", At(9, 10.5));

        Offered(calendars, null).Should().Equal(Times("9-10 9.25-10.25 9.5-10.5"));
    }

    [Fact]
    public void Short_slots_are_joined_and_groups_stay_as_they_are()
    {
        var calendars = Anna(30).Slot("a", "anna", At(9, 9.25)).Slot("b", "anna", At(9.25, 9.5)).Slot("c", "anna", At(9.5, 9.75))
            .Slot("group", "anna", At(13, 15), capacity: 4);

        Offered(calendars, null).Should().Equal(Times("9-9.5 9.25-9.75 13-15"));
        calendars.Accept(Ask.Book("one", "group"));
    }

    [Fact]
    public void Calendars_that_must_be_free_together_each_have_to_give_the_length()
    {
        var calendars = Anna(30, 60).Slot("day", "anna", At(9, 11)).Schedule("room", "Location/room").Slot("r", "room", At(9, 10))
            .Schedule("bea", "Practitioner/bea").Giving("bea", 60).Slot("b", "bea", At(9, 11));

        Offered(calendars, null, "anna", "room").Should().Equal(Times("9-9.5 9.5-10"));
        Offered(calendars, null, "anna", "bea").Should().BeEmpty("their usual lengths differ");
        Offered(calendars, 60, "anna", "bea").Should().Equal(Times("9-10 9.5-10.5 10-11"));
    }

    [Fact]
    public void Explanation_names_the_lengths()
    {
        var calendars = Anna(30).Slot("day", "anna", At(9, 11)).Slot("short", "anna", At(12, 12.25));
        var (other, usual) = (Search(calendars, 45, "anna"), Search(calendars, null, "anna"));
        var data = calendars.FindData();

        var hidden = FindExplanation.Of(other, data, [.. data.Slots], FindTimes.Find(other, data).Offers);
        var tooShort = FindExplanation.Of(usual, data, [.. data.Slots], FindTimes.Find(usual, data).Offers);

        hidden.Should().Equal(new HiddenTimes("anna", HiddenBy.Length, 2));
        tooShort.Should().Equal(new HiddenTimes("anna", HiddenBy.TooShort, 1));
    }

    [Fact]
    public void Who_asks_for_offered_time_books_one_of_the_lengths_or_a_slot_whole()
    {
        var calendars = Anna(30, 60).Slot("day", "anna", At(9, 12)).Slot("call", "anna", At(13, 13.25));

        calendars.Refuse(Ask.Book("part", "day") with { Time = At(9, 9.75) }).Reasons.Should().ContainSingle()
            .Which.Kind.Should().Be(RefusalKind.LengthNotGiven);
        calendars.Refuse(Ask.BookTime("part", At(9, 9.75), "anna") with { StaysInSlots = true });
        calendars.Accept(Ask.Book("call", "call"));
        calendars.Accept(Ask.Book("half", "day") with { Time = At(9, 9.5) });
        calendars.Accept(Ask.BookTime("hour", At(10, 11), "anna") with { StaysInSlots = true });
        calendars.Accept(Ask.BookTime("own", At(14, 14.75), "anna"));
        calendars.Accept(Ask.Book("over", calendars.Slots.First(s => s.Time == At(11, 12)).Id) with { Time = At(11, 11.25), Overbooks = true });
    }

    [Fact]
    public void What_stands_keeps_its_length()
    {
        var calendars = Anna().Slot("day", "anna", At(9, 12));
        var slot = calendars.Accept(Ask.Book("visit", "day") with { Time = At(9, 9.75) }).SlotIds.Single();
        calendars.Giving("anna", 60).Slot("later", "anna", At(13, 15));

        calendars.Accept(Ask.Book("visit", slot) with { Time = At(9, 9.75), StandsAlready = true });
        calendars.Refuse(Ask.Book("visit", "later") with { Time = At(13, 13.75) });
        calendars.Accept(Ask.Book("visit", "later") with { Time = At(13, 14) });
    }

    /// <summary>Law: what is offered has a length that its calendars give, and is accepted.</summary>
    [Fact]
    public void Every_offer_has_a_length_that_is_given_and_is_accepted()
    {
        var offered = 0;
        for (var seed = 1; seed <= 300; seed++)
        {
            var random = new Random(seed);
            var calendars = Anna([.. Enumerable.Range(0, random.Next(4)).Select(_ => 15 * random.Next(1, 6)).Distinct()])
                .Schedule("bea", "Practitioner/bea").Giving("bea", [.. Enumerable.Range(0, random.Next(2)).Select(_ => 15 * random.Next(1, 6))]);
            for (var n = 0; n < 12; n++)
            {
                var from = 8 + (random.Next(32) / 4.0);
                calendars.Slot($"s{n}", random.Next(2) == 0 ? "anna" : "bea", At(from, from + (random.Next(1, 12) / 4.0)));
            }

            for (var n = 0; n < 3; n++) calendars.Apply(Ask.Book($"a{n}", calendars.Slots[random.Next(calendars.Slots.Count)].Id));
            var search = Search(calendars, random.Next(2) == 0 ? null : 15 * random.Next(1, 6), "anna") with
            {
                Alternatives = random.Next(2) == 0 ? [["anna", "bea"]] : [["anna"], ["bea"]],
            };

            foreach (var offer in FindTimes.Find(search, calendars.FindData()).Offers)
            {
                offered++;
                var request = Ask.Book("new", [.. offer.Calendars.SelectMany(c => c.SlotIds)]) with { Time = offer.Time };
                (calendars.Decide(request) as Refused)?.Reasons.Should().BeEmpty("seed {0}, {1}", seed, offer.Time);
                foreach (var schedule in offer.Calendars.Select(c => calendars.Schedules.Single(s => s.Id == c.ScheduleId)))
                    (schedule.Lengths.IsEmpty || schedule.Lengths.Contains(offer.Time.Length)).Should().BeTrue("seed {0}, {1}", seed, offer);
            }
        }

        offered.Should().BeGreaterThan(1000);
    }

    private static FindRequest Search(Calendars calendars, int? minutes, params string[] all) => new()
    {
        Window = At(7, 18), Alternatives = [.. all.Select(a => ImmutableArray.Create(a))], Now = calendars.Now, PageSize = 1000,
        Needed = minutes is { } m ? Duration.FromMinutes(m) : null,
    };

    private static IEnumerable<TimeRange> Offered(Calendars calendars, int? minutes, params string[] all) =>
        FindTimes.Find(Search(calendars, minutes, all.Length == 0 ? ["anna"] : all), calendars.FindData()).Offers.Select(o => o.Time);

    private static IEnumerable<TimeRange> Times(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(t => t.Split('-').Select(h => double.Parse(h, System.Globalization.CultureInfo.InvariantCulture)).ToArray())
        .Select(h => At(h[0], h[1]));
}
