using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Tests.Json;
using Ajanvaraus.Fhir.Core.Validation;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Core.Tests.Validation;

/// <summary>Law: a sound resource with one defect more is reported at the element that has the defect.</summary>
public sealed class MutationTests
{
    private const int MutationsPerFile = 40;

    private static readonly StructuralValidator Validator = new(R4.Definitions);

    [SharedDataTheory]
    [MemberData(nameof(SharedExamples.Files), MemberType = typeof(SharedExamples))]
    public void One_defect_is_reported_at_its_element(string file)
    {
        var sound = FhirJson.Parse(SharedExamples.Read(file)).Resource!;
        if (Errors(sound).Any())
            return;
        var seed = file.Aggregate(17, (hash, letter) => unchecked((hash * 31) + letter));
        var random = new Random(seed);

        for (var i = 0; i < MutationsPerFile; i++)
        {
            var (mutated, expected) = Mutate(sound, random);
            Errors(mutated).Should().Contain(expected, $"file {file}, seed {seed}, mutation {i}");
        }
    }

    private static IEnumerable<string> Errors(ElementNode resource) => Validator.Validate(resource)
        .Where(issue => issue.Severity == IssueSeverity.Error).Select(issue => issue.Expression ?? "");

    private static (ElementNode Resource, string Expected) Mutate(ElementNode sound, Random random)
    {
        var paths = new List<ImmutableArray<int>>();
        Collect(sound, [], paths);
        while (true)
        {
            var path = paths[random.Next(paths.Count)];
            var (parent, index) = (At(sound, path[..^1]), path[^1]);
            if (DefectOf(parent, index, random.Next(3)) is not { } defect)
                continue;
            var mutated = Replace(sound, path[..^1], parent.With(defect.Children));
            var place = At(mutated, path[..^1]);
            return (mutated, defect.Child is { } name
                ? $"{NodePath.Of(mutated, place)}.{name}" : NodePath.Of(mutated, place.Children[index])!);
        }
    }

    /// <summary>A missing required element, one too many of a single element, or a primitive that is none.</summary>
    private static Defect? DefectOf(ElementNode parent, int index, int kind)
    {
        var child = parent.Children[index];
        var element = child.Property!.Element;
        return kind switch
        {
            0 when element.Min > 0 && parent.All(element.Name).Count() == 1 =>
                new Defect(parent.Children.RemoveAt(index), element.Name),
            1 when element.Max == 1 => new Defect(parent.Children.Insert(index, child), element.Name),
            2 when child is { IsPrimitive: true, Value: not null } && child.Type.Name != "xhtml" => new Defect(
                parent.Children.SetItem(index, new ElementNode(child.Property, child.Type, "\u0001", [])), null),
            _ => null,
        };
    }

    private static void Collect(ElementNode node, ImmutableArray<int> path, List<ImmutableArray<int>> paths)
    {
        for (var i = 0; i < node.Children.Length; i++)
        {
            // Ids of elements may be any text; what they break elsewhere is told elsewhere.
            if (node.Children[i].Name == "id")
                continue;
            paths.Add(path.Add(i));
            Collect(node.Children[i], path.Add(i), paths);
        }
    }

    private static ElementNode At(ElementNode root, ImmutableArray<int> path)
    {
        foreach (var index in path)
            root = root.Children[index];
        return root;
    }

    private static ElementNode Replace(ElementNode root, ImmutableArray<int> path, ElementNode node) => path.IsEmpty
        ? node
        : root.With(root.Children.SetItem(path[0], Replace(root.Children[path[0]], path[1..], node)));

    /// <param name="Child">The child that is missing or too many; null when the element itself is wrong.</param>
    private sealed record Defect(ImmutableArray<ElementNode> Children, string? Child);
}
