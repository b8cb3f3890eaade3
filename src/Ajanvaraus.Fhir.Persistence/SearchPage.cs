namespace Ajanvaraus.Fhir.Persistence;

/// <summary>One page of a search.</summary>
/// <param name="Total">Null unless asked for.</param>
/// <param name="NextCursor">For the next page of the same query; null on the last.</param>
public sealed record SearchPage(
    ImmutableArray<StoredResource> Matches, ImmutableArray<StoredResource> Included, long? Total, string? NextCursor)
{
    /// <summary>More was to be included than one page may hold: the caller is told so.</summary>
    public bool IsIncludedTruncated { get; init; }
}

/// <summary>The text given as a cursor was not made by this server for this query.</summary>
public sealed class InvalidCursorException() : Exception("The cursor does not belong to this query.");
