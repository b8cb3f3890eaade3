using Ajanvaraus.Fhir.Scheduling.Tests.Booking;

using static Ajanvaraus.Fhir.Scheduling.Tests.Calendars;

namespace Ajanvaraus.Fhir.Scheduling.Tests.Slots;

/// <summary>What is offered can be booked, and what can be booked is offered, over random calendars.</summary>
public sealed class OfferPropertyTests
{
    private static readonly string[] Names = ["anna", "bea", "team", "room", "group"];

    private static Calendars Random(Random random, string keeps)
    {
        var calendars = new Calendars().Schedule("anna", "Practitioner/anna").Schedule("bea", "Practitioner/bea")
            .Schedule("team", "Practitioner/anna", "Practitioner/bea").Schedule("room", "Location/room")
            .Schedule("group", "Practitioner/bea", "Location/room");
        calendars.Schedule(new ScheduleState("short", true, [], At(9, 11), "America/St_Johns"));
        if (keeps.Contains("buffers") || keeps == "journeys")
            foreach (var schedule in calendars.Schedules.Where(_ => random.Next(2) == 0).ToList())
                calendars.Keeping(schedule.Id, 5 * random.Next(4), 5 * random.Next(5));
        if (keeps.Contains("limits"))
            foreach (var schedule in calendars.Schedules.Where(_ => random.Next(2) == 0).ToList())
                calendars.Taking(schedule.Id, random.Next(3) == 0 ? null : random.Next(1, 4), random.Next(2) == 0 ? null : random.Next(1, 5));
        if (keeps == "journeys") TravelTests.Spread(calendars, random, ["anna", "bea", "team"]);
        for (var n = 0; n < 25; n++)
        {
            var schedule = random.Next(6) == 0 ? "short" : Names[random.Next(Names.Length)];
            var status = random.Next(8) == 0 ? (SlotStatus)random.Next(1, 5) : SlotStatus.Free;
            calendars.Slot(new SlotState($"s{n}", schedule, Within(random), status, schedule == "group" ? random.Next(1, 4) : 1)
            {
                Services = keeps == "services" ? Services(random) : [],
            });
        }

        if (keeps == "services") CloseServices(calendars, random);

        for (var n = 0; n < 12; n++) Book(calendars, random, $"a{n}");
        calendars.Now += Duration.FromMinutes(random.Next(0, 20));
        return calendars;
    }

    private static ImmutableArray<string> Services(Random random) =>
        [.. new[] { "s|x", "s|y", "t|z" }.Where(_ => random.Next(3) == 0)];

    private static void CloseServices(Calendars calendars, Random random)
    {
        foreach (var name in Names) calendars.For(name, [.. Services(random)]);
        for (var n = 0; n < 6; n++)
            calendars.Closing(Names[random.Next(Names.Length)], Within(random), random.Next(2) == 0 ? ["s|x"] : ["s|y", "t|z"]);
    }

    /// <summary>As a proposal says it: of each system what the first Slot says, or its Schedule.</summary>
    private static ImmutableArray<string> Proposed(Calendars calendars, Offer offer)
    {
        var slot = calendars.Slots.Single(s => s.Id == offer.Calendars[0].SlotIds[0]).Services;
        var schedule = calendars.Schedules.Single(s => s.Id == offer.Calendars[0].ScheduleId).Services;
        return [.. slot, .. schedule.Where(c => !slot.Any(s => s[0] == c[0]))];
    }

    private static void Book(Calendars calendars, Random random, string id)
    {
        var request = random.Next(3) == 0
            ? Ask.BookTime(id, Within(random), Names[random.Next(Names.Length)])
            : Ask.Book(id, calendars.Slots[random.Next(calendars.Slots.Count)].Id);
        if (random.Next(4) == 0) request = request with { Places = [$"Location/{random.Next(4)}"] };
        if (random.Next(3) == 0)
            request = request.HeldBy($"Patient/{random.Next(3)}", Day + Duration.FromMinutes(random.Next(1, 20)));
        calendars.Apply(request);
    }

