using System.Globalization;

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Persistence.Audit;
using Ajanvaraus.Fhir.Server.Interactions;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Security.Policy;
using Ajanvaraus.Fhir.Server.Writing;

namespace Ajanvaraus.Fhir.Server.Audit;

/// <summary>Tells the log as AuditEvents: one for each client, or resource, that an entry is about.</summary>
/// <remarks>
/// Client, agent, entity and time are looked up by the database; all other criteria of R4 are met in memory, entry by entry
/// from the newest. Clients see what was done to their own data, of the last two years, and not by what search, nor from
/// what address. Source: http://hl7.org/fhir/R4/auditevent.html#search .
/// </remarks>
internal sealed class AuditEvents(ResourceStore store, AuditLog log, WriteServices services, TimeProvider clock)
{
    public const string Type = "AuditEvent";

    private const int AtATime = 500;

    /// <summary>So many are looked at for one page before the search is found too costly.</summary>
    private const int MostLookedAt = 50_000;

    /// <summary>Whether that can be done with them: they are read and searched, and nothing else.</summary>
    public static bool IsServed(TargetKind kind, string method) => kind switch
    {
        TargetKind.Instance or TargetKind.Type => method == HttpMethods.Get,
        TargetKind.TypeSearchForm => method == HttpMethods.Post,
        _ => false,
    };

    /// <summary>Null when there is none of that id that the caller may see.</summary>
    /// <param name="visible">What the caller may see; null: everything.</param>
    public async ValueTask<StoredResource?> ReadAsync(string id, Visibility? visible, CancellationToken cancel)
    {
        var condition = visible?.Of(Type);
        var seal = await log.SealAsync();
        if (seal.Failed || seal.Value.Find(id) is not var (place, line)
            || await store.QueryAsync(session => session.Audit.FindAsync(place, line), cancel) is not { } found
            || (condition is not null && found.Recorded < TwoYearsAgo()))
            return null;
        var told = AuditEventJson.Of(found, id, isForClient: condition is not null);
        return Meets(condition, told) ? told : null;
    }

    /// <summary>A page, from the newest unless sorted otherwise.</summary>
    /// <remarks>Errors: what the log is not sorted by; criteria that too much has to be looked at for.</remarks>
    /// <exception cref="InvalidCursorException">The cursor is of another search.</exception>
    public async ValueTask<Outcome<SearchPage>> SearchAsync(SearchQuery query, string? cursor, CancellationToken cancel)
    {
        var asksTotal = query.Total != TotalMode.None || query.Count == 0;
        var condition = query.Visibility?.Of(Type);
        if (condition is NothingExpression)
            return new SearchPage([], [], asksTotal ? 0 : null, null);
        if (condition is not null)
            query = query with { Expression = Conditions.Both(query.Expression, condition) };
        if (Order(query.Sort) is not { } isOldestFirst)
            return NotSearchedBy("_sort");
        if (query.Offset > 0)
            return NotSearchedBy("_offset");
        var criteria = AuditCriteria.Of(query.Expression);
        var narrowing = criteria.Narrowing with
        {
            IsOldestFirst = isOldestFirst,
            From = condition is null ? criteria.Narrowing.From : Math.Max(criteria.Narrowing.From, TwoYearsAgo()),
        };
        var page = criteria.Ids is { } ids
            ? await NamedAsync(ids, query, cancel)
            : await WalkAsync(narrowing, query, cursor is null ? null : Position(cursor), cancel);
        if (page.Failed || !asksTotal)
            return page;
        if (criteria.Ids is not null)
            return page.Value with { Total = page.Value.Matches.Length };
        if (criteria.IsExact)
            return page.Value with { Total = await store.QueryAsync(session => session.Audit.CountAsync(narrowing), cancel) };
        var all = await WalkAsync(narrowing, query with { Count = MostLookedAt }, null, cancel);
        return all.Failed ? all.Problem : page.Value with { Total = all.Value.Matches.Length };
    }

    private async ValueTask<Outcome<SearchPage>> NamedAsync(ImmutableArray<string> ids, SearchQuery query, CancellationToken cancel)
    {
        var found = ImmutableArray.CreateBuilder<StoredResource>();
        foreach (var id in ids.Distinct())
            if (await ReadAsync(id, query.Visibility, cancel) is { } one && Meets(query.Expression, one))
                found.Add(one);
        return new SearchPage(found.DrainToImmutable(), [], null, null);
    }

    private async ValueTask<Outcome<SearchPage>> WalkAsync(
        AuditNarrowing narrowing, SearchQuery query, FoundLine? after, CancellationToken cancel)
    {
        var matches = ImmutableArray.CreateBuilder<StoredResource>();
        var isForClient = query.Visibility?.ReachesAll(Type) == false;
        var seal = await log.SealAsync();
        if (seal.Failed)
            return seal.Problem;
        var last = after;
        for (var lookedAt = 0; query.Count > 0; lookedAt += AtATime)
        {
            if (lookedAt >= MostLookedAt)
                return SearchMessages.TooCostly.As(ProblemKind.Invalid, "date", "date");
            var from = after;
            var lines = await store.QueryAsync(session => session.Audit.FindAsync(narrowing, from, AtATime), cancel);
            foreach (var line in lines)
            {
                var told = AuditEventJson.Of(line, seal.Value.Name(line.Place, line.Line), isForClient);
                if (Meets(query.Expression, told))
                {
                    if (matches.Count == query.Count)
                        return new SearchPage(matches.DrainToImmutable(), [], null, Text(last!));
                    matches.Add(told);
                    last = line;
                }
                after = line;
            }
            if (lines.Count < AtATime)
                break;
        }
        return new SearchPage(matches.DrainToImmutable(), [], null, null);
    }

    /// <summary>For how long back clients are told without a reason of their own: asiakastietolaki 703/2023, 11 §.</summary>
    private long TwoYearsAgo() => FhirInstant.MicrosOf(clock.GetUtcNow().AddYears(-2));

    private bool Meets(SearchExpression? expression, StoredResource told) => expression is null
        || new InMemorySearch(_ => []).Matches(
            expression, new IndexedResource(Type, told.Id, told.LastUpdated, services.Indexer.Index(StoredNodes.Parse(told))));

    /// <summary>True: the oldest first; null: another order.</summary>
    private static bool? Order(ImmutableArray<Core.Search.SortKey> sort) => sort switch
    {
        [] => false,
        [{ Code: "date" or "_lastUpdated", Descending: var descending }] => !descending,
        _ => null,
    };

    private static Problem NotSearchedBy(string name) =>
        new(ProblemKind.Invalid, [AuditMessages.NotSearchedBy.At(null, name)]);

    /// <summary>Where a page ended: moment, chain, number and line.</summary>
    private static string Text(FoundLine last) => string.Create(
        CultureInfo.InvariantCulture, $"{last.Recorded}-{last.Place.Chain}-{last.Place.Seq}-{last.Line}");

    private static FoundLine Position(string cursor) =>
        Numbers(cursor) is [var recorded, var chain, var seq, var line] && Fits(chain) && Fits(line)
            ? new FoundLine(new AuditPlace((int)chain, seq), (int)line, recorded, [])
            : throw new InvalidCursorException();

    private static bool Fits(long number) => number is >= 0 and <= int.MaxValue;

    private static long[]? Numbers(string text)
    {
        var parts = text.Split('-');
        var numbers = new long[parts.Length];
        for (var n = 0; n < parts.Length; n++)
            if (!long.TryParse(parts[n], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[n]))
                return null;
        return numbers;
    }
}
