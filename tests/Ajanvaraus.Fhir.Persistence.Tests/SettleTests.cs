using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Persistence.Tests;

public sealed class SettleTests
{
    private static readonly TimeSpan AWhile = TimeSpan.FromSeconds(2);

    [DatabaseTheory, EachDatabase]
    public async Task What_was_being_written_is_there_once_the_store_has_settled(DatabaseEngine engine)
    {
        await using var test = await TestStore.OpenAsync(engine);
        var (isWriting, mayEnd) = (new TaskCompletionSource(), new TaskCompletionSource());
        var write = test.Store.WriteAsync<int>(
            async session =>
            {
                await session.PutAsync(
                    TestStore.Prepared("""{"resourceType":"Basic","id":"late","code":{"text":"x"}}"""), WriteMethod.Put);
                isWriting.SetResult();
                await mayEnd.Task;
                return 0;
            },
            default);
        await isWriting.Task;

        var settled = test.Store.SettleAsync(default).AsTask();
        var waits = FluentActions.Awaiting(() => settled.WaitAsync(AWhile));
        await waits.Should().ThrowAsync<TimeoutException>("somebody still writes");
        mayEnd.SetResult();
        await settled;
        var read = await test.Store.ReadAsync("Basic", "late", default);

        read.Should().NotBeNull();
        (await write).Failed.Should().BeFalse();
    }

    [DatabaseTheory, EachDatabase]
    public async Task What_begins_later_is_not_waited_for(DatabaseEngine engine)
    {
        await using var test = await TestStore.OpenAsync(engine);
        await test.Store.SettleAsync(default);

        var settled = test.Store.SettleAsync(default).AsTask();

        await settled.WaitAsync(AWhile + AWhile);
    }
}
