using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Validation.Profiles;

/// <summary>A slice of a profile by its name: where it stands and what tells it.</summary>
/// <param name="Name">As <c>sliceName</c>; of a re-slice the whole: <c>a/b</c>.</param>
/// <param name="Type">That the profile is of: where the path begins.</param>
/// <param name="Path">From the root to the slice; each step with what tells the slice it stands in.</param>
internal sealed record NamedSlice(string Name, TypeSchema Type, ImmutableArray<SliceStep> Path)
{
    /// <summary>The element itself when it is in the slice, or what stands in it and is.</summary>
    public IEnumerable<ElementNode> Within(ElementNode node, Findings findings)
    {
        if (node.Property?.Element is { } element && element.Path == Path[^1].Schema?.Path)
            return Path[^1].Matches(node, findings) ? [node] : [];
        if (!node.Type.Is(Type.Name))
            return [];
        IEnumerable<ElementNode> found = [node];
        foreach (var step in Path)
            found = found.SelectMany(parent => parent.All(step.Name)).Where(child => step.Matches(child, findings));
        return [.. found];
    }
}

/// <param name="Discriminators">Of the slice and of those that it divides further; none for an element as it is.</param>
internal sealed record SliceStep(string Name, ElementSchema? Schema, ImmutableArray<Discriminator> Discriminators)
{
    public bool Matches(ElementNode node, Findings findings)
    {
        foreach (var discriminator in Discriminators)
            if (!discriminator.Matches(node, findings))
                return false;
        return true;
    }
}
