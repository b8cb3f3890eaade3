using Ajanvaraus.Fhir.Core.Search;

namespace Ajanvaraus.Fhir.Persistence;

/// <summary>Versions of one resource, of a type, or of all: http://hl7.org/fhir/R4/http.html#history.</summary>
public sealed record HistoryQuery
{
    /// <summary>Null: all types.</summary>
    public string? Type { get; init; }

    /// <summary>Null: all resources of the type.</summary>
    public string? Id { get; init; }

    /// <summary>Only these resources of the type; null: all of it.</summary>
    public ImmutableArray<string>? Ids { get; init; }

    /// <summary><c>_since</c>: versions made at or after that moment, in microseconds.</summary>
    public long? Since { get; init; }

    /// <summary><c>_at</c>: versions that were current at some moment of a half-open span, in microseconds.</summary>
    public (long Start, long End)? At { get; init; }

    /// <summary>Versions on a page; 0 means only the total.</summary>
    public required int Count { get; init; }

    /// <summary>Newest first unless this is set.</summary>
    public bool IsOldestFirst { get; init; }

    public string? Cursor { get; init; }

    /// <summary>What the caller may see; null: everything. Versions are seen of resources that are seen as they are now.</summary>
    public Visibility? Visibility { get; init; }
}

/// <param name="Versions">In the order that was asked for.</param>
/// <param name="NextCursor">For the next page; null on the last.</param>
public sealed record HistoryPage(ImmutableArray<StoredResource> Versions, long Total, string? NextCursor);
