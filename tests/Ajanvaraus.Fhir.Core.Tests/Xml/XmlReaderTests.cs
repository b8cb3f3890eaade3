using System.Text;

using Ajanvaraus.Fhir.Core.Tests.Json;
using Ajanvaraus.Fhir.Core.Xml;

namespace Ajanvaraus.Fhir.Core.Tests.Xml;

/// <summary>What is read from XML: http://hl7.org/fhir/R4/xml.html .</summary>
public sealed class XmlReaderTests
{
    private const string Fhir = "xmlns=\"http://hl7.org/fhir\"";

    [Theory]
    [InlineData($"<Slot {Fhir}><id value='a'/><status value='free'/></Slot>",
        """{"resourceType":"Slot","id":"a","status":"free"}""", "a resource and its primitives")]
    [InlineData($"<f:Slot xmlns:f='http://hl7.org/fhir'><f:id value='a'/></f:Slot>",
        """{"resourceType":"Slot","id":"a"}""", "any prefix for the namespace")]
    [InlineData($"<?xml version='1.0' encoding='UTF-8'?><!-- a --><?b c?>\n<Slot {Fhir}>\n <!-- d --><?e f?>\n <id value='a'/>\n</Slot>\n<!-- g -->",
        """{"resourceType":"Slot","id":"a"}""", "comments, processing instructions and layout say nothing")]
    [InlineData($"<Slot {Fhir} xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:schemaLocation='http://hl7.org/fhir a.xsd'><id value='a'/></Slot>",
        """{"resourceType":"Slot","id":"a"}""", "the place of a schema is no content")]
    [InlineData($"<Patient {Fhir}><birthDate id='b'><extension url='http://a'><valueCode value='unknown'/></extension></birthDate></Patient>",
        """{"resourceType":"Patient","_birthDate":{"id":"b","extension":[{"url":"http://a","valueCode":"unknown"}]}}""",
        "a primitive without value")]
    [InlineData($"<Patient {Fhir}><name><given id='a'/><given value='x'/></name></Patient>",
        """{"resourceType":"Patient","name":[{"given":[null,"x"],"_given":[{"id":"a"},null]}]}""",
        "id and values of a list")]
    [InlineData($"<Patient {Fhir}><contained><Organization><id value='o'/></Organization></contained><active value='true'/></Patient>",
        """{"resourceType":"Patient","contained":[{"resourceType":"Organization","id":"o"}],"active":true}""",
        "a contained resource")]
    [InlineData($"<Observation {Fhir}><valueQuantity><value value=' 1.50 '/></valueQuantity></Observation>",
        """{"resourceType":"Observation","valueQuantity":{"value":1.50}}""", "XML Schema collapses white space around a number")]
    [InlineData($"<Observation {Fhir}><valueInteger value='+5'/></Observation>",
        """{"resourceType":"Observation","valueInteger":5}""", "an integer may have a plus, which JSON has not")]
    [InlineData($"<Slot {Fhir}><status value=' free '/><comment value=' a '/></Slot>",
        """{"resourceType":"Slot","status":"free","comment":" a "}""", "white space is content of strings only")]
    [InlineData($"<Slot {Fhir}><comment value='a&#10;b&#x9;c&amp;&lt;&gt;&quot;&apos;'/></Slot>",
        """{"resourceType":"Slot","comment":"a\nb\tc&<>\"'"}""", "the five entities and characters by number")]
    [InlineData($"<Slot {Fhir}><extension url='http://a' id='b'><extension url='c'><valueCode value='d'/></extension></extension></Slot>",
        """{"resourceType":"Slot","extension":[{"id":"b","extension":[{"url":"c","valueCode":"d"}],"url":"http://a"}]}""",
        "attributes take their place in the definition")]
    public void Xml_gives_the_tree_of_the_json(string xml, string json, string because)
    {
        var resource = ParsedXml.Resource(xml);

        Parsed.Json(resource).Should().Be(json, because);
    }

