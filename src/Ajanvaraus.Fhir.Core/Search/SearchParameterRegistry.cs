using System.Collections.Frozen;

using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.FhirPath;

namespace Ajanvaraus.Fhir.Core.Search;

/// <summary>Every search parameter by resource type and code.</summary>
/// <remarks>
/// Parameters without an expression are left out: they search in no element (<c>_text</c>, <c>_filter</c>). A
/// definition for a named type wins over one for <c>Resource</c>, and an earlier one over a later one.
/// </remarks>
public sealed class SearchParameterRegistry
{
    private readonly FrozenDictionary<string, FrozenDictionary<string, SearchParameter>> _byType;
    private readonly FrozenDictionary<string, ImmutableArray<SearchParameter>> _listByType;
    private readonly FrozenDictionary<string, FhirPathExpression> _expressions;

    /// <param name="definitions">Of R4; ours stand beside them.</param>
    /// <param name="added">Further ones, which lose to those of the same code.</param>
    public SearchParameterRegistry(FhirDefinitions definitions, params ImmutableArray<SearchParameterDefinition> added)
    {
        Definitions = definitions;
        var all = definitions.SearchParameters.Concat(OwnSearchParameters.All).Concat(added)
            .Where(definition => definition.Expression.Length > 0).ToList();
        var failures = ImmutableArray.CreateBuilder<(SearchParameterDefinition, FhirPathError)>();
        _expressions = Parse(all, failures);
        Failures = failures.ToImmutable();
        all.RemoveAll(definition => !_expressions.ContainsKey(definition.Expression));
        _listByType = definitions.ResourceTypes.ToFrozenDictionary(type => type, type => ParametersOf(type, all));
        _byType = _listByType.ToFrozenDictionary(
            pair => pair.Key, pair => pair.Value.ToFrozenDictionary(parameter => parameter.Code));
    }

    public FhirDefinitions Definitions { get; }

    /// <summary>Definitions whose expression is no FHIRPath; they are left out.</summary>
    public ImmutableArray<(SearchParameterDefinition Definition, FhirPathError Error)> Failures { get; }

    public SearchParameter? Find(string resourceType, string code) =>
        _byType.TryGetValue(resourceType, out var codes) ? codes.GetValueOrDefault(code) : null;

    /// <summary>All of a type, ordered by code; empty for an unknown type.</summary>
    public ImmutableArray<SearchParameter> For(string resourceType) =>
        _listByType.TryGetValue(resourceType, out var list) ? list : [];

    public FhirPathExpression ExpressionOf(SearchParameter parameter) =>
        _expressions[parameter.Definition.Expression];

    /// <summary>False for composite and special parameters, which are defined but cannot be searched by.</summary>
    public static bool IsSearchable(SearchParameter parameter) =>
        parameter.Type is not (SearchParameterType.Composite or SearchParameterType.Special);

    private static FrozenDictionary<string, FhirPathExpression> Parse(
        List<SearchParameterDefinition> all, ImmutableArray<(SearchParameterDefinition, FhirPathError)>.Builder failures)
    {
        var parsed = new Dictionary<string, FhirPathExpression>();
        foreach (var definition in all)
        {
            if (parsed.ContainsKey(definition.Expression))
                continue;
            var result = FhirPathExpression.Parse(definition.Expression);
            if (result.Expression is { } expression)
                parsed.Add(definition.Expression, expression);
            else
                failures.Add((definition, result.Error!));
        }
        return parsed.ToFrozenDictionary();
    }

    private ImmutableArray<SearchParameter> ParametersOf(string type, List<SearchParameterDefinition> all)
    {
        var schema = Definitions.Types[type];
        var found = new Dictionary<string, SearchParameter>();
        foreach (var definition in all)
            if (definition.Base.Contains(type))
                Add(found, type, definition);
        foreach (var definition in all)
            if (!definition.Base.Contains(type) && definition.Base.Any(schema.Is))
                Add(found, type, definition);
        return [.. found.Values.OrderBy(parameter => parameter.Code, StringComparer.Ordinal)];
    }

    private static void Add(Dictionary<string, SearchParameter> found, string type, SearchParameterDefinition definition)
    {
        if (!Enum.TryParse<SearchParameterType>(definition.Type, ignoreCase: true, out var kind))
            return;
        var key = SearchParameter.KeyOf(type, definition.Code);
        found.TryAdd(definition.Code, new SearchParameter(type, definition.Code, kind, key, definition));
    }
}
