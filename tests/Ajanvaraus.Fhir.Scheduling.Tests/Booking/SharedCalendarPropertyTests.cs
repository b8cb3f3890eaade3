using static Ajanvaraus.Fhir.Scheduling.Tests.Calendars;

namespace Ajanvaraus.Fhir.Scheduling.Tests.Booking;

/// <summary>Laws over calendars that share their professionals; the seed of a failing case is in its message.</summary>
public sealed class SharedCalendarPropertyTests
{
    private static readonly SlotStatus[] Busy = [SlotStatus.Busy, SlotStatus.BusyTentative];
    private static readonly string[] Names = ["anna", "bea", "cia", "pair", "team"];

    private static Calendars Random(Random random)
    {
        var calendars = new Calendars().Schedule("anna", "Practitioner/anna").Schedule("bea", "Practitioner/bea")
            .Schedule("cia", "Practitioner/cia").Schedule("pair", "Practitioner/anna", "Practitioner/bea")
            .Schedule("team", "Practitioner/anna", "Practitioner/bea", "Practitioner/cia");
        foreach (var name in Names)
        {
            var from = 8.0;
            for (var n = 0; from < 15; n++)
            {
                var length = random.Next(1, 9) / 4.0;
                calendars.Slot($"{name}{n}", name, At(from, from + length));
                from += length + (random.Next(3) == 0 ? random.Next(1, 4) / 4.0 : 0);
            }
        }

        return calendars;
    }

    private static TimeRange Within(Random random)
    {
        var from = 7 + random.Next(0, 36) / 4.0;
        return At(from, from + random.Next(1, 9) / 4.0);
    }

    [Fact]
    public void Any_bookings_and_moves_keep_the_slots_true_and_their_release_restores_the_free_time()
    {
        for (var seed = 1; seed <= 200; seed++)
        {
            var random = new Random(seed);
            var calendars = Random(random);
            var before = Names.ToDictionary(n => n, n => calendars.Coverage(n, SlotStatus.Free));

            for (var n = 0; n < 40; n++)
            {
                var id = $"a{random.Next(10)}";
                if (random.Next(4) == 0) calendars.Cancel(id);
                else calendars.Apply(Ask.BookTime(id, Within(random), Names[random.Next(Names.Length)]));
                foreach (var name in Names) SlotsTellTheClaims(calendars, name, seed);
            }

            for (var n = 0; n < 10; n++) calendars.Cancel($"a{n}");
            foreach (var name in Names)
            {
                calendars.Coverage(name, SlotStatus.Free).Should().Equal(before[name], "seed {0}, {1}", seed, name);
                calendars.Coverage(name, Busy).Should().BeEmpty("seed {0}, {1}", seed, name);
            }
        }
    }

    [Fact]
    public void Request_is_accepted_exactly_when_its_owners_and_its_schedule_are_not_taken()
    {
        var (accepted, refused) = (0, 0);
        for (var seed = 1; seed <= 200; seed++)
        {
            var random = new Random(seed);
            var calendars = Random(random);

            for (var n = 0; n < 40; n++)
            {
                var schedule = calendars.Schedules[random.Next(Names.Length)];
                var time = Within(random);
                string[] targets = ["Schedule/" + schedule.Id, .. schedule.Actors];
                var isTaken = calendars.Claims.Any(c => targets.Contains(c.Target) && c.Time.Overlaps(time));

                var decision = calendars.Apply(Ask.BookTime($"a{n}", time, schedule.Id));

                (decision is Refused).Should().Be(isTaken, "seed {0}, step {1}", seed, n);
                if (isTaken) refused++;
                else accepted++;
            }
        }

        accepted.Should().BeGreaterThan(500);
        refused.Should().BeGreaterThan(500);
    }

    /// <summary>A Slot is busy exactly where a claim is, lies inside one claim, and meets no other Slot.</summary>
    private static void SlotsTellTheClaims(Calendars calendars, string name, int seed)
    {
        var claims = calendars.Claims.Where(c => CalendarReference.ScheduleIdOf(c.Target) == name).ToList();
        var slots = calendars.Slots.Where(s => s.ScheduleId == name).OrderBy(s => s.Time.Start).ToList();
        foreach (var slot in slots)
        {
            var isTold = slot.Status == SlotStatus.Free
                ? !claims.Exists(c => c.Time.Overlaps(slot.Time))
                : claims.Exists(c => c.Time.Contains(slot.Time));
            isTold.Should().BeTrue("seed {0}, {1}", seed, slot);
        }

        for (var n = 1; n < slots.Count; n++)
            slots[n].Time.Start.Should().BeGreaterThanOrEqualTo(slots[n - 1].Time.End, "seed {0}, {1}", seed, name);
    }
}
