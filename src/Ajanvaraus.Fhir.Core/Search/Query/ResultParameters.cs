using System.Globalization;

using Ajanvaraus.Fhir.Core.Issues;

namespace Ajanvaraus.Fhir.Core.Search.Query;

/// <summary>The parameters that shape the result: http://hl7.org/fhir/R4/search.html#return.</summary>
internal sealed class ResultParameters(
    SearchParameterRegistry registry, ImmutableArray<string> types, bool isSystemSearch)
{
    private readonly ImmutableArray<SortKey>.Builder _sort = ImmutableArray.CreateBuilder<SortKey>();
    private readonly ImmutableArray<string>.Builder _elements = ImmutableArray.CreateBuilder<string>();
    private readonly IncludeParser _includes = new(registry);
    private int _count = SearchSettings.DefaultCount;
    private int _offset;
    private TotalMode _total = TotalMode.None;
    private SummaryMode _summary = SummaryMode.False;
    private ResourceScope _scope = ResourceScope.Addressed;
    private bool _givesContainers = true;

    public bool Knows(string name) =>
        SearchQueryParser.ResultNames.Contains(name) || (name == TypeSelection.Name && isSystemSearch)
        || IncludeParser.Knows(name);

    /// <summary>Parts of the database's work that a value asks for: <see cref="QueryCost"/>.</summary>
    public static int CostOf(string name, string value) =>
        name == "_sort" ? value.AsSpan().Count(',') + 1
        : IncludeParser.Knows(name) ? 1
        : 0;

    /// <summary>Null when the value was taken.</summary>
    public Issue? Read(string name, string value) => name switch
    {
        "_sort" => ReadSort(name, value),
        "_count" => ReadCount(name, value),
        "_offset" => ReadOffset(name, value),
        "_total" => ReadTotal(name, value),
        "_summary" => ReadSummary(name, value),
        "_elements" => ReadElements(value),
        "_contained" => ReadContained(name, value),
        "_containedType" => ReadContainedType(name, value),
        TypeSelection.Name => null,
        _ => _includes.Read(name, value),
    };

    /// <summary>What is wrong with the parameters together; null: nothing.</summary>
    /// <remarks>A container has no values of the parameters of what it contains, by which it could be sorted.</remarks>
    public Issue? Check() => _scope != ResourceScope.Addressed && _givesContainers && _sort.Any(key => key.Parameter is not null)
        ? SearchIssues.BadResultParameter("_sort", "_id, _lastUpdated")
        : null;

    /// <summary>Containers are found by what they contain; contained resources are results themselves.</summary>
    public SearchQuery Build(SearchExpression? expression)
    {
        var query = Result(expression) with { AsksContained = _scope != ResourceScope.Addressed };
        if (_scope == ResourceScope.Addressed)
            return query;
        return _givesContainers
            ? query with
            {
                ResourceTypes = [],
                Expression = new ContainsExpression(
                    types, expression ?? new AndExpression([]), OrIs: _scope == ResourceScope.Both),
            }
            : query with { Scope = _scope };
    }

    private SearchQuery Result(SearchExpression? expression) => new()
    {
        ResourceTypes = types,
        Expression = expression,
        Count = _summary == SummaryMode.Count ? 0 : _count,
        Offset = _offset,
        Sort = _sort.ToImmutable(),
        Elements = _elements.ToImmutable(),
        Total = _total,
        Summary = _summary,
        Includes = _includes.Includes,
        RevIncludes = _includes.RevIncludes,
    };

    private Issue? ReadSort(string name, string value)
    {
        foreach (var part in value.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var descending = part[0] == '-';
            var code = descending ? part[1..] : part;
            if (code is "_id" or "_lastUpdated")
            {
                _sort.Add(new SortKey(code, null, descending));
                continue;
            }
            if (types.Length == 0 || registry.Find(types[0], OwnSearchParameters.SortedBy(types[0], code)) is not { } parameter
                || parameter.Type is SearchParameterType.Composite or SearchParameterType.Special)
                return SearchIssues.BadSort(name);
            _sort.Add(new SortKey(code, parameter, descending));
        }
        return null;
    }

    private Issue? ReadCount(string name, string value)
    {
        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return SearchIssues.BadResultParameter(name, "0, 1, 2 …");
        _count = Math.Min(count, SearchSettings.MaxCount);
        return null;
    }

    private Issue? ReadOffset(string name, string value)
    {
        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
            || offset > SearchSettings.MaxOffset)
            return SearchIssues.BadResultParameter(name, $"0, 1, 2 … {SearchSettings.MaxOffset}");
        _offset = offset;
        return null;
    }

    private Issue? ReadTotal(string name, string value)
    {
        TotalMode? mode = value switch
        {
            "none" => TotalMode.None,
            "estimate" => TotalMode.Estimate,
            "accurate" => TotalMode.Accurate,
            _ => null,
        };
        _total = mode ?? _total;
        return mode is null ? SearchIssues.BadResultParameter(name, "none | estimate | accurate") : null;
    }

    private Issue? ReadSummary(string name, string value)
    {
        SummaryMode? mode = value switch
        {
            "true" => SummaryMode.True,
            "false" => SummaryMode.False,
            "text" => SummaryMode.Text,
            "data" => SummaryMode.Data,
            "count" => SummaryMode.Count,
            _ => null,
        };
        _summary = mode ?? _summary;
        return mode is null
            ? SearchIssues.BadResultParameter(name, "true | text | data | count | false")
            : null;
    }

    /// <summary>Source: http://hl7.org/fhir/R4/search.html#contained .</summary>
    private Issue? ReadContained(string name, string value)
    {
        ResourceScope? scope = value switch
        {
            "false" => ResourceScope.Addressed,
            "true" => ResourceScope.Contained,
            "both" => ResourceScope.Both,
            _ => null,
        };
        _scope = scope ?? _scope;
        return scope is null ? SearchIssues.BadResultParameter(name, "true | both | false") : null;
    }

    private Issue? ReadContainedType(string name, string value)
    {
        if (value is not ("container" or "contained"))
            return SearchIssues.BadResultParameter(name, "container | contained");
        _givesContainers = value == "container";
        return null;
    }

    private Issue? ReadElements(string value)
    {
        _elements.AddRange(value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        return null;
    }
}
