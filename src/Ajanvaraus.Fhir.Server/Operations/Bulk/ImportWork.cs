using System.Globalization;
using System.Runtime.CompilerServices;

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Persistence.Jobs;
using Ajanvaraus.Fhir.Server.Audit;
using Ajanvaraus.Fhir.Server.Import;
using Ajanvaraus.Fhir.Server.Jobs;
using Ajanvaraus.Fhir.Server.Security;

namespace Ajanvaraus.Fhir.Server.Operations.Bulk;

/// <summary>What an import by request is done with.</summary>
/// <param name="MostBytes">Of a line.</param>
/// <param name="Audit">Writes down whose data is brought in.</param>
internal sealed record ImportServices(
    FhirFacade Facade, ResourceStore Store, int MostBytes, TimeProvider Clock, bool NeedsToken, AccessAudit Audit);

/// <summary>Brings the lines in, some hundred to a step, and writes down what was refused.</summary>
/// <remarks>A step that is done again stores nothing anew: what is there already makes no version.</remarks>
internal sealed class ImportWork(ImportServices services) : IJobWork
{
    public const string Name = "import";

    private const int ItemsPerStep = 500;

    public string Kind => Name;

    public async IAsyncEnumerable<Outcome<JobStep>> RunAsync(
        Job job, [EnumeratorCancellation] CancellationToken cancel)
    {
        var request = JobRequest.Read(job.Request);
        using var inputs = new ImportInputs(services.Store, services.MostBytes);
        var files = await inputs.FetchAsync(job.Id, request.Texts("sources"), cancel);
        if (files.Failed)
        {
            yield return files.Problem;
            yield break;
        }
        var importer = request.Caller(services.Facade.Access).Identity;
        var trail = await services.Audit.TrailOfAsync(job, request, importer);
        if (trail.Failed)
        {
            yield return trail.Problem;
            yield break;
        }
        var at = ImportPosition.Read(job.Position);
        var items = ImportStage.All.SelectMany(stage => files.Value.SelectMany(file => file.Read(stage))).Skip(at.Handled);
        foreach (var chunk in items.Chunk(ItemsPerStep))
        {
            using var refused = new GzipLines();
            var result = await ImportAsync(chunk, refused, request.Language, trail.Value, importer, cancel);
            if (result.Failed)
            {
                yield return result.Problem;
                yield break;
            }
            // Told to stop: what was not stored is for whoever goes on.
            cancel.ThrowIfCancellationRequested();
            var part = refused.Count > 0
                ? (ImmutableArray<JobPart>)[new JobPart("error-1.ndjson", at.ErrorParts, refused.Count, refused.ToArray())]
                : [];
            at = at.After(chunk.Length, result.Value, part.Length);
            yield return new JobStep(at.ToString(), at.Progress) { Parts = part };
        }
        yield return await EndAsync(job, request, at, cancel);
    }

    private async ValueTask<Outcome<ImportResult>> ImportAsync(
        ImportItem[] items, GzipLines refused, string language, AuditTrail? trail, Identity importer, CancellationToken cancel)
    {
        var run = new ImportRun(
            services.Facade.Pipeline, services.Facade.Validator,
            (place, name, problem) => Tell(refused, place, name, problem, language), new Ignored(), services.Clock)
        {
            Trail = trail,
            WritesFor = importer,
        };
        try
        {
            return await run.RunAsync(items, cancel);
        }
        catch (ImportStoppedException stopped)
        {
            return stopped.Problem;
        }
    }

    private static void Tell(GzipLines lines, string place, string? name, Problem problem, string language)
    {
        var located = problem.Issues.Select(issue => issue with
        {
            Diagnostics = string.Join(' ', new[] { place, name, issue.Diagnostics }.OfType<string>()),
        });
        var outcome = FhirJson.ToBytes(OperationOutcomes.From([.. located], language));
        // Halves of a transaction are refused one after another, while the next lines are read.
        lock (lines)
            lines.Add(outcome);
    }

    private async ValueTask<JobStep> EndAsync(Job job, JobRequest request, ImportPosition at, CancellationToken cancel)
    {
        using var outcome = new GzipLines();
        outcome.Add(FhirJson.ToBytes(OperationOutcomes.From(
            [JobMessages.Imported.At(null, $"{at.Stored}", $"{at.Unchanged}", $"{at.Refused}")], request.Language)));
        const string name = "outcome-1.ndjson";
        var files = await services.Store.QueryAsync(session => session.Jobs.FilesAsync(job.Id), cancel);
        var told = files.RemoveAll(f => f.Name.StartsWith(ImportSources.SentPrefix, StringComparison.Ordinal) || f.Name == name)
            .Add(new JobFile(name, 1, 1));
        return new JobStep(at.ToString(), at.Progress)
        {
            Parts = files.Any(f => f.Name == name) ? [] : [new JobPart(name, 0, 1, outcome.ToArray())],
            Result = new JobResult(
                StatusCodes.Status200OK, JobManifest.Of(job, request, job.Created, told, services.NeedsToken)),
        };
    }

    private sealed class Ignored : IProgress<int>
    {
        public void Report(int value)
        {
            // The steps themselves tell how far they are.
        }
    }
}

/// <summary>How far an import is.</summary>
/// <param name="Handled">Lines, in the order in which they are brought in.</param>
/// <param name="ErrorParts">Pieces of the file of refusals.</param>
internal sealed record ImportPosition(int Handled, int Stored, int Unchanged, int Refused, int ErrorParts)
{
    public string Progress => string.Create(CultureInfo.InvariantCulture, $"{Handled} resources, {Refused} refused");

    public static ImportPosition Read(string text)
    {
        if (text.Length == 0)
            return new ImportPosition(0, 0, 0, 0, 0);
        var numbers = text.Split(' ').Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToArray();
        return new ImportPosition(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Handled} {Stored} {Unchanged} {Refused} {ErrorParts}");

    public ImportPosition After(int handled, ImportResult result, int errorParts) => new(
        Handled + handled, Stored + result.Stored, Unchanged + result.Unchanged, Refused + result.Refused,
        ErrorParts + errorParts);
}
