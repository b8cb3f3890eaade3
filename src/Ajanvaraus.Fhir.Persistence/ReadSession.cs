using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Persistence.Jobs;
using Ajanvaraus.Fhir.Persistence.Messages;
using Ajanvaraus.Fhir.Persistence.Search;
using Ajanvaraus.Fhir.Persistence.Sql;

namespace Ajanvaraus.Fhir.Persistence;

/// <summary>A connection for reading, on which all statements see the same moment.</summary>
public sealed class ReadSession
{
    private readonly ResourceSql _sql;

    internal ReadSession(SqlChannel channel, StoreSql sql, Booking.SlotCache slots)
    {
        Channel = channel;
        _sql = sql.Resources;
        Booking = new Booking.BookingQueries(channel, sql.Booking, slots);
        WholeTypes = new WholeTypeQueries(channel);
        Audit = new Audit.AuditReads(channel);
        PageKeys = new PageKeys(channel);
        Jobs = new JobTable(channel);
        Outbox = new Outbox(channel);
        TimeZones = new TimeZoneTable(channel);
        IndexedParameters = new IndexedParameters(channel);
    }

    /// <summary>What scheduling asks.</summary>
    public Booking.BookingQueries Booking { get; }

    /// <summary>What those ask who keep all resources of some types in memory.</summary>
    public WholeTypeQueries WholeTypes { get; }

    /// <summary>The log of who did what.</summary>
    public Audit.AuditReads Audit { get; }

    /// <summary>What links between pages are sealed with.</summary>
    public PageKeys PageKeys { get; }

    /// <summary>Work that goes on after its request was answered.</summary>
    public JobTable Jobs { get; }

    /// <summary>The rules of time zones that hold here.</summary>
    public TimeZoneTable TimeZones { get; }

    /// <summary>Messages that wait to be sent.</summary>
    public Outbox Outbox { get; }

    /// <summary>The stored SearchParameters that writes index by.</summary>
    public IndexedParameters IndexedParameters { get; }

    internal SqlChannel Channel { get; }

    /// <summary>The current version, which may be a deletion; null when there never was one.</summary>
    public ValueTask<StoredResource?> ReadAsync(string type, string id) =>
        Channel.FirstAsync(_sql.Read, r => StoredResourceReader.Read(r, type, id), type, id);

    /// <summary>The current versions of those that exist and are not deleted, in no order.</summary>
    public async ValueTask<ImmutableArray<StoredResource>> ReadManyAsync(string type, IReadOnlyCollection<string> ids) =>
        [.. await Channel.QueryAsync(_sql.ReadMany, StoredResourceReader.Read, type, Channel.Dialect.List(ids))];

    /// <inheritdoc cref="WriteSession.ReferringAsync"/>
    public async ValueTask<ImmutableArray<(string Type, string Id)>> ReferringAsync(string type, string id) =>
        [.. await Channel.QueryAsync(_sql.Referring, row => (row.GetString(0), row.GetString(1)), type, id)];

    /// <summary>Those of the ids whose resources are there and meet the condition now.</summary>
    /// <param name="condition">One of the server's own: it goes through all that is stored.</param>
    public ValueTask<ImmutableHashSet<string>> MeetingAsync(
        string type, IReadOnlyCollection<string> ids, SearchExpression condition) =>
        SearchSqlBuilder.MeetingAsync(Channel, type, ids, condition);

    /// <summary>The first matches in the order of their making; for a search with pages see the store's.</summary>
    public async ValueTask<ImmutableArray<StoredResource>> FindAsync(string type, SearchExpression? expression, int limit)
    {
        var statement = SearchSqlBuilder.Find(Channel.Dialect, type, expression, limit);
        return [.. await Channel.QueryAsync(statement.Text, StoredResourceReader.Read, statement.Arguments)];
    }
}

/// <summary>Columns to a <see cref="StoredResource"/>: key, type, id, version, last updated, method, body.</summary>
internal static class StoredResourceReader
{
    public const string Columns = "r.resource_key, r.type, r.id, v.version, v.last_updated, v.method, v.body";

    public static StoredResource Read(SqlRow row) => Read(row, row.GetString(1), row.GetString(2));

    public static StoredResource Read(SqlRow row, string type, string id) => new(
        row.GetInt64(0), type, id, row.GetInt32(3), row.GetInt64(4), (WriteMethod)row.GetInt32(5),
        row.GetOpened(6));
}
