using System.Text;

using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Persistence.Search;
using Ajanvaraus.Fhir.Persistence.Sql;
using Ajanvaraus.Fhir.Persistence.Writing;

namespace Ajanvaraus.Fhir.Persistence.Tests.Search;

/// <summary>What a search over the current resources has to give: Core's evaluator, a sort and includes without SQL.</summary>
/// <param name="dialect">Of the database: in which order a span of all calendars comes.</param>
internal sealed class SearchOracle(SqlDialect dialect)
{
    private readonly Dictionary<(string Type, string Id), IndexedResource> _current = [];
    private readonly Dictionary<(string Type, string Id), int> _made = [];
    private int _next;
    private InMemorySearch? _evaluator;

    private InMemorySearch Search => _evaluator ??= new InMemorySearch(Of);

    public void Put(IndexedResource resource)
    {
        _current[(resource.Type, resource.Id)] = resource;
        Make((resource.Type, resource.Id));
        var contained = resource.Contained().Select(Key).ToList();
        foreach (var gone in _made.Keys.Where(key => IsInside(key, resource.Type, resource.Id)).Except(contained).ToList())
            _made.Remove(gone);
        contained.ForEach(Make);
    }

    public void Delete(string type, string id)
    {
        _current.Remove((type, id));
        foreach (var gone in _made.Keys.Where(key => IsInside(key, type, id)).ToList())
            _made.Remove(gone);
    }

    /// <summary>What is contained keeps its place while its container contains it.</summary>
    private void Make((string Type, string Id) key)
    {
        if (_made.TryAdd(key, _next))
            _next++;
    }

    private static bool IsInside((string Type, string Id) key, string type, string id) =>
        key.Id.StartsWith($"{type}/{id}#", StringComparison.Ordinal);

    private static (string Type, string Id) Key(IndexedResource resource) => resource.Container is { } container
        ? (resource.Type, $"{container.Type}/{container.Id}#{ContainedId.Inner(resource.Id)}")
        : (resource.Type, resource.Id);

    public bool Has(string type, string id) => _current.ContainsKey((type, id));

    /// <summary>In the order of their making.</summary>
    public IEnumerable<IndexedResource> Of(string type) =>
        _current.Values.Where(r => r.Type == type).OrderBy(Made);

    /// <summary>Types of which some resource contains one.</summary>
    public string[] ContainedTypes() =>
        [.. _current.Values.SelectMany(r => r.Contained()).Select(r => r.Type).Distinct().Order(StringComparer.Ordinal)];

    public bool HasValue(IndexedResource resource, SearchParameter parameter) => parameter.Type switch
    {
        SearchParameterType.Composite => resource.Entries.Composites.Any(e => e.Parameter == parameter.Key),
        SearchParameterType.Special => resource.Entries.Positions.Any(e => e.Parameter == parameter.Key)
            || resource.Entries.Texts.Any(e => e.Parameter == parameter.Key),
        _ => Search.Matches(new MissingExpression(parameter, IsMissing: false), resource),
    };

    /// <summary>References in the order of the query.</summary>
    public List<string> Find(SearchQuery query)
    {
        var found = Candidates(query).Where(r => Search.Matches(query.Expression, r));
        IOrderedEnumerable<IndexedResource> sorted = found.OrderBy(_ => 0);
        if (StartRange.Of(dialect, query) is { Range.Parameter.Key: var start })
            sorted = sorted.ThenBy(r => Begins(r, start).Start).ThenBy(r => Begins(r, start).End);
        foreach (var key in query.Sort)
            sorted = sorted.ThenBy(r => SortValue(r, key) is null)
                .ThenBy(r => SortValue(r, key), key.Descending ? SortOrder.Down : SortOrder.Up);
        return [.. sorted.ThenBy(Made).Select(Name)];
    }

    private static DateEntry Begins(IndexedResource resource, int parameter) => resource.Entries.Dates.First(d => d.Parameter == parameter);

    private IEnumerable<IndexedResource> Candidates(SearchQuery query)
    {
        var addressed = query.ResourceTypes.IsEmpty ? _current.Values.OrderBy(Made) : query.ResourceTypes.SelectMany(Of);
        if (query.Scope == ResourceScope.Addressed)
            return addressed;
        var contained = _current.Values.SelectMany(r => r.Contained()).Where(r => query.ResourceTypes.Contains(r.Type));
        return query.Scope == ResourceScope.Contained ? contained : addressed.Concat(contained);
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

    public static string Name(IndexedResource resource) => Name(Key(resource));

    private static string Name((string Type, string Id) key) => $"{key.Type}/{key.Id}";

    private int Made(IndexedResource resource) => _made[Key(resource)];

    /// <summary>Ids of contained resources come in the order of their containers, then by their own.</summary>
    private string Inside(IndexedResource source, string id) =>
        $"{Made(source.Container ?? source):x16}#{ContainedId.Inner(id)}";

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
    private object? SortValue(IndexedResource r, SortKey key)
    {
        if (key.Parameter is not { } parameter)
            return key.Code != "_id" ? r.LastUpdated : r.Container is null ? r.Id : Inside(r, r.Id);
        IEnumerable<object> values = parameter.Type switch
        {
            SearchParameterType.Date => Of(r.Entries.Dates, e => e.Parameter, e => e.Start),
            SearchParameterType.String => Of(r.Entries.Strings, e => e.Parameter, e => IndexText.Prefix(e.Normalized)),
            SearchParameterType.Number => Of(r.Entries.Numbers, e => e.Parameter, e => e.Low),
            SearchParameterType.Quantity => Of(r.Entries.Quantities, e => e.Parameter, e => e.Low),
            SearchParameterType.Uri => Of(r.Entries.Uris, e => e.Parameter, e => IndexText.Key(e.Uri)),
            SearchParameterType.Reference => Of(
                r.Entries.References, e => e.Parameter,
                e => $"{e.TargetType}/{(e.IsContained ? Inside(r, e.TargetId[1..]) : e.TargetId)}{IndexText.Key(e.Uri)}"),
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
