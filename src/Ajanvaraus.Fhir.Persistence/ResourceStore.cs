using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Persistence.Booking;
using Ajanvaraus.Fhir.Persistence.Engine;
using Ajanvaraus.Fhir.Persistence.Identities;
using Ajanvaraus.Fhir.Persistence.Search;
using Ajanvaraus.Fhir.Persistence.Sql;
using Ajanvaraus.Fhir.Persistence.Upkeep;
using Ajanvaraus.Fhir.Persistence.Writing;

namespace Ajanvaraus.Fhir.Persistence;

/// <summary>All resources of one server: reads pass stored bytes through, writes are one transaction each.</summary>
/// <remarks>Made by the database's own room: <c>SqliteStore</c>, <c>PostgreSqlStore</c>, <c>SqlServerStore</c>.</remarks>
public sealed class ResourceStore : IAsyncDisposable
{
    private readonly StorageEngine _engine;
    private readonly StoreSql _sql;
    private readonly TimeProvider _time;
    private readonly SlotCache _slots = new();
    private long _lastMoment;
    private long _calendarChanges;

    public ResourceStore(StorageEngine engine, TimeProvider time)
    {
        _engine = engine;
        _time = time;
        _sql = new StoreSql(engine.Dialect);
        Booking = new BookingReads(engine, _sql);
        Upkeep = new StoreUpkeep(engine, _sql, time);
    }

    internal SqlDialect Dialect => _engine.Dialect;

    /// <summary>By what personal identity codes are hidden; set once, before anything is read or written.</summary>
    public IdentityKeys Identities
    {
        get => _engine.Dialect.Identities;
        set => _engine.Dialect.Identities = value;
    }

    /// <summary>What scheduling reads outside a transaction.</summary>
    public BookingReads Booking { get; }

    /// <summary>What an operator does with the whole database.</summary>
    public StoreUpkeep Upkeep { get; }

    /// <inheritdoc cref="StorageEngine.UnderWay"/>
    public int UnderWay => _engine.UnderWay;

    /// <inheritdoc cref="StorageEngine.Statements"/>
    public long Statements => _engine.Statements;

    /// <summary>Product, version and the settings that matter, for start-up and health.</summary>
    public string EngineDescription => _engine.Description;

    /// <summary>The current version, which may be a deletion; null when there never was one.</summary>
    public ValueTask<StoredResource?> ReadAsync(string type, string id, CancellationToken cancellation) =>
        _engine.ReadAsync(
            c => c.FirstAsync(_sql.Resources.Read, r => StoredResourceReader.Read(r, type, id), type, id),
            oneMoment: false, cancellation);

    /// <summary>The current version, if the caller may see it: of a type that is not seen as a whole no deletion is told.</summary>
    public async ValueTask<StoredResource?> ReadAsync(
        string type, string id, Visibility? visibility, CancellationToken cancellation)
    {
        if (visibility?.Of(type) is null)
            return await ReadAsync(type, id, cancellation);
        return await _engine.ReadAsync(
            async channel =>
            {
                var sql = SearchSqlBuilder.Find(channel.Dialect, type, new IdExpression([id]), 1, visibility);
                return await channel.FirstAsync(sql.Text, r => StoredResourceReader.Read(r), sql.Arguments);
            },
            oneMoment: false, cancellation);
    }

    /// <summary>One version, which may be a deletion; null when there is none of that number.</summary>
    public ValueTask<StoredResource?> ReadVersionAsync(
        string type, string id, int version, CancellationToken cancellation) =>
        _engine.ReadAsync(
            c => c.FirstAsync(
                _sql.Resources.ReadVersion, r => StoredResourceReader.Read(r, type, id), type, id, version),
            oneMoment: false, cancellation);

    /// <summary>A page of matches and what they bring with them.</summary>
    /// <param name="query">Its matches in the order of its sort keys, then of their making.</param>
    /// <param name="cursor">Of the page before; null for the first.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="InvalidCursorException">The cursor is not one that this query gave.</exception>
    public ValueTask<SearchPage> SearchAsync(SearchQuery query, string? cursor, CancellationToken cancellation) =>
        _engine.ReadAsync(c => SearchReader.ReadAsync(c, query, cursor), IsOneMoment(query), cancellation);

