using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Persistence.Audit;
using Ajanvaraus.Fhir.Persistence.Booking;
using Ajanvaraus.Fhir.Persistence.Idempotency;
using Ajanvaraus.Fhir.Persistence.Jobs;
using Ajanvaraus.Fhir.Persistence.Messages;
using Ajanvaraus.Fhir.Persistence.Search;
using Ajanvaraus.Fhir.Persistence.Sql;
using Ajanvaraus.Fhir.Persistence.Writing;

namespace Ajanvaraus.Fhir.Persistence;

/// <summary>A resource ready to be stored: its content, with id, and what the search parameters find in it.</summary>
/// <param name="Rules">By what rules they find it (<see cref="SearchIndexer.Rules"/>); 0 when that is not known.</param>
public sealed record PreparedResource(ElementNode Node, IndexEntries Index, int Rules = 0)
{
    /// <summary>The stored version that this is; 0 for one in the making.</summary>
    public int Version { get; init; }
}

/// <summary>One transaction. Reads see its own writes.</summary>
public sealed class WriteSession
{
    private readonly SqlChannel _channel;
    private readonly StoreSql _sql;

    /// <summary>Rows that this transaction has locked, by type and id; null: known not to exist.</summary>
    private readonly Dictionary<(string Type, string Id), CurrentRow?> _locked = [];

    private readonly ChangedSlots _slots;
    private readonly ContainedRows _contained;

    internal WriteSession(SqlChannel channel, StoreSql sql, long now)
    {
        _channel = channel;
        _sql = sql;
        Now = now;
        Booking = new BookingSession(channel, sql.Booking, now);
        Idempotency = new IdempotencySession(channel, sql.Idempotency, now);
        Audit = new AuditSession(channel, sql.Audit, now);
        PageKeys = new PageKeys(channel);
        Jobs = new JobTable(channel);
        Outbox = new Outbox(channel);
        TimeZones = new TimeZoneTable(channel);
        IndexedParameters = new IndexedParameters(channel);
        _slots = new ChangedSlots(channel, sql.Booking);
        _contained = new ContainedRows(channel, sql);
    }

    /// <summary>The moment of the transaction and <c>meta.lastUpdated</c> of all that it writes.</summary>
    /// <remarks>Microseconds since 1970 UTC, in whole milliseconds: what is served is what is stored.</remarks>
    public long Now { get; }

    internal SqlChannel Channel => _channel;

    /// <summary>A Schedule or a template, which tells what times a Schedule has, was written.</summary>
    internal bool ChangesCalendars { get; private set; }

    /// <summary>What scheduling asks and writes in this transaction.</summary>
    public BookingSession Booking { get; }

    /// <summary>Requests that are not to be done twice.</summary>
    public IdempotencySession Idempotency { get; }

    /// <summary>The log of who did what.</summary>
    public AuditSession Audit { get; }

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

    /// <summary>The current version, which may be a deletion; null when there never was one.</summary>
    public ValueTask<StoredResource?> ReadAsync(string type, string id) =>
        _channel.FirstAsync(_sql.Resources.Read, r => StoredResourceReader.Read(r, type, id), type, id);

    /// <summary>The current versions of those that exist and are not deleted, in no order.</summary>
    public async ValueTask<ImmutableArray<StoredResource>> ReadManyAsync(string type, IReadOnlyCollection<string> ids) =>
        [.. await _channel.QueryAsync(_sql.Resources.ReadMany, StoredResourceReader.Read, type, _channel.Dialect.List(ids))];

    /// <summary>As <see cref="ReadManyAsync"/>, of several types.</summary>
    public async ValueTask<ImmutableArray<StoredResource>> ReadAllAsync(IEnumerable<(string Type, string Id)> resources)
    {
        var ofTypes = resources.Distinct().GroupBy(r => r.Type, r => r.Id).Select(type => new SqlQuery<StoredResource>(
            _sql.Resources.ReadMany, StoredResourceReader.Read, type.Key, _channel.Dialect.List([.. type]))).ToArray();
        await _channel.QueryAllAsync(ofTypes);
        return [.. ofTypes.SelectMany(type => type.Rows)];
    }

    /// <summary>Versions of several resources: of each at least those of the numbers given that it has.</summary>
    public ValueTask<List<StoredResource>> ReadVersionsAsync(
        IReadOnlyCollection<long> resourceKeys, IReadOnlyCollection<long> versions) =>
        _channel.QueryAsync(
            _sql.Resources.ReadVersions, StoredResourceReader.Read, _channel.Dialect.List(resourceKeys),
            _channel.Dialect.List(versions));

    /// <summary>As <see cref="ReadAsync"/>; nobody else changes the resource until this transaction ends.</summary>
    /// <remarks>A resource that does not exist cannot be locked: of two who make it one is run again.</remarks>
    public async ValueTask<StoredResource?> LockAsync(string type, string id)
    {
        if (_locked.TryGetValue((type, id), out var known))
            return known is null ? null : await ReadAsync(type, id);
        var sql = _sql.Resources.CurrentWithBody;
        // One writer has everything locked.
        var (row, stored) = _sql.Dialect.LocksRows
            ? await _channel.FirstUnderLockAsync(_sql.Resources.Current, sql, Found, type, id)
            : await _channel.FirstAsync(sql, Found, type, id);
        _locked.Add((type, id), row);
        return stored;

        (CurrentRow?, StoredResource?) Found(SqlRow r) => (CurrentRow.Read(r, 7), StoredResourceReader.Read(r, type, id));
    }

