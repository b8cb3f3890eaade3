using System.Globalization;
using System.Runtime.CompilerServices;

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Persistence.Jobs;
using Ajanvaraus.Fhir.Server.Conformance;
using Ajanvaraus.Fhir.Server.Jobs;

namespace Ajanvaraus.Fhir.Server.Operations.Bulk;

/// <summary>Makes the index rows of all resources anew, some hundred to a step, while the server serves.</summary>
/// <remarks>With that the stored SearchParameters are taken into use; those that cannot be are told in the result.</remarks>
internal sealed class ReindexWork(ResourceStore store, CurrentSearchParameters parameters, TimeProvider clock) : IJobWork
{
    public const string Name = "reindex";

    public string Kind => Name;

    public async IAsyncEnumerable<Outcome<JobStep>> RunAsync(
        Job job, [EnumeratorCancellation] CancellationToken cancel)
    {
        if (ReindexPosition.Read(job.Position) is not { } at)
        {
            var adopted = await parameters.AdoptAsync(cancel);
            if (adopted.Failed)
            {
                yield return adopted.Problem;
                yield break;
            }
            at = new ReindexPosition(0, 0, adopted.Value);
            yield return at.Step;
        }
        if (at.Count == 0)
            // Until every process indexes by them, what it writes could be passed over.
            await Task.Delay(CurrentSearchParameters.Look * 2, clock, cancel);
        while (true)
        {
            await parameters.RefreshAsync(cancel);
            var step = await store.Upkeep.ReindexAsync([], at.After, parameters.Indexer, cancel);
            if (step.Failed)
            {
                yield return step.Problem;
                yield break;
            }
            at = at with { Count = at.Count + step.Value.Count, After = step.Value.LastKey };
            if (step.Value.Count == 0)
                break;
            yield return at.Step;
        }
        yield return await EndAsync(job, at, cancel);
    }

    private async ValueTask<Outcome<JobStep>> EndAsync(Job job, ReindexPosition at, CancellationToken cancel)
    {
        var finished = await parameters.FinishAsync(at.Parameters, cancel);
        if (finished.Failed)
            return finished.Problem;
        ImmutableArray<Issue> told =
            [JobMessages.Reindexed.At(null, $"{at.Count}"), .. await parameters.UnusableAsync(cancel)];
        return at.Step with
        {
            Result = new JobResult(
                StatusCodes.Status200OK,
                FhirJson.ToBytes(OperationOutcomes.From(told, JobRequest.Read(job.Request).Language))),
        };
    }

    /// <param name="After">Key of the last resource.</param>
    /// <param name="Parameters">Keys of the SearchParameters that are taken into use.</param>
    private sealed record ReindexPosition(long Count, long After, ImmutableArray<long> Parameters)
    {
        public JobStep Step => new(
            string.Join(' ', new[] { Count, After }.Concat(Parameters).Select(n => n.ToString(CultureInfo.InvariantCulture))),
            string.Create(CultureInfo.InvariantCulture, $"{Count} resources"));

        /// <summary>Null at the beginning.</summary>
        public static ReindexPosition? Read(string text)
        {
            if (text.Length == 0)
                return null;
            var numbers = text.Split(' ').Select(n => long.Parse(n, CultureInfo.InvariantCulture)).ToImmutableArray();
            return new ReindexPosition(numbers[0], numbers[1], numbers[2..]);
        }
    }
}
