using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Validation.Profiles;

namespace Ajanvaraus.Fhir.Core.Validation.Checks;

/// <summary>The profile of a type in a StructureDefinition is a profile of that type.</summary>
/// <remarks>What is not known here cannot be told.
/// Source: http://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.type.profile .</remarks>
internal sealed class TypeProfileCheck(ProfileLibrary library) : ICheck
{
    public void Check(ElementNode node, Findings findings)
    {
        foreach (var element in node["differential"]?.All("element") ?? [])
            foreach (var type in element.All("type"))
                if (type.Text("code") is { } code)
                    CheckProfiles(type, code, findings);
    }

    private void CheckProfiles(ElementNode type, string code, Findings findings)
    {
        foreach (var each in type.All("profile"))
        {
            if (each.Value is not { } profile || code == "Resource"
                || (CoreTypes.NameOf(profile) ?? library.Definition(profile)?.Text("type")) is not { } of || of == code)
                continue;
            findings.Add(ContentMessages.TypeProfileOfOtherType, each, profile, of, code);
        }
    }
}

/// <summary>A profile speaks of elements that its type has.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.path .</remarks>
internal sealed class KnownElementsCheck(ProfileLibrary library) : ICheck
{
    public void Check(ElementNode node, Findings findings)
    {
        foreach (var (definition, id, type) in library.UnknownElements(node))
            findings.Add(ConsistencyMessages.ElementNotOfType, definition, id, type);
    }
}

/// <summary>A profile fixes no value that its base fixes otherwise: nothing could conform to it.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.fixed_x_ and
/// http://hl7.org/fhir/R4/profiling.html : a profile cannot change what its base asks for.</remarks>
internal sealed class RefixedValuesCheck(ProfileLibrary library) : ICheck
{
    public void Check(ElementNode node, Findings findings)
    {
        foreach (var (value, id, below) in library.RefixedValues(node))
            findings.Add(ConsistencyMessages.FixedOtherwise, value, id, below);
    }
}