    /// <summary>Takes an id that was made just now: there is nothing of that name to read or to lock.</summary>
    public void TakeNew(string type, string id) => _locked.TryAdd((type, id), null);

    /// <summary>Writes the next version, also over a deletion. The first version of an id makes it.</summary>
    /// <remarks>Stamps <c>meta.versionId</c> and <c>meta.lastUpdated</c>; the rest of meta stays.</remarks>
    /// <param name="resource">The content.</param>
    /// <param name="method">How it came.</param>
    /// <param name="before">The current version: then only index rows that differ are written, when its rows were made
    /// by the same rules. Another version is not looked at.</param>
    public async ValueTask<StoredResource> PutAsync(
        PreparedResource resource, WriteMethod method, PreparedResource? before = null)
    {
        var type = resource.Node.Type.Name;
        var id = resource.Node.Id ?? throw new ArgumentException("A resource to store has an id", nameof(resource));
        ChangesCalendars |= type is "Schedule" or "Basic";
        var current = await CurrentAsync(type, id);
        var (newKey, versionKey) = await NextKeysAsync(current);
        var key = current?.Key ?? newKey;
        var version = (current?.Version ?? 0) + 1;

        var body = FhirJson.ToBytes(VersionStamp.On(resource.Node, version, Now));
        var rows = DerivedRows.Of(resource, key);
        var old = before is { Rules: not 0 } && current is { IsDeleted: false } && current.Version == before.Version
            && current.Rules == before.Rules && before.Rules == resource.Rules
                ? DerivedRows.Of(before, key)
                : null;
        if (type == "Slot")
            await _slots.AddAsync(key, versionKey, rows, current is null ? new DerivedRows() : old);
        var mask = rows.Mask | (resource.Rules << IndexTable.RulesShift);

        if (current is null)
            await _channel.WriteAsync(_sql.Resources.Insert, key, type, id, versionKey, Now, mask);
        else if (current.IsDeleted)
            await _channel.WriteAsync(_sql.Resources.UpdateDeleted, version, versionKey, Now, mask, key, 0);
        else
            await _channel.WriteAsync(_sql.Resources.Update, version, versionKey, Now, mask, key);
        await _channel.WriteAsync(
            _sql.Resources.InsertVersion, versionKey, key, type, version, Now, (int)method, _channel.Sealed(body));
        if (old is not null)
            await rows.ChangeAsync(_channel, _sql.Rows, key, old);
        else
            await rows.ReplaceAsync(_channel, _sql.Rows, key, current?.IndexMask ?? 0);
        var stored = new ContainerRow(key, type, version, versionKey, Now);
        await _contained.ReplaceAsync(stored, resource, current is { HasContained: true });
        _locked[(type, id)] = new CurrentRow(key, version, false, mask, versionKey);
        return new StoredResource(key, type, id, version, Now, method, body);
    }

    /// <summary>Writes other content into the current version itself: it keeps its number and its moment.</summary>
    /// <remarks>For what says nothing of the content, such as tags; everything else makes a new version.</remarks>
    /// <param name="resource">The content.</param>
    /// <param name="current">The version, locked.</param>
    public async ValueTask<StoredResource> ReviseAsync(PreparedResource resource, StoredResource current)
    {
        var row = await CurrentAsync(current.Type, current.Id);
        if (row is not { IsDeleted: false } || row.Version != current.Version)
            throw new ArgumentException("Not the current version", nameof(current));
        var body = FhirJson.ToBytes(VersionStamp.On(resource.Node, current.Version, current.LastUpdated));
        var rows = DerivedRows.Of(resource, row.Key);
        var mask = rows.Mask | (resource.Rules << IndexTable.RulesShift);
        await _channel.WriteAsync(_sql.Resources.ReviseVersion, _channel.Sealed(body), row.VersionKey);
        await _channel.WriteAsync(_sql.Resources.UpdateMask, mask, row.Key);
        await rows.ReplaceAsync(_channel, _sql.Rows, row.Key, row.IndexMask);
        var stored = new ContainerRow(row.Key, current.Type, current.Version, row.VersionKey, current.LastUpdated);
        await _contained.ReplaceAsync(stored, resource, row.HasContained);
        _locked[(current.Type, current.Id)] = row with { IndexMask = mask };
        return current with { Body = body };
    }

    /// <summary>Writes other content into a version that is not the current one: nothing is found by it.</summary>
    /// <param name="content">As in <see cref="ReviseAsync"/>.</param>
    /// <param name="version">Of a resource that is locked.</param>
    public async ValueTask<StoredResource> ReviseOldAsync(ElementNode content, StoredResource version)
    {
        var body = FhirJson.ToBytes(VersionStamp.On(content, version.Version, version.LastUpdated));
        await _channel.WriteAsync(_sql.Resources.ReviseOldVersion, _channel.Sealed(body), version.Key, version.Version);
        return version with { Body = body };
    }

