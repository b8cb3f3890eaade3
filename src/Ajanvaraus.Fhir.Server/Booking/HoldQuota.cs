using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Server.Writing;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>How many holds one holder may have: docs/scheduling-rules.md, Who holds.</summary>
internal static class HoldQuota
{
    /// <summary>429 with the seconds until the first of the holds ends; null when one more may be had.</summary>
    /// <remarks>
    /// Holds of one holder are counted one after another, in all processes; the lock for it comes after those of the
    /// calendars. Who is nobody has no limit.
    /// </remarks>
    public static async ValueTask<Problem?> CheckAsync(
        WriteSession session, BookingRequest request, int most, Instant now)
    {
        if (request.Holders.IsEmpty)
            return null;
        // Claims name the first holder.
        var holder = request.Holders[0];
        await session.LockConditionAsync($"holds of {holder}");
        var ends = await session.Booking.Queries.LiveHoldsAsync(holder, request.AppointmentId, now);
        return ends.Length < most ? null : TooMany(most, ends.Min() - now);
    }

    private static Problem TooMany(int most, Duration untilOneEnds) => new(ProblemKind.Throttled,
        [BookingRuleMessages.TooManyHolds.At(null, $"{most}") with { Details = [RuleCodes.Own("rate")] }])
    {
        RetryAfterSeconds = (int)Math.Ceiling(untilOneEnds.TotalSeconds),
    };
}
