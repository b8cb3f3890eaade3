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
using Ajanvaraus.Fhir.Server.Security;
using Ajanvaraus.Fhir.Server.Writing;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary><c>Schedule/[id]/$reassign</c>: gives the bookings of somebody who is away to others, at their old times.</summary>
/// <remarks>
/// With <c>dry-run</c> it only proposes. Otherwise all that can be placed is moved in one transaction, in which each client
/// and each receiver is told once; what cannot is listed and stays where it is. Who books meanwhile makes the transaction fail, and the rest is planned anew.
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
        var input = ReassignmentInput.Read(context);
        if (input.Failed)
            return context.Problem(input.Problem);
        await find.Holds.SettleAsync(cancel);
        for (var plans = 1; ; plans++)
        {
            var plan = await find.Store.QueryAsync(s => PlanAsync(s, input.Value, context.Caller.Identity), cancel);
            if (plan.Failed)
                return context.Problem(plan.Problem);
            if (input.Value.IsDryRun)
                return context.Resource(StatusCodes.Status200OK, Report(plan.Value, isDone: false));
            var placed = plan.Value.Where(m => m.Placement.ScheduleId is not null).ToList();
            var intents = placed.Select(Move).Concat(Tell(placed)).ToImmutableArray();
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
    private async ValueTask<Outcome<ImmutableArray<PlannedMove>>> PlanAsync(
        ReadSession session, ReassignmentInput input, Identity identity)
    {
        if (await session.ReadAsync("Schedule", input.ScheduleId) is not { IsDeleted: false })
            return WriteProblems.Unknown();
        foreach (var candidate in input.Candidates)
            if (await session.ReadAsync("Schedule", candidate) is not { IsDeleted: false })
                return ParameterProblems.ReferenceNotFound("candidate", $"Schedule/{candidate}");
        var ofTeams = await TeamCalendars.SchedulesAsync(session, input.Teams);
        if (ofTeams.Failed)
            return ofTeams.Problem;
        ImmutableArray<string> candidates =
            [.. input.Candidates.Concat(ofTeams.Value).Where(c => c != input.ScheduleId).Distinct()];
        var here = await session.Booking.FindDataAsync([input.ScheduleId], input.Period);
        var bookings = await BookingsAsync(session, here.Claims, input.ScheduleId, identity);
        var there = await session.Booking.FindDataAsync(candidates, input.Period);
        var now = Instant.FromDateTimeOffset(find.Clock.GetUtcNow());
        var rules = new CalendarRules(new ReadOnce(session.ReadManyAsync).ReadAsync);
        there = await rules.ApplyAsync(
            session.Booking, there, candidates, input.Period, now, bookings.Select(b => b.Booking.Place).OfType<string>());
        var data = new FindData(
            there.Schedules, there.Slots, there.Slots.NonFree(), there.Claims)
        {
            CalendarOwners = there.CalendarOwners,
            Counted = await CalendarRules.CountedAsync(session.Booking, there.Schedules, input.Period),
            Journeys = there.Journeys,
        };
        var byId = bookings.ToDictionary(b => b.Booking.AppointmentId);
        var skills = input.Policy == ReassignmentPolicy.Skills
            ? await Skills.ReadAsync(session, there.Schedules, [.. bookings.Select(b => b.Appointment)])
            : null;
        var placements = Reassignment.Plan(
            bookings.Select(b => b.Booking), candidates, data, input.Policy, now,
            (booking, schedule) => skills?.Suit(byId[booking.AppointmentId].Appointment, schedule) ?? true);
        return ImmutableArray.CreateRange(placements, p => new PlannedMove(
            p, byId[p.Booking.AppointmentId], there.Schedules.FirstOrDefault(s => s.Id == p.ScheduleId)?.Actors ?? []));
    }

    /// <summary>Bookings that name this calendar and may still be moved, with the other calendars that they are in.</summary>
    private static async ValueTask<List<Assigned>> BookingsAsync(
        ReadSession session, ImmutableArray<Claim> claims, string scheduleId, Identity identity)
    {
        var target = CalendarReference.OfSchedule(scheduleId);
        var own = claims.Where(c => c.Target == target && c.Expires is null).DistinctBy(c => c.AppointmentId)
            .ToDictionary(c => c.AppointmentId);
        var seen = await SeenAmong.AppointmentsAsync(session, identity, [.. own.Keys]);
        var stored = seen.IsEmpty ? [] : await session.ReadManyAsync("Appointment", seen);
        var views = stored.Select(s => new AppointmentView(StoredNodes.Parse(s)))
            .Where(a => a.Status is "booked" or "pending").ToList();
        var slotIds = views.SelectMany(SlotIds).Distinct().ToList();
        var slots = slotIds.Count == 0 ? [] : await session.ReadManyAsync("Slot", slotIds);
        var scheduleOf = slots.ToDictionary(
            s => s.Id, s => LocalReference.IdOf(new SlotView(StoredNodes.Parse(s)).ScheduleReference, "Schedule"));
        // Travel and documentation go where their meeting goes; whoever takes that needs time for them too.
        var meetings = views.Select(a => a.Id).ToHashSet();
        var linked = views.Select(a => (MeetingId: LinkedBookings.MeetingOf(a.Resource), own[a.Id!].Time, a.Id))
            .Where(l => l.MeetingId is not null && meetings.Contains(l.MeetingId)).ToList();
        return
        [
            .. views.Where(a => !linked.Exists(l => l.Id == a.Id)).Select(a => new Assigned(
                new BookingToPlace(a.Id!, linked.Where(l => l.MeetingId == a.Id).Aggregate(own[a.Id!].Time, (all, l) =>
                    new TimeRange(Instant.Min(all.Start, l.Time.Start), Instant.Max(all.End, l.Time.End))))
                {
                    Services = [.. a.Services, .. a.AppointmentTypes],
                    Place = claims.FirstOrDefault(c => c.AppointmentId == a.Id && c.Place is not null)?.Place,
                },
                SlotIds(a).Select(id => scheduleOf.GetValueOrDefault(id)).OfType<string>()
                    .Where(id => id != scheduleId).Distinct().ToImmutableArray(),
                a)),
        ];
    }

    /// <summary>Clients and receivers, each once, of all that concerns them.</summary>
    private IEnumerable<WriteIntent> Tell(IReadOnlyCollection<PlannedMove> placed)
    {
        var now = Instant.FromDateTimeOffset(find.Clock.GetUtcNow());
        var concerned = placed.SelectMany(m => Notices.ClientsOf(m.Assigned.Appointment.Resource).Concat(m.Receivers)
            .Select(who => (who, $"Appointment/{m.Placement.Booking.AppointmentId}")));
        return Notices.Of(Notices.Change, concerned, now).Select(Notices.Intent);
    }

    private static IEnumerable<string> SlotIds(AppointmentView appointment) =>
        appointment.Slots.Select(r => LocalReference.IdOf(r, "Slot")).OfType<string>();

    private static WriteIntent Move(PlannedMove move) => AppointmentBooking.Edit(
        move.Placement.Booking.AppointmentId,
        appointment => Outcome<ElementNode>.Of(appointment.Without("slot")),
        new BookingDirective
        {
            ScheduleIds = move.Assigned.OtherSchedules.Insert(0, move.Placement.ScheduleId!),
            RequiresCalendar = true,
        });

    private static ElementNode Report(ImmutableArray<PlannedMove> plan, bool isDone)
    {
        var parameters = new ElementNode(null, R4.Definitions.Resource("Parameters")!, null, []);
        foreach (var placement in plan.Select(m => m.Placement))
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

    /// <param name="OtherSchedules">The calendars that it is in beside the one that it leaves.</param>
    private sealed record Assigned(
        BookingToPlace Booking, ImmutableArray<string> OtherSchedules, AppointmentView Appointment);

    /// <param name="Receivers">Actors of the calendar that receives it.</param>
    private sealed record PlannedMove(Placement Placement, Assigned Assigned, ImmutableArray<string> Receivers);
}
