using System.Globalization;
using System.Runtime.CompilerServices;

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Persistence.Jobs;
using Ajanvaraus.Fhir.Server.Audit;
using Ajanvaraus.Fhir.Server.Jobs;
using Ajanvaraus.Fhir.Server.Security;
using Ajanvaraus.Fhir.Server.Security.Policy;
using Ajanvaraus.Fhir.Server.Mapping;

namespace Ajanvaraus.Fhir.Server.Operations.Bulk;

/// <summary>Writes the files of an export, some hundred resources to a step.</summary>
/// <remarks>
/// What was changed after the export began is written as it was then: versions are kept. A new file begins when one is
/// large. The first file begins when all writes have ended that may be of the moment of the export or an earlier one:
/// who asks for what changed since then misses nothing. Where only changes are asked for, what was deleted is told too, as transactions that delete it.
/// </remarks>
internal sealed class ExportWork(ExportServices services) : IJobWork
{
    public const string Name = "export";

    private const string Deleted = "deleted";
    private const int ResourcesPerStep = 500;
    private const long BytesPerFile = 64 * 1024 * 1024;

    public string Kind => Name;

    public async IAsyncEnumerable<Outcome<JobStep>> RunAsync(
        Job job, [EnumeratorCancellation] CancellationToken cancel)
    {
        var request = JobRequest.Read(job.Request);
        var asked = ExportAsked.Read(request);
        var identity = request.Caller(services.Access()).Identity;
        var trail = await services.Audit.TrailOfAsync(job, request, identity);
        if (trail.Failed)
        {
            yield return trail.Problem;
            yield break;
        }
        if (job.Position.Length == 0)
            await services.Store.SettleAsync(cancel);
        var patients = asked.Group is { } group ? await new GroupMembers(services.Store).PatientsAsync(group, cancel) : [];
        var units = asked.Since is null || asked.IsOfPatients ? asked.Types : asked.Types.Add(Deleted);
        var at = ExportPosition.Read(job.Position);
        while (at.Unit < units.Length)
        {
            var unit = units[at.Unit];
            var page = unit == Deleted
                ? await DeletionsAsync(asked, identity, at.Cursor, cancel)
                : await ResourcesAsync(asked, identity, unit, patients, at.Cursor, trail.Value, cancel);
            if (page.Failed)
            {
                yield return page.Problem;
                yield break;
            }
            var (lines, next) = page.Value;
            using (lines)
            {
                var part = lines.Count > 0
                    ? (ImmutableArray<JobPart>)[new JobPart($"{unit}-{at.File}.ndjson", at.Part, lines.Count, lines.ToArray())]
                    : [];
                at = at.After(lines, next, BytesPerFile);
                yield return new JobStep(at.ToString(), Progress(at, units.Length)) { Parts = part };
            }
        }
        var files = await services.Store.QueryAsync(session => session.Jobs.FilesAsync(job.Id), cancel);
        yield return new JobStep(at.ToString(), Progress(at, units.Length))
        {
            Result = new JobResult(
                StatusCodes.Status200OK, JobManifest.Of(job, request, asked.Moment, files, services.NeedsToken)),
        };
    }

    private static string Progress(ExportPosition at, int units) => string.Create(
        CultureInfo.InvariantCulture, $"{at.Count} resources, {at.Unit} of {units} types");

    private async ValueTask<Outcome<(GzipLines Lines, string? Next)>> ResourcesAsync(
        ExportAsked asked, Identity identity, string type, ImmutableArray<string> patients, string? cursor,
        AuditTrail? trail, CancellationToken cancel)
    {
        var wanted = await ConditionAsync(asked, type, patients, cancel);
        if (wanted.Failed)
            return wanted.Problem;
        var query = new SearchQuery { ResourceTypes = [type], Expression = wanted.Value, Count = ResourcesPerStep, Visibility = identity.Reach(ScopeInteractions.Search) };
        var page = await services.Store.SearchAsync(query, cursor, cancel);
        var told = new List<StoredResource>();
        foreach (var match in page.Matches)
            if (await AsThenAsync(match, asked.Moment, cancel) is { } then)
                told.Add(await Masking.ApplyAsync(services.Store, identity, then, cancel));
        // Before the step is stored: what is in a file may be fetched.
        if (trail is not null && await trail.ExportAsync(told) is { } unwritten)
            return unwritten;
        var lines = new GzipLines();
        var elements = asked.ElementsOf(type);
        foreach (var resource in told)
            lines.Add(elements.IsEmpty
                ? resource.Body.Span
                : FhirJson.ToBytes(SummaryFilter.Apply(StoredNodes.Parse(resource), SummaryMode.False, elements)));
        return (lines, page.NextCursor);
    }

    private async ValueTask<Outcome<SearchExpression>> ConditionAsync(
        ExportAsked asked, string type, ImmutableArray<string> patients, CancellationToken cancel)
    {
        var all = ImmutableArray.CreateBuilder<SearchExpression>();
        if (asked.Group is not null && patients.IsEmpty)
            return new NothingExpression();
        if (asked.IsOfPatients)
            all.Add(services.Compartment.Members([type], patients, null, null));
        if (asked.Since is { } since)
            all.Add(new LastUpdatedExpression(SearchPrefix.Ge, since, since + 1));
        var filters = ImmutableArray.CreateBuilder<SearchExpression>();
        foreach (var filter in asked.Filters.Where(f => f.StartsWith(type + "?", StringComparison.Ordinal)))
        {
            var parsed = await services.ParseAsync(filter, cancel);
            if (parsed.Failed)
                return parsed.Problem;
            filters.Add(parsed.Value.Expression ?? new AndExpression([]));
        }
        if (filters.Count > 0)
            all.Add(new OrExpression(filters.ToImmutable()));
        return new AndExpression(all.ToImmutable());
    }

    /// <summary>The version that was current when the export began; null when there was none.</summary>
    private async ValueTask<StoredResource?> AsThenAsync(StoredResource now, long moment, CancellationToken cancel)
    {
        if (now.LastUpdated <= moment)
            return now;
        var then = await services.Store.HistoryAsync(
            new HistoryQuery { Type = now.Type, Id = now.Id, At = (moment, moment + 1), Count = 1 }, cancel);
        return then.Versions is [{ IsDeleted: false } version] ? version : null;
    }

    private async ValueTask<Outcome<(GzipLines Lines, string? Next)>> DeletionsAsync(
        ExportAsked asked, Identity identity, string? cursor, CancellationToken cancel)
    {
        var history = await services.Store.HistoryAsync(
            new HistoryQuery { Since = asked.Since, Count = ResourcesPerStep, Cursor = cursor, Visibility = identity.Reach(ScopeInteractions.Search) }, cancel);
        var lines = new GzipLines();
        foreach (var version in history.Versions)
        {
            if (!version.IsDeleted || version.LastUpdated > asked.Moment || !asked.Types.Contains(version.Type))
                continue;
            var current = await services.Store.ReadAsync(version.Type, version.Id, cancel);
            if (current?.Version == version.Version)
                lines.Add(Deletion(version));
        }
        return (lines, history.NextCursor);
    }

    private static byte[] Deletion(StoredResource version) => System.Text.Encoding.UTF8.GetBytes(
        "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[{\"request\":{\"method\":\"DELETE\",\"url\":\""
        + $"{version.Type}/{version.Id}\"}}}}]}}");
}
