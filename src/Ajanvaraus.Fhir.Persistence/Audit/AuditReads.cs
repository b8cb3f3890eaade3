using Ajanvaraus.Fhir.Persistence.Sql;

namespace Ajanvaraus.Fhir.Persistence.Audit;

/// <summary>Looks into the log.</summary>
public sealed class AuditReads
{
    private const string LineColumns = "l.chain, l.seq, l.line, l.recorded_us, e.body";

    private const string Lines = "FROM audit_line l JOIN audit_entry e ON e.chain = l.chain AND e.seq = l.seq";

    private readonly SqlChannel _channel;

    internal AuditReads(SqlChannel channel) => _channel = channel;

    /// <summary>Null when there is no such line.</summary>
    public ValueTask<FoundLine?> FindAsync(AuditPlace place, int line)
    {
        var sql = new SqlText(_channel.Dialect).Append($"SELECT {LineColumns} {Lines} WHERE l.chain = ").Argument(place.Chain)
            .Append(" AND l.seq = ").Argument(place.Seq).Append(" AND l.line = ").Argument(line);
        return _channel.FirstAsync(sql.Text, Read, sql.Arguments);
    }

    /// <summary>Lines in the order of their time.</summary>
    /// <param name="after">Goes on after this one; null: from the beginning.</param>
    /// <param name="most">Not more than so many.</param>
    public async ValueTask<IReadOnlyList<FoundLine>> FindAsync(AuditNarrowing narrowing, FoundLine? after, int most)
    {
        var sql = new SqlText(_channel.Dialect).Append($"SELECT {LineColumns} {Lines} WHERE ");
        Narrow(sql, narrowing);
        if (after is not null)
            GoOn(sql, after, narrowing.IsOldestFirst ? ">" : "<");
        sql.Append($" ORDER BY l.recorded_us {(narrowing.IsOldestFirst ? "" : "DESC")}, l.chain, l.seq, l.line ").Limit(most);
        return await _channel.QueryAsync(sql.Text, Read, sql.Arguments);
    }

    /// <summary>How many lines there are.</summary>
    public async ValueTask<long> CountAsync(AuditNarrowing narrowing)
    {
        var sql = new SqlText(_channel.Dialect).Append("SELECT COUNT(*) FROM audit_line l WHERE ");
        Narrow(sql, narrowing);
        return await _channel.FirstAsync(sql.Text, row => Convert.ToInt64(row.GetValue(0)), sql.Arguments);
    }

    private static void Narrow(SqlText sql, AuditNarrowing narrowing)
    {
        sql.Append("l.recorded_us >= ").Argument(narrowing.From).Append(" AND l.recorded_us < ").Argument(narrowing.To);
        if (!narrowing.People.IsEmpty)
            sql.Append(" AND (").In("l.client", narrowing.People).Append(" OR ")
                .In("l.agent", narrowing.People.Select(id => "Patient/" + id).ToList()).Append(")");
        foreach (var (column, values) in (ReadOnlySpan<(string, ImmutableArray<string>)>)
            [("l.client", narrowing.Clients), ("l.agent", narrowing.Agents), ("l.entity", narrowing.Entities)])
            if (!values.IsEmpty)
                sql.Append(" AND ").In(column, values);
    }

    private static void GoOn(SqlText sql, FoundLine after, string beyond) => sql
        .Append($" AND (l.recorded_us {beyond} ").Argument(after.Recorded)
        .Append(" OR (l.recorded_us = ").Argument(after.Recorded)
        .Append(" AND (l.chain > ").Argument(after.Place.Chain)
        .Append(" OR (l.chain = ").Argument(after.Place.Chain)
        .Append(" AND (l.seq > ").Argument(after.Place.Seq)
        .Append(" OR (l.seq = ").Argument(after.Place.Seq)
        .Append(" AND l.line > ").Argument(after.Line).Append("))))))");

    private static FoundLine Read(SqlRow row) => new(
        new AuditPlace(row.GetInt32(0), row.GetInt64(1)), row.GetInt32(2), row.GetInt64(3), row.GetOpened(4));
}
