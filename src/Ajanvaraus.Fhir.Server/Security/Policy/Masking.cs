using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Mapping;

namespace Ajanvaraus.Fhir.Server.Security.Policy;

/// <summary>Takes out of answers what the caller is not told of resources that they otherwise see.</summary>
/// <remarks>A version is judged by what the resource is now, and by what it was itself.</remarks>
internal static class Masking
{
    /// <summary>The resources as the caller sees them, in the same order.</summary>
    public static async ValueTask<ImmutableArray<StoredResource>> ApplyAsync(
        ResourceStore store, Identity identity, ImmutableArray<StoredResource> resources, CancellationToken cancel)
    {
        foreach (var masked in identity.Access?.Masked ?? [])
            resources = await ApplyAsync(store, masked, resources, cancel);
        return resources;
    }

    /// <inheritdoc cref="ApplyAsync(ResourceStore, Identity, ImmutableArray{StoredResource}, CancellationToken)"/>
    public static async ValueTask<StoredResource> ApplyAsync(
        ResourceStore store, Identity identity, StoredResource resource, CancellationToken cancel) =>
        (await ApplyAsync(store, identity, [resource], cancel))[0];

    private static async ValueTask<ImmutableArray<StoredResource>> ApplyAsync(
        ResourceStore store, MaskedResources masked, ImmutableArray<StoredResource> resources, CancellationToken cancel)
    {
        var ids = resources.Where(masked.Kind.MayBe).Select(r => r.Id).ToHashSet();
        if (ids.Count == 0)
            return resources;
        var met = await store.QueryAsync(session => session.MeetingAsync(masked.Kind.Type, ids, masked.Condition), cancel);
        return [.. resources.Select(r => masked.Kind.MayBe(r) ? AsSeen(r, met.Contains(r.Id), masked) : r)];
    }

    private static StoredResource AsSeen(StoredResource resource, bool meets, MaskedResources masked)
    {
        var node = StoredNodes.Parse(resource);
        return masked.IsMasked(node, meets) ? Part(resource, masked.Kind, node) : resource;
    }

    /// <summary>What the caller is told of it.</summary>
    public static StoredResource Part(StoredResource resource, PartlySeen kind, ElementNode node) =>
        resource with { Body = FhirJson.ToBytes(kind.Of(node)) };
}
