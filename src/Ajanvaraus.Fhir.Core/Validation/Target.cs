using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Validation;

/// <summary>What a reference points to, as far as it can be told without fetching.</summary>
/// <param name="Node">The resource where it is contained or in the same Bundle; else null.</param>
/// <param name="TypeName">Its type; null when nothing tells it.</param>
internal readonly record struct Target(ElementNode? Node, string? TypeName)
{
    /// <param name="reference">A Reference, or a primitive that holds an address.</param>
    /// <param name="findings">Tells the resource that the reference stands in.</param>
    public static Target Of(ElementNode reference, Findings findings)
    {
        var text = reference.IsPrimitive ? reference.Value : reference.Text("reference");
        if (text is not null && Find(text, findings) is { } node)
            return new Target(node, node.Type.Name);
        return new Target(null, ReferenceText.TypeOf(text) is { } type && Definitions.R4.Definitions.Resource(type) is not null
            ? type
            : reference.Text("type"));
    }

    private static ElementNode? Find(string text, Findings findings)
    {
        if (text is not ['#', ..])
            return findings.Scope.Bundle?.Find(text, findings.Container);
        if (text.Length == 1)
            return findings.Container;
        foreach (var child in findings.Container.Children)
            if (child.Name == "contained" && child.Id is { } id && text.AsSpan(1).SequenceEqual(id))
                return child;
        return null;
    }
}
