using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Persistence.Idempotency;

namespace Ajanvaraus.Fhir.Server.Writing;

/// <summary>Does a request with an Idempotency-Key once, and answers it in the same way as often as it is asked.</summary>
/// <remarks>
/// <para>The key is stored in the transaction that does what was asked: there is never one without the other. Beside
/// it stand references to the versions that were written, and from these the answer is made again; what else it
/// shows (the reads of a transaction, the Slots of <c>Slot/$hold</c>) is read anew.</para>
/// <para>Refusals are not kept. Nothing was done, so nothing can be done twice, and what stood in the way (a taken
/// time, too many holds, a busy database) may be gone when the same is asked again.</para>
/// <para>Source: the HTTP header Idempotency-Key, draft-ietf-httpapi-idempotency-key-header, which leaves the answer to
/// a reused key, the time that keys are kept and the refusals to the server.</para>
/// </remarks>
public sealed class RequestKeys(ResourceStore store, TimeSpan kept, TimeProvider clock)
{
    public static readonly TimeSpan DefaultKept = TimeSpan.FromHours(24);

    /// <summary>Between two looks for keys whose time is over.</summary>
    private static readonly TimeSpan Cleaning = TimeSpan.FromMinutes(10);

    /// <summary>A request of several transactions that has no answer after this time went down with its process.</summary>
    private static readonly TimeSpan LongestUnderWay = TimeSpan.FromMinutes(10);

    private const int AskAgainSeconds = 1;

    private long _nextCleaning = clock.GetUtcNow().UtcTicks;

    /// <summary>Runs the work and keeps the key with its results, or gives the results that are kept.</summary>
    internal async ValueTask<Outcome<ImmutableArray<WriteResult>>> OnceAsync(
        WriteSession session, RequestKey key, Func<ValueTask<Outcome<ImmutableArray<WriteResult>>>> work)
    {
        if (await session.Idempotency.LockAsync(key.KeyHash, session.Now - Micros(kept)) is { } known)
        {
            if (known.Versions is null || !IsSameRequest(known, key))
                return Reused();
            key.IsReplayed = true;
            return await KeptResults.ReadAsync(session, known.Versions);
        }
        var results = await work();
        if (!results.Failed)
            await session.Idempotency.KeepAsync(key.KeyHash, key.RequestHash, KeptResults.Text(results.Value));
        return results;
    }

    /// <summary>Begins a request of several transactions; what is kept already is the answer to it.</summary>
    /// <returns>The answer that is kept; one that is under way when the caller is to do the work.</returns>
    internal async Task<Outcome<KeptAnswer>> BeginAsync(RequestKey key, CancellationToken cancel)
    {
        var begun = await store.WriteAsync<KeptAnswer>(session => BeginAsync(session, key), cancel);
        key.IsReplayed = begun is { Failed: false, Value.IsUnderWay: false };
        return begun;
    }

    internal Task AnswerAsync(RequestKey key, int status, byte[] body, CancellationToken cancel) =>
        store.WriteAsync<bool>(async session =>
        {
            await session.Idempotency.AnswerAsync(key.KeyHash, status, body);
            return true;
        }, cancel);

    /// <summary>The request was refused or failed: whoever asks again may have it done.</summary>
    internal Task ForgetAsync(RequestKey key, CancellationToken cancel) =>
        store.WriteAsync<bool>(async session =>
        {
            await session.Idempotency.ForgetAsync(key.KeyHash);
            return true;
        }, cancel);

    /// <summary>Now and then forgets the keys whose time is over; whether it succeeds is nobody's worry.</summary>
    internal async Task CleanAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var next = Volatile.Read(ref _nextCleaning);
        if (now.UtcTicks < next
            || Interlocked.CompareExchange(ref _nextCleaning, (now + Cleaning).UtcTicks, next) != next)
            return;
        await store.WriteAsync<bool>(async session =>
        {
            await session.Idempotency.ForgetBeforeAsync(session.Now - Micros(kept));
            return true;
        }, cancel);
    }

    private async ValueTask<Outcome<KeptAnswer>> BeginAsync(WriteSession session, RequestKey key)
    {
        var known = await session.Idempotency.LockAsync(key.KeyHash, session.Now - Micros(kept));
        if (known is not null && (known.Versions is not null || !IsSameRequest(known, key)))
            return Reused();
        if (known is { IsUnderWay: false })
            return known;
        if (known is not null && known.Created > session.Now - Micros(LongestUnderWay))
            return UnderWay();
        if (known is not null)
            await session.Idempotency.ForgetAsync(key.KeyHash);
        await session.Idempotency.BeginAsync(key.KeyHash, key.RequestHash);
        return new KeptAnswer(key.RequestHash, session.Now, null, 0, default);
    }

    private static bool IsSameRequest(KeptAnswer known, RequestKey key) =>
        known.RequestHash.Span.SequenceEqual(key.RequestHash);

    private static long Micros(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;

    private static Problem Reused() => new(ProblemKind.Unprocessable,
        [PreconditionMessages.KeyReused.At(null) with { Details = [RuleCodes.Own("key-reuse")] }]);

    private static Problem UnderWay() => new(ProblemKind.Conflict,
        [PreconditionMessages.KeyUnderWay.At(null) with { Details = [RuleCodes.Own("key-under-way")] }])
    {
        RetryAfterSeconds = AskAgainSeconds,
    };
}
