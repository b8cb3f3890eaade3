using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Scheduling.Slots;
using Ajanvaraus.Fhir.Server.Booking;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Security;
using Ajanvaraus.Fhir.Server.Writing;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <param name="Group">The Slot or Appointment, as a reference.</param>
/// <param name="IsCalledOff">It does not take place.</param>
/// <param name="Cancelled">Appointments that this decision cancelled.</param>
internal sealed record GroupDecision(string Group, bool IsCalledOff, ImmutableArray<string> Cancelled);

/// <summary>Whether groups take place: decided once, at the deadline, by how many clients have enrolled.</summary>
/// <remarks>
/// Called off in one transaction: the Slot is closed, everybody's Appointment cancelled, everybody told once. Who enrols or
/// leaves meanwhile makes the transaction fail, and it is counted anew. Source: docs/scheduling-rules.md, Groups.
/// </remarks>
internal sealed class GroupDecisions(WritePipeline pipeline, FindServices find)
{
    private const int MaximumPlans = 5;
    private const int MostAtOnce = 200;

    /// <summary>All groups of the type that are due.</summary>
    public async Task<Outcome<ImmutableArray<GroupDecision>>> DecideDueAsync(
        string type, Caller caller, CancellationToken cancel)
    {
        var now = AppointmentMapping.InstantText(Now, ZoneRules.Utc);
        var open = type == "Slot" ? "free,busy,busy-tentative" : "pending,booked";
        var query = find.Searches.Parse(
            [type],
            [
                new("group-deadline", $"le{now}"), new("start", $"gt{now}"), new("status", open),
                new("_count", $"{MostAtOnce}"),
            ]);
        if (query.Failed)
            return query.Problem;
        var due = await find.Store.SearchAsync(query.Value, null, cancel);
        var decisions = ImmutableArray.CreateBuilder<GroupDecision>();
        foreach (var group in due.Matches)
        {
            var decision = await DecideAsync(type, group.Id, GroupRequest.OnTime, caller, cancel);
            if (decision.Failed)
                return decision.Problem;
            decisions.Add(decision.Value);
        }
        return decisions.DrainToImmutable();
    }

    public async Task<Outcome<GroupDecision>> DecideAsync(
        string type, string id, GroupRequest request, Caller caller, CancellationToken cancel)
    {
        await find.Holds.SettleAsync(cancel);
        for (var plans = 1; ; plans++)
        {
            var plan = await find.Store.QueryAsync(
                session => type == "Slot" ? OfSlotAsync(session, id, request) : OfAppointmentAsync(session, id, request), cancel);
            if (plan.Failed)
                return plan.Problem;
            if (plan.Value.Intents.IsEmpty)
                return plan.Value.Decision;
            var written = await pipeline.WriteAsync(plan.Value.Intents, caller, plan.Value.Confirm, cancel);
            if (!written.Failed)
                return plan.Value.Decision;
            if (plans == MaximumPlans
                || written.Problem.Kind is not (ProblemKind.Conflict or ProblemKind.PreconditionFailed))
                return written.Problem;
        }
    }

    private Instant Now => Instant.FromDateTimeOffset(find.Clock.GetUtcNow());

    /// <summary>Clients with an Appointment each, which share the Slot.</summary>
    private async ValueTask<Outcome<Plan>> OfSlotAsync(ReadSession session, string id, GroupRequest request)
    {
        if (await session.ReadAsync("Slot", id) is not { IsDeleted: false } stored)
            return WriteProblems.Unknown();
        var slot = StoredNodes.Parse(stored);
        var view = new SlotView(slot);
        var closed = SlotStatusCodes.Code(SlotStatus.BusyUnavailable);
        var minimum = GroupElements.MinimumOf(slot);
        if (request.Refuse(minimum, isGroup: view.Capacity > 1, Now) is { } refused)
            return refused;
        var isOver = view.Status == closed && !view.IsClosedByRule;
        if (isOver || (minimum is { IsDecided: true } && !request.IsForced))
            return new Plan(new GroupDecision($"Slot/{id}", isOver, []), [], static _ => default);
        if (LocalReference.IdOf(view.ScheduleReference, "Schedule") is not { } scheduleId
            || view.Start is not { } start || view.End is not { } end)
            return ParameterProblems.Rule(BookingChangeMessages.NoGroupMinimum.At(null));
        var time = new Scheduling.Time.TimeRange(Instant.FromDateTimeOffset(start), Instant.FromDateTimeOffset(end));
        var data = await session.Booking.FindDataAsync([scheduleId], time);
        var seats = SeatsOf(data.Claims, id);
        var enrolled = seats.Count == 0 ? [] : (await session.ReadManyAsync("Appointment", seats))
            .Select(StoredNodes.Parse).Where(MayBeCancelled).ToImmutableArray();
        var clients = enrolled.Select(a => new AppointmentView(a)).Where(a => a.HeldUntil is null)
            .Sum(a => Math.Max(1, GroupElements.ClientsOf(a).Count()));
        var isCalledOff = request.IsForced || clients < minimum!.Clients;
        var edit = new WriteIntent
        {
            Method = WriteMethod.Put,
            Type = "Slot",
            Id = id,
            IfMatch = stored.Version,
            Edit = node => Outcome<ElementNode>.Of(
                GroupElements.Decide(isCalledOff ? SlotMapping.NotClosed(node).Set("status", closed) : node, Now)),
        };
        var decision = new GroupDecision($"Slot/{id}", isCalledOff, isCalledOff ? [.. enrolled.Select(a => a.Id!)] : []);
        if (!isCalledOff)
            return new Plan(decision, [edit], static _ => default);
        var told = enrolled.SelectMany(a => Notices.ClientsOf(a).Select(c => (c, $"Appointment/{a.Id}")))
            .Concat(data.Schedules.Where(s => s.Id == scheduleId).SelectMany(s => s.Actors).Select(a => (a, $"Slot/{id}")));
        return new Plan(decision, CallOff(edit, enrolled, request, told), WhenSeatsAre(seats, scheduleId, id, time));
    }

