using System.Globalization;

using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Persistence.Writing;

namespace Ajanvaraus.Fhir.Persistence;

/// <summary>One version of a resource as it lies in the database.</summary>
/// <param name="Key">Row key of the resource, the same for all its versions.</param>
/// <param name="Version">1, 2, 3… without gaps.</param>
/// <param name="LastUpdated">Microseconds since 1970 UTC.</param>
/// <param name="Body">The JSON that a read passes through, with <c>meta</c> as served; empty for a deletion.</param>
public sealed record StoredResource(
    long Key, string Type, string Id, int Version, long LastUpdated, WriteMethod Method, ReadOnlyMemory<byte> Body)
{
    public bool IsDeleted => Method == WriteMethod.Delete;

    /// <summary>Of a contained resource, whose <see cref="Body"/> is that of its container, its id there; else null.</summary>
    /// <remarks>A long one is cut: <see cref="IsContainedId"/>.</remarks>
    public string? ContainedId => Writing.ContainedId.InnerOf(Id);

    /// <summary>Whether the resource of that id within the container is this one.</summary>
    public bool IsContainedId(string? id) => id is not null && ContainedId == Writing.ContainedId.Inner(id);

    /// <summary>True when the resource, stored now, would differ in its version and moment alone.</summary>
    public bool HasContent(ElementNode resource) =>
        Body.Span.SequenceEqual(FhirJson.ToBytes(VersionStamp.On(resource, Version, LastUpdated)));
}

/// <summary>What the server itself says in <c>meta</c> of each version; the rest of it is the author's.</summary>
internal static class VersionStamp
{
    /// <param name="moment">Of <c>lastUpdated</c>, in microseconds since 1970 UTC.</param>
    public static ElementNode On(ElementNode resource, int version, long moment)
    {
        var meta = (resource["meta"] ?? resource.New("meta"))
            .Set("versionId", version.ToString(CultureInfo.InvariantCulture))
            .Set("lastUpdated", FhirTime.Text(moment));
        return resource.Replace("meta", meta);
    }
}

/// <summary>The interaction that made a version.</summary>
public enum WriteMethod { Post, Put, Delete, Patch }
