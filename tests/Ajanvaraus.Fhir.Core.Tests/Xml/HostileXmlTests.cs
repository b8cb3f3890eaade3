using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Xml;

namespace Ajanvaraus.Fhir.Core.Tests.Xml;

/// <summary>XML that is sent to do harm: each a located issue, none a wait, none a look outside.</summary>
public sealed class HostileXmlTests
{
    private const string Fhir = "xmlns=\"http://hl7.org/fhir\"";

    /// <summary>Each takes a fraction of a second; what grows with the square of the input takes minutes, also where
    /// the machine has other work.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData($"<!DOCTYPE Slot><Slot {Fhir}/>", "a bare document type")]
    [InlineData($"<!DOCTYPE Slot SYSTEM 'http://127.0.0.1:1/a.dtd'><Slot {Fhir}/>", "an external DTD")]
    [InlineData($"<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><Slot {Fhir}><comment value='&e;'/></Slot>", "an external entity")]
    [InlineData($"<!DOCTYPE a [<!ENTITY % p SYSTEM 'http://127.0.0.1:1/'> %p;]><Slot {Fhir}/>", "a parameter entity")]
    [InlineData($"<!DOCTYPE a [<!ENTITY a 'x'><!ENTITY b '&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;'>]><Slot {Fhir}><comment value='&c;'/></Slot>", "a billion laughs")]
    [InlineData($"<!-- a --><?b?>\n<!DOCTYPE a [<!ATTLIST Slot id CDATA 'x'>]><Slot {Fhir}/>", "a default value")]
    public void Document_type_is_refused_whatever_is_in_it(string xml, string because) =>
        Refused(xml).Id.Should().Be("AJV-1302", because);

    [Fact]
    public void Nothing_outside_is_asked()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = $"http://{listener.LocalEndpoint}/";

        foreach (var xml in (string[])
            [
                $"<!DOCTYPE a SYSTEM '{address}'><Slot {Fhir}/>",
                $"<!DOCTYPE a [<!ENTITY e SYSTEM '{address}'>]><Slot {Fhir}><comment value='&e;'/></Slot>",
                $"<!DOCTYPE a [<!ENTITY % e SYSTEM '{address}'>%e;]><Slot {Fhir}/>",
                $"<?xml-stylesheet href='{address}'?><Slot {Fhir} xmlns:x='http://www.w3.org/2001/XMLSchema-instance' "
                    + $"x:schemaLocation='http://hl7.org/fhir {address}'/>",
                $"<Slot {Fhir}><i:include xmlns:i='http://www.w3.org/2001/XInclude' href='{address}'/></Slot>",
            ])
            ParsedXml.Result(xml);

