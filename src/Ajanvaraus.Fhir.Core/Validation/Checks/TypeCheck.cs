using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Validation.Profiles;

namespace Ajanvaraus.Fhir.Core.Validation.Checks;

/// <summary>The types that a profile allows for an element, and the profiles of those types.</summary>
/// <remarks>
/// Where several profiles of the type are allowed, one is enough.
/// Source: http://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.type .
/// </remarks>
internal sealed class TypeCheck(ImmutableArray<TypeRule> types, string source, ProfileLibrary library) : ICheck
{
    public void Check(ElementNode node, Findings findings)
    {
        var profiles = new List<string>();
        var (isAllowed, isFree) = (false, false);
        foreach (var type in types)
        {
            if (!node.Type.Is(type.Code))
                continue;
            isAllowed = true;
            isFree |= type.Profiles.IsEmpty;
            profiles.AddRange(type.Profiles);
        }
        if (!isAllowed)
            findings.Add(ProfileMessages.TypeNotAllowed, node, node.Type.Name,
                string.Join(", ", types.Select(type => type.Code).Distinct()), source);
        else if (!isFree)
            CheckProfiles(node, profiles, findings);
    }

    private void CheckProfiles(ElementNode node, List<string> profiles, Findings findings)
    {
        if (profiles.Count == 1)
        {
            library.Check(node, profiles[0], findings);
            return;
        }
        foreach (var profile in profiles)
            if (library.Conforms(node, profile, findings) != false)
                return;
        findings.Add(ProfileMessages.ConformsToNone, node, string.Join(", ", profiles), source);
    }
}
