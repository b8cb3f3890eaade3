using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Tests.Json;
using Ajanvaraus.Fhir.Core.Xml;
using Ajanvaraus.Fhir.Testing;

using FsCheck;
using FsCheck.Fluent;

namespace Ajanvaraus.Fhir.Core.Tests.Xml;

/// <summary>The laws of reading and writing, over generated resources of every type.</summary>
public sealed class XmlPropertyTests
{
    [Fact]
    public void Any_resource_written_and_read_is_the_same_tree() => Holds(resource =>
        TreeText.Of(ParsedXml.Resource(ParsedXml.Xml(resource))) == TreeText.Of(resource));

    [Fact]
    public void Any_resource_is_the_same_after_json_xml_json() => Holds(resource =>
    {
        var json = Parsed.Json(resource);
        return Parsed.Json(ParsedXml.Resource(ParsedXml.Xml(Parsed.Resource(json)))) == json;
    });

    [Fact]
    public void Any_resource_is_the_same_after_xml_json_xml() => Holds(resource =>
    {
        var xml = ParsedXml.Xml(resource);
        return ParsedXml.Xml(Parsed.Resource(Parsed.Json(ParsedXml.Resource(xml)))) == xml;
    });

    [Fact]
    public void Order_of_children_in_the_tree_does_not_show_in_xml() => Holds(resource =>
        ParsedXml.Xml(Shuffled(resource, new Random(7))) == ParsedXml.Xml(resource));

    [Fact]
    public void Pretty_and_compact_xml_are_the_same_tree() => Holds(resource =>
    {
        var pretty = new System.Buffers.ArrayBufferWriter<byte>();
        FhirXml.Write(pretty, resource, pretty: true);
        return TreeText.Of(FhirXml.Parse(pretty.WrittenSpan).Resource!) == TreeText.Of(resource);
    });

    private static void Holds(Func<ElementNode, bool> law)
    {
        var seeds = ArbMap.Default.ArbFor<int>();
        var property = Prop.ForAll(seeds, seed => law(new RandomResource(seed).Next()));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), property);
    }

    /// <summary>Names in another order, repetitions still together, as JSON allows.</summary>
    private static ElementNode Shuffled(ElementNode node, Random random) => node.With(
    [
        .. node.Children.GroupBy(child => child.Property).OrderBy(_ => random.Next())
            .SelectMany(group => group).Select(child => Shuffled(child, random)),
    ]);
}
