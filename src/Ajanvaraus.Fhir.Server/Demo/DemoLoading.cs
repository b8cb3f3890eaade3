using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Import;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Operations;
using Ajanvaraus.Fhir.Server.Security;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Demo;

/// <summary>Puts the county into a database once: resources by import, open times by its week templates.</summary>
internal sealed class DemoLoading(ResourceStore store, FhirFacade facade, TextWriter output)
{
    /// <summary>Stored last: a county that has it is whole.</summary>
    private const string MarkerId = "demo-county";

    private const int WeeksAhead = 8;
    private const int ReportEvery = 1000;

    /// <summary>Loads what is not there; an interrupted load goes on where it can and repeats the rest.</summary>
    public async Task<Outcome<bool>> LoadAsync(CountySize size, int seed, LocalDate today, CancellationToken cancel)
    {
        if (await store.ReadAsync("Basic", MarkerId, cancel) is { IsDeleted: false })
            return false;
        var county = County.Plan(size, seed, today);
        var templates = county.TemplateAssignments().ToList();
        var resources = county.Resources().Concat(templates.Select(t => DemoTemplates.Resource(t.Template)));
        var import = new ResourceImport(facade.Pipeline, facade.Validator);
        var loaded = await import.LoadAsync(
            resources, new Steps(output, "resources", county.Count + templates.Count), cancel);
        if (loaded.Failed)
            return loaded.Problem;
        if (await OpenTimesAsync(templates, today, cancel) is { } problem)
            return problem;
        var marker = await import.LoadAsync([Marker(size)], new Steps(output, null, 1), cancel);
        return marker.Failed ? marker.Problem : true;
    }

    private async Task<Problem?> OpenTimesAsync(
        List<(CountyTemplate Template, ImmutableArray<string> ScheduleIds)> templates, LocalDate today,
        CancellationToken cancel)
    {
        var steps = new Steps(output, "open times", 0);
        var made = 0;
        foreach (var (template, scheduleIds) in templates)
        {
            var read = WeekTemplateMapping.Read(DemoTemplates.Resource(template), "Basic");
            if (read.Failed)
                return read.Problem;
            var input = new TemplateInput(
                read.Value, scheduleIds, today, today.PlusWeeks(WeeksAhead), [], IsDryRun: false);
            foreach (var scheduleId in scheduleIds)
            {
                var schedule = await store.ReadAsync("Schedule", scheduleId, cancel);
                var report = await new TemplateRun(store, facade.Pipeline, input, Caller.Server)
                    .ApplyAsync(new ScheduleView(StoredNodes.Parse(schedule!)), cancel);
                if (report.Failed)
                    return report.Problem;
                made += report.Value.Made;
                ((IProgress<int>)steps).Report(made);
            }
        }
        await output.WriteLineAsync($"{made} open times for {WeeksAhead} weeks.");
        return null;
    }

    private static ElementNode Marker(CountySize size)
    {
        var basic = new ElementNode(null, R4.Definitions.Resource("Basic")!, null, []);
        var code = basic.New("code").Set("text", $"Demo county, {size}");
        return basic.Set("id", MarkerId).Append(code);
    }

    /// <summary>A line for every thousand, so that long work is seen to go on.</summary>
    private sealed class Steps(TextWriter output, string? what, int total) : IProgress<int>
    {
        private int _told;

        public void Report(int value)
        {
            if (what is null || (value / ReportEvery == _told / ReportEvery && value != total))
                return;
            _told = value;
            output.WriteLine(total > 0 ? $"{value} of {total} {what}" : $"{value} {what}");
        }
    }
}
