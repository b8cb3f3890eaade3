using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Scheduling.Time;
using Ajanvaraus.Fhir.Testing;

using NodaTime;

namespace Ajanvaraus.Fhir.Persistence.Tests;

public sealed class BookingClaimTests
{
    private static readonly Instant Nine = Instant.FromUtc(2026, 11, 23, 9, 0);

    [DatabaseTheory, EachDatabase]
    public async Task Claims_of_one_seat_that_overlap_are_refused_by_the_database(DatabaseEngine engine)
    {
        await using var test = await TestStore.OpenAsync(engine);
        await ClaimAsync(test, "a", At(0, 60));

        var outcome = await ClaimAsync(test, "b", At(30, 90));

        outcome.Problem!.Kind.Should().Be(ProblemKind.Conflict);
        (await test.CountAsync("SELECT COUNT(*) FROM claim")).Should().Be(1);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Claims_that_only_touch_or_have_other_seats_are_taken(DatabaseEngine engine)
    {
        await using var test = await TestStore.OpenAsync(engine);
        await ClaimAsync(test, "a", At(0, 60));

        var touching = await ClaimAsync(test, "b", At(60, 90));
        var otherSeat = await ClaimAsync(test, "c", At(0, 60), seat: 1);

        touching.Failed.Should().BeFalse();
        otherSeat.Failed.Should().BeFalse();
    }

    [DatabaseTheory, EachDatabase]
    public async Task Ended_hold_stands_in_nobodys_way_and_is_found_to_be_settled(DatabaseEngine engine)
    {
        await using var test = await TestStore.OpenAsync(engine);
        await ClaimAsync(test, "a", At(0, 60), expires: Now(test) + Duration.FromMinutes(5));
        test.Clock.Advance(TimeSpan.FromMinutes(5));

        var taken = await ClaimAsync(test, "b", At(0, 60));

        taken.Failed.Should().BeFalse();
        (await test.Store.Booking.NextHoldExpiryAsync(default)).Should().Be(Now(test));
        var expired = await test.Store.WriteAsync<string>(
            async s => (await s.Booking.ExpiredHoldsAsync(Now(test), 10)).Single(), default);
        expired.Value.Should().Be("a");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Sixty_four_bookers_of_fifty_times_leave_one_winner_each(DatabaseEngine engine)
    {
        await using var test = await TestStore.OpenAsync(engine);
        await PutCalendarAsync(test);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 64).Select(booker => Task.Run(async () =>
        {
            var won = 0;
            for (var n = 0; n < 50; n++)
                won += (await BookAsync(test, $"{booker}-{n}", At(n * 30, n * 30 + 30))).Failed ? 0 : 1;
            return won;
        })));

        outcomes.Sum().Should().Be(50);
        (await test.CountAsync("SELECT COUNT(*) FROM claim WHERE target = 'Schedule/s'")).Should().Be(50);
        (await test.CountAsync(Overlaps)).Should().Be(0);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Snapshot_brings_slots_claims_and_owners_of_the_time_only(DatabaseEngine engine)
    {
        await using var test = await TestStore.OpenAsync(engine);
        await PutCalendarAsync(test);
        await PutSlotAsync(test, "x", At(0, 60));
        await PutSlotAsync(test, "y", At(60, 120));
        await ClaimAsync(test, "other", At(45, 50));

        var snapshot = await test.Store.Booking.SnapshotAsync(
            new BookingRequest { AppointmentId = "new", SlotIds = ["x"], Status = AppointmentStatus.Booked }, default);

        snapshot.Schedules.Single().Actors.Should().Equal("Practitioner/p");
        snapshot.Slots.Select(s => s.Id).Should().Equal("x");
        snapshot.Claims.Select(c => c.AppointmentId).Should().Equal("other");
        snapshot.CalendarOwners.Should().BeEquivalentTo("Practitioner/p");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Slot_longer_than_a_day_is_found_by_a_time_in_its_middle(DatabaseEngine engine)
    {
        await using var test = await TestStore.OpenAsync(engine);
        await PutCalendarAsync(test);
        await PutSlotAsync(test, "long", At(0, 10 * 24 * 60));

        var data = await test.Store.Booking.FindDataAsync(["s"], At(5 * 24 * 60, 5 * 24 * 60 + 30), default);

        data.Slots.Select(s => s.Id).Should().Equal("long");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Slot_and_schedule_are_in_use_while_a_live_claim_stands(DatabaseEngine engine)
    {
        await using var test = await TestStore.OpenAsync(engine);
        await PutCalendarAsync(test);
        await PutSlotAsync(test, "x", At(0, 60));
        await ClaimAsync(test, "a", At(0, 60), target: "Schedule/s");

        var used = await InUseAsync(test);
        await test.Store.WriteAsync<int>(
            async s =>
            {
                await s.Booking.ReplaceClaimsAsync("a", []);
                return 0;
            },
            default);

        used.Should().Be((true, true));
        (await InUseAsync(test)).Should().Be((false, false));
    }

    private const string Overlaps = """
        SELECT COUNT(*) FROM claim a JOIN claim b ON b.target = a.target AND b.seat = a.seat AND b.claim_key > a.claim_key
        AND a.start_us < b.end_us AND b.start_us < a.end_us
        """;

    private static async Task<(bool Slot, bool Schedule)> InUseAsync(TestStore test) =>
        (await test.Store.WriteAsync<(bool, bool)>(
            async s => (await s.Booking.IsSlotInUseAsync("x"), await s.Booking.IsScheduleInUseAsync("s")), default)).Value;

    private static Task<Outcome<int>> BookAsync(TestStore test, string id, TimeRange time) =>
        test.Store.WriteAsync<int>(
            async s =>
            {
                var request = new BookingRequest
                {
                    AppointmentId = id, ScheduleIds = ["s"], Time = time, Status = AppointmentStatus.Booked,
                };
                var snapshot = await s.Booking.SnapshotAsync(request);
                if (BookingRules.Decide(request, snapshot, Instant.FromUnixTimeTicks(s.Now * 10)) is not Accepted accepted)
                    return Problem.Of(ProblemKind.Conflict, "AJV-1", IssueType.Conflict, "taken");
                await s.Booking.ReplaceClaimsAsync(id, accepted.Claims);
                return 0;
            },
            default);

    private static Task<Outcome<int>> ClaimAsync(
        TestStore test, string id, TimeRange time, int seat = 0, Instant? expires = null,
        string target = "Practitioner/p") =>
        test.Store.WriteAsync<int>(
            async s =>
            {
                await s.Booking.ReplaceClaimsAsync(id, [new Claim(target, seat, time, id, "", expires, "")]);
                return 0;
            },
            default);

    private static Task PutCalendarAsync(TestStore test) => test.PutAsync(
        """{"resourceType":"Schedule","id":"s","actor":[{"reference":"Practitioner/p"}]}""",
        IndexEntries.Empty with
        {
            References =
            [
                new ReferenceEntry(SearchParameter.KeyOf("Schedule", "actor"), "Practitioner", "p", "", "", ""),
            ],
        });

    private static Task PutSlotAsync(TestStore test, string id, TimeRange time) => test.PutAsync(
        $$"""
        {"resourceType":"Slot","id":"{{id}}","schedule":{"reference":"Schedule/s"},"status":"free",
        "start":"{{time.Start}}","end":"{{time.End}}"}
        """,
        IndexEntries.Empty with
        {
            References =
            [
                new ReferenceEntry(SearchParameter.KeyOf("Slot", "schedule"), "Schedule", "s", "", "", ""),
            ],
        });

    private static TimeRange At(int from, int to) =>
        new(Nine + Duration.FromMinutes(from), Nine + Duration.FromMinutes(to));

    private static Instant Now(TestStore test) => Instant.FromDateTimeOffset(test.Clock.Now);
}
