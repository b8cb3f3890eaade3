using Ajanvaraus.Fhir.Persistence.Sql;

namespace Ajanvaraus.Fhir.Persistence.Idempotency;

/// <summary>The Idempotency-Keys in one transaction: a key and what it stands for are stored together or not at all.</summary>
/// <remarks>
/// Whoever looks for a key first waits until nobody else is at it. The primary key is the second lock: of two that
/// store the same key one is run again, and then finds it.
/// </remarks>
public sealed class IdempotencySession
{
    private readonly SqlChannel _channel;
    private readonly IdempotencySql _sql;
    private readonly long _now;

    internal IdempotencySession(SqlChannel channel, IdempotencySql sql, long now)
    {
        _channel = channel;
        _sql = sql;
        _now = now;
    }

    /// <summary>What is kept under the key; null when nothing is. Nobody else looks for it until this transaction ends.</summary>
    /// <param name="keyHash">SHA-256 of the caller and the key.</param>
    /// <param name="since">What was kept before is forgotten, in microseconds.</param>
    public async ValueTask<KeptAnswer?> LockAsync(byte[] keyHash, long since)
    {
        if (_channel.Dialect.LockCondition is { } sql)
            await _channel.ExecuteAsync(sql, "Idempotency-Key " + Convert.ToHexString(keyHash));
        var kept = await _channel.FirstAsync(_sql.Find, Kept, keyHash);
        if (kept is null || kept.Created >= since)
            return kept;
        await ForgetAsync(keyHash);
        return null;
    }

    /// <summary>Keeps what the request wrote in this transaction.</summary>
    public ValueTask KeepAsync(byte[] keyHash, byte[] requestHash, string versions) =>
        _channel.WriteAsync(_sql.Insert, keyHash, requestHash, _now, versions);

    /// <summary>Says that a request of several transactions is under way.</summary>
    public ValueTask BeginAsync(byte[] keyHash, byte[] requestHash) =>
        _channel.WriteAsync(_sql.Begin, keyHash, requestHash, _now);

    /// <summary>Keeps the whole answer of a request that was begun.</summary>
    public ValueTask AnswerAsync(byte[] keyHash, int status, byte[] body) =>
        _channel.WriteAsync(_sql.Answer, status, _channel.Sealed(body), keyHash);

    public ValueTask ForgetAsync(byte[] keyHash) => _channel.WriteAsync(_sql.Delete, keyHash);

    /// <summary>Forgets all that was kept before the moment, in microseconds.</summary>
    public ValueTask ForgetBeforeAsync(long moment) => _channel.WriteAsync(_sql.DeleteBefore, moment);

    private static KeptAnswer Kept(SqlRow row) => new(
        row.GetBytes(0), row.GetInt64(1), row.IsDBNull(2) ? null : row.GetString(2), row.GetInt32(3),
        row.IsDBNull(4) ? default : row.GetOpened(4));
}