    /// <summary>One Appointment with its clients as participants.</summary>
    private async ValueTask<Outcome<Plan>> OfAppointmentAsync(ReadSession session, string id, GroupRequest request)
    {
        if (await session.ReadAsync("Appointment", id) is not { IsDeleted: false } stored)
            return WriteProblems.Unknown();
        var appointment = StoredNodes.Parse(stored);
        var minimum = GroupElements.MinimumOf(appointment);
        var view = new AppointmentView(appointment);
        if (request.Refuse(minimum, GroupElements.IsGroup(view), Now) is { } refused)
            return refused;
        var isOver = view.Status == "cancelled";
        if (isOver || (minimum is { IsDecided: true } && !request.IsForced))
            return new Plan(new GroupDecision($"Appointment/{id}", isOver, []), [], static _ => default);
        var isCalledOff = request.IsForced || GroupElements.ClientsOf(view).Count() < minimum!.Clients;
        var intent = isCalledOff
            ? AppointmentCancellation.Intent(id, request.Reason)
            : AppointmentBooking.Edit(id, static node => Outcome<ElementNode>.Of(node), null);
        var cancelling = intent.Edit!;
        var edit = intent with
        {
            IfMatch = stored.Version,
            Edit = node =>
            {
                var edited = cancelling(node);
                return edited.Failed ? edited : Outcome<ElementNode>.Of(GroupElements.Decide(edited.Value, Now));
            },
        };
        var decision = new GroupDecision($"Appointment/{id}", isCalledOff, isCalledOff ? [id] : []);
        var told = appointment.All("participant").Where(p => p.Text("status") != "declined")
            .Select(p => p["actor"]?.Text("reference")).OfType<string>().Select(a => (a, $"Appointment/{id}"));
        return new Plan(decision, isCalledOff ? CallOff(edit, [], request, told) : [edit], static _ => default);
    }

    private ImmutableArray<WriteIntent> CallOff(
        WriteIntent group, ImmutableArray<ElementNode> enrolled, GroupRequest request, IEnumerable<(string, string)> told) =>
    [
        group,
        .. enrolled.Select(a => AppointmentCancellation.Intent(a.Id!, request.Reason)),
        .. Notices.Of(Notices.Cancellation, told, Now).Select(Notices.Intent),
    ];

    /// <summary>Nobody has taken or given up a seat since the plan was made.</summary>
    private static Func<WriteSession, ValueTask<Problem?>> WhenSeatsAre(
        IReadOnlyCollection<string> planned, string scheduleId, string slotId, Scheduling.Time.TimeRange time) => async session =>
    {
        var data = await session.Booking.Queries.FindDataAsync([scheduleId], time);
        return SeatsOf(data.Claims, slotId).SetEquals(planned)
            ? null
            : new Problem(ProblemKind.Conflict, [BookingChangeMessages.GroupsChanged.At(null)]);
    };

    private static HashSet<string> SeatsOf(ImmutableArray<Claim> claims, string slotId) =>
        [.. claims.Where(c => c.Group == slotId).Select(c => c.AppointmentId)];

    private static bool MayBeCancelled(ElementNode appointment) =>
        AppointmentStatusCodes.Parse(appointment.Text("status")) is { } status
        && AppointmentTransitions.IsAllowed(status, AppointmentStatus.Cancelled);

    private sealed record Plan(
        GroupDecision Decision, ImmutableArray<WriteIntent> Intents, Func<WriteSession, ValueTask<Problem?>> Confirm);
}

/// <summary>How a decision about a group is asked for.</summary>
/// <param name="IsForced">Called off whatever its deadline and size.</param>
/// <param name="Text">Why, for those who read the Appointments.</param>
internal sealed record GroupRequest(bool IsForced, string? Text)
{
    public static readonly GroupRequest OnTime = new(false, null);

    public AppointmentCancellation.Reason Reason => new() { Code = "group-called-off", Text = Text };

    /// <summary>Why it cannot be decided; null when it can.</summary>
    public Problem? Refuse(GroupMinimum? minimum, bool isGroup, Instant now)
    {
        if (minimum is null && !(IsForced && isGroup))
            return ParameterProblems.Rule(BookingChangeMessages.NoGroupMinimum.At(null));
        return IsForced || minimum!.IsDecided || minimum.IsDue(now)
            ? null
            : new Problem(ProblemKind.Conflict,
            [
                BookingChangeMessages.GroupNotDue.At(
                    null, AppointmentMapping.InstantText(minimum.Deadline!.Value, Zones.Default)) with
                {
                    Details = [RuleCodes.Own("group-not-due")],
                },
            ]);
    }
}
