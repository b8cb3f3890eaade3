using System.Security.Cryptography;

using Ajanvaraus.Fhir.Persistence.Engine;
using Ajanvaraus.Fhir.Persistence.Sql;

namespace Ajanvaraus.Fhir.Persistence.Audit;

/// <summary>The last entry of a chain, to be kept in another place than the database.</summary>
public sealed record AuditEnd(AuditPlace Place, ReadOnlyMemory<byte> Hash);

/// <summary>What a walk over the whole log found.</summary>
/// <param name="Entries">How many there are.</param>
/// <param name="Ends">Of the chains that have any.</param>
public sealed record AuditVerdict(long Entries, ImmutableArray<AuditEnd> Ends);

/// <summary>Looks whether every entry is there, as it was written and in its place.</summary>
internal sealed class AuditVerification(SqlChannel channel, AuditSql sql, Action<string> finding, IProgress<long> progress)
{
    private const int AtATime = 2000;

    private const string OrphanLine = "SELECT MIN(l.chain) FROM audit_line l WHERE NOT EXISTS "
        + "(SELECT 1 FROM audit_entry e WHERE e.chain = l.chain AND e.seq = l.seq) HAVING COUNT(*) > 0";

    private long _entries;

    /// <param name="known">Ends that were kept: each must still be there.</param>
    public async ValueTask<AuditVerdict> RunAsync(ImmutableArray<AuditEnd> known)
    {
        var secret = await channel.FirstAsync(sql.Secret, row => row.GetOpened(0));
        var stored = await channel.QueryAsync(
            sql.Ends, r => (End: new AuditEnd(new AuditPlace(r.GetInt32(0), r.GetInt64(1)), r.GetBytes(2)), Mac: r.GetBytes(3)));
        if (secret is null)
        {
            if (stored.Count > 0 || !known.IsEmpty || (await StrayAsync([])).Count > 0)
                finding("The secret of the log is missing.");
            return new AuditVerdict(0, []);
        }
        var seal = new AuditSeal(secret);
        foreach (var chain in Enumerable.Range(1, stored.Count == 0 ? 1 : stored.Max(s => s.End.Place.Chain)).Except(stored.Select(s => s.End.Place.Chain)))
            finding($"Chain {chain} is gone.");
        if (await channel.FirstAsync(OrphanLine, row => (int?)row.GetInt32(0)) is { } orphaned)
            finding($"Chain {orphaned} has lines without their entry.");
        foreach (var chain in await StrayAsync([.. stored.Select(s => s.End.Place.Chain)]))
            finding($"Chain {chain} has entries and no end.");
        foreach (var end in known.Where(k => stored.TrueForAll(s => s.End.Place.Chain != k.Place.Chain)))
            finding($"Chain {end.Place.Chain} is gone, and had {end.Place.Seq}.");
        foreach (var (end, mac) in stored)
        {
            if (!CryptographicOperations.FixedTimeEquals(mac, seal.Mac(end.Place, end.Hash.Span)))
                finding($"The end of chain {end.Place.Chain} was changed.");
            await WalkAsync(seal, end, [.. known.Where(k => k.Place.Chain == end.Place.Chain)]);
        }
        return new AuditVerdict(_entries, [.. stored.Select(s => s.End).Where(end => end.Place.Seq > 0)]);
    }

    private async ValueTask<List<int>> StrayAsync(HashSet<int> ended) =>
        (await channel.QueryAsync("SELECT DISTINCT chain FROM audit_entry", row => row.GetInt32(0)))
            .FindAll(chain => !ended.Contains(chain));

    private async ValueTask WalkAsync(AuditSeal seal, AuditEnd end, ImmutableArray<AuditEnd> known)
    {
        var (chain, expected, before) = (end.Place.Chain, 1L, Array.Empty<byte>());
        while (await EntriesAsync(chain, expected) is { Count: > 0 } entries)
        {
            var lines = (await LinesAsync(chain, entries[0].Seq, entries[^1].Seq)).ToLookup(line => line.Seq);
            foreach (var entry in entries)
            {
                if (entry.Seq != expected)
                    finding($"Chain {chain} lacks {expected}" + (entry.Seq - expected > 1 ? $" to {entry.Seq - 1}." : "."));
                var place = new AuditPlace(chain, entry.Seq);
                if (entry.Seq == expected && !IsAsWritten(seal, place, entry, before, [.. lines[entry.Seq]]))
                    finding($"Entry {chain}-{entry.Seq} is not as it was written.");
                foreach (var kept in known)
                    if (kept.Place == place && !kept.Hash.Span.SequenceEqual(entry.Hash))
                        finding($"Entry {chain}-{entry.Seq} is not the one that was kept.");
                (expected, before) = (entry.Seq + 1, entry.Hash);
                _entries++;
            }
            progress.Report(_entries);
        }
        var last = expected - 1;
        if (last != end.Place.Seq || !end.Hash.Span.SequenceEqual(before))
            finding($"Chain {chain} ends with {last}, not with {end.Place.Seq}.");
        foreach (var kept in known)
            if (kept.Place.Seq > last)
                finding($"Chain {chain} ends with {last}, and had {kept.Place.Seq}.");
    }

    private bool IsAsWritten(AuditSeal seal, AuditPlace place, Entry entry, byte[] before, List<Line> lines)
    {
        if (lines.Where((line, n) => line.Number != n || line.Agent != lines[0].Agent || line.Recorded != entry.Recorded).Any())
            return false;
        try
        {
            var record = new AuditRecord(
                lines.Count == 0 ? "" : lines[0].Agent, channel.Dialect.Identities.Open(entry.Body), [.. lines.Select(l => l.About)]);
            return seal.Hash(place, entry.Recorded, before, record).AsSpan().SequenceEqual(entry.Hash);
        }
        catch (StorageFailedException)
        {
            return false;
        }
    }

    private ValueTask<List<Entry>> EntriesAsync(int chain, long from)
    {
        var query = new SqlText(channel.Dialect).Append("SELECT seq, recorded_us, hash, body FROM audit_entry WHERE chain = ")
            .Argument(chain).Append(" AND seq >= ").Argument(from).Append(" ORDER BY seq ").Limit(AtATime);
        return channel.QueryAsync(
            query.Text, r => new Entry(r.GetInt64(0), r.GetInt64(1), r.GetBytes(2), r.GetBytes(3)), query.Arguments);
    }

    private ValueTask<List<Line>> LinesAsync(int chain, long from, long to)
    {
        var query = new SqlText(channel.Dialect)
            .Append("SELECT seq, line, recorded_us, agent, client, entity FROM audit_line WHERE chain = ").Argument(chain)
            .Append(" AND seq >= ").Argument(from).Append(" AND seq <= ").Argument(to).Append(" ORDER BY seq, line");
        return channel.QueryAsync(
            query.Text,
            r => new Line(
                r.GetInt64(0), r.GetInt32(1), r.GetInt64(2), r.GetString(3), new AuditLine(r.GetString(4), r.GetString(5))),
            query.Arguments);
    }

    private sealed record Entry(long Seq, long Recorded, byte[] Hash, byte[] Body);

    private sealed record Line(long Seq, int Number, long Recorded, string Agent, AuditLine About);
}
