using Ajanvaraus.Fhir.Core.Search;

namespace Ajanvaraus.Fhir.Server.Security.Policy;

/// <summary>Membership of compartments, as conditions: http://hl7.org/fhir/R4/compartmentdefinition.html .</summary>
public static class Compartments
{
    /// <summary>In the definitions, the mark of the resource itself.</summary>
    private const string Itself = "{def}";

    /// <summary>The search parameters by which resources of the type belong to a compartment; empty: none can.</summary>
    public static ImmutableArray<SearchParameter> Links(SearchParameterRegistry parameters, string compartment, string type) =>
        parameters.Definitions.Compartment(compartment)!.TryGetValue(type, out var codes)
            ? [.. codes.Where(code => code != Itself).Select(code => parameters.Find(type, code)!)]
            : [];

    /// <summary>Met by what refers to the resource by one of those, and by the resource itself.</summary>
    public static SearchExpression Membership(
        SearchParameterRegistry parameters, string compartment, string id, ImmutableArray<string> types)
    {
        var operands = types.SelectMany(type => Links(parameters, compartment, type))
            .Select(link => (SearchExpression)new ReferenceExpression(link, compartment, id)).ToList();
        var isItself = types.Length == 1
            && parameters.Definitions.Compartment(compartment)!.TryGetValue(types[0], out var codes) && codes.Contains(Itself);
        if (isItself)
            operands.Add(new IdExpression([id]));
        return operands.Count switch
        {
            0 => new NothingExpression(),
            1 => operands[0],
            _ => new OrExpression([.. operands]),
        };
    }
}
