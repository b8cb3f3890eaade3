using System.Globalization;

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

using StoredFindData = Ajanvaraus.Fhir.Persistence.Booking.FindData;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary><c>Schedule/[id]/$end-absence</c>: takes an absence back and opens the times that it closed.</summary>
/// <remarks>
/// What somebody closed otherwise stays closed, and so does what another absence covers. Bookings that were given to others
/// meanwhile stay with them.
/// </remarks>
internal sealed class EndAbsence(WritePipeline pipeline, FindServices find) : IOperation
{
    public OperationRegistration Registration { get; } = new(
        "end-absence", OperationLevels.Instance, ["Schedule"],
        Canonicals.Base + "/OperationDefinition/Schedule-end-absence")
    {
        AffectsState = true,
    };

    public async Task<FhirResponse> InvokeAsync(OperationContext context, CancellationToken cancel)
    {
        var absenceId = AbsenceId(context);
        if (absenceId.Failed)
            return context.Problem(absenceId.Problem);
        var plan = await find.Store.QueryAsync(s => PlanAsync(s, context.Id!, absenceId.Value, Instant.FromDateTimeOffset(find.Clock.GetUtcNow())), cancel);
        if (plan.Failed)
            return context.Problem(plan.Problem);
        var written = await pipeline.WriteAsync(plan.Value, context.Caller, cancel);
        if (written.Failed)
            return context.Problem(written.Problem);
        var opened = plan.Value.Zip(written.Value)
            .Count(w => w.First.Method == WriteMethod.Put && w.Second.Stored is { } slot
                && new SlotView(StoredNodes.Parse(slot)).Status == SlotStatusCodes.Code(SlotStatus.Free));
        var parameters = new ElementNode(null, R4.Definitions.Resource("Parameters")!, null, []);
        return context.Resource(StatusCodes.Status200OK, parameters.Append(parameters.New("parameter")
            .Set("name", "opened").Set("valueInteger", opened.ToString(CultureInfo.InvariantCulture))));
    }

    /// <summary>By its Slot, or by the period that it was recorded for.</summary>
    private static Outcome<string> AbsenceId(OperationContext context)
    {
        if (context.Parameters.First("absence") is { } named)
        {
            var references = new ReferenceReader(context.Parameters);
            var id = references.Id(named, "Slot");
            return references.Problem is { } malformed ? malformed : id!;
        }
        var period = PeriodInput.Read(context.Parameters, "period");
        if (period.Failed)
            return period.Problem;
        var services = RecordAbsence.ServicesOf(context.Parameters, "service-type");
        return services.Failed ? services.Problem : RecordAbsence.IdOf(context.Id!, period.Value, services.Value);
    }

    private static async ValueTask<Outcome<ImmutableArray<WriteIntent>>> PlanAsync(
        ReadSession session, string scheduleId, string absenceId, Instant now)
    {
        if (await session.ReadAsync("Schedule", scheduleId) is not { IsDeleted: false })
            return WriteProblems.Unknown();
        if (await session.ReadAsync("Slot", absenceId) is not { IsDeleted: false } stored
            || new SlotView(StoredNodes.Parse(stored)) is not { IsAbsence: true, Start: { } start, End: { } end } absence
            || absence.ScheduleReference != $"Schedule/{scheduleId}")
            return Unknown();
        var time = new TimeRange(Instant.FromDateTimeOffset(start), Instant.FromDateTimeOffset(end));
        var data = await session.Booking.FindDataAsync([scheduleId], time);
        var closed = data.Slots.Where(s => s.Status == SlotStatus.BusyUnavailable && s.Id != absenceId).ToList();
        var nodes = closed.Count == 0 ? [] : (await session.ReadManyAsync("Slot", [.. closed.Select(s => s.Id)]))
            .Select(StoredNodes.Parse).ToImmutableArray();
        var others = closed.Where(s => nodes.Any(n => n.Id == s.Id && new SlotView(n).IsAbsence)).ToList();
        var schedules = data.Schedules.ToDictionary(s => s.Id);
        var byThis = nodes.Where(n => ClosedBy(n) == absenceId).ToDictionary(n => n.Id!);
        return closed.Where(s => byThis.ContainsKey(s.Id)).SelectMany(s => Open(
                s, byThis[s.Id], data, schedules[s.ScheduleId], others.Find(o => o.Time.Contains(s.Time)
                    && o.Closes(s.Services, schedules[s.ScheduleId].Services))?.Id, now))
            .Append(new WriteIntent { Method = WriteMethod.Delete, Type = "Slot", Id = absenceId }).ToImmutableArray();
    }

    /// <summary>Free again but for what is booked of it by now, or closed by the other absence that covers it too.</summary>
    private static IEnumerable<WriteIntent> Open(
        SlotState slot, ElementNode node, StoredFindData data, ScheduleState schedule, string? otherAbsence, Instant now)
    {
        if (otherAbsence is not null)
            return [Edit(slot.Id, n => RecordAbsence.WithClosedBy(n, otherAbsence))];
        var zone = Zones.Of(schedule.ZoneId);
        return BookingRules.Reopen(slot, data.Claims, now).Select(change => change.Id is { } id
            ? Edit(id, n => SlotMapping.Change(n, change, zone).WithoutExtension(Canonicals.ClosedBy))
            : new WriteIntent
            {
                Method = WriteMethod.Post,
                Type = "Slot",
                Resource = SlotMapping.Make("new", change, node, null, zone).Without("id").WithoutExtension(Canonicals.ClosedBy),
            });
    }

    private static WriteIntent Edit(string slotId, Func<ElementNode, ElementNode> edit) => new()
    {
        Method = WriteMethod.Put,
        Type = "Slot",
        Id = slotId,
        Edit = slot => Outcome<ElementNode>.Of(
            slot.Text("status") == SlotStatusCodes.Code(SlotStatus.BusyUnavailable) ? edit(slot) : slot),
    };

    private static string? ClosedBy(ElementNode slot) =>
        LocalReference.IdOf(slot.Extension(Canonicals.ClosedBy)?["value"]?.Text("reference"), "Slot");

    private static Problem Unknown() => new(ProblemKind.Unprocessable,
    [
        BookingChangeMessages.AbsenceUnknown.At("absence") with
        {
            Details = [RuleCodes.Own("reference-not-found"), RuleCodes.ReferenceNotFound],
        },
    ]);
}
