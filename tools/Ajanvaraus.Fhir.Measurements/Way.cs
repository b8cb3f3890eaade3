using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Scheduling.Booking;

using NodaTime;

namespace Ajanvaraus.Fhir.Measurements;

/// <summary>One way to take a time that others want too.</summary>
/// <param name="Name">For the table.</param>
/// <param name="IsPostgreSql">Where it runs.</param>
/// <param name="Preparation">SQL that takes away what the way is to do without; or null.</param>
/// <param name="Look">What is read before deciding; null: nothing, the constraint alone decides.</param>
internal sealed record Way(
    string Name, bool IsPostgreSql, string? Preparation, Func<WriteSession, BookingRequest, ValueTask<BookingSnapshot>>? Look)
{
    private const string WithoutConstraint = "ALTER TABLE claim DROP CONSTRAINT ex_claim_overlap";

    public static readonly Way[] All =
    [
        new("the product: one writer, exact look, trigger", false, null, LockAsync),
        new("trigger only", false, null, null),
        new("the product: lock rows, exact look, EXCLUDE", true, null, LockAsync),
        new("lock rows and exact look without EXCLUDE", true, WithoutConstraint, LockAsync),
        new("EXCLUDE only", true, null, null),
        new("look, then insert, READ COMMITTED", true, WithoutConstraint, (session, request) =>
            session.Booking.Queries.SnapshotAsync(request)),
        new("the same, SERIALIZABLE with retry", true, WithoutConstraint, SerializableAsync),
    ];

    private static ValueTask<BookingSnapshot> LockAsync(WriteSession session, BookingRequest request) =>
        session.Booking.SnapshotAsync(request);

    private static async ValueTask<BookingSnapshot> SerializableAsync(WriteSession session, BookingRequest request)
    {
        await session.Channel.ExecuteAsync("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE");
        return await session.Booking.Queries.SnapshotAsync(request);
    }
}