    [Theory]
    [InlineData("<Slot {0}><status value='free'/><id value='a'/></Slot>", "AJV-1311", "Slot.id", "out of order")]
    [InlineData("<Patient {0}><name id='a'/><gender value='male'/><name id='b'/></Patient>", "AJV-1312", "Patient.name[1]", "apart")]
    [InlineData("<Slot {0}><status value='free'/><status value='busy'/></Slot>", "AJV-1313", "Slot.status", "twice")]
    [InlineData("<Observation {0}><valueString value='a'/><valueInteger value='1'/></Observation>", "AJV-1009", "Observation.value", "two types of a choice")]
    [InlineData("<Slot {0}><free value='a'/></Slot>", "AJV-1007", "Slot.free", "an unknown element")]
    [InlineData("<Slot {0}><status value='free' version='1'/></Slot>", "AJV-1309", "Slot.status", "an unknown attribute")]
    [InlineData("<Slot {0} id='a'/>", "AJV-1309", "Slot", "the id of a resource is an element")]
    [InlineData("<Slot {0}><schedule value='a' id='b'/></Slot>", "AJV-1309", "Slot.schedule", "a value of what has none")]
    [InlineData("<Slot {0}><schedule><id value='b'/></schedule></Slot>", "AJV-1310", "Slot.schedule.id", "an id as element")]
    [InlineData("<Slot {0}><extension><url value='http://a'/></extension></Slot>", "AJV-1310", "Slot.extension[0].url", "a url as element")]
    [InlineData("<Slot {0}>free</Slot>", "AJV-1314", "Slot", "text between elements")]
    [InlineData("<Slot {0}><status value='free'>busy</status></Slot>", "AJV-1314", "Slot.status", "text in a primitive")]
    [InlineData("<Slot {0}><status><![CDATA[free]]></status></Slot>", "AJV-1314", "Slot.status", "text in disguise")]
    [InlineData("<Slot {0}><schedule/></Slot>", "AJV-1315", "Slot.schedule", "nothing at all")]
    [InlineData("<Slot {0}><status></status></Slot>", "AJV-1315", "Slot.status", "nothing between tags")]
    [InlineData("<Slot {0}><overbooked value='1'/></Slot>", "AJV-1201", "Slot.overbooked", "XML Schema's one is not FHIR's true")]
    [InlineData("<Observation {0}><valueQuantity><value value='1,5'/></valueQuantity></Observation>", "AJV-1205", "Observation.value.value", "a comma")]
    [InlineData("<Observation {0}><valueInteger value='0x10'/></Observation>", "AJV-1202", "Observation.value", "what JSON could not write")]
    [InlineData("<Patient {0}><contained/></Patient>", "AJV-1316", "Patient.contained[0]", "no resource")]
    [InlineData("<Patient {0}><contained><Slot/><Slot/></contained></Patient>", "AJV-1316", "Patient.contained[0]", "two resources")]
    [InlineData("<Patient {0}><contained><Slott/></contained></Patient>", "AJV-1308", "Patient.contained[0]", "an unknown type inside")]
    [InlineData("<Slott {0}/>", "AJV-1308", null, "an unknown type")]
    [InlineData("<Resource {0}/>", "AJV-1308", null, "an abstract type")]
    [InlineData("<Slot/>", "AJV-1307", "Slot", "no namespace")]
    [InlineData("<Slot xmlns='http://hl7.org/fhir/'/>", "AJV-1307", "Slot", "a namespace that is nearly right")]
    [InlineData("<Slot {0}><status xmlns='urn:x' value='free'/></Slot>", "AJV-1307", "Slot.status", "another namespace inside")]
    [InlineData("<Patient {0}><text><div>a</div></text></Patient>", "AJV-1307", "Patient.text.div", "a narrative that is not XHTML")]
    public void Structural_fault_is_one_located_issue(string xml, string id, string? expression, string because)
    {
        var result = ParsedXml.Result(string.Format(xml, Fhir));

        result.HasErrors.Should().BeTrue();
        var issue = result.Issues.Should().ContainSingle(because).Subject;
        issue.Id.Should().Be(id, because);
        issue.Expression.Should().Be(expression);
        issue.Diagnostics.Should().StartWith("line 1, column ");
    }

    [Fact]
    public void All_faults_are_told_at_once()
    {
        var result = ParsedXml.Result(
            $"<Slot {Fhir}><status value='free' x='1'/><id value='a'/><a/><overbooked value='no'/>b</Slot>");

        result.Issues.Select(i => i.Id).Should().Equal("AJV-1309", "AJV-1311", "AJV-1007", "AJV-1201", "AJV-1314");
    }

    [Fact]
    public void Issue_names_line_and_column()
    {
        var result = ParsedXml.Result($"<Slot {Fhir}>\n  <free value='a'/>\n</Slot>");

        result.Issues.Single().Diagnostics.Should().Be("line 2, column 4");
    }

