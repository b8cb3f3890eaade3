using System.Globalization;

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Persistence.Jobs;
using Ajanvaraus.Fhir.Server.Jobs;
using Ajanvaraus.Fhir.Server.Operations.Bulk;

namespace Ajanvaraus.Fhir.Server.Interactions;

/// <summary>How far work is that was asked for with <c>Prefer: respond-async</c>, and what came of it.</summary>
/// <remarks>202 while it goes on, its result once it is done; 404 when there is none. Source:
/// http://hl7.org/fhir/R4/async.html#3.1.6.4 .</remarks>
public sealed class JobStatus(JobBoard board) : IInteraction
{
    private const string AskAgainSeconds = "1";

    public async Task<FhirResponse> InvokeAsync(FhirRequest request, CancellationToken cancel)
    {
        var job = await board.FindAsync(request.Target.Id!, request.Caller.Principal, cancel);
        return job switch
        {
            null => FhirResponse.Of(JobMessages.NoSuchJob.As(ProblemKind.NotFound), request.Caller.Language),
            { State: JobState.Done } => Done(job),
            _ => FhirResponse.Empty(StatusCodes.Status202Accepted) with
            {
                Headers =
                [
                    new("X-Progress", job.Progress.Length > 0 ? job.Progress : job.State.ToString()),
                    new("Retry-After", AskAgainSeconds),
                ],
            },
        };
    }

    private static FhirResponse Done(Job job) => FhirResponse.OfBytes(job.Status, job.Result) with
    {
        MediaType = IsManifest(job) ? "application/json" : null,
        Headers =
        [
            new("Expires", FhirInstant.MomentOf(job.Expires).ToString("R", CultureInfo.InvariantCulture)),
        ],
    };

    private static bool IsManifest(Job job) =>
        job is { Status: StatusCodes.Status200OK, Kind: ExportWork.Name or ImportWork.Name };
}

/// <summary>Cancels such work, or deletes its result: http://hl7.org/fhir/R4/async.html#3.1.6.3 .</summary>
public sealed class JobCancel(JobBoard board) : IInteraction
{
    public async Task<FhirResponse> InvokeAsync(FhirRequest request, CancellationToken cancel)
    {
        var language = request.Caller.Language;
        if (await board.FindAsync(request.Target.Id!, request.Caller.Principal, cancel) is not { } job)
            return FhirResponse.Of(JobMessages.NoSuchJob.As(ProblemKind.NotFound), language);
        var cancelled = await board.CancelAsync(job.Id, cancel);
        return cancelled.Failed
            ? FhirResponse.Of(cancelled.Problem, language)
            : FhirResponse.OfResource(
                StatusCodes.Status202Accepted, OperationOutcomes.From([JobMessages.Cancelled.At(null)], language));
    }
}

/// <summary>A file of such work, as NDJSON.</summary>
public sealed class JobFileRead(ResourceStore store, JobBoard board) : IInteraction
{
    public async Task<FhirResponse> InvokeAsync(FhirRequest request, CancellationToken cancel)
    {
        var (id, name) = (request.Target.Id!, request.Target.VersionId!);
        var job = await board.FindAsync(id, request.Caller.Principal, cancel);
        var files = job is { State: JobState.Done }
            ? await store.QueryAsync(session => session.Jobs.FilesAsync(id), cancel)
            : [];
        var file = files.FirstOrDefault(f => f.Name == name);
        return file is null || name.StartsWith(ImportSources.SentPrefix, StringComparison.Ordinal)
            ? FhirResponse.Of(JobMessages.NoSuchFile.As(ProblemKind.NotFound), request.Caller.Language)
            : FhirResponse.OfPieces(
                StatusCodes.Status200OK, "application/fhir+ndjson", token => PiecesAsync(id, file, token));
    }

    private async IAsyncEnumerable<byte[]> PiecesAsync(
        string id, JobFile file, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        for (var part = 0; part < file.Parts; part++)
        {
            var number = part;
            // Deleted meanwhile: what was promised cannot be kept, and the connection is cut.
            yield return await store.QueryAsync(s => s.Jobs.ReadPartAsync(id, file.Name, number), cancel)
                ?? throw new OperationCanceledException("The file was deleted while it was read.");
        }
    }
}
