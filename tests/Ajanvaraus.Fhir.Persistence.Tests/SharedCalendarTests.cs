using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Scheduling.Time;
using Ajanvaraus.Fhir.Testing;

using NodaTime;

namespace Ajanvaraus.Fhir.Persistence.Tests;

/// <summary>What a booking claims (docs/scheduling-rules.md) where two professionals have a Schedule each and one in common.</summary>
public sealed class SharedCalendarTests
{
    private static readonly Instant Nine = Instant.FromUtc(2026, 11, 23, 9, 0);

    [DatabaseTheory, EachDatabase]
    public async Task Colleagues_are_booked_at_one_time_and_their_team_is_not(DatabaseEngine engine)
    {
        await using var test = await TeamAsync(engine);

        var ofAnna = await DecideAsync(test, Booking("ofAnna", "anna", At(0, 60)));
        var ofBea = await DecideAsync(test, Booking("ofBea", "bea", At(30, 90)));
        var ofTeam = await DecideAsync(test, Booking("ofTeam", "team", At(0, 30)));

        ofAnna.Should().BeOfType<Accepted>();
        ofBea.Should().BeOfType<Accepted>();
        ofTeam.Should().BeOfType<Refused>();
        (await test.CountAsync("SELECT COUNT(*) FROM claim WHERE target LIKE 'Schedule/team/via/Practitioner/%'"))
            .Should().Be(2);
        (await test.CountAsync("SELECT COUNT(*) FROM calendar_lock WHERE target LIKE '%/via/%'")).Should().Be(0);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Snapshots_and_searches_read_the_shadows_of_colleagues(DatabaseEngine engine)
    {
        await using var test = await TeamAsync(engine);
        await DecideAsync(test, Booking("ofAnna", "anna", At(0, 60)));

        var snapshot = await test.Store.Booking.SnapshotAsync(Booking("ofBea", "bea", At(0, 60)), default);
        var data = await test.Store.Booking.FindDataAsync(["bea"], At(0, 60), default);

        snapshot.Claims.Select(c => c.Target).Should().Equal("Schedule/team/via/Practitioner/anna");
        data.Claims.Select(c => c.Target).Should().Equal("Schedule/team/via/Practitioner/anna");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Release_reads_the_slots_and_claims_of_every_schedule_under_a_shadow(DatabaseEngine engine)
    {
        await using var test = await TeamAsync(engine);
        await DecideAsync(test, Booking("ofAnna", "anna", At(0, 60)));
        await DecideAsync(test, Booking("ofBea", "bea", At(30, 90)));

        var released = await test.Store.WriteAsync<BookingSnapshot>(
            async s => await s.Booking.AppointmentSnapshotAsync("ofAnna"), default);

        released.Value!.Schedules.Select(s => s.Id).Should().BeEquivalentTo("anna", "team");
        released.Value.Slots.Select(s => s.Id).Should().Equal("t");
        released.Value.Claims.Select(c => c.Target).Should().BeEquivalentTo(
            "Schedule/anna", "Practitioner/anna", "Schedule/team/via/Practitioner/anna",
            "Schedule/team/via/Practitioner/bea");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Move_reads_the_claims_of_colleagues_where_it_leaves(DatabaseEngine engine)
    {
        await using var test = await TeamAsync(engine);
        await PutScheduleAsync(test, "cia", "cia");
        await DecideAsync(test, Booking("ofAnna", "anna", At(0, 60)));
        await DecideAsync(test, Booking("ofBea", "bea", At(0, 60)));

        var move = await test.Store.WriteAsync<BookingSnapshot>(
            async s => await s.Booking.SnapshotAsync(Booking("ofAnna", "cia", At(0, 60))), default);

        move.Value!.Claims.Select(c => c.Target).Should().Contain("Schedule/team/via/Practitioner/bea");
        move.Value.Slots.Select(s => s.Id).Should().Equal("t");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Slot_is_in_use_through_a_shadow(DatabaseEngine engine)
    {
        await using var test = await TeamAsync(engine);
        var before = await InUseAsync(test);

        await DecideAsync(test, Booking("ofAnna", "anna", At(0, 60)));

        before.Should().Be((false, false));
        (await InUseAsync(test)).Should().Be((true, true));
    }

    [DatabaseTheory, EachDatabase]
    public async Task Schedules_locked_by_hand_are_booked_in_the_same_transaction(DatabaseEngine engine)
    {
        await using var test = await TeamAsync(engine);

        var decision = await test.Store.WriteAsync<BookingDecision>(
            async s =>
            {
                await s.Booking.LockSchedulesAsync(["team", "bea"], []);
                return await DecideAsync(s, Booking("ofAnna", "anna", At(0, 60)));
            },
            default);

        decision.Value.Should().BeOfType<Accepted>();
    }

    [DatabaseTheory, EachDatabase]
    public async Task Shadow_of_the_longest_ids_is_stored(DatabaseEngine engine)
    {
        await using var test = await TestStore.OpenAsync(engine);
        var (own, shared, owner) = (new string('s', 64), new string('x', 64), new string('p', 64));
        await PutScheduleAsync(test, own, owner);
        await PutScheduleAsync(test, shared, owner);

        (await DecideAsync(test, Booking("a", own, At(0, 60)))).Should().BeOfType<Accepted>();

        var shadow = CalendarReference.Via(shared, $"Practitioner/{owner}");
        (await test.CountAsync($"SELECT COUNT(*) FROM claim WHERE target = '{shadow}'")).Should().Be(1);
    }

    private static async Task<TestStore> TeamAsync(DatabaseEngine engine)
    {
        var test = await TestStore.OpenAsync(engine);
        await PutScheduleAsync(test, "anna", "anna");
        await PutScheduleAsync(test, "bea", "bea");
        await PutScheduleAsync(test, "team", "anna", "bea");
        await test.PutAsync(
            $$"""
            {"resourceType":"Slot","id":"t","schedule":{"reference":"Schedule/team"},"status":"free",
            "start":"{{Nine}}","end":"{{Nine + Duration.FromHours(3)}}"}
            """,
            IndexEntries.Empty with
            {
                References =
                [
                    new ReferenceEntry(SearchParameter.KeyOf("Slot", "schedule"), "Schedule", "team", "", "", ""),
                ],
            });
        return test;
    }

    private static Task PutScheduleAsync(TestStore test, string id, params string[] practitioners) => test.PutAsync(
        $$"""
        {"resourceType":"Schedule","id":"{{id}}","actor":[{{string.Join(
            ',', practitioners.Select(p => $$"""{"reference":"Practitioner/{{p}}"}"""))}}]}
        """,
        IndexEntries.Empty with
        {
            References =
            [
                .. practitioners.Select(p => new ReferenceEntry(
                    SearchParameter.KeyOf("Schedule", "actor"), "Practitioner", p, "", "", "")),
            ],
        });

    private static BookingRequest Booking(string id, string scheduleId, TimeRange time) =>
        new() { AppointmentId = id, ScheduleIds = [scheduleId], Time = time, Status = AppointmentStatus.Booked };

    private static async Task<BookingDecision> DecideAsync(TestStore test, BookingRequest request) =>
        (await test.Store.WriteAsync<BookingDecision>(async s => await DecideAsync(s, request), default)).Value!;

    private static async Task<BookingDecision> DecideAsync(WriteSession session, BookingRequest request)
    {
        var snapshot = await session.Booking.SnapshotAsync(request);
        var decision = BookingRules.Decide(request, snapshot, Now(session));
        if (decision is Accepted accepted)
            await session.Booking.ReplaceClaimsAsync(request.AppointmentId, accepted.Claims);
        return decision;
    }

    private static async Task<(bool Slot, bool Schedule)> InUseAsync(TestStore test) =>
        (await test.Store.WriteAsync<(bool, bool)>(
            async s => (await s.Booking.IsSlotInUseAsync("t"), await s.Booking.IsScheduleInUseAsync("team")), default))
        .Value;

    private static TimeRange At(int from, int to) =>
        new(Nine + Duration.FromMinutes(from), Nine + Duration.FromMinutes(to));

    private static Instant Now(WriteSession session) => Instant.FromUnixTimeTicks(session.Now * 10);
}
