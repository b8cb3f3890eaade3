using Ajanvaraus.Fhir.Core.Conformance;
using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.FhirPath;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Terminology;
using Ajanvaraus.Fhir.Core.Validation.Profiles;

namespace Ajanvaraus.Fhir.Core.Validation;

/// <summary>Checks resources against the base definitions, their profiles and the definitions of their extensions.</summary>
/// <remarks>
/// <para>One instance belongs to one source of conformance resources and keeps the profiles that it has compiled.</para>
/// <para>Shape: all issues at once, at most <see cref="StructuralValidator.MaxIssues"/>, each with its FHIRPath and the
/// name of its rule.</para>
/// <para>Source: http://hl7.org/fhir/R4/validation.html .</para>
/// </remarks>
public sealed class ProfileValidator : IProfileConformance
{
    private readonly StructuralValidator _structure;
    private readonly ProfileLibrary _library;
    private readonly ExtensionRules _extensions;
    private readonly ITerminology? _terminology;
    private readonly AdvisedBindings _bindings;
    private readonly ContentRules _content;

    /// <summary>Profiles that guides ask of every resource of a type.</summary>
    /// <remarks>Source: http://hl7.org/fhir/R4/implementationguide-definitions.html#ImplementationGuide.global .</remarks>
    private readonly Lazy<ILookup<string, string>> _globals;

    /// <param name="structure">Of the same definitions.</param>
    /// <param name="definitions">The base types.</param>
    /// <param name="source">Where profiles and definitions of extensions are found.</param>
    /// <param name="terminology">Asked for codes; null: only the value sets of the definitions are known.</param>
    public ProfileValidator(
        StructuralValidator structure, FhirDefinitions definitions, IConformanceSource source,
        ITerminology? terminology = null)
    {
        _structure = structure;
        _terminology = terminology;
        _library = new ProfileLibrary(definitions, source);
        _extensions = new ExtensionRules(_library);
        _bindings = new AdvisedBindings(definitions);
        _content = new ContentRules(definitions, source, terminology, _library);
        _globals = new Lazy<ILookup<string, string>>(() => source.All("ImplementationGuide")
            .Where(guide => guide.Text("status") != "retired").SelectMany(guide => guide.All("global"))
            .ToLookup(global => global.Text("type") ?? "", global => global.Text("profile") ?? ""));
    }

    /// <summary>Validates a resource, with all advice, as <c>$validate</c> does.</summary>
    /// <param name="resource">Its <c>meta.profile</c> is enforced where the profile is known.</param>
    /// <param name="profiles">Further profiles that are asked for; one that is not known is an error.</param>
    public ImmutableArray<Issue> Validate(ElementNode resource, params ImmutableArray<string> profiles)
    {
        var findings = new Findings(resource, StructuralValidator.MaxIssues, Scope(resource, tellsAdvice: true));
        _structure.Check(resource, findings);
        foreach (var profile in profiles.Distinct())
        {
            if (IsKnown(profile))
                _library.Check(resource, profile, findings);
            else
                findings.Add(ProfileMessages.UnknownProfile, resource, profile);
        }
        Walk(resource, [], findings);
        return Complete(resource, findings);
    }

    /// <summary>Checks the profiles that a resource claims, and those in it: what a write asks beyond the structure.</summary>
    /// <param name="resource">What is to be written.</param>
    /// <param name="around">What is written in the same transaction: references find their targets there.</param>
    /// <remarks>Errors, and a warning for each profile that is not known; no advice.</remarks>
    public ImmutableArray<Issue> ValidateClaims(ElementNode resource, BundleIndex? around = null)
    {
        var findings = new Findings(
            resource, StructuralValidator.MaxIssues, Scope(resource, tellsAdvice: false, around));
        WalkClaims(resource, findings);
        return Complete(resource, findings);
    }

    /// <summary>True when <see cref="ValidateClaims"/> has anything to check.</summary>
    public static bool HasClaims(ElementNode resource) =>
        resource["meta"]?["profile"] is not null || ResourcesIn(resource).Any(HasClaims);

    /// <inheritdoc/>
    public bool? Conforms(ElementNode node, string profile)
    {
        var findings = new Findings(node, 1, Scope(node, tellsAdvice: false)).Quiet();
        return _library.Conforms(node, profile, findings);
    }

    /// <inheritdoc/>
    public ImmutableArray<ElementNode> Slice(ElementNode node, string profile, string slice) =>
        _library.Slice(node, profile, slice, new Findings(node, 1, Scope(node, tellsAdvice: false)).Quiet());

    private ValidationScope Scope(ElementNode root, bool tellsAdvice, BundleIndex? around = null) => new()
    {
        Root = root,
        Around = around,
        Profiles = _library,
        Terminology = _terminology,
        TellsAdvice = tellsAdvice,
    };

    private static ImmutableArray<Issue> Complete(ElementNode resource, Findings findings)
    {
        if (findings.Scope.IsExhausted)
            findings.Add(ProfileMessages.TooCostly, resource);
        return findings.ToIssues();
    }

    private bool IsKnown(string profile) => CoreTypes.NameOf(profile) is not null || _library.Plan(profile) is not null;

    /// <summary>The resources right below: contained ones, entries of a Bundle, parameters.</summary>
    private static IEnumerable<ElementNode> ResourcesIn(ElementNode resource) => resource.Children.SelectMany(
        child => child.IsResource ? [child] : child.Name is "entry" or "parameter" ? child.Children.Where(c => c.IsResource) : []);

    private void WalkClaims(ElementNode resource, Findings findings)
    {
        var (container, around) = (findings.Container, findings.Resource);
        findings.Enter(resource);
        CheckClaims(resource, findings);
        foreach (var inner in ResourcesIn(resource))
            WalkClaims(inner, findings);
        (findings.Container, findings.Resource) = (container, around);
    }

    /// <summary>What any element may bring with it: claimed profiles, extensions, codes that should be of a value set.</summary>
    private void Walk(ElementNode node, List<ElementNode> ancestors, Findings findings)
    {
        if (findings.IsFull)
            return;
        var (container, resource) = (findings.Container, findings.Resource);
        findings.Enter(node);
        if (node.IsResource)
        {
            CheckClaims(node, findings);
            foreach (var profile in _globals.Value[node.Type.Name].Concat(VitalSigns.Of(node)).Where(IsKnown))
                _library.Check(node, profile, findings);
        }
        _content.Check(node, findings);
        ancestors.Add(node);
        foreach (var child in node.Children)
        {
            if (child.Type.Name == "Extension")
                _extensions.Check(child, ancestors, findings);
            else
                _bindings.Check(child, findings);
            Walk(child, ancestors, findings);
        }
        ancestors.RemoveAt(ancestors.Count - 1);
        (findings.Container, findings.Resource) = (container, resource);
    }

    private void CheckClaims(ElementNode resource, Findings findings)
    {
        if (resource["meta"] is not { } meta)
            return;
        foreach (var claim in meta.All("profile"))
        {
            if (claim.Value is not { } profile)
                continue;
            if (IsKnown(profile))
                _library.Check(resource, profile, findings);
            else
                findings.Add(ProfileMessages.UnknownMetaProfile, claim, profile);
        }
    }
}
