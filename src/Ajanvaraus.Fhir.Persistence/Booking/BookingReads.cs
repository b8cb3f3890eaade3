using Ajanvaraus.Fhir.Persistence.Engine;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Scheduling.Time;

using NodaTime;

namespace Ajanvaraus.Fhir.Persistence.Booking;

/// <summary>What scheduling reads outside a transaction; each call by itself.</summary>
public sealed class BookingReads
{
    private readonly StorageEngine _engine;
    private readonly StoreSql _sql;

    internal BookingReads(StorageEngine engine, StoreSql sql)
    {
        _engine = engine;
        _sql = sql;
    }

    /// <inheritdoc cref="BookingQueries.SnapshotAsync(BookingRequest)"/>
    public ValueTask<BookingSnapshot> SnapshotAsync(BookingRequest request, CancellationToken cancellation) =>
        ReadAsync(q => q.SnapshotAsync(request), oneMoment: true, cancellation);

    /// <inheritdoc cref="BookingQueries.NextHoldExpiryAsync"/>
    public ValueTask<Instant?> NextHoldExpiryAsync(CancellationToken cancellation) =>
        ReadAsync(q => q.NextHoldExpiryAsync(), oneMoment: false, cancellation);

    /// <inheritdoc cref="BookingQueries.SchedulesByActorsAsync"/>
    public ValueTask<ImmutableArray<string>> SchedulesByActorsAsync(
        IReadOnlyCollection<string> actors, CancellationToken cancellation) =>
        ReadAsync(q => q.SchedulesByActorsAsync(actors), oneMoment: false, cancellation);

    /// <inheritdoc cref="BookingQueries.SchedulesByServicesAsync"/>
    public ValueTask<ImmutableArray<string>> SchedulesByServicesAsync(
        IReadOnlyCollection<string> healthcareServiceIds, CancellationToken cancellation) =>
        ReadAsync(q => q.SchedulesByServicesAsync(healthcareServiceIds), oneMoment: false, cancellation);

    /// <inheritdoc cref="BookingQueries.SchedulesByOrganizationsAsync"/>
    public ValueTask<ImmutableArray<string>> SchedulesByOrganizationsAsync(
        IReadOnlyCollection<string> organizationIds, CancellationToken cancellation) =>
        ReadAsync(q => q.SchedulesByOrganizationsAsync(organizationIds), oneMoment: false, cancellation);

    /// <inheritdoc cref="BookingQueries.FindDataAsync"/>
    public ValueTask<FindData> FindDataAsync(
        IReadOnlyCollection<string> scheduleIds, TimeRange window, CancellationToken cancellation) =>
        ReadAsync(q => q.FindDataAsync(scheduleIds, window), oneMoment: true, cancellation);

    private ValueTask<T> ReadAsync<T>(
        Func<BookingQueries, ValueTask<T>> query, bool oneMoment, CancellationToken cancellation) =>
        _engine.ReadAsync(channel => query(new BookingQueries(channel, _sql.Booking)), oneMoment, cancellation);
}
