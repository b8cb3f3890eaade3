using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Mapping;

namespace Ajanvaraus.Fhir.Server.Security.Policy;

/// <summary>Takes out of answers what the caller is not told of clients whose whereabouts are kept.</summary>
/// <remarks>A version is judged by the labels that the client has now, and by its own.</remarks>
internal static class Masking
{
    /// <summary>The resources as the caller sees them, in the same order.</summary>
    public static async ValueTask<ImmutableArray<StoredResource>> ApplyAsync(
        ResourceStore store, Identity identity, ImmutableArray<StoredResource> resources, CancellationToken cancel)
    {
        if (identity.Access?.Masked is not { } masked || !resources.Any(MayBeMasked))
            return resources;
        var ids = resources.Where(MayBeMasked).Select(r => r.Id).ToHashSet();
        var known = await store.QueryAsync(session => session.MeetingAsync(PartlySeen.Type, ids, masked.Condition), cancel);
        return [.. resources.Select(r => MayBeMasked(r) ? AsSeen(r, known.Contains(r.Id), masked) : r)];
    }

    /// <inheritdoc cref="ApplyAsync(ResourceStore, Identity, ImmutableArray{StoredResource}, CancellationToken)"/>
    public static async ValueTask<StoredResource> ApplyAsync(
        ResourceStore store, Identity identity, StoredResource resource, CancellationToken cancel) =>
        (await ApplyAsync(store, identity, [resource], cancel))[0];

    private static bool MayBeMasked(StoredResource resource) => resource is { Type: PartlySeen.Type, Body.IsEmpty: false };

    private static StoredResource AsSeen(StoredResource resource, bool isLabelled, MaskedClients masked)
    {
        var node = StoredNodes.Parse(resource);
        // Nobody can tell any more what a deleted client was to the caller.
        var isMasked = isLabelled || (masked.HasNoExceptions && SecurityLabels.IsNonDisclosure(node));
        return isMasked ? resource with { Body = FhirJson.ToBytes(PartlySeen.Of(node)) } : resource;
    }
}

/// <summary>The clients of whom a caller sees a part only.</summary>
/// <param name="Condition">What they meet, as one of the server's own.</param>
/// <param name="HasNoExceptions">The caller sees no labelled client as a whole.</param>
public sealed record MaskedClients(SearchExpression Condition, bool HasNoExceptions);
