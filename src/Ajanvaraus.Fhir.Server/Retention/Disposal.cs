using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Audit;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Security;

namespace Ajanvaraus.Fhir.Server.Retention;

/// <summary>Takes out all that is stored of a resource, and writes that down in the log.</summary>
/// <remarks>What stays is a deletion without content: its id names nothing else, and is answered 410.</remarks>
/// <param name="operation">By which the log knows it.</param>
/// <param name="reason">What the log tells of it; null: nothing more.</param>
internal sealed class Disposal(ResourceStore store, string operation, string? reason = null)
{
    /// <summary>What says nothing without the Appointment that it is of.</summary>
    private static readonly string[] Dependents = ["AppointmentResponse", "Provenance"];

    private static readonly Identity Program = new() { Kind = CallerKind.System, ClientId = "Ajanvaraus.Fhir.Server" };

    /// <summary>All of them in one transaction, each with what belongs to it alone; what was changed meanwhile is left.</summary>
    /// <param name="seen">As they were decided about.</param>
    /// <returns>References of what was taken out.</returns>
    public Task<Outcome<ImmutableArray<string>>> RunAsync(IReadOnlyCollection<StoredResource> seen, CancellationToken cancel)
    {
        store.Upkeep.CleanAtEnd();
        return store.WriteAsync<ImmutableArray<string>>(async session =>
        {
            var gone = ImmutableArray.CreateBuilder<string>();
            foreach (var resource in seen)
            {
                if (await session.LockAsync(resource.Type, resource.Id) is not { IsDeleted: false } current || current.Version != resource.Version)
                    continue;
                foreach (var (type, id) in await session.ReferringAsync(resource.Type, resource.Id))
                    if (resource.Type == "Appointment" && Dependents.Contains(type))
                        await DisposeAsync(session, type, id, gone);
                await DisposeAsync(session, resource.Type, resource.Id, gone);
            }
            return gone.ToImmutable();
        }, cancel);
    }

    private async ValueTask DisposeAsync(WriteSession session, string type, string id, ImmutableArray<string>.Builder gone)
    {
        if (await session.LockAsync(type, id) is not { IsDeleted: false } current)
            return;
        var clients = ClientsIn(StoredNodes.Parse(current));
        await session.DisposeAsync(type, id);
        gone.Add($"{type}/{id}");
        var entry = AuditEntry.Of(Program) with
        {
            Interaction = "operation", Operation = operation, SpecialReason = reason,
            Things = [.. clients.DefaultIfEmpty(null).Select(client => new AuditedThing("D", "delete", $"{type}/{id}", client))],
        };
        await session.Audit.AppendAsync(await session.Audit.PrepareAsync(), [entry.ToRecord()]);
    }

    private static IEnumerable<string?> ClientsIn(ElementNode resource)
    {
        var clients = new HashSet<string>();
        if (resource.Type.Name == "Patient")
            clients.Add(resource.Id!);
        MentionedClients.Find(Core.Json.FhirJson.ToBytes(resource), [], clients);
        return clients.Order(StringComparer.Ordinal);
    }
}
