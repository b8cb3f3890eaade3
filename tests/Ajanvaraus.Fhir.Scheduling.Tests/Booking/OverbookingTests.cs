namespace Ajanvaraus.Fhir.Scheduling.Tests.Booking;

public sealed class OverbookingTests
{
    private static Calendars Office() => new Calendars()
        .Schedule("a", "Practitioner/a")
        .Slot("s", "a", Calendars.At(8, 16));

    [Fact]
    public void Time_that_is_booked_over_stands_beside_the_first_and_tells_what_stood_in_the_way()
    {
        var office = Office();
        office.Accept(Ask.BookTime("one", Calendars.At(9, 10), "a"));

        var over = office.Accept(Ask.BookTime("two", Calendars.At(9, 10), "a") with { Overbooks = true });

        over.Overridden.Should().OnlyContain(r => r.Kind == RefusalKind.SlotUnavailable).And.NotBeEmpty();
        over.Claims.Select(c => c.Seat).Should().OnlyContain(seat => seat == 1);
        over.SlotIds.Should().ContainSingle("it shares the Slot");
        office.Refuse(Ask.BookTime("three", Calendars.At(9.5, 9.75), "a"));
    }

    [Fact]
    public void Free_time_is_booked_as_ever_and_nothing_is_overridden()
    {
        var accepted = Office().Accept(Ask.BookTime("one", Calendars.At(9, 10), "a") with { Overbooks = true });

        accepted.Overridden.Should().BeEmpty();
        accepted.Claims.Should().OnlyContain(c => c.Seat == 0);
    }

    [Fact]
    public void What_is_malformed_or_unknown_is_not_overridden()
    {
        var office = Office();

        var backwards = office.Refuse(Ask.BookTime("one", Calendars.At(10, 9), "a") with { Overbooks = true });
        var unknown = office.Refuse(Ask.BookTime("two", Calendars.At(9, 10), "x") with { Overbooks = true });

        backwards.Reasons.Should().OnlyContain(r => r.Kind == RefusalKind.InvalidTime);
        unknown.Reasons.Should().OnlyContain(r => r.Kind == RefusalKind.ReferenceNotFound);
    }

    /// <summary>Law: places never overlap, nobody's time shows as free, and when all are gone the day is as it was.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    public void Bookings_over_each_other_come_and_go_and_leave_the_calendar_as_it_was(int firstSeed)
    {
        for (var seed = firstSeed; seed < firstSeed + 200; seed++)
        {
            var random = new Random(seed);
            var office = Office();
            var live = new List<string>();
            for (var step = 0; step < 25; step++)
            {
                if (live.Count > 0 && random.Next(3) == 0)
                {
                    var gone = live[random.Next(live.Count)];
                    live.Remove(gone);
                    office.Cancel(gone);
                }
                else
                {
                    var from = 8 + (random.Next(28) / 4.0);
                    var request = Ask.BookTime($"b{step}", Calendars.At(from, from + ((1 + random.Next(4)) / 4.0)), "a");
                    if (office.Apply(request with { Overbooks = random.Next(2) == 0 }) is Accepted)
                        live.Add($"b{step}");
                }

                Holds(office, seed);
            }

            foreach (var id in live) office.Cancel(id);
            office.Coverage("a", SlotStatus.Free).Should().Equal([Calendars.At(8, 16)], $"seed {seed}");
            office.Slots.Should().OnlyContain(s => !s.IsFiller, $"seed {seed}");
        }
    }

    private static void Holds(Calendars office, int seed)
    {
        foreach (var place in office.Claims.GroupBy(c => (c.Target, c.Seat)))
        {
            var spans = place.Select(c => c.Time).OrderBy(t => t.Start).ToList();
            for (var n = 1; n < spans.Count; n++)
                if (spans[n].Start < spans[n - 1].End)
                    Assert.Fail($"seed {seed}, {place.Key}: {spans[n]} begins before {spans[n - 1]} ends");
        }

        var free = office.Coverage("a", SlotStatus.Free);
        foreach (var claim in office.Claims.Where(c => c.Target == "Schedule/a"))
            if (free.Any(t => t.Overlaps(claim.Time)))
                Assert.Fail($"seed {seed}: {claim.AppointmentId} is booked, and its time is free");
    }
}
