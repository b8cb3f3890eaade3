using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Scheduling.Time;
using Ajanvaraus.Fhir.Server.Booking;
using Ajanvaraus.Fhir.Server.Mapping;

using NodaTime;
using NodaTime.Text;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary>What <c>$apply-template</c> was asked.</summary>
/// <param name="To">Included.</param>
internal sealed record TemplateInput(
    TemplateResource Template, ImmutableArray<string> ScheduleIds, LocalDate From, LocalDate To,
    ImmutableArray<TimeRange> Absences, bool IsDryRun)
{
    private const int MaximumDays = 366;

    /// <summary>The names that are read.</summary>
    public static readonly ImmutableArray<string> Names =
        ["template", "template-resource", "schedule", "start", "end", "absence", "dry-run"];

    /// <remarks>
    /// Errors: a template that is unknown or invalid is 422, with its faults located; so is a period that cannot be.
    /// Without a template, a Schedule or dates: 400.
    /// </remarks>
    public static async ValueTask<Outcome<TemplateInput>> ReadAsync(
        OperationContext context, ResourceStore store, CancellationToken cancel)
    {
        var parameters = context.Parameters;
        var references = new ReferenceReader(parameters);
        var values = new ParameterValues(parameters);
        ImmutableArray<string> schedules = context.Id is { } id ? [id] : references.Ids("Schedule", "schedule");
        var (from, to) = (Date(parameters, "start"), Date(parameters, "end"));
        var template = await TemplateAsync(parameters, references, store, cancel);
        var absences = AbsencesOf(parameters);
        var isDryRun = values.Flag("dry-run");
        if ((references.Problem ?? from.Problem ?? to.Problem ?? template.Problem ?? absences.Problem ?? values.Problem)
            is { } problem)
            return problem;
        if (schedules.IsEmpty)
            return ParameterProblems.Missing("schedule");
        if (to.Value < from.Value)
            return ParameterProblems.Rule(OperationMessages.EndBeforeStart.At(parameters.First("end")!.Expression));
        if (Period.DaysBetween(from.Value, to.Value) >= MaximumDays)
            return ParameterProblems.Rule(
                OperationMessages.WindowTooLong.At(parameters.First("end")!.Expression, $"{MaximumDays}"));
        return new TemplateInput(
            template.Value!, [.. schedules.Distinct()], from.Value, to.Value, absences.Value, isDryRun);
    }

    private static async ValueTask<Outcome<TemplateResource>> TemplateAsync(
        OperationParameters parameters, ReferenceReader references, ResourceStore store, CancellationToken cancel)
    {
        var given = parameters.First("template-resource");
        if ((given?.Resource ?? parameters.RawResource) is { } resource)
        {
            return resource.Type.Name == "Basic"
                ? WeekTemplateMapping.Read(resource, given is null ? "Basic" : $"{given.Expression}.resource")
                : ParameterProblems.WrongResource(given?.Expression, "Basic");
        }
        var reference = parameters.First("template");
        if (references.Id(reference, "Basic") is not { } id)
            return references.Problem ?? ParameterProblems.Missing("template");
        return await store.ReadAsync("Basic", id, cancel) is { IsDeleted: false } stored
            ? WeekTemplateMapping.Read(StoredNodes.Parse(stored), "Basic")
            : ParameterProblems.ReferenceNotFound(reference!.Expression, $"Basic/{id}");
    }

    private static Outcome<LocalDate> Date(OperationParameters parameters, string name)
    {
        if (parameters.First(name) is not { } given)
            return ParameterProblems.Missing(name);
        var date = LocalDatePattern.Iso.Parse(given.Text ?? "");
        // Slots of the first and the last year could not be told in every zone.
        return date is { Success: true, Value.Year: > 1 and < 9999 }
            ? date.Value
            : ParameterProblems.Rule(OperationMessages.NotADate.At(given.Expression, name));
    }

    private static Outcome<ImmutableArray<TimeRange>> AbsencesOf(OperationParameters parameters)
    {
        var absences = ImmutableArray.CreateBuilder<TimeRange>();
        foreach (var given in parameters.All("absence"))
        {
            if (PeriodOf(given.Value) is not { } range)
                return ParameterProblems.Rule(OperationMessages.NotAPeriod.At(given.Expression, "absence"));
            absences.Add(range);
        }
        return absences.DrainToImmutable();
    }

    /// <summary>The time from the start to the end; dates count to their end, in the default zone.</summary>
    private static TimeRange? PeriodOf(ElementNode? period)
    {
        if (!FhirInstant.TryParse(period?.Text("start"), Zones.Default, out var start)
            || !FhirInstant.TryParse(period?.Text("end"), Zones.Default, out var end))
            return null;
        var until = end.Precision >= DateTimePrecision.Minute ? end.Start : end.End;
        return until > start.Start ? new TimeRange(Moments.Of(start.Start), Moments.Of(until)) : null;
    }
}
