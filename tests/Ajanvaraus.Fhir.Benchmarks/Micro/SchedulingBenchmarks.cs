using System.Collections.Immutable;

using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Scheduling.Slots;
using Ajanvaraus.Fhir.Scheduling.Time;

using BenchmarkDotNet.Attributes;

using NodaTime;

namespace Ajanvaraus.Fhir.Benchmarks.Micro;

/// <summary>The rules alone, without storage.</summary>
[MemoryDiagnoser]
public class SchedulingBenchmarks
{
    private const int Professionals = 50;
    private const int Days = 20;
    private const int PerDay = 14;

    private static readonly Instant Monday = Instant.FromUtc(2031, 3, 3, 6, 0);

    private readonly FindData _calendars;
    private readonly FindRequest _find;
    private readonly BookingRequest _booking;
    private readonly BookingSnapshot _snapshot;

    public SchedulingBenchmarks()
    {
        var schedules = Enumerable.Range(0, Professionals).Select(ScheduleOf).ToImmutableArray();
        var slots = Enumerable.Range(0, Professionals * Days * PerDay)
            .Select(n => SlotOf(n / (Days * PerDay), n % (Days * PerDay))).ToImmutableArray();
        var owners = ImmutableHashSet.CreateRange(schedules.SelectMany(s => s.Actors));
        _calendars = new FindData(schedules, [.. slots], [], []) { CalendarOwners = owners };
        _find = new FindRequest
        {
            Window = new TimeRange(Monday, Monday + Duration.FromDays(28)),
            Alternatives = [[.. schedules.Select(s => s.Id)]],
            Now = Monday - Duration.FromDays(1),
        };
        _snapshot = new BookingSnapshot([schedules[0]], [slots[3]], []) { CalendarOwners = owners };
        _booking = new BookingRequest
        {
            AppointmentId = "a",
            SlotIds = [slots[3].Id],
            RequiredActors = ["Practitioner/0"],
            Status = AppointmentStatus.Booked,
        };
    }

    [Benchmark]
    public BookingDecision DecideOneBooking() => BookingRules.Decide(_booking, _snapshot, _find.Now);

    [Benchmark]
    public FindResult FindTimesOf50ProfessionalsIn4Weeks() => FindTimes.Find(_find, _calendars);

    private static ScheduleState ScheduleOf(int n) => new($"c{n}", true, [$"Practitioner/{n}"], null, "Europe/Helsinki");

    private static SlotState SlotOf(int professional, int n)
    {
        var day = n / PerDay;
        var start = Monday + Duration.FromDays((day / 5 * 7) + (day % 5)) + Duration.FromMinutes(n % PerDay * 30);
        return new SlotState(
            $"s{professional}-{n}", $"c{professional}", new TimeRange(start, start + Duration.FromMinutes(30)),
            SlotStatus.Free, 1);
    }
}
