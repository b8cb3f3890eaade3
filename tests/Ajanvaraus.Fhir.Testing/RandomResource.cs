using System.Collections.Immutable;

using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Testing;

/// <summary>Makes resources of every type from a seed: shapes as the definitions allow, values valid for their
/// type.</summary>
/// <remarks>
/// <para>Shape: cardinality upwards is kept, mandatory elements may be absent, codes are of no value set. Children
/// are in the order of the definition. Every text can be written in JSON and in XML.</para>
/// <para>The same seed gives the same resources.</para>
/// </remarks>
public sealed class RandomResource(int seed)
{
    private const int MaxDepth = 5;

    private static readonly string[] Texts =
    [
        "a", "ä\u0301", "\U0001F600", "x\"y\\z", " a b ", "\t\r\n.", "<b>&amp;'</b>", "]]>", "\u2028", "1.50", "0",
        "\u0085\u00A0\uFEFF", "\uE000\uFFFD\U0010FFFF",
    ];

    private static readonly string[] Narratives =
    [
        "<div xmlns=\"http://www.w3.org/1999/xhtml\">a</div>",
        "<div xmlns='http://www.w3.org/1999/xhtml'  lang=\"fi\"><p>a &amp; b&#160;&lt;c<br/>d<br />é\r\n\t</p ></div>",
        "<div class='x\"y' xmlns=\"http://www.w3.org/1999/xhtml\"><!-- > --><b title=\"a > b\">\U0001F600</b>\n</div>",
        "<div xmlns=\"http://www.w3.org/1999/xhtml\">\r\r\n<table><tr><td>1</td></tr></table>\r<i>x</i></div>",
    ];

    private readonly Random _random = new(seed);

    /// <summary>A resource of any type.</summary>
    public ElementNode Next()
    {
        var types = R4.Definitions.ResourceTypes;
        return Next(types[_random.Next(types.Length)]);
    }

    /// <summary>A resource of the type named.</summary>
    public ElementNode Next(string type) => Node(null, R4.Definitions.Resource(type)!, depth: 0);

    private ElementNode Node(PropertySchema? property, TypeSchema type, int depth)
    {
        var actual = type is { Kind: TypeKind.Resource, IsAbstract: true } ? R4.Definitions.Resource("Basic")! : type;
        var isAttribute = property is { Element.IsXmlAttribute: true };
        var children = isAttribute || type.Name == "xhtml" ? [] : Children(actual, depth);
        if (type.Kind == TypeKind.Primitive)
            return new ElementNode(property, type, children.IsEmpty || _random.Next(4) > 0 ? Text(type) : null, children);
        if (children.IsEmpty && type.Kind != TypeKind.Resource)
            children = [Id(actual)];
        return new ElementNode(property, actual, null, children);
    }

    private ImmutableArray<ElementNode> Children(TypeSchema type, int depth)
    {
        var children = ImmutableArray.CreateBuilder<ElementNode>();
        if (depth > MaxDepth)
            return [];
        var chance = type.Kind == TypeKind.Primitive ? 20 : 3;
        foreach (var element in type.Elements)
        {
            if (element.Max == 0 || _random.Next(chance + depth) > 0)
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

    private string Text(TypeSchema type) => type.Name switch
    {
        "boolean" => Any("true", "false"),
        "integer" => Any("0", "-17", "2147483647"),
        "unsignedInt" => Any("0", "17"),
        "positiveInt" => Any("1", "2147483647"),
        "decimal" => Any("0", "1", "-17", "1.50", "1E2", "0.000", "-0.0", "12345678901234567890.1"),
        "date" => Any("2026", "2026-11", "2026-11-23"),
        "dateTime" => Any("2026", "2026-11-23", "2026-11-23T09:00:00+02:00", "2026-11-23T09:00:00.120Z"),
        "instant" => Any("2026-11-23T09:00:00.000+02:00", "2026-11-23T09:00:00Z"),
        "time" => Any("09:00:00", "23:59:59.5"),
        "id" => Any("a", "A-1.b"),
        "code" => Any("a", "free", "ä b"),
        "oid" => "urn:oid:1.2.246.21",
        "uuid" => "urn:uuid:79a14950-442c-11ed-b878-0242ac120002",
        "uri" or "url" or "canonical" => Any("http://a/b?c=d&e=f#g", "urn:oid:1.2", "#x", "Patient/1|2"),
        "base64Binary" => Any("AAAA", "AA==", "+/8="),
        "xhtml" => Any(Narratives),
        _ => Any(Texts),
    };

    private string Any(params ReadOnlySpan<string> choices) => choices[_random.Next(choices.Length)];
}
