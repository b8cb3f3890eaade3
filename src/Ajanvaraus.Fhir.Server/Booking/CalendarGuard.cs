using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Scheduling.Time;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Writing;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>Keeps Slots and Schedules from being edited away under a booking.</summary>
/// <remarks>
/// The tags of Slots that rules closed are the server's: on another Slot they are left out, and it is closed for good.
/// Source: docs/scheduling-rules.md, Editing under a booking.
/// </remarks>
internal static class CalendarGuard
{
    public static async ValueTask<Problem?> CheckAsync(WriteSession session, WriteTarget target)
    {
        if (target is { Type: "Slot", Resource: { } slot } && EndsBeforeItStarts(new SlotView(slot)))
            return InvalidTime();
        var stored = target.Exists ? StoredNodes.Parse(target.Before!) : null;
        if (target is { Type: "Slot", Resource: { } asked, Intent.IsImport: false } && !(stored is not null && new SlotView(stored).IsClosedByRule))
            target.Resource = SlotMapping.NotClosed(asked);
        if (stored is not { } before)
            return null;
        return target.Type == "Slot"
            ? await SlotAsync(session, target, new SlotView(before))
            : await ScheduleAsync(session, target, new ScheduleView(before));
    }

    private static bool EndsBeforeItStarts(SlotView slot) => slot.End <= slot.Start;

    private static async ValueTask<Problem?> SlotAsync(WriteSession session, WriteTarget target, SlotView before)
    {
        if (before.IsAbsence || before.IsClosedByAbsence || (target.Resource is { } resource && Keeps(before, new SlotView(resource))))
            return null;
        return await session.Booking.IsSlotInUseAsync(target.Id) ? InUse("Slot.status") : null;
    }

    /// <summary>Same calendar, same time, and not given free again.</summary>
    private static bool Keeps(SlotView before, SlotView after) =>
        before.ScheduleReference == after.ScheduleReference
        && before.Start == after.Start
        && before.End == after.End
        && (after.Status == before.Status || after.Status is "busy" or "busy-unavailable" or "busy-tentative");

    /// <summary>Whose calendar it is does not change under bookings to come: they hold the time of those they name.</summary>
    private static async ValueTask<Problem?> ScheduleAsync(
        WriteSession session, WriteTarget target, ScheduleView before)
    {
        if (target.Resource is not { } resource)
            return await session.Booking.IsScheduleInUseAsync(target.Id) ? InUse("Schedule") : null;
        if (before.Actors.ToHashSet().SetEquals(new ScheduleView(resource).Actors))
            return null;
        var now = Moments.Of(session);
        var toCome = new TimeRange(now, Instant.MaxValue);
        return await session.Booking.Queries.IsScheduleInUseAsync(target.Id, toCome, now)
            ? InUse("Schedule.actor")
            : null;
    }

    private static Problem InvalidTime() => new(ProblemKind.Unprocessable,
    [
        SchedulingMessages.InvalidTime.At("Slot.end") with
        {
            Details = [RuleCodes.Own("invalid-resource"), RuleCodes.InvalidResource],
        },
    ]);

    private static Problem InUse(string expression) => new(ProblemKind.Conflict,
    [
        SchedulingMessages.TimeInUse.At(expression) with
        {
            Details = [RuleCodes.Own("slot-in-use"), RuleCodes.DuplicateRejected],
        },
    ]);
}
