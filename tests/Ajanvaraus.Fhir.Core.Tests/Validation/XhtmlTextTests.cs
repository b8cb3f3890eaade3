using System.Xml;

using Ajanvaraus.Fhir.Core.Validation;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Core.Tests.Validation;

/// <summary>What a narrative may be: http://hl7.org/fhir/R4/narrative.html .</summary>
public sealed class XhtmlTextTests
{
    private const string Div = "<div xmlns=\"http://www.w3.org/1999/xhtml\">";

    [Theory]
    [InlineData("<p>Hei</p>", "plain")]
    [InlineData("<img src=\"a.png\"/>", "an image says something")]
    [InlineData("<!-- a > b --><b title='a > b'>x</b><br/>", "quotes, comments, empty tags")]
    [InlineData("&lt;&amp;&gt;&quot;&apos;&#228;&#xE4;", "the entities that XML has")]
    [InlineData("<table border=\"1\"><caption>a</caption><tr><td colspan='2' style=\"color:red\">x</td></tr></table>", "a table")]
    [InlineData("<a href=\"https://a.example/b?c=d:e\">x</a><a name=\"y\">z</a>", "both kinds of a")]
    [InlineData("<img src=\"data:image/png;base64,AAAA\" alt=\"x\"/>", "an image inside")]
    [InlineData("<p lang=\"fi\" xml:lang=\"fi\">Hei</p>", "both ways of saying the language")]
    [InlineData("<p xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:o=\"urn:office\">x</p>", "declarations that change nothing")]
    public void Narrative_of_basic_formatting_is_allowed(string content, string because) =>
        XhtmlText.Examine($"{Div}{content}</div>").Fault.Should().Be(XhtmlFault.None, because);

    [Theory]
    [InlineData("", "nothing")]
    [InlineData("text", "no div")]
    [InlineData("<p>x</p>", "not a div")]
    [InlineData("<divx>x</divx>", "another element, not div")]
    [InlineData("<DIV>x</DIV>", "XHTML is in lower case")]
    [InlineData("<div>x", "not closed")]
    [InlineData("<div", "a tag not closed")]
    [InlineData("<div><b>x</div></b>", "wrongly nested")]
    [InlineData("<div>x</div><div>y</div>", "two roots")]
    [InlineData("<div>x</div>y", "text behind")]
    [InlineData("<div>a < b</div>", "a bare less-than")]
    [InlineData("<div>a & b</div>", "a bare ampersand")]
    [InlineData("<div>a&nbsp;b</div>", "\"no support for HTML entities like &nbsp;\"")]
    [InlineData("<div>&#0;</div>", "a character that XML has not")]
    [InlineData("<div>&#xD800;</div>", "half of a character")]
    [InlineData("<div>a\u0001b</div>", "a control character")]
    [InlineData("<div>a]]>b</div>", "the end of CDATA")]
    [InlineData("<div><![CDATA[a]]></div>", "CDATA")]
    [InlineData("<div><!-- a -- b -->c</div>", "hyphens in a comment")]
    [InlineData("<!DOCTYPE html><div>x</div>", "a document type")]
    [InlineData("<div><?php x ?></div>", "a processing instruction")]
    [InlineData("<div title=\"x>y</div>", "an open quote")]
    [InlineData("<div title=x>y</div>", "no quotes")]
    [InlineData("<div nowrap>y</div>", "no value")]
    [InlineData("<div title=\"a\"id=\"b\">y</div>", "no blank between")]
    [InlineData("<div title=\"a\" title=\"b\">y</div>", "an attribute twice")]
    [InlineData("<div title=\"a<b\">y</div>", "markup in an attribute")]
    [InlineData("<div><o:p>y</o:p></div>", "a prefix of no namespace")]
    public void Narrative_that_is_no_xml_by_itself_is_refused(string text, string because) =>
        XhtmlText.Examine(text).Fault.Should().Be(XhtmlFault.NotWellFormed, because);

