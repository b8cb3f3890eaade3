using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Scheduling.Slots;
using Ajanvaraus.Fhir.Scheduling.Time;
using Ajanvaraus.Fhir.Server.Booking;
using Ajanvaraus.Fhir.Server.Interactions;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Writing;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary><c>Schedule/[id]/$reassign</c>: gives the bookings of somebody who is away to others, at their old times.</summary>
/// <remarks>
/// With <c>dry-run</c> it only proposes. Otherwise all that can be placed is moved in one transaction; what cannot is
/// listed and stays where it is. Who books meanwhile makes the transaction fail, and the rest is planned anew.
/// </remarks>
internal sealed class ReassignAppointments(WritePipeline pipeline, FindServices find) : IOperation
{
    private const int MaximumPlans = 5;

    public OperationRegistration Registration { get; } = new(
        "reassign", OperationLevels.Instance, ["Schedule"], Canonicals.Base + "/OperationDefinition/Schedule-reassign")
    {
        AffectsState = true,
    };

    public async Task<FhirResponse> InvokeAsync(OperationContext context, CancellationToken cancel)
    {
        var input = Input.Read(context);
        if (input.Failed)
            return context.Problem(input.Problem);
        await find.Holds.SettleAsync(cancel);
        for (var plans = 1; ; plans++)
        {
            var plan = await find.Store.QueryAsync(s => PlanAsync(s, input.Value), cancel);
            if (plan.Failed)
                return context.Problem(plan.Problem);
            if (input.Value.IsDryRun)
                return context.Resource(StatusCodes.Status200OK, Report(plan.Value, isDone: false));
            var intents = plan.Value.Where(m => m.Placement.ScheduleId is not null).Select(Move).ToImmutableArray();
            var written = intents.IsEmpty
                ? ImmutableArray<WriteResult>.Empty
                : await pipeline.WriteAsync(intents, context.Caller, cancel);
            if (!written.Failed)
                return context.Resource(StatusCodes.Status200OK, Report(plan.Value, isDone: true));
            if (plans == MaximumPlans || written.Problem.Kind != ProblemKind.Conflict)
                return context.Problem(written.Problem);
        }
    }

    /// <summary>Each booking with the other calendars that it keeps and the one that receives it.</summary>
    private async ValueTask<Outcome<ImmutableArray<PlannedMove>>> PlanAsync(ReadSession session, Input input)
    {
        if (await session.ReadAsync("Schedule", input.ScheduleId) is not { IsDeleted: false })
            return WriteProblems.Unknown();
        foreach (var candidate in input.Candidates)
            if (await session.ReadAsync("Schedule", candidate) is not { IsDeleted: false })
                return ParameterProblems.ReferenceNotFound("candidate", $"Schedule/{candidate}");
        var here = await session.Booking.FindDataAsync([input.ScheduleId], input.Period);
        var bookings = await BookingsAsync(session, here.Claims, input.ScheduleId);
        var there = await session.Booking.FindDataAsync(input.Candidates, input.Period);
        var data = new FindData(
            there.Schedules, there.Slots, [.. there.Slots.Where(s => s.Status != SlotStatus.Free)], there.Claims)
        {
            CalendarOwners = there.CalendarOwners,
        };
        var now = Instant.FromDateTimeOffset(find.Clock.GetUtcNow());
        var placements = Reassignment.Plan(
            bookings.Select(b => b.Booking), input.Candidates, data, input.Policy, now);
        var kept = bookings.ToDictionary(b => b.Booking.AppointmentId, b => b.OtherSchedules);
        return ImmutableArray.CreateRange(placements, p => new PlannedMove(p, kept[p.Booking.AppointmentId]));
    }

