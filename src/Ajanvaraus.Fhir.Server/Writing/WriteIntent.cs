using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Booking;

namespace Ajanvaraus.Fhir.Server.Writing;

/// <summary>One create, update, patch or delete as the caller asked for it, parsed and validated.</summary>
public sealed record WriteIntent
{
    public required WriteMethod Method { get; init; }

    public required string Type { get; init; }

    /// <summary>Null for a create without an id, and for a conditional update.</summary>
    public string? Id { get; init; }

    /// <summary>Null for a delete.</summary>
    public ElementNode? Resource { get; init; }

    /// <summary>
    /// The change to make to the current version, in the transaction and under its lock, instead of
    /// <see cref="Resource"/>; returning what it was given means that nothing changes.
    /// </summary>
    public Func<ElementNode, Outcome<ElementNode>>? Edit { get; init; }

    /// <summary>Version of <c>If-Match</c>.</summary>
    public int? IfMatch { get; init; }

    /// <summary>What exists is written only from the version that <see cref="IfMatch"/> names.</summary>
    public bool RequiresIfMatch { get; init; }

    /// <summary><c>If-None-Match: *</c>: only when the resource does not exist.</summary>
    public bool IfNoneMatchAny { get; init; }

    /// <summary>Conditional create: nothing is made when a resource meets it.</summary>
    public SearchQuery? IfNoneExist { get; init; }

    /// <summary>Conditional update: the resource that meets it is the one to update.</summary>
    public SearchQuery? Condition { get; init; }

    /// <summary><c>fullUrl</c> of the Bundle entry, to which other entries refer.</summary>
    public string? FullUrl { get; init; }

    /// <summary>Place in the Bundle; -1 for a request of its own.</summary>
    public int EntryIndex { get; init; } = -1;

    /// <summary>What is odd about the resource and no reason to refuse it; told with the result.</summary>
    public ImmutableArray<Issue> Warnings { get; init; } = [];

    /// <summary>
    /// The resource as it was elsewhere, brought by an import: the same content makes no new version, and what an
    /// Appointment took there it takes here, unless somebody here has it.
    /// </summary>
    public bool IsImport { get; init; }

    /// <summary>The profiles that it claims were asked by whoever made it: they are not asked again.</summary>
    public bool MeetsItsClaims { get; init; }

    /// <summary>The server chose the id: nobody can find out by it what there is.</summary>
    public bool IsNamedByServer { get; init; }

    /// <summary>A consequence of what was asked, and no wish of the caller: nobody's rights are asked.</summary>
    public bool IsConsequence { get; init; }

    /// <summary>When the calendars refuse it, it is left out and the rest of the transaction stands.</summary>
    public bool MayBeRefused { get; init; }

    /// <summary>The meeting whose travel or documentation this is: it is written with it, after it; null: it stands alone.</summary>
    public LinkedTime? Follows { get; init; }

    /// <summary>What a scheduling operation asks beyond the Appointment itself.</summary>
    public BookingDirective? Booking { get; init; }
}

public enum WriteEffect { Created, Updated, Deleted, Unchanged }

/// <param name="Stored">The version after the write; of a deletion that found nothing, null.</param>
/// <param name="Warnings">What is odd and was stored all the same.</param>
public sealed record WriteResult(StoredResource? Stored, WriteEffect Effect, ImmutableArray<Issue> Warnings)
{
    /// <summary>Why one that may be refused was left out; null when it was written.</summary>
    public Problem? Refusal { get; init; }
}
