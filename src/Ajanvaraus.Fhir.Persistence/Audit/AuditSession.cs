using Ajanvaraus.Fhir.Persistence.Sql;

namespace Ajanvaraus.Fhir.Persistence.Audit;

/// <summary>The log in one transaction: what is written is there with all else that the transaction wrote, or not at all.</summary>
/// <remarks>
/// There are as many chains as may be written at once: a transaction takes one that nobody has, as the last thing that it
/// does, and goes on from its end.
/// </remarks>
public sealed class AuditSession
{
    private readonly SqlChannel _channel;
    private readonly AuditSql _sql;
    private readonly long _now;

    internal AuditSession(SqlChannel channel, AuditSql sql, long now) => (_channel, _sql, _now) = (channel, sql, now);

    /// <summary>Adds entries to one chain.</summary>
    public async ValueTask AppendAsync(AuditSeal seal, IReadOnlyList<AuditRecord> records)
    {
        var (chain, seq, hash) = await TakeAsync();
        foreach (var record in records)
        {
            var place = new AuditPlace(chain, ++seq);
            hash = seal.Hash(place, _now, hash, record);
            await _channel.WriteAsync(_sql.InsertEntry, chain, seq, _now, hash, _channel.SealedUnseen(record.Body));
            for (var line = 0; line < record.Lines.Length; line++)
                await _channel.WriteAsync(
                    _sql.InsertLine, chain, seq, line, _now, record.Lines[line].Client, record.Lines[line].Entity, record.Agent);
        }
        await _channel.WriteAsync(_sql.MoveEnd, seq, hash, seal.Mac(new AuditPlace(chain, seq), hash), chain);
    }

    /// <summary>The secret of the log, and its chains: made when there are none.</summary>
    public async ValueTask<AuditSeal> PrepareAsync()
    {
        var secret = await _channel.FirstAsync(_sql.Secret, row => row.GetOpened(0));
        if (secret is null)
        {
            secret = AuditSeal.NewSecret();
            await _channel.WriteAsync(_sql.InsertSecret, _channel.SealedUnseen(secret));
        }
        var seal = new AuditSeal(secret);
        // One that is gone is not made anew: that would hide it.
        var there = await _channel.QueryAsync(_sql.Ends, row => row.GetInt32(0));
        foreach (var chain in Enumerable.Range(1, _sql.Chains).Where(chain => chain > there.DefaultIfEmpty().Max()))
            await _channel.WriteAsync(
                _sql.InsertChain, chain, Array.Empty<byte>(), seal.Mac(new AuditPlace(chain, 0), []));
        return seal;
    }

    private async ValueTask<(int Chain, long Seq, byte[] Hash)> TakeAsync()
    {
        static (int, long, byte[])? End(SqlRow row) => (row.GetInt32(0), row.GetInt64(1), row.GetBytes(2));
        // When all are taken, one is waited for.
        var end = await _channel.FirstAsync(_channel.Dialect.FreeAuditChain, End)
            ?? await _channel.FirstAsync(_sql.AwaitChain, End, Environment.CurrentManagedThreadId % _sql.Chains + 1);
        return end ?? throw new InvalidOperationException("The log has not been prepared");
    }
}
