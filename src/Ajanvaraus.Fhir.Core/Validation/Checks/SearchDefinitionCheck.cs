using Ajanvaraus.Fhir.Core.Conformance;
using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Validation.Checks;

/// <summary>The search parameters of R4, and those of a source, by canonical.</summary>
internal sealed class SearchDefinitions(IConformanceSource source, FhirDefinitions definitions)
{
    private readonly Dictionary<string, SearchParameterDefinition> _ofR4 =
        definitions.SearchParameters.ToDictionary(parameter => parameter.Url, StringComparer.Ordinal);

    /// <summary>Type, base types and expression; null when it is not known here.</summary>
    public (string Type, ImmutableArray<string> Bases, string Expression)? Find(string canonical)
    {
        if (source.Find("SearchParameter", canonical) is { } stored)
            return (stored.Text("type") ?? "", [.. stored.All("base").Select(b => b.Value).OfType<string>()],
                stored.Text("expression") ?? "");
        var bar = canonical.IndexOf('|', StringComparison.Ordinal);
        return _ofR4.TryGetValue(bar < 0 ? canonical : canonical[..bar], out var found)
            ? (found.Type, found.Base, found.Expression)
            : null;
    }
}

/// <summary>A SearchParameter that derives from another searches alike: the same type, for no other resources.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/searchparameter-definitions.html#SearchParameter.derivedFrom .</remarks>
internal sealed class DerivedSearchCheck(SearchDefinitions parameters) : ICheck
{
    public void Check(ElementNode node, Findings findings)
    {
        if (node.Text("derivedFrom") is not { } canonical || parameters.Find(canonical) is not { } parent)
            return;
        if (node["type"] is { Value: { } own } type && own != parent.Type)
            findings.Add(ContentMessages.SearchTypeDiffers, type, canonical, parent.Type);
        foreach (var each in node.All("base"))
            if (each.Value is { } name && !parent.Bases.Contains(name)
                && !parent.Bases.Contains("Resource") && !parent.Bases.Contains("DomainResource"))
                findings.Add(ContentMessages.SearchBaseDiffers, each, canonical, name);
        if (node["expression"] is { Value: { } text } expression && parent.Expression.Length > 0
            && text != parent.Expression)
            findings.Add(ContentMessages.SearchExpressionDiffers, expression, canonical);
    }
}

/// <summary>A composite parameter is composed of two or more.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/search.html#composite and
/// http://hl7.org/fhir/R4/searchparameter-definitions.html#SearchParameter.component .</remarks>
internal sealed class CompositeSearchCheck : ICheck
{
    public static readonly CompositeSearchCheck Instance = new();

    public void Check(ElementNode node, Findings findings)
    {
        if (node["type"] is { Value: "composite" } type && node.All("component").Take(2).Count() < 2)
            findings.Add(ConsistencyMessages.NotComposed, type);
    }
}

/// <summary>The type of a search parameter that a CapabilityStatement names is that of its definition.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/capabilitystatement-definitions.html#CapabilityStatement.rest.resource.searchParam.type .</remarks>
internal sealed class OfferedSearchCheck(SearchDefinitions parameters) : ICheck
{
    public void Check(ElementNode node, Findings findings)
    {
        foreach (var rest in node.All("rest"))
            foreach (var offered in rest.All("searchParam").Concat(rest.All("resource").SelectMany(r => r.All("searchParam"))))
                if (offered.Text("definition") is { } canonical && offered["type"] is { Value: { } own } type
                    && parameters.Find(canonical) is { } known && known.Type != own)
                    findings.Add(ContentMessages.SearchTypeDiffers, type, canonical, known.Type);
    }
}