        listener.Pending().Should().BeFalse();
    }

    [Theory]
    [InlineData("", 1, "nothing")]
    [InlineData("   ", 1, "nothing but blanks")]
    [InlineData("{\"resourceType\":\"Slot\"}", 1, "JSON")]
    [InlineData($"<Slot {Fhir}><comment value='&e;'/></Slot>", 1, "an entity that nobody declared")]
    [InlineData($"<Slot {Fhir}><comment value='&#0;'/></Slot>", 1, "a NUL by number")]
    [InlineData($"<Slot {Fhir}>\n<comment value='a\0b'/></Slot>", 2, "a NUL as it is")]
    [InlineData($"<Slot {Fhir}>\n<comment value='a\u0001b'/></Slot>", 2, "a control character")]
    [InlineData($"<Slot {Fhir}>\n<comment value='a<b'/></Slot>", 2, "markup in an attribute")]
    [InlineData($"<Slot {Fhir}>\n<comment value='a' value='b'/></Slot>", 2, "an attribute twice")]
    [InlineData($"<Slot {Fhir}>\n<comment value=a/></Slot>", 2, "no quotes")]
    [InlineData($"<Slot {Fhir}>\n<comment></Slot>", 2, "tags across")]
    [InlineData($"<Slot {Fhir}>\n<comment value='a'/>", 2, "cut short")]
    [InlineData($"<Slot {Fhir}/>\n<Slot {Fhir}/>", 2, "two documents")]
    [InlineData($"<Slot {Fhir}/>\ntext", 2, "text behind")]
    [InlineData($"<Slot {Fhir}>\n<p:comment value='a'/></Slot>", 2, "a prefix of no namespace")]
    [InlineData($"<Slot {Fhir}>\n<comment xmlns:xml='urn:a'/></Slot>", 2, "a prefix that is taken")]
    [InlineData($"<?xml version='1.1'?><Slot {Fhir}/>", 1, "another version of XML")]
    [InlineData($"<Patient {Fhir}><text>\n<div xmlns='http://www.w3.org/1999/xhtml'>&nbsp;</div></text></Patient>", 2, "an entity of HTML")]
    public void Broken_syntax_is_one_issue_with_its_line(string xml, int line, string because)
    {
        var issue = Refused(xml);

        issue.Id.Should().Be("AJV-1301", because);
        issue.Diagnostics.Should().StartWith($"line {line}, column ", because);
    }

    [Theory]
    [InlineData("ISO-8859-1", "another encoding")]
    [InlineData("UTF-7", "markup hidden from other readers")]
    [InlineData("UTF-16", "not what the bytes are")]
    [InlineData("UTF-32", "more than is read")]
    public void Declared_encoding_that_the_bytes_are_not_in_is_refused(string declared, string because) =>
        Refused($"<?xml version=\"1.0\" encoding=\"{declared}\"?><Slot {Fhir}/>").Id.Should().Be("AJV-1304", because);

    [Fact]
    public void Utf16_that_calls_itself_utf8_is_refused()
    {
        var bytes = Encoding.Unicode.GetBytes($"<?xml version=\"1.0\" encoding=\"UTF-8\"?><Slot {Fhir}/>");

        var result = FhirXml.Parse(bytes);

        result.Issues.Select(i => i.Id).Should().Equal("AJV-1304");
    }

    [Theory]
    [InlineData(new byte[] { 0xC3, 0x28 }, "a sequence that breaks off")]
    [InlineData(new byte[] { 0xC0, 0xBC }, "an overlong less-than")]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 }, "half of a surrogate pair")]
    [InlineData(new byte[] { 0xFF }, "a byte that UTF-8 never has")]
    public void Bytes_that_are_not_utf8_are_refused_with_their_place(byte[] bytes, string because)
    {
        byte[] xml = [.. Encoding.UTF8.GetBytes($"<Slot {Fhir}><comment value='"), .. bytes, .. "'/></Slot>"u8];

        var result = FhirXml.Parse(xml);

        result.Resource.Should().BeNull();
        result.Issues.Single().Id.Should().Be("AJV-1305", because);
        result.Issues.Single().Text.Should().EndWith("byte 50.");
    }

    [Theory]
    [InlineData("<extension url='a'>", "AJV-1303", "elements that are known")]
    [InlineData("<a>", "AJV-1303", "elements that are not")]
    [InlineData("<a xmlns='urn:a'>", "AJV-1303", "declarations")]
    [InlineData("<text><div xmlns='http://www.w3.org/1999/xhtml'>", "AJV-1303", "a narrative")]
    public void Two_hundred_thousand_levels_are_refused_at_once(string tag, string id, string because)
    {
        var time = Stopwatch.StartNew();

        var result = ParsedXml.Result($"<Basic {Fhir}>{string.Concat(Enumerable.Repeat(tag, 200_000))}");

        time.Elapsed.Should().BeLessThan(Patience);
        result.Resource.Should().BeNull();
        result.Issues.Should().Contain(i => i.Id == id, because);
    }

    [Theory]
    [InlineData("", " a{0}='b'", "attributes")]
    [InlineData("", " xmlns:a{0}='urn:a{0}'", "declarations")]
    [InlineData("", " a{0} = \"'>\"", "quotes in quotes and blanks")]
    [InlineData("<text><div xmlns='http://www.w3.org/1999/xhtml'>", " a{0}='b'", "in a narrative")]
    public void Fifty_thousand_attributes_of_one_tag_are_refused_at_once(string before, string attribute, string because)
    {
        var attributes = string.Concat(Enumerable.Range(0, 50_000).Select(i => string.Format(attribute, i)));
        var time = Stopwatch.StartNew();

        var issue = Refused($"<Patient {Fhir}>{before}<a{attributes}/>");

        time.Elapsed.Should().BeLessThan(Patience);
        issue.Id.Should().Be("AJV-1317", because);
    }

    [Fact]
    public void A_thousand_attributes_are_read()
    {
        var attributes = string.Concat(Enumerable.Range(0, 999).Select(i => $" a{i}='b=c>'"));

        var result = ParsedXml.Result($"<Slot {Fhir}{attributes}/>");

        result.Issues.Should().HaveCount(100).And.OnlyContain(i => i.Id == "AJV-1309");
    }

    [Theory]
    [InlineData("=")]
    [InlineData("'")]
    [InlineData("a='b' ")]
    public void Text_that_looks_like_attributes_is_none(string text)
    {
        var value = string.Concat(Enumerable.Repeat(text, 20_000));

        var result = ParsedXml.Result($"<Slot {Fhir}><comment value=\"{value}\"/></Slot>");

        result.Issues.Should().BeEmpty();
    }

    [Fact]
    public void Attribute_of_eight_megabytes_is_read_in_linear_time()
    {
        var xml = Encoding.UTF8.GetBytes($"<Slot {Fhir}><comment value='{new string('a', 8 << 20)}'/></Slot>");
        var time = Stopwatch.StartNew();

        var result = FhirXml.Parse(xml);

        time.Elapsed.Should().BeLessThan(Patience);
        result.Resource!.Text("comment").Should().HaveLength(8 << 20);
    }

    [Fact]
    public void Document_beyond_the_limit_of_characters_is_refused()
    {
        var xml = Encoding.UTF8.GetBytes($"<Slot {Fhir}><comment value='{new string('a', 100)}'/></Slot>");

        var result = FhirXml.Parse(xml, limits: new XmlLimits(MaxCharacters: 100));

        result.Issues.Select(i => i.Id).Should().Equal("AJV-1306");
    }

    [Fact]
    public void Repetitions_in_wrong_places_are_read_in_linear_time()
    {
        var names = string.Concat(Enumerable.Repeat("<name id='a'/><telecom id='b'/>", 100_000));
        var time = Stopwatch.StartNew();

        var result = ParsedXml.Result($"<Patient {Fhir}>{names}</Patient>");

        time.Elapsed.Should().BeLessThan(Patience);
        result.Issues.Should().HaveCount(100).And.OnlyContain(i => i.Id == "AJV-1312");
    }

    [Theory]
    [InlineData("<a xmlns='urn:a'>{0}</a>")]
    [InlineData("<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='file:///etc/passwd'/>{0}")]
    [InlineData("<Slot xmlns='http://hl7.org/fhir'><xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='file:///etc/passwd'/></Slot>{0}")]
    public void Foreign_markup_is_told_and_not_followed(string xml)
    {
        var issue = ParsedXml.Result(string.Format(xml, "")).Issues.Should().ContainSingle().Subject;

        issue.Id.Should().Be("AJV-1307");
    }

    private static Issue Refused(string xml)
    {
        var result = ParsedXml.Result(xml);
        result.Resource.Should().BeNull();
        return result.Issues.Should().ContainSingle().Subject;
    }
}
