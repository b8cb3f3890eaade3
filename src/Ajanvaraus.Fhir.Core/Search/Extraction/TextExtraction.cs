using System.Net;
using System.Text;

using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Search.Extraction;

/// <summary>Words of the narrative (<c>_text</c>) and of all text that people read (<c>_content</c>).</summary>
/// <remarks>
/// Text are elements of type string, markdown and xhtml, contained resources included; codes, ids, addresses of the web
/// and dates have parameters of their own. Source: http://hl7.org/fhir/R4/search.html#text.
/// </remarks>
internal static class TextExtraction
{
    public static void Add(SearchParameter parameter, ElementNode resource, EntryCollector collector)
    {
        var words = new List<string>();
        var isContent = parameter.Code == SearchParameter.ContentCode;
        if (isContent)
            Collect(resource, words);
        else if (resource["text"]?.Text("div") is { } div)
            words.AddRange(TextWords.Of(PlainText(div)));
        if (words.Count > 0)
            collector.Add(new TextEntry(parameter.Key, isContent, TextWords.Joined(words)));
    }

    private static void Collect(ElementNode node, List<string> words)
    {
        foreach (var child in node.Children)
        {
            if (child.Value is not { Length: > 0 } value)
                Collect(child, words);
            else if (child.Type.Name == "xhtml")
                words.AddRange(TextWords.Of(PlainText(value)));
            else if (child.Type.Name is "string" or "markdown")
                words.AddRange(TextWords.Of(value));
        }
    }

    /// <summary>Without tags, each of which parts words; entities as the characters that they mean.</summary>
    private static string PlainText(string xhtml)
    {
        var text = new StringBuilder(xhtml.Length);
        var isTag = false;
        foreach (var letter in xhtml)
        {
            if (letter == '<')
                isTag = true;
            if (!isTag)
                text.Append(letter);
            else if (letter == '>')
            {
                isTag = false;
                text.Append(' ');
            }
        }
        return WebUtility.HtmlDecode(text.ToString());
    }
}