    private static TimeRange Within(Random random)
    {
        var from = 7 + random.Next(0, 36) / 4.0;
        return At(from, from + random.Next(1, 9) / 4.0);
    }

    private static FindRequest Search(Random random, Instant now)
    {
        var groups = Enumerable.Range(0, random.Next(1, 3))
            .Select(_ => Names.Append("short").OrderBy(_ => random.Next()).Take(random.Next(1, 4)).ToImmutableArray());
        return new FindRequest
        {
            Window = At(7, 18), Alternatives = [.. groups], Now = now, PageSize = 1000,
            Needed = random.Next(3) == 0 ? null : Duration.FromMinutes(15 * random.Next(1, 7)),
            Grid = random.Next(2) == 0 ? null : Duration.FromMinutes(15),
            IgnoreAppointment = random.Next(3) == 0 ? $"a{random.Next(12)}" : null,
            Holders = random.Next(2) == 0 ? [] : ["Patient/1"],
        };
    }

    private static BookingRequest Booking(FindRequest search, TimeRange time, IEnumerable<string> slotIds) =>
        new()
        {
            AppointmentId = search.IgnoreAppointment ?? "new", Time = time, SlotIds = [.. slotIds],
            Holders = search.Holders, Status = AppointmentStatus.Booked,
        };

    [Theory]
    [InlineData("nothing")]
    [InlineData("buffers")]
    [InlineData("limits")]
    [InlineData("buffers and limits")]
    [InlineData("journeys")]
    [InlineData("services")]
    public void R20_every_offer_is_accepted_at_that_moment(string keeps)
    {
        var offered = 0;
        var joint = 0;
        for (var seed = 1; seed <= 1000; seed++)
        {
            var random = new Random(seed);
            var calendars = Random(random, keeps);
            var search = Search(random, calendars.Now);

            foreach (var offer in FindTimes.Find(search, calendars.FindData()).Offers)
            {
                offered++;
                if (offer.Calendars.Length > 1) joint++;
                var slotIds = offer.Calendars.SelectMany(c => c.SlotIds);
                var decision = calendars.Decide(Booking(search, offer.Time, slotIds));
                (decision as Refused)?.Reasons.Should().BeEmpty(
                    "seed {0} offered {1} by {2}", seed, offer.Time, string.Join(", ", offer.Calendars));
                if (keeps != "services") continue;
                var proposed = Booking(search, offer.Time, slotIds) with { Services = Proposed(calendars, offer) };
                (calendars.Decide(proposed) as Refused)?.Reasons.Should().BeEmpty(
                    "seed {0} proposed {1} by {2}", seed, offer.Time, string.Join(", ", offer.Calendars));
            }
        }

        offered.Should().BeGreaterThan(1500, "the calendars are not all full");
        joint.Should().BeGreaterThan(60, "joint times are among them");
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("buffers")]
    [InlineData("limits")]
    [InlineData("buffers and limits")]
    [InlineData("journeys")]
    [InlineData("services")]
    public void R20_every_slot_that_can_be_booked_whole_is_offered(string keeps)
    {
        var bookable = 0;
        for (var seed = 1; seed <= 300; seed++)
        {
            var random = new Random(seed);
            var calendars = Random(random, keeps);
            var search = Search(random, calendars.Now) with { Needed = null, Alternatives = [[.. Names]] };
            var offered = FindTimes.Find(search, calendars.FindData()).Offers.Select(o => o.Time).ToHashSet();

            foreach (var slot in calendars.Slots.Where(s => s.ScheduleId != "short" && search.Window.Contains(s.Time)))
            {
                if (calendars.Decide(Booking(search, slot.Time, [slot.Id])) is not Accepted) continue;
                bookable++;
                offered.Contains(slot.Time).Should().BeTrue("seed {0}, slot {1}", seed, slot);
            }
        }

        bookable.Should().BeGreaterThan(500);
    }
}
