using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Validation;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Security;
using Ajanvaraus.Fhir.Server.Writing;

namespace Ajanvaraus.Fhir.Server.Import;

/// <summary>Loads many resources through the same pipeline as every other write, some hundred to a transaction.</summary>
/// <remarks>
/// <para>Each resource is an update with its own id, so an import that was interrupted can be repeated.</para>
/// <para>Errors: the first transaction that is refused ends the import; those before it stay.</para>
/// </remarks>
public sealed class ResourceImport(WritePipeline pipeline, StructuralValidator validator)
{
    private const int ResourcesPerTransaction = 250;

    /// <param name="resources">In an order in which what is referred to comes first; every one with an id.</param>
    /// <param name="progress">Told the number of resources stored so far after each transaction.</param>
    public async Task<Outcome<int>> LoadAsync(
        IEnumerable<ElementNode> resources, IProgress<int> progress, CancellationToken cancel)
    {
        var stored = 0;
        Task<Outcome<int>>? running = null;
        foreach (var chunk in resources.Chunk(ResourcesPerTransaction))
        {
            // While one transaction is written the next is validated.
            var intents = Intents(chunk);
            if (running is not null && await running is { Failed: true } failed)
                return failed;
            if (intents.Failed)
                return intents.Problem;
            stored += running is null ? 0 : (await running).Value;
            progress.Report(stored);
            running = WriteAsync(intents.Value, cancel);
        }
        if (running is not null)
        {
            var last = await running;
            if (last.Failed)
                return last;
            stored += last.Value;
        }
        progress.Report(stored);
        return stored;
    }

    private async Task<Outcome<int>> WriteAsync(ImmutableArray<WriteIntent> intents, CancellationToken cancel)
    {
        var written = await pipeline.WriteAsync(intents, Caller.Server, cancel);
        return written.Failed ? written.Problem : written.Value.Length;
    }

    private Outcome<ImmutableArray<WriteIntent>> Intents(ElementNode[] resources)
    {
        var intents = ImmutableArray.CreateBuilder<WriteIntent>(resources.Length);
        foreach (var resource in resources)
        {
            var faults = validator.Validate(resource);
            if (faults.Any(i => i.Severity is IssueSeverity.Error or IssueSeverity.Fatal))
                return new Problem(ProblemKind.Unprocessable, faults);
            intents.Add(new WriteIntent
            {
                Method = WriteMethod.Put,
                Type = resource.Type.Name,
                Id = resource.Id,
                Resource = resource,
            });
        }
        return intents.DrainToImmutable();
    }
}
