using System.Buffers;
using System.Text;

using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Tests.Json;
using Ajanvaraus.Fhir.Core.Xml;

namespace Ajanvaraus.Fhir.Core.Tests.Xml;

/// <summary>What is written as XML: http://hl7.org/fhir/R4/xml.html .</summary>
public sealed class XmlWriterTests
{
    private const string Fhir = "xmlns=\"http://hl7.org/fhir\"";

    [Theory]
    [InlineData("""{"resourceType":"Slot"}""", $"<Slot {Fhir}/>", "nothing")]
    [InlineData("""{"status":"free","resourceType":"Slot","id":"a"}""", $"<Slot {Fhir}><id value=\"a\"/><status value=\"free\"/></Slot>", "the order of the definition")]
    [InlineData("""{"resourceType":"Patient","name":[{"given":[null,"x"],"_given":[{"id":"a"},null]}]}""", $"<Patient {Fhir}><name><given id=\"a\"/><given value=\"x\"/></name></Patient>", "id and values of a list")]
    [InlineData("""{"resourceType":"Patient","extension":[{"url":"http://a","id":"b","valueBoolean":true}]}""", $"<Patient {Fhir}><extension id=\"b\" url=\"http://a\"><valueBoolean value=\"true\"/></extension></Patient>", "attributes")]
    [InlineData("""{"resourceType":"Patient","contained":[{"resourceType":"Slot","id":"o"}],"active":true}""", $"<Patient {Fhir}><contained><Slot><id value=\"o\"/></Slot></contained><active value=\"true\"/></Patient>", "a contained resource")]
    [InlineData("""{"resourceType":"Observation","valueQuantity":{"value":1.50}}""", $"<Observation {Fhir}><valueQuantity><value value=\"1.50\"/></valueQuantity></Observation>", "a decimal as written")]
    [InlineData("""{"resourceType":"Slot","comment":"<a> & \"b\" 'c'\t\n\r"}""", $"<Slot {Fhir}><comment value=\"&lt;a> &amp; &quot;b&quot; 'c'&#x9;&#xA;&#xD;\"/></Slot>", "no more escapes than needed")]
    [InlineData("""{"resourceType":"Slot","comment":"a\u0001\uFFFE\u0000"}""", $"<Slot {Fhir}><comment value=\"a\uFFFD\uFFFD\uFFFD\"/></Slot>", "what XML 1.0 cannot hold")]
    public void Resource_is_written_as_xml_has_it(string json, string xml, string because) =>
        ParsedXml.Xml(Parsed.Resource(json)).Should().Be(xml, because);

    [Theory]
    [InlineData("<div xmlns='http://www.w3.org/1999/xhtml'>a&#160;<br /></div>", "<div xmlns='http://www.w3.org/1999/xhtml'>a&#160;<br /></div>", "as it stands")]
    [InlineData("<div class=\"a\">b</div>", "<div xmlns=\"http://www.w3.org/1999/xhtml\" class=\"a\">b</div>", "its namespace is said")]
    [InlineData("<div>a&nbsp;b", "<div xmlns=\"http://www.w3.org/1999/xhtml\">&lt;div>a&amp;nbsp;b</div>", "what is no XML is text")]
    [InlineData("<div xmlns=\"urn:a\">b</div>", "<div xmlns=\"http://www.w3.org/1999/xhtml\">&lt;div xmlns=&quot;urn:a&quot;>b&lt;/div></div>", "what is no XHTML too")]
    [InlineData("</text><a/>", "<div xmlns=\"http://www.w3.org/1999/xhtml\">&lt;/text>&lt;a/></div>", "what would break out too")]
    public void Narrative_is_written_so_that_it_can_be_read(string div, string written, string because)
    {
        var patient = new ElementNode(null, R4.Definitions.Resource("Patient")!, null, []);
        var text = patient.New("text").Set("status", "generated").Set("div", div);

        var xml = ParsedXml.Xml(patient.Append(text));

        xml.Should().Be($"<Patient {Fhir}><text><status value=\"generated\"/>{written}</text></Patient>", because);
        ParsedXml.Resource(xml)["text"]!.Text("div").Should().Be(written);
    }

    [Fact]
    public void Pretty_xml_has_a_line_per_element_and_leaves_narratives_alone()
    {
        var resource = ParsedXml.Resource(
            $"<Patient {Fhir}><text><status value='empty'/><div xmlns='http://www.w3.org/1999/xhtml'><p>a</p></div></text>"
            + "<contained><Slot><id value='o'/></Slot></contained><active value='true'/></Patient>");
        var pretty = new ArrayBufferWriter<byte>();

        FhirXml.Write(pretty, resource, pretty: true);

        Encoding.UTF8.GetString(pretty.WrittenSpan).Should().Be($"""
            <Patient {Fhir}>
              <text>
                <status value="empty"/>
                <div xmlns='http://www.w3.org/1999/xhtml'><p>a</p></div>
              </text>
              <contained>
                <Slot>
                  <id value="o"/>
                </Slot>
              </contained>
              <active value="true"/>
            </Patient>
            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Text_longer_than_any_piece_of_the_buffer_is_whole()
    {
        var text = string.Concat(Enumerable.Repeat("ä\U0001F600<", 20_000));
        var slot = new ElementNode(null, R4.Definitions.Resource("Slot")!, null, []).Set("comment", text);

        var read = ParsedXml.Resource(ParsedXml.Xml(slot));

        read.Text("comment").Should().Be(text);
    }
}
