using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Scheduling.Templates;
using Ajanvaraus.Fhir.Server.Booking;
using Ajanvaraus.Fhir.Server.Interactions;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Writing;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary><c>$apply-template</c>: makes the Slots of a week template in calendars over a period.</summary>
/// <remarks>
/// Applying it again makes nothing; applying a changed template moves only what is free. Public holidays and absences
/// are skipped, and what stands in the way stays.
/// </remarks>
internal sealed class ApplyTemplate(ResourceStore store, WritePipeline pipeline, HoldExpiry holds) : IOperation
{
    public OperationRegistration Registration { get; } = new(
        "apply-template", OperationLevels.Type | OperationLevels.Instance, ["Schedule"],
        Canonicals.Base + "/OperationDefinition/Schedule-apply-template")
    {
        AffectsState = true,
    };

    public async Task<FhirResponse> InvokeAsync(OperationContext context, CancellationToken cancel)
    {
        var input = await TemplateInput.ReadAsync(context, store, cancel);
        if (input.Failed)
            return context.Problem(input.Problem);
        var schedules = await SchedulesAsync(context, input.Value, cancel);
        if (schedules.Failed)
            return context.Problem(schedules.Problem);
        await holds.SettleAsync(cancel);
        var run = new TemplateRun(store, pipeline, input.Value, context.Caller);
        var reports = ImmutableArray.CreateBuilder<TemplateReport>(schedules.Value.Length);
        foreach (var schedule in schedules.Value)
        {
            var report = await run.ApplyAsync(new ScheduleView(schedule), cancel);
            if (report.Failed)
                return context.Problem(report.Problem);
            reports.Add(report.Value);
        }
        return context.Resource(StatusCodes.Status200OK, Answer(reports));
    }

    /// <summary>All must be here and active before anything is made.</summary>
    private async ValueTask<Outcome<ImmutableArray<ElementNode>>> SchedulesAsync(
        OperationContext context, TemplateInput input, CancellationToken cancel)
    {
        var stored = await store.QueryAsync(session => session.ReadManyAsync("Schedule", input.ScheduleIds), cancel);
        var known = stored.Select(StoredNodes.Parse).Where(s => new ScheduleView(s).Active).ToDictionary(s => s.Id!);
        foreach (var id in input.ScheduleIds)
        {
            if (known.ContainsKey(id))
                continue;
            return context.Id is not null && !stored.Any(s => s.Id == id)
                ? WriteProblems.Unknown()
                : ParameterProblems.ReferenceNotFound(
                    context.Parameters.First("schedule")?.Expression, $"Schedule/{id}");
        }
        return input.ScheduleIds.Select(id => known[id]).ToImmutableArray();
    }

    private static ElementNode Answer(IReadOnlyCollection<TemplateReport> reports)
    {
        var parameters = new ElementNode(null, R4.Definitions.Resource("Parameters")!, null, []);
        var template = parameters.New("parameter");
        return parameters.With(
        [
            Count(template, "made", reports.Sum(r => r.Made)),
            Count(template, "kept", reports.Sum(r => r.Kept)),
            Count(template, "removed", reports.Sum(r => r.Removed)),
            Count(template, "skipped", reports.Sum(r => r.Skipped.Length)),
            .. reports.SelectMany(r => r.Skipped.Select(s => Detail(template, r, s))),
        ]);
    }

    private static ElementNode Count(ElementNode template, string name, int number) =>
        template.Set("name", name).Set("valueInteger", $"{number}");

    private static ElementNode Detail(ElementNode template, TemplateReport report, SlotDraft draft)
    {
        var part = template.New("part");
        var schedule = part.Set("name", "schedule");
        return template.With(
        [
            template.New("name", "skipped-detail"),
            schedule.Append(part.New("valueReference").Set("reference", $"Schedule/{report.ScheduleId}")),
            part.Set("name", "time").Set(
                "valueDateTime", AppointmentMapping.InstantText(draft.Time.Start, report.Zone)),
            part.Set("name", "reason").Set("valueCode", ReasonCode(draft.Skip)),
        ]);
    }

    private static string ReasonCode(SkipReason? reason) => reason switch
    {
        SkipReason.Holiday => "holiday",
        SkipReason.Absence => "absence",
        _ => "occupied",
    };
}