    /// <summary>Bookings that name this calendar and may still be moved, with the other calendars that they are in.</summary>
    private static async ValueTask<List<(BookingToPlace Booking, ImmutableArray<string> OtherSchedules)>> BookingsAsync(
        ReadSession session, ImmutableArray<Claim> claims, string scheduleId)
    {
        var target = CalendarReference.OfSchedule(scheduleId);
        var own = claims.Where(c => c.Target == target && c.Expires is null).DistinctBy(c => c.AppointmentId)
            .ToDictionary(c => c.AppointmentId);
        var stored = own.Count == 0 ? [] : await session.ReadManyAsync("Appointment", own.Keys);
        var views = stored.Select(s => new AppointmentView(StoredNodes.Parse(s)))
            .Where(a => a.Status is "booked" or "pending").ToList();
        var slotIds = views.SelectMany(SlotIds).Distinct().ToList();
        var slots = slotIds.Count == 0 ? [] : await session.ReadManyAsync("Slot", slotIds);
        var scheduleOf = slots.ToDictionary(
            s => s.Id, s => LocalReference.IdOf(new SlotView(StoredNodes.Parse(s)).ScheduleReference, "Schedule"));
        return
        [
            .. views.Select(a => (
                new BookingToPlace(a.Id!, own[a.Id!].Time),
                SlotIds(a).Select(id => scheduleOf.GetValueOrDefault(id)).OfType<string>()
                    .Where(id => id != scheduleId).Distinct().ToImmutableArray())),
        ];
    }

    private static IEnumerable<string> SlotIds(AppointmentView appointment) =>
        appointment.Slots.Select(r => LocalReference.IdOf(r, "Slot")).OfType<string>();

    private static WriteIntent Move(PlannedMove move) => AppointmentBooking.Edit(
        move.Placement.Booking.AppointmentId,
        appointment => Outcome<ElementNode>.Of(appointment.Without("slot")),
        new BookingDirective
        {
            ScheduleIds = move.OtherSchedules.Insert(0, move.Placement.ScheduleId!),
            RequiresCalendar = true,
        });

    private static ElementNode Report(ImmutableArray<PlannedMove> plan, bool isDone)
    {
        var parameters = new ElementNode(null, R4.Definitions.Resource("Parameters")!, null, []);
        foreach (var (placement, _) in plan)
        {
            var entry = parameters.New("parameter").Set("name", "assignment");
            entry = entry.Append(Reference(entry, "appointment", $"Appointment/{placement.Booking.AppointmentId}"));
            if (placement.ScheduleId is { } receiver)
                entry = entry.Append(Reference(entry, "schedule", $"Schedule/{receiver}"));
            var outcome = placement.ScheduleId is null ? "unplaced" : isDone ? "moved" : "proposed";
            parameters = parameters.Append(entry
                .Append(entry.New("part").Set("name", "outcome").Set("valueCode", outcome)));
        }
        return parameters;
    }

    private static ElementNode Reference(ElementNode entry, string name, string reference)
    {
        var part = entry.New("part").Set("name", name);
        return part.Append(part.New("valueReference").Set("reference", reference));
    }

    private sealed record PlannedMove(Placement Placement, ImmutableArray<string> OtherSchedules);

    private sealed record Input(
        string ScheduleId, TimeRange Period, ImmutableArray<string> Candidates, ReassignmentPolicy Policy, bool IsDryRun)
    {
        public static Outcome<Input> Read(OperationContext context)
        {
            var parameters = context.Parameters;
            var references = new ReferenceReader(parameters);
            var values = new ParameterValues(parameters);
            var period = PeriodInput.Read(parameters, "period");
            if (period.Failed)
                return period.Problem;
            var candidates = references.Ids("Schedule", "candidate").Remove(context.Id!);
            var isDryRun = values.Flag("dry-run");
            if ((references.Problem ?? values.Problem) is { } problem)
                return problem;
            if (candidates.IsEmpty)
                return ParameterProblems.Missing("candidate");
            return parameters.First("policy") switch
            {
                null or { Text: "fewest" } =>
                    new Input(context.Id!, period.Value, candidates, ReassignmentPolicy.Fewest, isDryRun),
                { Text: "named" } => new Input(context.Id!, period.Value, candidates, ReassignmentPolicy.Named, isDryRun),
                { } other => ParameterProblems.Rule(SeriesMessages.ReassignmentPolicyUnknown.At(other.Expression)),
            };
        }
    }
}
