using System.Globalization;

using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Interactions;
using Ajanvaraus.Fhir.Server.Mapping;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>Where a page of stored and computed Slots ended, for each of the two.</summary>
/// <param name="Stored">Cursor of the stored ones; null: from their beginning.</param>
/// <param name="IsStoredDone">All stored ones were told.</param>
/// <param name="Start">Of the computed one told last, in microseconds since 1970 UTC.</param>
/// <param name="Id">Of the computed one told last; empty: none was.</param>
internal sealed record MergedCursor(string? Stored, bool IsStoredDone, long Start, string Id)
{
    /// <summary>No character of a cursor of the store.</summary>
    private const char Mark = '~';

    /// <summary>A cursor as a search without computed Slots has it.</summary>
    public bool IsStoredAlone => Id.Length == 0 && !IsStoredDone;

    /// <exception cref="InvalidCursorException">It has the mark and not the form.</exception>
    public static MergedCursor Parse(string? text)
    {
        if (text is null || !text.StartsWith(Mark))
            return new MergedCursor(text, false, 0, "");
        return text.Split(Mark) is ["", var stored, var done, var start, var id] && (done is "0" or "1")
            && long.TryParse(start, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var at)
                ? new MergedCursor(stored.Length == 0 ? null : stored, done == "1", at, id)
                : throw new InvalidCursorException();
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Mark}{Stored}{Mark}{(IsStoredDone ? 1 : 0)}{Mark}{Start}{Mark}{Id}");
}

/// <summary>One page out of two streams of Slots: the stored ones of a search, and the computed ones.</summary>
internal sealed class MergedSlotPage(ResourceStore store, SearchQuery query, MergedCursor position)
{
    private static readonly SearchPage None = new([], [], null, null);

    /// <param name="computed">All that match, in order of their start and id.</param>
    public async ValueTask<SearchPage> ReadAsync(List<StoredResource> computed, CancellationToken cancel)
    {
        var stored = position.IsStoredDone && query is { Count: > 0, Total: TotalMode.None }
            ? None
            : await store.SearchAsync(query, position.IsStoredDone ? null : position.Stored, cancel);
        var total = stored.Total + computed.Count;
        if (query.Count == 0)
            return stored with { Total = total };
        if (position.IsStoredDone)
            stored = None;
        var known = stored.Matches.Select(s => s.Id).ToHashSet();
        var rest = computed.Select(c => (Slot: c, Start: StartOf(c))).Where(c => IsAfter(c.Start, c.Slot.Id) && !known.Contains(c.Slot.Id));
        if (IsBackwards)
            rest = rest.Reverse();
        var page = Merge(stored, rest, out var storedUsed, out var last, out var isMore);
        if (storedUsed < stored.Matches.Length)
            stored = storedUsed == 0
                ? None with { NextCursor = position.Stored }
                : await store.SearchAsync(query with { Count = storedUsed, Total = TotalMode.None }, position.Stored, cancel);
        var isStoredDone = position.IsStoredDone || (storedUsed == known.Count && stored.NextCursor is null);
        var next = new MergedCursor(stored.NextCursor, isStoredDone, last.Start, last.Id);
        var beside = await BesideAsync(page.Where(s => s.Version == 0), cancel);
        return new SearchPage(
            page, [.. stored.Included.Concat(beside.Included).DistinctBy(r => r.Key)], total, isMore ? next.ToString() : null)
        {
            IsIncludedTruncated = stored.IsIncludedTruncated || beside.IsIncludedTruncated,
        };
    }

    private bool IsByStart => query.Sort is [{ Parameter: { ResourceType: "Slot", Code: "start" } }, ..];

    private bool IsBackwards => IsByStart && query.Sort[0].Descending;

    private bool IsAfter(long start, string id)
    {
        if (position.Id.Length == 0)
            return true;
        var order = (start, id).CompareTo((position.Start, position.Id));
        return IsBackwards ? order < 0 : order > 0;
    }

    private ImmutableArray<StoredResource> Merge(
        SearchPage stored, IEnumerable<(StoredResource Slot, long Start)> rest, out int storedUsed,
        out (long Start, string Id) last, out bool isMore)
    {
        var page = ImmutableArray.CreateBuilder<StoredResource>(query.Count);
        (storedUsed, last) = (0, (position.Start, position.Id));
        var isStoredOver = stored.NextCursor is null;
        using var computed = rest.GetEnumerator();
        var hasComputed = computed.MoveNext();
        while (page.Count < query.Count)
        {
            var hasStored = storedUsed < stored.Matches.Length;
            // Behind the last stored one of the page there may be others that come before a computed one.
            if (!hasStored && !isStoredOver)
                break;
            if (!hasStored && !hasComputed)
                break;
            if (hasStored && (!hasComputed || IsFirst(stored.Matches[storedUsed], computed.Current.Start)))
            {
                page.Add(stored.Matches[storedUsed++]);
                continue;
            }
            page.Add(computed.Current.Slot);
            last = (computed.Current.Start, computed.Current.Slot.Id);
            hasComputed = computed.MoveNext();
        }
        isMore = hasComputed || storedUsed < stored.Matches.Length || !isStoredOver;
        return page.DrainToImmutable();
    }

    private bool IsFirst(StoredResource stored, long start) =>
        !IsByStart || (IsBackwards ? StartOf(stored) >= start : StartOf(stored) <= start);

    /// <summary>What the includes bring for computed Slots: their calendars, and what those lead to.</summary>
    private async ValueTask<SearchPage> BesideAsync(IEnumerable<StoredResource> computed, CancellationToken cancel)
    {
        if (!query.Includes.Any(i => i.IsFrom("Slot") && i.Parameter is null or { Code: "schedule" }))
            return None;
        var ids = computed.Select(s => LocalReference.IdOf(new SlotView(StoredNodes.Parse(s)).ScheduleReference, "Schedule")!)
            .Distinct().ToImmutableArray();
        if (ids.IsEmpty)
            return None;
        var found = await store.SearchAsync(
            new SearchQuery
            {
                ResourceTypes = ["Schedule"],
                Expression = new IdExpression(ids),
                Count = ids.Length,
                Includes = [.. query.Includes.Where(i => i.Iterate)],
                RevIncludes = [.. query.RevIncludes.Where(i => i.Iterate)],
                Visibility = query.Visibility,
            },
            null, cancel);
        return found with { Included = [.. found.Matches, .. found.Included] };
    }

    private static long StartOf(StoredResource slot)
    {
        var node = StoredNodes.Parse(slot);
        if (slot.ContainedId is not null)
            node = ContainedMatch.Of(node, slot);
        return new SlotView(node).Start is { } start ? FhirInstant.MicrosOf(start) : 0;
    }
}
