using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Persistence.Audit;

namespace Ajanvaraus.Fhir.Server.Audit;

/// <summary>Writes the log of who did what to whose data.</summary>
/// <remarks>
/// Changes are written down in their own transaction. Accesses are written before they are answered: those that come
/// while others are being written share the next transaction, for a durable one costs the same whatever it holds.
/// </remarks>
internal sealed class AuditLog(ResourceStore store)
{
    private readonly Lock _turn = new();
    private List<Waiting> _waiting = [];
    private bool _isWriting;
    private AuditSeal? _seal;

    /// <summary>By what entries are sealed; the log is made when there is none yet.</summary>
    public async ValueTask<Outcome<AuditSeal>> SealAsync()
    {
        if (_seal is { } known)
            return known;
        var prepared = await store.WriteAsync<AuditSeal>(async session => await session.Audit.PrepareAsync(), CancellationToken.None);
        if (!prepared.Failed)
            _seal = prepared.Value;
        return prepared;
    }

    /// <summary>Writes an entry; when this returns without a problem, it is durable.</summary>
    /// <remarks>It goes on when the caller has gone: what was done is written down.</remarks>
    public Task<Problem?> AppendAsync(AuditEntry entry)
    {
        var waiting = new Waiting(entry.ToRecord());
        lock (_turn)
        {
            _waiting.Add(waiting);
            if (_isWriting)
                return waiting.Done.Task;
            _isWriting = true;
        }
        _ = Task.Run(WriteWaitingAsync);
        return waiting.Done.Task;
    }

    private async Task WriteWaitingAsync()
    {
        while (Take() is { } group)
            try
            {
                var problem = await WriteAsync([.. group.Select(w => w.Record)]);
                foreach (var waiting in group)
                    waiting.Done.SetResult(problem);
            }
            catch (Exception failure)
            {
                foreach (var waiting in group)
                    waiting.Done.SetException(failure);
            }
    }

    private List<Waiting>? Take()
    {
        lock (_turn)
        {
            _isWriting = _waiting.Count > 0;
            if (!_isWriting)
                return null;
            var group = _waiting;
            _waiting = [];
            return group;
        }
    }

    private async Task<Problem?> WriteAsync(ImmutableArray<AuditRecord> records)
    {
        var seal = await SealAsync();
        if (seal.Failed)
            return seal.Problem;
        var written = await store.WriteAsync<bool>(
            async session =>
            {
                await session.Audit.AppendAsync(seal.Value, records);
                return true;
            },
            CancellationToken.None);
        return written.Failed ? written.Problem : null;
    }

    private sealed record Waiting(AuditRecord Record)
    {
        public TaskCompletionSource<Problem?> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