    /// <summary>A page of versions, newest first.</summary>
    /// <exception cref="InvalidCursorException">The cursor is not one of a history.</exception>
    public ValueTask<HistoryPage> HistoryAsync(HistoryQuery query, CancellationToken cancellation) =>
        _engine.ReadAsync(c => HistoryReader.ReadAsync(c, query), oneMoment: false, cancellation);

    /// <summary>Runs work in one transaction; a problem that it returns undoes all of it.</summary>
    /// <remarks>
    /// The work may run more than once (after a deadlock), so it has no effect but through the session. Problems of the
    /// storage itself: Busy, StorageFull, Conflict when two claims of one seat overlap, and Unprocessable when a personal
    /// identity code came and there are no keys to hide it by.
    /// </remarks>
    public async Task<Outcome<T>> WriteAsync<T>(
        Func<WriteSession, ValueTask<Outcome<T>>> work, CancellationToken cancellation)
    {
        var changesCalendars = false;
        var written = await _engine.WriteAsync(
            async channel =>
            {
                channel.LacksIdentityKeys = false;
                var session = new WriteSession(channel, _sql, Moment());
                var outcome = await work(session);
                if (outcome.Failed)
                    return outcome;
                await session.EndAsync();
                if (channel.LacksIdentityKeys)
                    return StorageProblems.NoIdentityKeys;
                changesCalendars = session.ChangesCalendars;
                return outcome;
            },
            cancellation);
        if (changesCalendars)
            Interlocked.Increment(ref _calendarChanges);
        return written;
    }

    /// <summary>Grows with every transaction of this process that wrote a Schedule or a template, once it is committed.</summary>
    public long CalendarChanges => Volatile.Read(ref _calendarChanges);

    /// <summary>Waits until all that is written with a moment up to now is there for reads that begin afterwards.</summary>
    /// <remarks>The clocks of the processes may differ by a second.</remarks>
    public ValueTask SettleAsync(CancellationToken cancellation) => _engine.SettleAsync(cancellation);

    /// <summary>Runs reads that all see the same moment.</summary>
    public ValueTask<T> QueryAsync<T>(Func<ReadSession, ValueTask<T>> query, CancellationToken cancellation) =>
        _engine.ReadAsync(channel => query(new ReadSession(channel, _sql, _slots)), oneMoment: true, cancellation);

    /// <summary>Whether readiness asks, too, that the clock of this process goes with that of the database, by which the others go.</summary>
    public bool IsClockChecked { get; set; }

    /// <summary>Readiness: reachable, migrated, and set so that what is acknowledged stays.</summary>
    /// <exception cref="StorageNotReadyException">With the reason.</exception>
    public async ValueTask CheckAsync(CancellationToken cancellation)
    {
        await _engine.CheckAsync(cancellation);
        if (IsClockChecked && _engine.Dialect.Clock is { } clock)
            await CheckClockAsync(clock, cancellation);
    }

    /// <summary>Holds end, and moments of versions are told, by the clock of whichever process does it: they may not be apart.</summary>
    private async ValueTask CheckClockAsync(string clock, CancellationToken cancellation)
    {
        var before = FhirTime.Of(_time.GetUtcNow());
        var database = await _engine.ReadAsync(channel => channel.FirstAsync(clock, row => row.GetInt64(0)), oneMoment: false, cancellation);
        var after = FhirTime.Of(_time.GetUtcNow());
        // The database answered at some moment between: only what is surely apart counts.
        var apart = Math.Max(before - database, database - after);
        if (apart > StorageEngine.MostClockDifference.TotalMicroseconds)
            throw new StorageNotReadyException(string.Create(
                System.Globalization.CultureInfo.InvariantCulture, $"The clock of this machine is {apart / 1e6:F1} s apart from that of the database: set them by NTP."))
            {
                Reason = "clock",
            };
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private static bool IsOneMoment(SearchQuery query) =>
        query.Total != TotalMode.None || !query.Includes.IsEmpty || !query.RevIncludes.IsEmpty;

    /// <summary>Whole milliseconds, and never before an earlier transaction of this process.</summary>
    private long Moment()
    {
        var now = FhirTime.Of(_time.GetUtcNow()) / 1000 * 1000;
        long last;
        do
        {
            last = Volatile.Read(ref _lastMoment);
            if (last >= now)
                return last;
        }
        while (Interlocked.CompareExchange(ref _lastMoment, now, last) != last);
        return now;
    }
}
