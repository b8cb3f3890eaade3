using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Writing;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>Who may enrol in a group: once each, and no more than it has room for.</summary>
/// <remarks>
/// Clients of a Slot with several seats have an Appointment each, and never see each other's. A group Appointment has them
/// all as participants. Refusals tell nobody's name.
/// </remarks>
internal sealed class GroupEnrolment(WriteSession session)
{
    /// <summary>The participants of a group Appointment.</summary>
    public static Problem? Check(AppointmentView? before, AppointmentView after)
    {
        if (GroupElements.Capacity(after) is not { } capacity)
            return null;
        var clients = GroupElements.ClientsOf(after).ToList();
        if (clients.Distinct().Count() < clients.Count)
            return Twice();
        // Who is in stays in, also when the group was made smaller.
        var enrolled = before is { } old ? GroupElements.ClientsOf(old).ToHashSet() : [];
        return clients.Count > capacity && !enrolled.IsSupersetOf(clients)
            ? RefusalProblems.From(new Refused([new Refusal(RefusalKind.SlotUnavailable, "No seat is left.")]), after)
            : null;
    }

    /// <summary>A seat of a Slot: none of its other Appointments is for one of the same clients.</summary>
    public async ValueTask<Problem?> CheckSeatAsync(
        BookingRequest request, BookingSnapshot snapshot, AppointmentView after, Instant now)
    {
        var clients = GroupElements.ClientsOf(after).ToHashSet();
        if (clients.Count == 0 || request.StandsAlready)
            return null;
        var time = snapshot.TimeOf(request);
        var named = snapshot.SchedulesNamedBy(request);
        var groups = snapshot.Slots.Where(s => s.Capacity > 1 && named.Contains(s.ScheduleId)
            && (request.SlotIds.Contains(s.Id) || s.Time == time)).Select(s => s.Id).ToHashSet();
        var others = snapshot.Claims.Where(c => groups.Contains(c.Group) && c.AppointmentId != request.AppointmentId
            && (c.Expires is not { } until || until > now)).Select(c => c.AppointmentId).Distinct().ToList();
        if (others.Count == 0)
            return null;
        var enrolled = await session.ReadManyAsync("Appointment", others);
        return enrolled.Any(a => GroupElements.ClientsOf(new AppointmentView(StoredNodes.Parse(a))).Any(clients.Contains))
            ? Twice()
            : null;
    }

    private static Problem Twice() => new(ProblemKind.Conflict,
    [
        BookingChangeMessages.EnrolledAlready.At("Appointment.participant") with
        {
            Details = [RuleCodes.Own("enrolled-already"), RuleCodes.DuplicateRejected],
        },
    ]);
}
