using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Writing;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>Keeps Slots and Schedules from being edited away under a booking.</summary>
/// <remarks>Source: docs/scheduling-rules.md, Editing under a booking.</remarks>
internal static class CalendarGuard
{
    public static async ValueTask<Problem?> CheckAsync(WriteSession session, WriteTarget target)
    {
        if (!target.Exists)
            return null;
        var before = StoredNodes.Parse(target.Before!);
        return target.Type == "Slot"
            ? await SlotAsync(session, target, new SlotView(before))
            : await ScheduleAsync(session, target);
    }

    private static async ValueTask<Problem?> SlotAsync(WriteSession session, WriteTarget target, SlotView before)
    {
        if (target.Resource is { } resource && Keeps(before, new SlotView(resource)))
            return null;
        return await session.Booking.IsSlotInUseAsync(target.Id) ? InUse("Slot.status") : null;
    }

    /// <summary>Same calendar, same time, and not given free again.</summary>
    private static bool Keeps(SlotView before, SlotView after) =>
        before.ScheduleReference == after.ScheduleReference
        && before.Start == after.Start
        && before.End == after.End
        && (after.Status == before.Status || after.Status is "busy" or "busy-unavailable" or "busy-tentative");

    private static async ValueTask<Problem?> ScheduleAsync(WriteSession session, WriteTarget target)
    {
        if (target.Resource is not null)
            return null;
        return await session.Booking.IsScheduleInUseAsync(target.Id) ? InUse("Schedule") : null;
    }

    private static Problem InUse(string expression) => new(ProblemKind.Conflict,
    [
        SchedulingMessages.TimeInUse.At(expression) with
        {
            Details = [RuleCodes.Own("slot-in-use"), RuleCodes.DuplicateRejected],
        },
    ]);
}
