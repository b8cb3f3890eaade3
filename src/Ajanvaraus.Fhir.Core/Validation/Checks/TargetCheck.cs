using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Validation.Profiles;

namespace Ajanvaraus.Fhir.Core.Validation.Checks;

/// <summary>What a Reference may point to by a profile: the type, the target's profile, where the target is.</summary>
/// <remarks>
/// The type is known from the reference itself; the target is looked at when it is contained or in the same Bundle, never
/// fetched. Source: http://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.type.targetProfile .
/// </remarks>
internal sealed class TargetCheck(TypeRule rule, string source, ProfileLibrary library) : ICheck
{
    private const string Contained = "contained";

    public void Check(ElementNode node, Findings findings)
    {
        if (node.Type.Name != "Reference")
            return;
        var target = Target.Of(node, findings);
        if (!rule.TargetProfiles.IsEmpty && target.TypeName is { } type)
            CheckTarget(node, type, target.Node, findings);
        if (node.Text("reference") is { Length: > 0 } text)
            CheckForm(node, text, target.Node, findings);
    }

    private void CheckTarget(ElementNode node, string type, ElementNode? target, Findings findings)
    {
        var candidates = rule.TargetProfiles.Where(profile => IsOfType(profile, type)).ToList();
        if (candidates.Count == 0)
        {
            findings.Add(ProfileMessages.TargetTypeNotAllowed, node, type,
                string.Join(", ", rule.TargetProfiles.Select(Name)), source);
            return;
        }
        if (target is null)
            return;
        foreach (var profile in candidates)
            if (library.Conforms(target, profile, findings) != false)
                return;
        findings.Add(ProfileMessages.TargetConformsToNone, node, string.Join(", ", candidates), source);
    }

    /// <summary>A profile that is not known here may be for any type.</summary>
    private bool IsOfType(string profile, string type)
    {
        var name = CoreTypes.NameOf(profile) ?? library.Plan(profile)?.Type.Name;
        return name is null or "Resource" || name == type
            || (name == "DomainResource" && type is not ("Bundle" or "Binary" or "Parameters"));
    }

    private void CheckForm(ElementNode node, string text, ElementNode? target, Findings findings)
    {
        if (!rule.Aggregation.IsEmpty)
        {
            // The entries of a transaction are no Bundle any more when they are stored.
            var isBundled = target is not null && findings.Scope.Around is null;
            var mode = text[0] == '#' ? Contained : isBundled ? "bundled" : "referenced";
            if (!rule.Aggregation.Contains(mode))
                findings.Add(ProfileMessages.AggregationNotAllowed, node,
                    mode, string.Join(", ", rule.Aggregation), source);
        }
        var isVersioned = text.Contains("/_history/", StringComparison.Ordinal);
        if ((rule.Versioning == "specific" && !isVersioned) || (rule.Versioning == "independent" && isVersioned))
            findings.Add(ProfileMessages.ReferenceVersioning, node, rule.Versioning, source);
    }

    private static string Name(string profile) => CoreTypes.NameOf(profile) ?? profile;
}
