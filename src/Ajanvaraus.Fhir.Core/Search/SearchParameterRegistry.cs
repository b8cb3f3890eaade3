using System.Collections.Frozen;

using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.FhirPath;

namespace Ajanvaraus.Fhir.Core.Search;

/// <summary>Every search parameter by resource type and code.</summary>
/// <remarks>
/// Parameters without an expression are left out: they search in no element (<c>_filter</c>); only <c>_text</c> and
/// <c>_content</c> stay, which search in words. A definition for a named type wins over one for <c>Resource</c>, and an earlier one over a later one.
/// </remarks>
public sealed class SearchParameterRegistry
{
    private readonly FrozenDictionary<string, FrozenDictionary<string, SearchParameter>> _byType;
    private readonly FrozenDictionary<string, ImmutableArray<SearchParameter>> _listByType;
    private readonly FrozenDictionary<string, FhirPathExpression> _expressions;
    private readonly FrozenDictionary<string, SearchParameterDefinition> _byUrl;

    /// <param name="definitions">Of R4; ours stand beside them.</param>
    /// <param name="added">Further ones, which lose to those of the same code.</param>
    public SearchParameterRegistry(FhirDefinitions definitions, params ImmutableArray<SearchParameterDefinition> added)
    {
        Definitions = definitions;
        var all = definitions.SearchParameters.Concat(OwnSearchParameters.All).Concat(added)
            .Where(definition => definition.Expression.Length > 0 || IsFullText(definition)).ToList();
        var failures = ImmutableArray.CreateBuilder<(SearchParameterDefinition, FhirPathError)>();
        _expressions = Parse(all, failures);
        Failures = failures.ToImmutable();
        all.RemoveAll(definition => !_expressions.ContainsKey(definition.Expression) && !IsFullText(definition));
        _byUrl = all.DistinctBy(definition => definition.Url).ToFrozenDictionary(definition => definition.Url);
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

    /// <summary>False for parameters that are defined but cannot be searched by: composites of what is not known, and
    /// special ones but <c>near</c> and those that search in words.</summary>
    public static bool IsSearchable(SearchParameter parameter) => parameter.Type switch
    {
        SearchParameterType.Composite => !parameter.Components.IsEmpty,
        SearchParameterType.Special => parameter.IsPosition || parameter.IsFullText,
        _ => true,
    };

    private static bool IsFullText(SearchParameterDefinition definition) =>
        definition.Code is SearchParameter.TextCode or SearchParameter.ContentCode;

    private static FrozenDictionary<string, FhirPathExpression> Parse(
        List<SearchParameterDefinition> all, ImmutableArray<(SearchParameterDefinition, FhirPathError)>.Builder failures)
    {
        var parsed = new Dictionary<string, FhirPathExpression>();
        foreach (var definition in all)
        {
            foreach (var text in definition.Components.Select(ComponentText).Prepend(definition.Expression))
            {
                if (text.Length == 0 || parsed.ContainsKey(text))
                    continue;
                var result = FhirPathExpression.Parse(text);
                if (result.Expression is { } expression)
                    parsed.Add(text, expression);
                else
                    failures.Add((definition, result.Error!));
            }
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

    private void Add(Dictionary<string, SearchParameter> found, string type, SearchParameterDefinition definition)
    {
        if (!Enum.TryParse<SearchParameterType>(definition.Type, ignoreCase: true, out var kind))
            return;
        var key = SearchParameter.KeyOf(type, definition.Code);
        var parameter = new SearchParameter(
            type, definition.Code, IsFullText(definition) ? SearchParameterType.Special : kind, key, definition);
        found.TryAdd(
            definition.Code,
            kind == SearchParameterType.Composite ? parameter with { Components = ComponentsOf(parameter) } : parameter);
    }

    /// <summary>Empty when one of them is not known here.</summary>
    private ImmutableArray<SearchParameter> ComponentsOf(SearchParameter composite)
    {
        var parts = ImmutableArray.CreateBuilder<SearchParameter>();
        foreach (var component in composite.Definition.Components)
        {
            if (!_byUrl.TryGetValue(component.Definition, out var definition)
                || !_expressions.ContainsKey(ComponentText(component))
                || !Enum.TryParse<SearchParameterType>(definition.Type, ignoreCase: true, out var kind)
                || kind is SearchParameterType.Composite or SearchParameterType.Special)
                return [];
            var code = $"{composite.Code}${parts.Count}";
            parts.Add(new SearchParameter(
                composite.ResourceType, code, kind, SearchParameter.KeyOf(composite.ResourceType, code),
                definition with { Expression = ComponentText(component) }));
        }
        return parts.ToImmutable();
    }

    /// <summary>What R4 writes with the name of a System type, or the wrong way round, as it is meant.</summary>
    private static string ComponentText(SearchParameterComponent component) => component switch
    {
        { Definition: "http://hl7.org/fhir/SearchParameter/DocumentReference-relatesto" } => "target",
        { Definition: "http://hl7.org/fhir/SearchParameter/DocumentReference-relation" } => "code",
        _ => component.Expression.Replace("ofType(DateTime)", "ofType(dateTime)", StringComparison.Ordinal),
    };
}