    [Theory]
    [InlineData("<script>x</script>", XhtmlFault.ForbiddenElement, "script")]
    [InlineData("<iframe src='a'/>x", XhtmlFault.ForbiddenElement, "iframe")]
    [InlineData("<form>x</form>", XhtmlFault.ForbiddenElement, "form")]
    [InlineData("<object>x</object>", XhtmlFault.ForbiddenElement, "object")]
    [InlineData("<body>x</body>", XhtmlFault.ForbiddenElement, "body")]
    [InlineData("<link href='a'/>x", XhtmlFault.ForbiddenElement, "link")]
    [InlineData("<style>x</style>", XhtmlFault.ForbiddenElement, "style")]
    [InlineData("<font>x</font>", XhtmlFault.ForbiddenElement, "font")]
    [InlineData("<ins>x</ins>", XhtmlFault.ForbiddenElement, "ins")]
    [InlineData("<B>x</B>", XhtmlFault.ForbiddenElement, "B")]
    [InlineData("<p onclick='a()'>x</p>", XhtmlFault.ForbiddenAttribute, "onclick")]
    [InlineData("<p data-x='a'>x</p>", XhtmlFault.ForbiddenAttribute, "data-x")]
    [InlineData("<p xml:base='a'>x</p>", XhtmlFault.ForbiddenAttribute, "xml:base")]
    [InlineData("<a href='javascript:a()'>x</a>", XhtmlFault.ActiveLink, "href")]
    [InlineData("<a href=' JAVA&#9;SCRIPT&#58;a()'>x</a>", XhtmlFault.ActiveLink, "href")]
    [InlineData("<a href='data:text/html,x'>x</a>", XhtmlFault.ActiveLink, "href")]
    [InlineData("<img src='vbscript:a'/>", XhtmlFault.ActiveLink, "src")]
    [InlineData("<p xmlns='http://www.w3.org/2000/svg'>x</p>", XhtmlFault.WrongNamespace, null)]
    [InlineData(" <p> </p> ", XhtmlFault.Empty, null)]
    [InlineData("<img alt='x'/>", XhtmlFault.Empty, null)]
    public void Narrative_with_more_than_that_is_refused_with_the_name(string content, XhtmlFault fault, string? name)
    {
        var (found, at, _) = XhtmlText.Examine($"{Div}{content}</div>");

        (found, at).Should().Be((fault, name));
    }

    [Theory]
    [InlineData("<div>x</div>", null)]
    [InlineData("<div xmlns='http://hl7.org/fhir'>x</div>", false)]
    [InlineData("<div xmlns=''>x</div>", false)]
    public void Namespace_is_declared_by_the_div_itself(string text, bool? declaresXhtml) =>
        XhtmlText.Examine(text).Should().Be(new XhtmlFinding(XhtmlFault.WrongNamespace, null, declaresXhtml));

    [Fact]
    public void Nesting_has_a_limit()
    {
        static string Nested(int count) => string.Concat(Enumerable.Repeat("<b>", count)) + "x"
            + string.Concat(Enumerable.Repeat("</b>", count));

        XhtmlText.IsNarrative($"{Div}{Nested(255)}</div>").Should().BeTrue();
        XhtmlText.IsNarrative($"{Div}{Nested(256)}</div>").Should().BeFalse();
    }

    /// <summary>The writer puts what is well-formed here into documents as it is.</summary>
    [Fact]
    public void Text_that_passes_as_well_formed_is_taken_by_an_xml_reader_too()
    {
        const int Seed = 13;
        var mutation = new ByteMutation(Seed, [.. Narratives.Select(System.Text.Encoding.UTF8.GetBytes)]);
        var passed = 0;

        for (var i = 0; i < 20_000; i++)
        {
            var text = System.Text.Encoding.UTF8.GetString(mutation.Next());
            if (XhtmlText.Examine(text).Fault == XhtmlFault.NotWellFormed)
                continue;
            passed++;
            var reading = () => ReadToEnd($"<a>{text.Trim()}</a>");
            reading.Should().NotThrow("seed {0}, input {1}: {2}", Seed, i, text);
        }

        passed.Should().BeGreaterThan(1000);
    }

    private static string[] Narratives =>
    [
        $"{Div}<p class='a' lang=\"fi\">a &amp; b&#160;c</p><br/><!-- d --></div>",
        "<div xmlns:o='urn:o' title=\"a > b\"><a href='https://a?b=c'>x</a>\r\n<img src=\"y\" /></div >",
    ];

    private static void ReadToEnd(string xml)
    {
        using var reader = XmlReader.Create(new StringReader(xml));
        while (reader.Read())
        {
            // Reading is the test.
        }
    }
}
