using static Ajanvaraus.Fhir.Scheduling.Tests.Calendars;

namespace Ajanvaraus.Fhir.Scheduling.Tests.Booking;

/// <summary>Laws over random calendars; the seed of a failing case is in its message.</summary>
public sealed class BookingPropertyTests
{
    private static readonly SlotStatus[] Busy = [SlotStatus.Busy, SlotStatus.BusyTentative];
    private static readonly SlotStatus[] Any = [SlotStatus.Free, .. Busy];

    public static TheoryData<int> Seeds()
    {
        var seeds = new TheoryData<int>();
        foreach (var seed in Enumerable.Range(1, 200)) seeds.Add(seed);
        return seeds;
    }

    private static Calendars Random(Random random)
    {
        var calendars = new Calendars().Schedule("anna", "Practitioner/anna");
        var from = 8.0;
        for (var n = 0; from < 15; n++)
        {
            var length = random.Next(1, 9) / 4.0;
            calendars.Slot($"s{n}", "anna", At(from, from + length));
            from += length + (random.Next(3) == 0 ? random.Next(1, 4) / 4.0 : 0);
        }

        return calendars;
    }

    private static TimeRange Within(Random random)
    {
        var from = 7 + random.Next(0, 36) / 4.0;
        return At(from, from + random.Next(1, 9) / 4.0);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Carving_partitions_the_time(int seed)
    {
        var random = new Random(seed);
        var calendars = Random(random);
        var before = calendars.Coverage("anna", Any);

        for (var n = 0; n < 12; n++)
        {
            var slot = calendars.Slots[random.Next(calendars.Slots.Count)];
            var start = slot.Time.Start + slot.Time.Length * (random.Next(0, 2) / 2.0);
            calendars.Apply(Ask.Book($"a{n}", slot.Id).At(new TimeRange(start, slot.Time.End)));
        }

        calendars.Coverage("anna", Any).Should().Equal(before, "seed {0}", seed);
        NoSlotsOverlap(calendars, seed);
        BusyIsClaimed(calendars, seed);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Release_after_any_bookings_and_moves_restores_the_free_time_exactly(int seed)
    {
        var random = new Random(seed);
        var calendars = Random(random);
        var before = calendars.Coverage("anna", SlotStatus.Free);

        for (var n = 0; n < 30; n++) calendars.Apply(Ask.BookTime($"a{random.Next(5)}", Within(random), "anna"));
        NoSlotsOverlap(calendars, seed);
        BusyIsClaimed(calendars, seed);
        for (var n = 0; n < 5; n++) calendars.Cancel($"a{n}");

        calendars.Coverage("anna", SlotStatus.Free).Should().Equal(before, "seed {0}", seed);
        calendars.Coverage("anna", Busy).Should().BeEmpty("seed {0}", seed);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Moves_keep_the_number_of_bookings_and_the_whole_time(int seed)
    {
        var random = new Random(seed);
        var calendars = Random(random);
        calendars.Apply(Ask.BookTime("mine", At(8, 8.5), "anna"));
        var whole = calendars.Coverage("anna", Any);

        for (var n = 0; n < 20; n++) calendars.Apply(Ask.BookTime("mine", Within(random), "anna"));
        calendars.Apply(Ask.BookTime("mine", At(8, 8.5), "anna"));

        calendars.Claims.Select(c => c.AppointmentId).Distinct().Should().ContainSingle("seed {0}", seed);
        calendars.Coverage("anna", Any).Should().Equal(whole, "seed {0}", seed);
        calendars.Coverage("anna", Busy).Should().Equal([At(8, 8.5)], "seed {0}", seed);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Of_many_decisions_no_two_accepted_overlap_on_a_target(int seed)
    {
        var random = new Random(seed);
        var calendars = Random(random).Schedule("room", "Location/room");

        for (var n = 0; n < 40; n++)
        {
            string[] schedules = random.Next(2) == 0 ? ["anna"] : ["anna", "room"];
            calendars.Apply(Ask.BookTime($"a{n}", Within(random), schedules));
        }

        foreach (var ofTarget in calendars.Claims.GroupBy(c => c.Target))
        {
            var times = ofTarget.Select(c => c.Time).OrderBy(t => t.Start).ToList();
            for (var n = 1; n < times.Count; n++)
                times[n].Start.Should().BeGreaterThanOrEqualTo(times[n - 1].End, "seed {0}", seed);
        }
    }

    private static void NoSlotsOverlap(Calendars calendars, int seed)
    {
        var times = calendars.Slots.Select(s => s.Time).OrderBy(t => t.Start).ToList();
        for (var n = 1; n < times.Count; n++)
            times[n].Start.Should().BeGreaterThanOrEqualTo(times[n - 1].End, "seed {0}", seed);
    }

    private static void BusyIsClaimed(Calendars calendars, int seed)
    {
        var claimed = TimeSpans(calendars.Claims.Where(c => c.Target == "Schedule/anna").Select(c => c.Time));
        TimeSpans(calendars.Slots.Where(s => s.Status == SlotStatus.Busy).Select(s => s.Time))
            .Should().Be(claimed, "seed {0}", seed);
    }

    private static Duration TimeSpans(IEnumerable<TimeRange> times) =>
        times.Aggregate(Duration.Zero, (sum, t) => sum + t.Length);
}