    [Theory]
    [InlineData("<div xmlns=\"http://www.w3.org/1999/xhtml\">a</div>", "as it stands")]
    [InlineData("<div  xmlns='http://www.w3.org/1999/xhtml'><br /><p class='a\"b'>&#160;&amp;</p ></div >", "quotes, blanks and character numbers too")]
    [InlineData("<div xmlns=\"http://www.w3.org/1999/xhtml\">\r\n\t<!-- > -->\r</div>", "line ends and comments too")]
    [InlineData("<div xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"fi\" xml:lang=\"fi\">\U0001F600ä</div>", "beyond ASCII too")]
    public void Narrative_that_stands_for_itself_is_kept_character_by_character(string div, string because)
    {
        var xml = $"<?xml version='1.0'?>\r\n<!-- a\rb\nc -->\n<Patient {Fhir}><text><status value='generated'/>{div}</text></Patient>";

        var resource = ParsedXml.Resource(xml);

        resource["text"]!.Text("div").Should().Be(div, because);
    }

    [Theory]
    [InlineData("<h:div><h:p>a</h:p></h:div>", "<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>a</p></div>", "an inherited prefix")]
    [InlineData("<div xmlns='http://www.w3.org/1999/xhtml'><h:p h:class='a'>a</h:p></div>", "<div xmlns=\"http://www.w3.org/1999/xhtml\"><p h:class=\"a\">a</p></div>", "a prefix inside")]
    [InlineData("<div xmlns='http://www.w3.org/1999/xhtml'><![CDATA[a<b>]]></div>", "<div xmlns=\"http://www.w3.org/1999/xhtml\">a&lt;b&gt;</div>", "CDATA")]
    [InlineData("<h:div title='a&#10;\"'>a<!-- c --><h:br/></h:div>", "<div xmlns=\"http://www.w3.org/1999/xhtml\" title=\"a\n&quot;\">a<!-- c --><br/></div>", "all kinds of nodes")]
    public void Narrative_that_leans_on_its_surroundings_is_written_anew(string div, string expected, string because)
    {
        var xml = $"<Patient {Fhir} xmlns:h='http://www.w3.org/1999/xhtml'><text><status value='generated'/>{div}</text></Patient>";

        var resource = ParsedXml.Resource(xml);

        resource["text"]!.Text("div").Should().Be(expected, because);
    }

    [Theory]
    [InlineData("utf-8", "", "no mark, no declaration")]
    [InlineData("utf-8", "<?xml version=\"1.0\" encoding=\"utf-8\"?>", "a declaration")]
    [InlineData("utf-16", "<?xml version=\"1.0\" encoding=\"UTF-16\"?>", "little-endian")]
    [InlineData("utf-16BE", "<?xml version=\"1.0\" encoding=\"UTF-16\"?>", "big-endian")]
    [InlineData("utf-16", "", "the first bytes alone")]
    public void Utf8_and_utf16_are_read_with_and_without_mark(string encodingName, string declaration, string because)
    {
        var encoding = Encoding.GetEncoding(encodingName);
        var bytes = encoding.GetBytes($"{declaration}<Slot {Fhir}><comment value='ä\U0001F600'/></Slot>");

        var plain = FhirXml.Parse(bytes);
        var marked = FhirXml.Parse([.. encoding.GetPreamble(), .. bytes]);

        plain.Resource!.Text("comment").Should().Be("ä\U0001F600", because);
        marked.Resource!.Text("comment").Should().Be("ä\U0001F600", because);
    }

    [Theory]
    [InlineData(31, true)]
    [InlineData(32, false)]
    public void Depth_is_that_of_the_json_so_that_what_is_read_can_be_stored(int extensions, bool isTaken)
    {
        var open = string.Concat(Enumerable.Repeat("<extension url='http://a'>", extensions));
        var close = string.Concat(Enumerable.Repeat("</extension>", extensions));

        var result = ParsedXml.Result($"<Basic {Fhir}>{open}<valueBoolean value='true'/>{close}</Basic>");

        result.HasErrors.Should().Be(!isTaken);
        result.Issues.Select(i => i.Id).Should().Equal(isTaken ? [] : ["AJV-1303"]);
        if (isTaken)
            Parsed.Resource(Parsed.Json(result.Resource!)).Should().NotBeNull();
    }
}
