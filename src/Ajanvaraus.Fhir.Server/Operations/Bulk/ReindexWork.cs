using System.Globalization;
using System.Runtime.CompilerServices;

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Persistence.Jobs;
using Ajanvaraus.Fhir.Server.Jobs;

namespace Ajanvaraus.Fhir.Server.Operations.Bulk;

/// <summary>Makes the index rows of all resources anew, some hundred to a step, while the server serves.</summary>
internal sealed class ReindexWork(ResourceStore store, SearchIndexer indexer) : IJobWork
{
    public const string Name = "reindex";

    public string Kind => Name;

    public async IAsyncEnumerable<Outcome<JobStep>> RunAsync(
        Job job, [EnumeratorCancellation] CancellationToken cancel)
    {
        var (count, after) = Position(job.Position);
        while (true)
        {
            var step = await store.Upkeep.ReindexAsync([], after, indexer, cancel);
            if (step.Failed)
            {
                yield return step.Problem;
                yield break;
            }
            (count, after) = (count + step.Value.Count, step.Value.LastKey);
            var done = new JobStep(
                string.Create(CultureInfo.InvariantCulture, $"{count} {after}"),
                string.Create(CultureInfo.InvariantCulture, $"{count} resources"));
            if (step.Value.Count > 0)
            {
                yield return done;
                continue;
            }
            var language = JobRequest.Read(job.Request).Language;
            yield return done with
            {
                Result = new JobResult(
                    StatusCodes.Status200OK,
                    FhirJson.ToBytes(OperationOutcomes.From([JobMessages.Reindexed.At(null, $"{count}")], language))),
            };
            yield break;
        }
    }

    private static (long Count, long After) Position(string text)
    {
        if (text.Length == 0)
            return (0, 0);
        var numbers = text.Split(' ').Select(n => long.Parse(n, CultureInfo.InvariantCulture)).ToArray();
        return (numbers[0], numbers[1]);
    }
}