    /// <summary>Writes a deletion as the next version; null when there is nothing to delete.</summary>
    public async ValueTask<StoredResource?> DeleteAsync(string type, string id)
    {
        if (await CurrentAsync(type, id) is not { IsDeleted: false } current)
            return null;
        var (_, versionKey) = await NextKeysAsync(current);
        var version = current.Version + 1;
        var none = new DerivedRows();
        if (type == "Slot")
            await _slots.AddAsync(current.Key, versionKey, none, null);
        await _channel.WriteAsync(_sql.Resources.UpdateDeleted, version, versionKey, Now, 0, current.Key, 1);
        await _channel.WriteAsync(
            _sql.Resources.InsertVersion, versionKey, current.Key, type, version, Now, (int)WriteMethod.Delete,
            Array.Empty<byte>());
        await none.ReplaceAsync(_channel, _sql.Rows, current.Key, current.IndexMask);
        if (current.HasContained)
            await _contained.DeleteAsync(current.Key);
        _locked[(type, id)] = new CurrentRow(current.Key, version, true, 0, versionKey);
        return new StoredResource(current.Key, type, id, version, Now, WriteMethod.Delete, default);
    }

    /// <summary>Takes out all versions, index rows and claims; what stays is a deletion with the next number.</summary>
    /// <returns>The deletion; null when there is nothing to delete.</returns>
    public async ValueTask<StoredResource?> DisposeAsync(string type, string id)
    {
        if (await DeleteAsync(type, id) is not { } deletion)
            return null;
        if (type == "Appointment")
            await Booking.ReplaceClaimsAsync(id, []);
        await _channel.WriteAsync(_sql.Resources.DeleteVersionsBefore, deletion.Key, deletion.Version);
        return deletion;
    }

    /// <summary>What refers to it by any search parameter.</summary>
    public async ValueTask<ImmutableArray<(string Type, string Id)>> ReferringAsync(string type, string id) =>
        [.. await _channel.QueryAsync(_sql.Resources.Referring, row => (row.GetString(0), row.GetString(1)), type, id)];

    /// <summary>What is left to say when the work is done; the transaction writes nothing after it.</summary>
    internal ValueTask EndAsync() => _slots.TellAsync();

    /// <summary>The first matches in the order of their making, for conditional interactions.</summary>
    /// <param name="visibility">What the caller may see; null: everything.</param>
    public async ValueTask<ImmutableArray<StoredResource>> FindAsync(
        string type, SearchExpression? expression, int limit, Visibility? visibility = null)
    {
        var statement = SearchSqlBuilder.Find(_sql.Dialect, type, expression, limit, visibility);
        return [.. await _channel.QueryAsync(statement.Text, StoredResourceReader.Read, statement.Arguments)];
    }

    /// <summary>Those of the ids whose resources are there, as this transaction has left them, and meet the condition.</summary>
    /// <param name="condition">One of the server's own: it goes through all that is stored.</param>
    public ValueTask<ImmutableHashSet<string>> MeetingAsync(
        string type, IReadOnlyCollection<string> ids, SearchExpression condition) =>
        SearchSqlBuilder.MeetingAsync(_channel, type, ids, condition);

    /// <summary>Waits until no other transaction holds the same condition, and holds it until this one ends.</summary>
    /// <remarks>So that two conditional creates with the same condition make one resource.</remarks>
    public async ValueTask LockConditionAsync(string condition)
    {
        if (_sql.Dialect.LockCondition is { } sql)
            await _channel.ExecuteAsync(sql, _sql.Dialect.Identities.Masked(condition));
    }

    private async ValueTask<CurrentRow?> CurrentAsync(string type, string id)
    {
        if (_locked.TryGetValue((type, id), out var known))
            return known;
        var row = await _channel.FirstAsync(
            _sql.Resources.Current, r => CurrentRow.Read(r, 0), type, id);
        _locked.Add((type, id), row);
        return row;
    }

    /// <summary>Keys of which that of the version is greater than the current one's: histories are in their order.</summary>
    /// <remarks>Keys drawn ahead may have waited for a lock while another transaction drew and used later ones.</remarks>
    private async ValueTask<(long Resource, long Version)> NextKeysAsync(CurrentRow? current)
    {
        var keys = await _channel.NextKeysAsync();
        while (keys.Version <= current?.VersionKey)
            keys = await _channel.NextKeysAsync();
        return keys;
    }

    private sealed record CurrentRow(long Key, int Version, bool IsDeleted, int IndexMask, long VersionKey)
    {
        public int Rules => (IndexMask >>> IndexTable.RulesShift) & IndexTable.RulesMask;

        public bool HasContained => (IndexMask & IndexTable.ContainsBit) != 0;

        public static CurrentRow Read(SqlRow row, int from) => new(
            row.GetInt64(from), row.GetInt32(from + 1), row.GetInt32(from + 2) != 0, row.GetInt32(from + 3),
            row.GetInt64(from + 4));
    }
}
