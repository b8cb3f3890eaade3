using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Scheduling.Templates;
using Ajanvaraus.Fhir.Scheduling.Time;
using Ajanvaraus.Fhir.Server.Booking;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Security;
using Ajanvaraus.Fhir.Server.Writing;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary>What applying a template to one calendar did, or would do.</summary>
internal sealed record TemplateReport(
    string ScheduleId, ZoneRules Zone, int Made, int Kept, int Removed, ImmutableArray<SlotDraft> Skipped);

/// <summary>Applies a template to one calendar: plans by what stands, then writes in bounded transactions.</summary>
/// <remarks>
/// Between the plan and a transaction somebody may book or apply the same template. The pipeline then refuses the
/// transaction, and the rest is planned anew: no booking is ever touched, and no Slot is made twice.
/// </remarks>
internal sealed class TemplateRun(ResourceStore store, WritePipeline pipeline, TemplateInput input, Caller caller)
{
    private const int SlotsOfTransaction = 500;
    private const int MaximumPlans = 5;

    public async Task<Outcome<TemplateReport>> ApplyAsync(ScheduleView schedule, CancellationToken cancel)
    {
        var drafts = await DraftsAsync(schedule, cancel);
        var (made, removed) = (0, 0);
        TemplatePlan? first = null;
        for (var plans = 1; ; plans++)
        {
            var standing = await StandingAsync(schedule, cancel);
            var plan = TemplateApplication.Plan(drafts, standing);
            first ??= plan;
            if (input.IsDryRun)
                return Report(schedule, plan.Make.Length, plan, plan.Remove.Length);
            var written = await WriteAsync(schedule, plan, standing, cancel);
            made += written.Made;
            removed += written.Removed;
            if (written.Problem is null)
                return Report(schedule, made, plan with { Keep = first.Keep }, removed);
            if (plans == MaximumPlans || !IsRace(written.Problem))
                return written.Problem;
        }
    }

    private static bool IsRace(Problem problem) =>
        problem.Kind is ProblemKind.Conflict or ProblemKind.PreconditionFailed;

    private static TemplateReport Report(ScheduleView schedule, int made, TemplatePlan plan, int removed) =>
        new(schedule.Id!, Zones.Of(schedule.ZoneId), made, plan.Keep.Length, removed, plan.Skipped);

    private async ValueTask<TemplateDrafts> DraftsAsync(ScheduleView schedule, CancellationToken cancel)
    {
        var closings = await store.QueryAsync(
            session => new CalendarUnits(session.ReadManyAsync).ClosingsAsync([schedule]), cancel);
        return input.Template.Expand(schedule.ZoneId, input.From, input.To, closings[0], input.Absences);
    }

    private ValueTask<ImmutableArray<StandingSlot>> StandingAsync(ScheduleView schedule, CancellationToken cancel)
    {
        var zone = CalendarZone.Of(schedule.ZoneId);
        // A window may run past midnight, and a Slot of the day before into the first day.
        var period = new TimeRange(
            zone.AtStartOfDay(input.From.PlusDays(-1)).ToInstant(),
            zone.AtStartOfDay(input.To.PlusDays(3)).ToInstant());
        var scheduleId = schedule.Id!;
        return store.QueryAsync(session => StandingAsync(session, scheduleId, period), cancel);
    }

    private static async ValueTask<ImmutableArray<StandingSlot>> StandingAsync(
        ReadSession session, string scheduleId, TimeRange period)
    {
        var data = await session.Booking.FindDataAsync([scheduleId], period);
        var states = data.Slots.Where(s => s.ScheduleId == scheduleId).ToDictionary(s => s.Id);
        var stored = states.Count == 0 ? [] : await session.ReadManyAsync("Slot", states.Keys);
        return [.. stored.Select(s => TemplateSlotMapping.Standing(states[s.Id], StoredNodes.Parse(s)))];
    }

    private async Task<(int Made, int Removed, Problem? Problem)> WriteAsync(
        ScheduleView schedule, TemplatePlan plan, ImmutableArray<StandingSlot> standing, CancellationToken cancel)
    {
        var zone = Zones.Of(schedule.ZoneId);
        var claiming = await ClaimingAsync(schedule, plan, zone, cancel);
        // One that was entered in error stands there with the id that the draft gets: it is written over.
        var ids = standing.Select(s => s.Id).ToHashSet();
        var makes = plan.Make.Select(draft =>
        {
            var claims = claiming.Contains(draft.Entry);
            var slot = TemplateSlotMapping.Slot(draft, input.Template, schedule, zone, claims);
            return Make(slot, isNew: !ids.Contains(slot.Id!), meetsItsClaims: claims);
        });
        var intents = plan.Remove.Select(Remove).Concat(makes);
        var (made, removed) = (0, 0);
        foreach (var part in intents.Chunk(SlotsOfTransaction))
        {
            var written = await pipeline.WriteAsync([.. part], caller, cancel);
            if (written.Failed)
                return (made, removed, written.Problem);
            removed += part.Count(i => i.Method == WriteMethod.Delete);
            made += part.Count(i => i.Method != WriteMethod.Delete);
        }
        return (made, removed, null);
    }

    /// <summary>The entries whose Slots meet the profile: asked once, since the Slots of one differ by their times only.</summary>
    private async ValueTask<HashSet<TemplateEntry>> ClaimingAsync(
        ScheduleView schedule, TemplatePlan plan, ZoneRules zone, CancellationToken cancel)
    {
        var claiming = new HashSet<TemplateEntry>(ReferenceEqualityComparer.Instance);
        foreach (var first in plan.Make.DistinctBy(d => d.Entry, ReferenceEqualityComparer.Instance))
        {
            var slot = TemplateSlotMapping.Slot(first, input.Template, schedule, zone, claimsProfile: true);
            if (await pipeline.MeetsAsync(slot, Canonicals.SlotProfile, cancel))
                claiming.Add(first.Entry);
        }
        return claiming;
    }

    private static WriteIntent Remove(string slotId) =>
        new() { Method = WriteMethod.Delete, Type = "Slot", Id = slotId };

    private static WriteIntent Make(ElementNode slot, bool isNew, bool meetsItsClaims) => new()
    {
        Method = WriteMethod.Put,
        Type = "Slot",
        Id = slot.Id,
        IsNamedByServer = true,
        Resource = slot,
        IfNoneMatchAny = isNew,
        MeetsItsClaims = meetsItsClaims,
    };
}
