using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Validation.Checks;

/// <summary>How many times each element of a type may and must stand; a choice counts over all its types.</summary>
internal sealed class CardinalityCheck : ICheck
{
    private readonly TypeSchema _type;
    private readonly (int Index, int Min, int Max, string Name)[] _limited;

    public CardinalityCheck(TypeSchema type)
    {
        _type = type;
        _limited = [.. type.Elements
            .Where(e => e.Min > 0 || e.Max is not null)
            .Select(e => (e.Index, e.Min, e.Max ?? int.MaxValue, e.IsChoice ? e.Name + "[x]" : e.Name))];
    }

    public void Check(ElementNode node, Findings findings)
    {
        Span<int> counts = stackalloc int[_type.Elements.Length];
        foreach (var child in node.Children)
        {
            var place = TypePlan.PlaceOf(_type, child);
            if (place < 0)
                findings.Add(StructureMessages.UnknownElement, child, _type.Name, child.Name);
            else
                counts[place]++;
        }
        foreach (var (index, min, max, name) in _limited)
        {
            if (counts[index] < min)
                findings.AddChild(Missing(name, findings), node, _type.Elements[index].Name, name);
            else if (counts[index] > max)
                findings.AddChild(StructureMessages.TooManyElements, node, _type.Elements[index].Name,
                    name, $"{counts[index]}", $"{max}");
        }
    }

    /// <summary>Many published profiles have no name or status; taken in, they can be used all the same.</summary>
    /// <remarks>Whoever asks for a validation is told that it is an error.</remarks>
    private Message Missing(string element, Findings findings) =>
        _type.Name == "StructureDefinition" && (element is "name" or "status") && !findings.Scope.TellsAdvice
            ? ContentMessages.DefinitionWithout
            : StructureMessages.MissingElement;
}
