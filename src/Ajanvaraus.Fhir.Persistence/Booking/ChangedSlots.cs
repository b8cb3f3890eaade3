using Ajanvaraus.Fhir.Persistence.Sql;
using Ajanvaraus.Fhir.Persistence.Writing;
using Ajanvaraus.Fhir.Scheduling.Booking;

namespace Ajanvaraus.Fhir.Persistence.Booking;

/// <summary>The calendars whose Slots a transaction changes: each gets another version at its end.</summary>
/// <remarks>So that <see cref="SlotCache"/> knows what it may keep: docs/adr/0014-slots-in-memory.md.</remarks>
internal sealed class ChangedSlots(SqlChannel channel, BookingSql sql)
{
    /// <summary>Sorted, as everybody locks calendars in this order.</summary>
    private readonly SortedSet<string> _scheduleIds = new(StringComparer.Ordinal);

    private long _versionKey;

    /// <summary>Notes where a Slot comes and where it stood; called before its rows are written.</summary>
    /// <param name="resourceKey">Of the Slot.</param>
    /// <param name="versionKey">Of the version that is written.</param>
    /// <param name="rows">What it gets.</param>
    /// <param name="old">What it has; null: not known.</param>
    public async ValueTask AddAsync(long resourceKey, long versionKey, DerivedRows rows, DerivedRows? old)
    {
        _versionKey = versionKey;
        Add(rows);
        if (old is null)
            await AddStoredAsync([resourceKey]);
        else
            Add(old);
    }

    /// <summary>Notes where Slots stand in the tables.</summary>
    public async ValueTask AddStoredAsync(IReadOnlyCollection<long> resourceKeys) => _scheduleIds.UnionWith(
        await channel.QueryAsync(sql.SlotSchedules, r => r.GetString(0), channel.Dialect.List(resourceKeys)));

    /// <summary>Writes the versions, at the end of the transaction.</summary>
    public async ValueTask TellAsync()
    {
        if (_scheduleIds.Count == 0)
            return;
        // The key of a version is given once, so no calendar had it as its own before.
        if (_versionKey == 0)
            (_, _versionKey) = await channel.NextKeysAsync();
        foreach (var id in _scheduleIds)
            await channel.WriteAsync(sql.SetCalendarVersion, CalendarReference.OfSchedule(id), _versionKey);
    }

    /// <summary>Notes where the rows put a Slot.</summary>
    public void Add(DerivedRows rows)
    {
        foreach (var row in rows.Of(IndexTable.Slot))
            _scheduleIds.Add((string)row[IndexTable.SlotScheduleColumn]!);
    }
}
