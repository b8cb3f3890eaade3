using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Validation.Profiles;

namespace Ajanvaraus.Fhir.Core.Validation.Checks;

/// <summary>Sorts the occurrences of an element into slices and checks each slice, its order and its number.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/profiling.html#slicing .</remarks>
internal sealed class SlicingCheck(string name, SlicingRules rules, ImmutableArray<SlicePlan> slices) : ICheck
{
    private readonly SlicePlan? _default = slices.FirstOrDefault(slice => slice.Name == "@default");

    public void Check(ElementNode node, Findings findings)
    {
        var occurrences = new List<ElementNode>();
        foreach (var child in node.Children)
            if (child.Name == name)
                occurrences.Add(child);
        Sort(node, occurrences, findings);
    }

    /// <summary>Slices what stands in <paramref name="parent"/>: all of that name, or those of the slice further out.</summary>
    private void Sort(ElementNode parent, List<ElementNode> occurrences, Findings findings)
    {
        var members = new List<ElementNode>[slices.Length];
        var (last, othersBefore) = (-1, false);
        foreach (var node in occurrences)
        {
            var index = IndexOf(node, findings);
            if (index < 0)
            {
                othersBefore = true;
                CheckOther(node, findings);
                continue;
            }
            (members[index] ??= []).Add(node);
            if (rules.IsOrdered && index < last)
                findings.Add(ProfileMessages.SlicesOutOfOrder, node, slices[index].Name, rules.Source);
            if (rules.Kind == SlicingKind.OpenAtEnd && othersBefore)
                findings.Add(ProfileMessages.SliceAfterOthers, node, slices[index].Name, rules.Source);
            last = Math.Max(last, index);
            slices[index].Element.Check(node, findings);
        }
        for (var i = 0; i < slices.Length; i++)
            CheckNumber(parent, slices[i], members[i] ?? [], findings);
    }

    private int IndexOf(ElementNode node, Findings findings)
    {
        var found = -1;
        for (var i = 0; i < slices.Length; i++)
        {
            if (slices[i] == _default || !slices[i].Matches(node, findings))
                continue;
            if (found >= 0)
            {
                findings.Add(ProfileMessages.SliceAmbiguous, node, slices[found].Name, slices[i].Name, rules.Source);
                return found;
            }
            found = i;
        }
        return found;
    }

    private void CheckOther(ElementNode node, Findings findings)
    {
        if (_default is not null)
            _default.Element.Check(node, findings);
        else if (rules.Kind == SlicingKind.Closed)
            findings.Add(ProfileMessages.SlicingClosed, node,
                string.Join(", ", slices.Select(slice => slice.Name)), rules.Source);
    }

    private void CheckNumber(
        ElementNode parent, SlicePlan slice, List<ElementNode> members, Findings findings)
    {
        if (slice == _default)
            return;
        if (slice.Min is { } min && members.Count < min.Count)
            findings.AddChild(ProfileMessages.SliceTooFew, parent, name,
                slice.Name, $"{members.Count}", $"{min.Count}", min.Source);
        if (slice.Max is { } max && members.Count > max.Count)
            findings.Add(ProfileMessages.SliceTooMany, members[max.Count],
                slice.Name, $"{members.Count}", $"{max.Count}", max.Source);
        slice.Slicing?.Sort(parent, members, findings);
    }
}

/// <summary>One slice: how it is told, how often it stands, what it must be, and its own slices.</summary>
internal sealed record SlicePlan(
    string Name, ImmutableArray<Discriminator> Discriminators, Limit? Min, Limit? Max, ElementPlan Element,
    SlicingCheck? Slicing)
{
    public bool Matches(ElementNode node, Findings findings)
    {
        foreach (var discriminator in Discriminators)
            if (!discriminator.Matches(node, findings))
                return false;
        return !Discriminators.IsEmpty;
    }
}
