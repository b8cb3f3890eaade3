using Ajanvaraus.Fhir.Persistence.Messages;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Persistence.Tests;

/// <summary>Messages that wait: taken by one at a time, found again when their holder is gone.</summary>
public sealed class OutboxTests
{
    [DatabaseTheory, EachDatabase]
    public async Task What_is_due_is_taken_by_one_and_found_again_when_its_time_is_over(DatabaseEngine engine)
    {
        await using var test = await TestStore.OpenAsync(engine);
        await AddAsync(test, ("late", 10), ("later", 20), ("to-come", 1000));

        var first = await TakeAsync(test, now: 100, until: 160, "one");
        var meanwhile = await TakeAsync(test, now: 150, until: 210, "two");
        var hasFirst = await HasAsync(test, first[0], "one");
        var afterwards = await TakeAsync(test, now: 160, until: 220, "two");
        var hasStill = await HasAsync(test, first[0], "one");
        await WriteAsync(test, outbox => outbox.GiveBackAsync(first[0], "one", 0));
        var stolen = await TakeAsync(test, now: 200, until: 260, "three");
        await WriteAsync(test, outbox => outbox.GiveBackAsync(afterwards[0], "two", 500));
        var given = await TakeAsync(test, now: 500, until: 560, "three");

        first.Select(m => (m.Id, m.Tries)).Should().Equal(("late", 1), ("later", 1));
        meanwhile.Should().BeEmpty();
        hasFirst.Should().BeTrue();
        afterwards.Select(m => (m.Id, m.Tries)).Should().BeEquivalentTo([("late", 2), ("later", 2)]);
        hasStill.Should().BeFalse("another has it");
        stolen.Should().BeEmpty("who has lost a message gives nothing back");
        given.Select(m => m.Tries).Should().Equal([3, 3], "what was given back, and what nobody gave back in time");
    }

    [DatabaseTheory, EachDatabase]
    public async Task What_has_ended_or_was_withdrawn_waits_no_more_and_the_rest_is_counted(DatabaseEngine engine)
    {
        await using var test = await TestStore.OpenAsync(engine);
        await AddAsync(test, ("a", 10), ("b", 20), ("c", 1000), ("d", 2000));
        var taken = await TakeAsync(test, now: 15, until: 75, "one");

        await WriteAsync(test, outbox => outbox.EndAsync(taken[0]));
        await WriteAsync(test, outbox => outbox.WithdrawAsync("Appointment/c"));
        var waiting = await test.Store.QueryAsync(s => s.Outbox.WaitingAsync(1500), default);
        var due = await test.Store.QueryAsync(s => s.Outbox.HasDueAsync(19), default);
        var dueLater = await test.Store.QueryAsync(s => s.Outbox.HasDueAsync(20), default);

        waiting.Should().Be((2L, 1L, (long?)20L));
        (due, dueLater).Should().Be((false, true));
    }

    [DatabaseTheory, EachDatabase]
    public async Task What_is_moved_on_is_due_so_much_later(DatabaseEngine engine)
    {
        await using var test = await TestStore.OpenAsync(engine);
        await AddAsync(test, ("moved", 10), ("not", 10));

        await WriteAsync(test, outbox => outbox.ShiftAsync("Appointment/moved", 3600));

        (await TakeAsync(test, now: 100, until: 160, "one")).Select(m => m.Id).Should().Equal("not");
        (await TakeAsync(test, now: 3610, until: 3700, "one")).Select(m => (m.Id, m.Due)).Should().BeEquivalentTo([("moved", 3610L), ("not", 10L)]);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Of_many_who_take_at_once_each_message_goes_to_one(DatabaseEngine engine)
    {
        await using var test = await TestStore.OpenAsync(engine);
        await AddAsync(test, [.. Enumerable.Range(0, 200).Select(n => ($"m{n:000}", (long)n))]);

        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(async holder =>
        {
            var mine = new List<OutboxMessage>();
            for (var round = 0; round < 40; round++)
                mine.AddRange(await TakeAsync(test, now: 1000, until: 2000 + round, $"h{holder}"));
            return mine;
        }));

        taken.SelectMany(m => m).Select(m => m.Id).Should().OnlyHaveUniqueItems().And.HaveCount(200);
    }

    private static Task AddAsync(TestStore test, params (string Id, long Due)[] messages) => WriteAsync(test, async outbox =>
    {
        foreach (var (id, due) in messages)
            await outbox.AddAsync(new OutboxMessage(id, "reminder", $"Appointment/{id}", "Patient/1", due, due, 0));
    });

    private static async Task<List<OutboxMessage>> TakeAsync(TestStore test, long now, long until, string holder)
    {
        var taken = await test.Store.WriteAsync<List<OutboxMessage>>(
            async s => await s.Outbox.TakeAsync(now, until, holder, 10), default);
        return [.. taken.Value!.OrderBy(m => m.Due)];
    }

    private static async Task<bool> HasAsync(TestStore test, OutboxMessage message, string holder) =>
        await test.Store.QueryAsync(s => s.Outbox.HasAsync(message, holder), default);

    private static async Task WriteAsync(TestStore test, Func<Outbox, ValueTask> change) => (await test.Store.WriteAsync<bool>(async s =>
    {
        await change(s.Outbox);
        return true;
    }, default)).Problem.Should().BeNull();
}
