using System.Text.Json;

using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Model;

using FsCheck;
using FsCheck.Fluent;

namespace Ajanvaraus.Fhir.Core.Tests.Json;

/// <summary>The law of reading and writing, over generated resources of every type.</summary>
public sealed class RoundTripPropertyTests
{
    [Fact]
    public void Any_resource_written_and_read_is_the_same_tree()
    {
        var seeds = ArbMap.Default.ArbFor<int>();

        var law = Prop.ForAll(seeds, seed =>
        {
            var resource = new RandomResource(seed).Next();
            return Describe(Parsed.Resource(Parsed.Json(resource))) == Describe(resource);
        });

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), law);
    }

    [Fact]
    public void Pretty_and_compact_json_say_the_same()
    {
        var random = new RandomResource(20261122);

        for (var i = 0; i < 50; i++)
        {
            var resource = random.Next();
            var pretty = new System.Buffers.ArrayBufferWriter<byte>();
            Core.Json.FhirJson.Write(pretty, resource, pretty: true);

            using var expected = JsonDocument.Parse(Parsed.Json(resource));
            using var actual = JsonDocument.Parse(pretty.WrittenMemory);
            JsonDifference.Of(expected.RootElement, actual.RootElement).Should().BeNull();
        }
    }

    private static string Describe(ElementNode node) =>
        $"{node.Property?.JsonName}:{node.Type.Name}={node.Value}({string.Join(';', node.Children.Select(Describe))})";
}

/// <summary>Makes trees that obey the definitions in shape (not in value) from a seed.</summary>
internal sealed class RandomResource(int seed)
{
    private static readonly string[] Texts =
        ["a", "ä\u0301", "\U0001F600", "x\"y\\z", "2026-11-23", "\t\r\n", "<b>&", "\u2028", "1.50", "0"];

    private static readonly string[] Numbers = ["0", "1", "-17", "1.50", "1E2", "0.000", "12345678901234567890"];

    private readonly Random _random = new(seed);

    public ElementNode Next()
    {
        var types = R4.Definitions.ResourceTypes;
        return Node(null, R4.Definitions.Resource(types[_random.Next(types.Length)])!, depth: 0);
    }

    private ElementNode Node(PropertySchema? property, TypeSchema type, int depth)
    {
        var actual = type is { Kind: TypeKind.Resource, IsAbstract: true } ? R4.Definitions.Resource("Basic")! : type;
        var children = Children(actual, depth);
        if (type.Kind == TypeKind.Primitive)
            return new ElementNode(property, type, children.IsEmpty || _random.Next(4) > 0 ? Text(type) : null, children);
        if (children.IsEmpty && type.Kind != TypeKind.Resource)
            children = [Id(actual)];
        return new ElementNode(property, actual, null, children);
    }

    private ImmutableArray<ElementNode> Children(TypeSchema type, int depth)
    {
        var children = ImmutableArray.CreateBuilder<ElementNode>();
        if (depth > 5)
            return [];
        var chance = type.Kind == TypeKind.Primitive ? 20 : 3;
        foreach (var element in type.Elements)
        {
            if (_random.Next(chance + depth) > 0)
                continue;
            var property = element.Properties[_random.Next(element.Properties.Length)];
            var count = element.IsArray ? _random.Next(1, 4) : 1;
            for (var i = 0; i < count; i++)
                children.Add(Node(property, property.Type, depth + 1));
        }
        return children.DrainToImmutable();
    }

    private static ElementNode Id(TypeSchema owner)
    {
        var id = owner.Property("id")!;
        return new ElementNode(id, id.Type, "i", []);
    }

    private string Text(TypeSchema type) => type.Form switch
    {
        JsonForm.Number => Numbers[_random.Next(Numbers.Length)],
        JsonForm.Boolean => _random.Next(2) == 0 ? "true" : "false",
        _ => Texts[_random.Next(Texts.Length)],
    };
}
