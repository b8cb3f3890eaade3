using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Validation;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Audit;
using Ajanvaraus.Fhir.Server.Interactions;
using Ajanvaraus.Fhir.Server.Security;
using Ajanvaraus.Fhir.Server.Writing;

namespace Ajanvaraus.Fhir.Server.Import;

/// <summary>What became of an import.</summary>
/// <param name="Stored">New or changed.</param>
/// <param name="Unchanged">There already, with the same content.</param>
/// <param name="IsInterrupted">Told to stop; what was counted is stored.</param>
public sealed record ImportResult(int Stored, int Unchanged, int Refused, bool IsInterrupted)
{
    public int Count => Stored + Unchanged + Refused;
}

/// <summary>Brings resources in by the write pipeline, many to a transaction; what is refused is told, the rest goes on.</summary>
/// <param name="refused">Told each resource that was refused: its place, its name where it has one, and why.</param>
/// <param name="progress">Told the count after each transaction.</param>
internal sealed class ImportRun(
    WritePipeline pipeline, StructuralValidator validator, Action<string, string?, Problem> refused,
    IProgress<int> progress, TimeProvider clock)
{
    private const int ResourcesPerTransaction = 250;
    private const int MostAttempts = 10;

    /// <summary>Where it is written down for whoever asked; null: nobody did but the operator.</summary>
    public AuditTrail? Trail { get; init; }

    /// <summary>Whose right it is to set labels, or not; null: whoever imports may do everything.</summary>
    public Identity? WritesFor { get; init; }

    private int _stored;
    private int _unchanged;
    private int _refused;

    /// <summary>Each transaction is whole when this returns, also when told to stop.</summary>
    public async Task<ImportResult> RunAsync(IEnumerable<ImportItem> items, CancellationToken cancel)
    {
        var running = Task.CompletedTask;
        foreach (var batch in Batches(items))
        {
            // While one transaction is written the next is read and validated.
            await running;
            progress.Report(_stored + _unchanged + _refused);
            if (cancel.IsCancellationRequested)
                return new ImportResult(_stored, _unchanged, _refused, IsInterrupted: true);
            running = Task.Run(() => WriteAsync(batch), CancellationToken.None);
        }
        await running;
        progress.Report(_stored + _unchanged + _refused);
        return new ImportResult(_stored, _unchanged, _refused, IsInterrupted: false);
    }

    /// <summary>Sound resources in transactions in which no resource comes twice.</summary>
    private IEnumerable<List<ImportedResource>> Batches(IEnumerable<ImportItem> items)
    {
        var batch = new List<ImportedResource>();
        var names = new HashSet<string>();
        foreach (var item in items)
        {
            if (Intent(item) is not { } imported)
                continue;
            if (batch.Count == ResourcesPerTransaction || !names.Add(imported.Name))
            {
                yield return batch;
                batch = [];
                names.Clear();
                names.Add(imported.Name);
            }
            batch.Add(imported);
        }
        if (batch.Count > 0)
            yield return batch;
    }

    private ImportedResource? Intent(ImportItem item)
    {
        if (item.Resource.Failed)
            return Refuse(item.Place, null, item.Resource.Problem);
        var resource = item.Resource.Value;
        if (resource.Id is not { } id || !ResourceReader.IsId(id))
            return Refuse(item.Place, null, CommandMessages.NoId.As(ProblemKind.Invalid, resource.Type.Name));
        var imported = new ImportedResource(item.Place, resource);
        var faults = validator.Validate(resource);
        foreach (var fault in faults)
            if (fault.Severity is IssueSeverity.Error or IssueSeverity.Fatal)
                return Refuse(item.Place, imported.Name, new Problem(ProblemKind.Unprocessable, faults));
        return imported;
    }

    private ImportedResource? Refuse(string place, string? name, Problem problem)
    {
        Interlocked.Increment(ref _refused);
        refused(place, name, problem);
        return null;
    }

    /// <summary>Writes all, or where that is refused each half by itself, until the refused ones stand alone.</summary>
    private async Task WriteAsync(List<ImportedResource> batch)
    {
        var written = await PatientlyAsync([.. batch.Select(r => r.Intent)]);
        if (!written.Failed)
        {
            var unchanged = written.Value.Count(r => r.Effect == WriteEffect.Unchanged);
            _unchanged += unchanged;
            _stored += batch.Count - unchanged;
        }
        else if (written.Problem.Kind is ProblemKind.Busy or ProblemKind.StorageFull)
            throw new ImportStoppedException(written.Problem);
        else if (batch.Count == 1)
            Refuse(batch[0].Place, batch[0].Name, written.Problem);
        else
        {
            await WriteAsync(batch[..(batch.Count / 2)]);
            await WriteAsync(batch[(batch.Count / 2)..]);
        }
    }

    /// <summary>Asks again while the database is busy: an import has time.</summary>
    private async Task<Outcome<ImmutableArray<WriteResult>>> PatientlyAsync(ImmutableArray<WriteIntent> intents)
    {
        for (var attempt = 1; ; attempt++)
        {
            var written = await pipeline.WriteAsync(intents, Caller.Server with { Trail = Trail, WritesFor = WritesFor }, CancellationToken.None);
            if (written.Problem is not { Kind: ProblemKind.Busy } || attempt == MostAttempts)
                return written;
            await Task.Delay(TimeSpan.FromSeconds(written.Problem.RetryAfterSeconds ?? 1), clock);
        }
    }

    private sealed record ImportedResource(string Place, ElementNode Resource)
    {
        public string Name { get; } = $"{Resource.Type.Name}/{Resource.Id}";

        public WriteIntent Intent => new()
        {
            Method = WriteMethod.Put,
            Type = Resource.Type.Name,
            Id = Resource.Id,
            Resource = Resource,
            IsImport = true,
        };
    }
}

/// <summary>The database takes no more: it is full, or did not answer for long.</summary>
internal sealed class ImportStoppedException(Problem problem) : Exception(problem.Issues[0].Text)
{
    public Problem Problem => problem;
}
