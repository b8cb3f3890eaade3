using System.Security.Cryptography;

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Persistence.Jobs;
using Ajanvaraus.Fhir.Server.Interactions;

namespace Ajanvaraus.Fhir.Server.Jobs;

/// <summary>Work in the background: begun, looked at and cancelled from any process.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/async.html .</remarks>
public sealed class JobBoard(ResourceStore store, JobOptions options, TimeProvider clock)
{
    private const int IdBytes = 16;
    private const int AskAgainSeconds = 10;

    /// <summary>Work that has no result by then is forgotten.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>What is cancelled is remembered until whoever does it has surely noticed.</summary>
    private static readonly TimeSpan Forgetting = TimeSpan.FromMinutes(10);

    private readonly SemaphoreSlim _new = new(0);

    public JobOptions Options => options;

    /// <summary>Microseconds since 1970 UTC.</summary>
    public long Now => FhirInstant.MicrosOf(clock.GetUtcNow());

    public static long Micros(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>Stores work that is to be done, and says where its state is told.</summary>
    public Task<FhirResponse> StartAsync(string kind, FhirRequest request, JobRequest asked, CancellationToken cancel) =>
        StartAsync(kind, request, asked, [], cancel);

    /// <inheritdoc cref="StartAsync(string, FhirRequest, JobRequest, CancellationToken)"/>
    /// <param name="files">What the work starts from.</param>
    public async Task<FhirResponse> StartAsync(
        string kind, FhirRequest request, JobRequest asked, ImmutableArray<JobPart> files, CancellationToken cancel)
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));
        var now = Now;
        var job = new Job(
            id, kind, request.Caller.Principal, JobState.Waiting, now, now, now + Micros(Longest), asked.ToBytes(), "", "",
            0, default);
        var added = await store.WriteAsync<bool>(session => AddAsync(session, job, files), cancel);
        if (added.Failed)
            return FhirResponse.Of(added.Problem, request.Caller.Language);
        _new.Release();
        var outcome = OperationOutcomes.From([JobMessages.Accepted.At(null)], request.Caller.Language);
        return FhirResponse.OfResource(StatusCodes.Status202Accepted, outcome) with
        {
            ContentLocation = $"_async/{id}",
            Headers = [new("Preference-Applied", "respond-async")],
        };
    }

    /// <summary>Null when there is none, or when it is another caller's.</summary>
    public async ValueTask<Job?> FindAsync(string id, string principal, CancellationToken cancel)
    {
        var job = await store.QueryAsync(session => session.Jobs.ReadAsync(id), cancel);
        return job is not null && job.Owner == principal && job.Expires > Now ? job : null;
    }

    public Task<Outcome<bool>> CancelAsync(string id, CancellationToken cancel) => store.WriteAsync<bool>(
        async session =>
        {
            await session.Jobs.CancelAsync(id, Now + Micros(Forgetting));
            return true;
        }, cancel);

    /// <summary>Waits until there is work that this process was asked for, or until it is time to look for others'.</summary>
    public Task WaitAsync(CancellationToken cancel) => _new.WaitAsync(options.Look, cancel);

    private async ValueTask<Outcome<bool>> AddAsync(WriteSession session, Job job, ImmutableArray<JobPart> files)
    {
        if (await session.Jobs.CountUnfinishedAsync(job.Owner) >= options.MostUnfinished)
            return JobMessages.TooMany.As(ProblemKind.Throttled, null, $"{options.MostUnfinished}") with
            {
                RetryAfterSeconds = AskAgainSeconds,
            };
        await session.Jobs.AddAsync(job);
        foreach (var part in files)
            await session.Jobs.AddPartAsync(job.Id, part.File, part.Number, part.Lines, part.Gzip);
        return true;
    }
}
