using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Persistence.Audit;
using Ajanvaraus.Fhir.Server.Writing;

namespace Ajanvaraus.Fhir.Server.Audit;

/// <summary>What one request, or one entry of a Bundle, leaves in the log.</summary>
/// <param name="log">Where it is written.</param>
/// <param name="begin">Who asks, and for what; without things.</param>
/// <param name="seal">Of entries.</param>
/// <param name="bases">Addresses of this server.</param>
/// <param name="bundle">Of the Bundle that the request is an entry of; null: none.</param>
internal sealed class AuditTrail(
    AuditLog log, Func<AuditEntry> begin, AuditSeal seal, ImmutableArray<string> bases, AuditTrail? bundle)
{
    /// <summary>Clients of whom the log tells already that this request had to do with them.</summary>
    private readonly HashSet<string> _told = [];

    private ImmutableArray<AuditedThing> _written = [];

    /// <summary>Writes down what a transaction changes, in that transaction.</summary>
    /// <remarks>The transaction may be run again: what counts is its last run, once <see cref="Commit"/> says so.</remarks>
    public ValueTask WriteAsync(WriteSession session, IEnumerable<WriteTarget> targets) =>
        WriteAsync(session, [.. targets.SelectMany(ThingsOf)]);

    /// <inheritdoc cref="WriteAsync(WriteSession, IEnumerable{WriteTarget})"/>
    public async ValueTask WriteAsync(WriteSession session, StoredResource written, string action, string interaction) =>
        await WriteAsync(session, Things(action, interaction, written, [written.Body]));

    /// <summary>Something that the request wrote stands in the log.</summary>
    public bool HasWritten { get; private set; }

    /// <summary>A transaction begins, or is run again.</summary>
    public void Begin() => _written = [];

    /// <summary>What was written last is durable.</summary>
    public void Commit()
    {
        HasWritten |= !_written.IsEmpty;
        Tell(_written.Select(t => t.Client).OfType<string>());
        _written = [];
    }

    /// <summary>Clients that an answer names, or what it was made from, and of whom nothing is told yet.</summary>
    public HashSet<string> Untold(IEnumerable<ReadOnlyMemory<byte>> bodies)
    {
        var found = new HashSet<string>();
        foreach (var body in bodies)
            MentionedClients.Find(body.Span, bases, found);
        found.ExceptWith(_told);
        return found;
    }

    /// <summary>Writes down that the clients of some resources were told of by an operation.</summary>
    public async ValueTask<Problem?> ExportAsync(IEnumerable<StoredResource> resources)
    {
        var clients = new HashSet<string>();
        foreach (var resource in resources)
            MentionedClients.Find(resource.Body.Span, bases, clients);
        return clients.Count == 0
            ? null
            : await AppendAsync([.. clients.Order(StringComparer.Ordinal).Select(c => new AuditedThing("E", "operation", null, c))], 0);
    }

    /// <summary>Writes down an access.</summary>
    public async Task<Problem?> AppendAsync(IReadOnlyList<AuditedThing> things, int outcome)
    {
        var problem = await log.AppendAsync(begin() with { Things = things, Outcome = outcome });
        if (problem is null)
            Tell(things.Select(t => t.Client).OfType<string>());
        return problem;
    }

    private async ValueTask WriteAsync(WriteSession session, ImmutableArray<AuditedThing> things)
    {
        _written = things;
        if (!things.IsEmpty)
            await session.Audit.AppendAsync(seal, [(begin() with { Things = things }).ToRecord()]);
    }

    private void Tell(IEnumerable<string> clients)
    {
        _told.UnionWith(clients);
        bundle?.Tell(_told);
    }

    private IEnumerable<AuditedThing> ThingsOf(WriteTarget target)
    {
        if (target.Result is not { Stored: { } stored, Effect: var effect } || effect == WriteEffect.Unchanged)
            return [];
        var (action, interaction) = effect switch
        {
            WriteEffect.Created => ("C", "create"),
            WriteEffect.Deleted => ("D", "delete"),
            _ => ("U", target.Intent.Method == WriteMethod.Patch ? "patch" : "update"),
        };
        return Things(action, interaction, stored, [target.Before?.Body ?? default, stored.Body]);
    }

    private ImmutableArray<AuditedThing> Things(
        string action, string interaction, StoredResource stored, IEnumerable<ReadOnlyMemory<byte>> bodies)
    {
        var clients = new HashSet<string>();
        if (stored.Type == "Patient")
            clients.Add(stored.Id);
        foreach (var body in bodies)
            MentionedClients.Find(body.Span, bases, clients);
        var data = $"{stored.Type}/{stored.Id}/_history/{stored.Version}";
        return clients.Count == 0
            ? [new AuditedThing(action, interaction, data, null)]
            : [.. clients.Order(StringComparer.Ordinal).Select(c => new AuditedThing(action, interaction, data, c))];
    }
}
