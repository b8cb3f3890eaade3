using System.Text;

using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Persistence.Writing;

namespace Ajanvaraus.Fhir.Persistence.Tests.Search;

/// <summary>What a search over the current resources has to give: Core's evaluator, a sort and includes without SQL.</summary>
internal sealed class SearchOracle
{
    private readonly Dictionary<(string Type, string Id), IndexedResource> _current = [];
    private readonly Dictionary<(string Type, string Id), int> _made = [];
    private readonly InMemorySearch _search;

    public SearchOracle() => _search = new InMemorySearch(Of);

    public void Put(IndexedResource resource)
    {
        _current[(resource.Type, resource.Id)] = resource;
        _made.TryAdd((resource.Type, resource.Id), _made.Count);
    }

    public void Delete(string type, string id) => _current.Remove((type, id));

    public bool Has(string type, string id) => _current.ContainsKey((type, id));

    /// <summary>In the order of their making.</summary>
    public IEnumerable<IndexedResource> Of(string type) =>
        _current.Values.Where(r => r.Type == type).OrderBy(Made);

    public bool HasValue(IndexedResource resource, SearchParameter parameter) => parameter.Type switch
    {
        SearchParameterType.Composite => resource.Entries.Composites.Any(e => e.Parameter == parameter.Key),
        SearchParameterType.Special => resource.Entries.Positions.Any(e => e.Parameter == parameter.Key)
            || resource.Entries.Texts.Any(e => e.Parameter == parameter.Key),
        _ => _search.Matches(new MissingExpression(parameter, IsMissing: false), resource),
    };

    /// <summary>References in the order of the query.</summary>
    public List<string> Find(SearchQuery query)
    {
        var found = query.ResourceTypes.SelectMany(Of).Where(r => _search.Matches(query.Expression, r));
        IOrderedEnumerable<IndexedResource> sorted = found.OrderBy(_ => 0);
        foreach (var key in query.Sort)
            sorted = sorted.ThenBy(r => SortValue(r, key) is null)
                .ThenBy(r => SortValue(r, key), key.Descending ? SortOrder.Down : SortOrder.Up);
        return [.. sorted.ThenBy(Made).Select(Name)];
    }

    /// <summary>What matches bring with them, as a set.</summary>
    public HashSet<string> Included(SearchQuery query, IEnumerable<string> matches)
    {
        var seen = matches.ToHashSet();
        var result = new HashSet<string>();
        var from = _current.Values.Where(r => seen.Contains(Name(r))).ToList();
        for (var round = 0; from.Count > 0; round++)
        {
            var found = query.Includes.Where(i => round == 0 || i.Iterate).SelectMany(i => Forward(i, from))
                .Concat(query.RevIncludes.Where(i => round == 0 || i.Iterate).SelectMany(i => Backward(i, from)));
            from = [.. found.Where(r => seen.Add(Name(r)))];
            result.UnionWith(from.Select(Name));
        }
        return result;
    }

    public static string Name(IndexedResource resource) => $"{resource.Type}/{resource.Id}";

    private int Made(IndexedResource resource) => _made[(resource.Type, resource.Id)];

    private IEnumerable<IndexedResource> Forward(IncludeDirective include, List<IndexedResource> from) => from
        .Where(r => include.IsFrom(r.Type)).SelectMany(r => Targets(r, include))
        .Where(_current.ContainsKey).Select(t => _current[t]).ToList();

    private IEnumerable<IndexedResource> Backward(IncludeDirective include, List<IndexedResource> from)
    {
        var targets = from.Select(r => (r.Type, r.Id)).ToHashSet();
        return Of(include.SourceType).Where(r => Targets(r, include).Any(targets.Contains)).ToList();
    }

    private static IEnumerable<(string Type, string Id)> Targets(IndexedResource source, IncludeDirective include) =>
        source.Entries.References
            .Where(e => e.TargetId.Length > 0 && (include.Parameter is not { } p || e.Parameter == p.Key)
                && (include.TargetType is not { } type || e.TargetType == type))
            .Select(e => (e.TargetType, e.TargetId));

    /// <summary>The least value ascending, the greatest descending; null for none.</summary>
    private static object? SortValue(IndexedResource r, SortKey key)
    {
        if (key.Parameter is not { } parameter)
            return key.Code == "_id" ? r.Id : r.LastUpdated;
        IEnumerable<object> values = parameter.Type switch
        {
            SearchParameterType.Date => Of(r.Entries.Dates, e => e.Parameter, e => e.Start),
            SearchParameterType.String => Of(r.Entries.Strings, e => e.Parameter, e => IndexText.Prefix(e.Normalized)),
            SearchParameterType.Number => Of(r.Entries.Numbers, e => e.Parameter, e => e.Low),
            SearchParameterType.Quantity => Of(r.Entries.Quantities, e => e.Parameter, e => e.Low),
            SearchParameterType.Uri => Of(r.Entries.Uris, e => e.Parameter, e => IndexText.Key(e.Uri)),
            SearchParameterType.Reference => Of(
                r.Entries.References, e => e.Parameter, e => $"{e.TargetType}/{e.TargetId}{IndexText.Key(e.Uri)}"),
            _ => Of(r.Entries.Tokens, e => e.Parameter, e => IndexText.Key(e.Code)),
        };
        return key.Descending ? values.Max(SortOrder.Up) : values.Min(SortOrder.Up);

        IEnumerable<object> Of<T>(IEnumerable<T> entries, Func<T, int> of, Func<T, object> value) =>
            entries.Where(e => of(e) == parameter.Key).Select(value);
    }

    /// <summary>Numbers by size, text by code point.</summary>
    private sealed class SortOrder(int sign) : IComparer<object?>
    {
        public static readonly SortOrder Up = new(1);
        public static readonly SortOrder Down = new(-1);

        public int Compare(object? x, object? y) => sign * ((x, y) switch
        {
            (string a, string b) => Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b)),
            _ => Comparer<object?>.Default.Compare(x, y),
        });
    }
}
