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
}

/// <summary>The interaction that made a version.</summary>
public enum WriteMethod { Post, Put, Delete, Patch }
