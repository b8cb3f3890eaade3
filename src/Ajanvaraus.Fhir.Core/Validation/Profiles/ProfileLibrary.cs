using System.Collections.Concurrent;

using Ajanvaraus.Fhir.Core.Conformance;
using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Validation.Profiles;

/// <summary>The profiles of one source of conformance resources, each compiled when it is first asked for.</summary>
/// <remarks>Immutable to the eye; for any number of threads.</remarks>
internal sealed class ProfileLibrary
{
    private readonly ConcurrentDictionary<string, ProfilePlan?> _plans = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ImmutableArray<NamedSlice>> _slices = new(StringComparer.Ordinal);
    private readonly ProfileTrees _trees;
    private readonly ProfileCompiler _compiler;

    public ProfileLibrary(FhirDefinitions definitions, IConformanceSource source)
    {
        _trees = new ProfileTrees(definitions, source);
        _compiler = new ProfileCompiler(definitions, _trees, this);
    }

    /// <summary>The profile as checks; null when it is not known here, and for core types.</summary>
    public ProfilePlan? Plan(string canonical) =>
        _plans.GetOrAdd(canonical, url => _trees.Find(url) is { } tree ? _compiler.Compile(tree) : null);

    /// <summary>The StructureDefinition; null when it is not known here, and for core types.</summary>
    public ElementNode? Definition(string canonical) => _trees.Find(canonical)?.Definition;

    /// <summary>What a StructureDefinition says of elements that its type does not have, with their ids and the type.</summary>
    public IEnumerable<(ElementNode Definition, string Id, string Type)> UnknownElements(ElementNode definition) =>
        _trees.Of(definition) is { } tree
            ? tree.UnknownElements.Select(unknown => (unknown.Definition, unknown.Id, tree.Type.Name))
            : [];

    /// <summary>The values that a StructureDefinition fixes though the named base fixes another.</summary>
    public IEnumerable<(ElementNode Fixed, string Id, string Base)> RefixedValues(ElementNode definition) =>
        _trees.Of(definition)?.RefixedValues ?? [];

    /// <summary>True when the definition marks the whole as a modifier: of an extension, its root.</summary>
    public static bool IsModifier(ElementNode definition) =>
        (definition["differential"]?.All("element") ?? []).Concat(definition["snapshot"]?.All("element") ?? [])
        .Any(element => element.Text("path") is { } path && !path.Contains('.', StringComparison.Ordinal)
            && element.Text("isModifier") == "true");

    /// <summary>Checks an element against a profile that is known or core; says so where it is neither.</summary>
    public void Check(ElementNode node, string canonical, Findings findings)
    {
        if (CoreTypes.NameOf(canonical) is { } coreType)
        {
            if (!node.Type.Is(coreType))
                findings.Add(ProfileMessages.ProfileOfOtherType, node, node.Type.Name, coreType, canonical);
        }
        else if (Plan(canonical) is { } plan)
        {
            Check(node, plan, findings);
        }
        else
        {
            findings.Scope.TellFault(canonical, "it is not known here", findings);
        }
    }

    /// <summary>Whether an element conforms; null when the profile is neither known nor core.</summary>
    public bool? Conforms(ElementNode node, string canonical, Findings findings)
    {
        if (CoreTypes.NameOf(canonical) is { } coreType)
            return node.Type.Is(coreType);
        if (Plan(canonical) is not { } plan)
            return null;
        var scope = findings.Scope;
        if (scope.KnownConformance(node, canonical) is { } known)
            return known;
        var assumptions = scope.Assumptions;
        var quiet = findings.Quiet();
        Check(node, plan, quiet);
        // An answer that leans on an assumption holds only inside the circle that made it.
        if (scope.Assumptions == assumptions)
            scope.Remember(node, canonical, !quiet.HasErrors);
        return !quiet.HasErrors;
    }

    /// <summary>What of the element is in the slice of that name; none when profile or slice are not known.</summary>
    public ImmutableArray<ElementNode> Slice(ElementNode node, string canonical, string slice, Findings findings)
    {
        var slices = _slices.GetOrAdd(canonical, url => _trees.Find(url) is { } tree ? _compiler.Slices(tree) : []);
        return [.. slices.Where(known => known.Name == slice).SelectMany(known => known.Within(node, findings)).Distinct()];
    }

    private void Check(ElementNode node, ProfilePlan plan, Findings findings)
    {
        if (!node.Type.Is(plan.Type.Name))
        {
            findings.Add(ProfileMessages.ProfileOfOtherType, node, node.Type.Name, plan.Type.Name, plan.Url);
            return;
        }
        if (findings.Scope.IsExhausted || !findings.Scope.TryEnter(node, plan.Url))
            return;
        foreach (var fault in plan.Faults)
            findings.Scope.TellFault(plan.Url, fault, findings);
        plan.Root.Check(node, findings);
        foreach (var imposed in plan.Imposed)
            CheckImposed(node, imposed, plan.Url, findings);
        findings.Scope.Leave(node, plan.Url);
    }

    /// <summary>A guide of somebody else may not be loaded here; that is nobody's fault and told only when asked.</summary>
    private void CheckImposed(ElementNode node, string imposed, string by, Findings findings)
    {
        if (CoreTypes.NameOf(imposed) is not null || Plan(imposed) is not null)
            Check(node, imposed, findings);
        else if (findings.Scope.TellsAdvice)
            findings.Add(ProfileMessages.ImposedUnknown, node, imposed, by);
    }
}
