using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Testing;

/// <summary>A tree as one text: two trees are the same when their texts are.</summary>
public static class TreeText
{
    public static string Of(ElementNode node) =>
        $"{node.Property?.JsonName}:{node.Type.Name}={node.Value}({string.Join(';', node.Children.Select(Of))})";
}
