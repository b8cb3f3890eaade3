using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Validation.Checks;

namespace Ajanvaraus.Fhir.Core.Validation.Profiles;

/// <summary>One mark by which a slice is told: what its path finds must meet the criterion.</summary>
internal sealed class Discriminator(ImmutableArray<DiscriminatorStep> path, ICriterion criterion)
{
    public bool Matches(ElementNode node, Findings findings) =>
        criterion.IsMet(DiscriminatorPath.Find(node, path, findings), findings);
}

/// <summary>What must be so of the elements that the path of a discriminator finds.</summary>
internal interface ICriterion
{
    bool IsMet(List<Target> found, Findings findings);
}

/// <summary>The element is there, or is not.</summary>
internal sealed class ExistsCriterion(bool exists) : ICriterion
{
    public bool IsMet(List<Target> found, Findings findings) => found.Count > 0 == exists;
}

/// <summary>One of the found elements, or the target of a reference, is of one of the types.</summary>
internal sealed class TypeCriterion(ImmutableArray<string> types) : ICriterion
{
    public bool IsMet(List<Target> found, Findings findings)
    {
        foreach (var target in found)
            foreach (var type in types)
                if (target.Node?.Type.Is(type) ?? target.TypeName == type)
                    return true;
        return false;
    }
}

/// <summary>One of the found elements conforms to one of the profiles.</summary>
/// <remarks>Of a target that is not at hand only the type can be told.</remarks>
internal sealed class ProfileCriterion(ImmutableArray<string> profiles, ProfileLibrary library) : ICriterion
{
    public bool IsMet(List<Target> found, Findings findings)
    {
        foreach (var target in found)
            foreach (var profile in profiles)
                if (target.Node is { } node
                    ? library.Conforms(node, profile, findings) == true
                    : (CoreTypes.NameOf(profile) ?? library.Plan(profile)?.Type.Name) == target.TypeName)
                    return true;
        return false;
    }
}

/// <summary>One of the found elements has the value, pattern or code that tells the slice.</summary>
internal sealed class ValueCriterion(
    ImmutableArray<ValueRule> values, ImmutableArray<ICheck> bindings,
    ImmutableArray<(string Name, ValueCriterion Criterion)> children) : ICriterion
{
    /// <summary>Nothing is said by which the slice could be told.</summary>
    public bool IsEmpty => values.IsEmpty && bindings.IsEmpty && children.IsEmpty;

    public bool IsMet(List<Target> found, Findings findings)
    {
        foreach (var target in found)
            if (target.Node is { } node && IsMet(node, findings))
                return true;
        return false;
    }

    private bool IsMet(ElementNode node, Findings findings)
    {
        foreach (var rule in values)
            if (!(rule.IsPattern ? ValueMatch.HasPattern(node, rule.Value) : ValueMatch.AreEqual(node, rule.Value)))
                return false;
        if (!bindings.IsEmpty)
        {
            var quiet = findings.Quiet();
            foreach (var binding in bindings)
                binding.Check(node, quiet);
            if (quiet.HasErrors)
                return false;
        }
        foreach (var (name, criterion) in children)
            if (!HasChild(node, name, criterion, findings))
                return false;
        return true;
    }

    private static bool HasChild(ElementNode node, string name, ValueCriterion criterion, Findings findings)
    {
        foreach (var child in node.Children)
            if (child.Name == name && criterion.IsMet(child, findings))
                return true;
        return false;
    }
}

/// <summary>All of several criteria, each met by any of the found elements.</summary>
internal sealed class AllCriterion(ImmutableArray<ICriterion> criteria) : ICriterion
{
    public bool IsMet(List<Target> found, Findings findings)
    {
        foreach (var criterion in criteria)
            if (!criterion.IsMet(found, findings))
                return false;
        return true;
    }
}

/// <summary>The url of an extension whose definition is named by the slice.</summary>
internal sealed class UrlCriterion(string url) : ICriterion
{
    public bool IsMet(List<Target> found, Findings findings)
    {
        foreach (var target in found)
            if (target.Node?.Value == url)
                return true;
        return false;
    }
}
