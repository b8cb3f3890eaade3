using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Persistence.Engine;
using Ajanvaraus.Fhir.Persistence.Jobs;
using Ajanvaraus.Fhir.Server.Middleware;

namespace Ajanvaraus.Fhir.Server.Jobs;

/// <summary>Does the work that waits, some pieces at a time, as long as the process runs.</summary>
/// <remarks>
/// A piece belongs to the process whose lease it carries; the lease is renewed while a step runs. When the process ends, it
/// gives the lease back, and when it dies, the lease ends by itself: another goes on from the last step that was stored.
/// </remarks>
public sealed partial class JobRunner(
    ResourceStore store, JobBoard board, IEnumerable<IJobWork> works, TimeProvider clock, ILogger<JobRunner> log)
    : BackgroundService
{
    private readonly Dictionary<string, IJobWork> _works = works.ToDictionary(w => w.Kind);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, board.Options.AtOnce).Select(_ => LoopAsync(stoppingToken)));

    private async Task LoopAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await board.WaitAsync(stopping);
                await ForgetAsync(stopping);
                while (await TakeAsync(stopping) is { } job)
                    await DoAsync(job, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                // The database may be away for a while; what was under way goes on when its lease ends.
                LogLoop(log, fault);
            }
        }
    }

    private async ValueTask ForgetAsync(CancellationToken cancel)
    {
        var now = board.Now;
        if (await store.QueryAsync(session => session.Jobs.HasExpiredAsync(now), cancel))
            await store.WriteAsync<bool>(async session =>
            {
                await session.Jobs.ForgetAsync(now);
                return true;
            }, cancel);
    }

    private async ValueTask<Job?> TakeAsync(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            var waiting = await store.QueryAsync(session => session.Jobs.NextAsync(board.Now), cancel);
            if (waiting is null)
                return null;
            var taken = await AdvanceAsync(waiting, waiting.Position, waiting.Progress, [], cancel);
            if (taken is not null)
                return taken;
        }
        return null;
    }

    private async Task DoAsync(Job job, CancellationToken stopping)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Job? current = job;
        try
        {
            await using var steps = _works[job.Kind].RunAsync(job, cancel.Token).GetAsyncEnumerator(cancel.Token);
            while (current is not null)
            {
                var step = steps.MoveNextAsync().AsTask();
                current = await KeepAsync(current, step, cancel);
                if (!await step)
                    return;
                current = current is null ? null : await StoreAsync(current, steps.Current, cancel.Token);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            if (stopping.IsCancellationRequested && current is not null)
                await GiveBackAsync(current);
        }
        catch (StorageFailedException failure)
        {
            LogFailure(log, failure, job.Id, job.Kind);
        }
        catch (Exception fault)
        {
            LogFailure(log, fault, job.Id, job.Kind);
            if (current is not null)
                await EndAsync(current, JobMessages.Failed.As(ProblemKind.Fault), CancellationToken.None);
        }
    }

    /// <summary>Renews the lease while a step runs; null, and the step is told to stop, when the job is somebody else's.</summary>
    private async Task<Job?> KeepAsync(Job job, Task step, CancellationTokenSource cancel)
    {
        Job? current = job;
        while (!step.IsCompleted)
        {
            var renewal = Task.Delay(board.Options.Lease / 3, clock, CancellationToken.None);
            if (await Task.WhenAny(step, renewal) == step)
                break;
            current = await AdvanceAsync(current, current.Position, current.Progress, [], CancellationToken.None);
            if (current is null)
            {
                await cancel.CancelAsync();
                return null;
            }
        }
        return current;
    }

    /// <summary>Stores what a step left behind; null when the job is done, or somebody else's.</summary>
    private async Task<Job?> StoreAsync(Job job, Outcome<JobStep> step, CancellationToken cancel)
    {
        if (step.Failed && step.Problem.Kind == ProblemKind.Busy)
            // The lease ends by itself, and then the step is tried again.
            return null;
        if (step.Failed)
        {
            await EndAsync(job, step.Problem, cancel);
            return null;
        }
        var stored = await AdvanceAsync(job, step.Value.Position, step.Value.Progress, step.Value.Parts, cancel);
        if (step.Value.Result is not { } result || stored is null)
            return stored;
        await FinishAsync(stored, result.Status, result.Body, cancel);
        return null;
    }

    private async Task EndAsync(Job job, Problem problem, CancellationToken cancel)
    {
        var language = JobRequest.Read(job.Request).Language;
        await FinishAsync(
            job, ProblemStatus.Of(problem.Kind), FhirJson.ToBytes(OperationOutcomes.From(problem, language)), cancel);
    }

    private async Task FinishAsync(Job job, int status, byte[] body, CancellationToken cancel)
    {
        var expires = board.Now + JobBoard.Micros(board.Options.Kept);
        await store.WriteAsync<bool>(
            async session => await session.Jobs.FinishAsync(job, status, body, expires), cancel);
        LogDone(log, job.Id, job.Kind, status);
    }

    /// <summary>Takes a job or renews its lease, and stores its position with the files up to there.</summary>
    private async Task<Job?> AdvanceAsync(
        Job job, string position, string progress, ImmutableArray<JobPart> parts, CancellationToken cancel)
    {
        var leaseUntil = Math.Max(board.Now + JobBoard.Micros(board.Options.Lease), job.LeaseUntil + 1);
        var advanced = await store.WriteAsync<Advanced>(async session =>
        {
            var now = await session.Jobs.AdvanceAsync(job, leaseUntil, position, progress);
            if (now is not null)
                foreach (var part in parts)
                    await session.Jobs.AddPartAsync(job.Id, part.File, part.Number, part.Lines, part.Gzip);
            return new Advanced(now);
        }, cancel);
        return advanced.Failed ? null : advanced.Value.Job;
    }

    private async Task GiveBackAsync(Job job) => await store.WriteAsync<bool>(
        async session => await session.Jobs.AdvanceAsync(job, board.Now, job.Position, job.Progress) is not null,
        CancellationToken.None);

    private sealed record Advanced(Job? Job);

    [LoggerMessage(30, LogLevel.Information, "Done {JobId}: {Kind} {Status}")]
    private static partial void LogDone(ILogger log, string jobId, string kind, int status);

    [LoggerMessage(31, LogLevel.Error, "Work {JobId} ({Kind}) failed")]
    private static partial void LogFailure(ILogger log, Exception fault, string jobId, string kind);

    [LoggerMessage(32, LogLevel.Error, "Looking for work failed")]
    private static partial void LogLoop(ILogger log, Exception fault);
}
