using System.Collections.Frozen;

namespace Ajanvaraus.Fhir.Core.Definitions;

/// <summary>All definitions of one FHIR version: types, search parameters, codes of the bound value sets.</summary>
/// <remarks>Immutable after loading; shared by every request.</remarks>
public sealed class FhirDefinitions
{
    public FhirDefinitions(
        IEnumerable<TypeSchema> types,
        IEnumerable<SearchParameterDefinition> searchParameters,
        IEnumerable<ValueSetCodes> valueSets)
    {
        Types = types.ToFrozenDictionary(t => t.Name);
        SearchParameters = [.. searchParameters];
        ValueSets = valueSets.ToFrozenDictionary(v => v.Url);
        ResourceTypes = [.. Types.Values.Where(t => t.Kind == TypeKind.Resource && !t.IsAbstract)
            .Select(t => t.Name).Order(StringComparer.Ordinal)];
    }

    /// <summary>By name: resources, data types, primitives and backbone elements (by path).</summary>
    public FrozenDictionary<string, TypeSchema> Types { get; }

    /// <summary>The concrete resource types in ordinal order.</summary>
    public ImmutableArray<string> ResourceTypes { get; }

    public ImmutableArray<SearchParameterDefinition> SearchParameters { get; }

    /// <summary>By canonical without version; only value sets whose codes can be listed.</summary>
    public FrozenDictionary<string, ValueSetCodes> ValueSets { get; }

    /// <summary>The patient compartment: resource type to the codes of the search parameters that make it a member.</summary>
    /// <remarks>Source: http://hl7.org/fhir/R4/compartmentdefinition-patient.html . Types outside it are absent.</remarks>
    public FrozenDictionary<string, ImmutableArray<string>> PatientCompartment { get; init; } =
        FrozenDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>The compartments of Device, Encounter, Practitioner and RelatedPerson, in the same way.</summary>
    /// <remarks>
    /// <c>{def}</c> in the place of a code: the resource itself. Source: http://hl7.org/fhir/R4/compartmentdefinition.html .
    /// </remarks>
    public FrozenDictionary<string, FrozenDictionary<string, ImmutableArray<string>>> OtherCompartments { get; init; } =
        FrozenDictionary<string, FrozenDictionary<string, ImmutableArray<string>>>.Empty;

    /// <summary>Members of a compartment by resource type; null when the type has no compartment.</summary>
    public FrozenDictionary<string, ImmutableArray<string>>? Compartment(string type) =>
        type == "Patient" ? PatientCompartment : OtherCompartments.GetValueOrDefault(type);

    /// <summary>A concrete resource type, or null.</summary>
    public TypeSchema? Resource(string name) =>
        Types.TryGetValue(name, out var type) && type is { Kind: TypeKind.Resource, IsAbstract: false } ? type : null;
}

/// <summary>A search parameter as defined: http://hl7.org/fhir/R4/searchparameter.html.</summary>
/// <param name="Url">Canonical.</param>
/// <param name="Code">Name in a query: <c>birthdate</c>.</param>
/// <param name="Type">number, date, string, token, reference, composite, quantity, uri or special.</param>
/// <param name="Base">Resource types it applies to (<c>Resource</c> and <c>DomainResource</c> for all).</param>
/// <param name="Expression">FHIRPath; empty when the parameter is not extracted from content.</param>
/// <param name="Targets">Types that a reference may point to.</param>
/// <param name="Components">Of a composite: canonical of the part and its expression.</param>
public sealed record SearchParameterDefinition(
    string Url, string Code, string Type, ImmutableArray<string> Base, string Expression,
    ImmutableArray<string> Targets, ImmutableArray<SearchParameterComponent> Components);

public sealed record SearchParameterComponent(string Definition, string Expression);

/// <summary>The listed codes of a value set.</summary>
public sealed record ValueSetCodes(string Url, FrozenDictionary<string, FrozenSet<string>> CodesBySystem)
{
    /// <summary>True when any of its code systems has the code: all that a <c>code</c> element can be checked for.</summary>
    public bool HasCode(string code) => CodesBySystem.Values.Any(codes => codes.Contains(code));

    public bool Has(string system, string code) =>
        CodesBySystem.TryGetValue(system, out var codes) && codes.Contains(code);
}
