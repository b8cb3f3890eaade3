using System.Text;

namespace Ajanvaraus.Fhir.Core.Search.Query;

/// <summary>Cuts values at separators that are not escaped: http://hl7.org/fhir/R4/search.html#escaping.</summary>
internal static class ValueText
{
    /// <summary>Parts still with their escapes.</summary>
    public static List<string> Split(string text, char separator)
    {
        var parts = new List<string>();
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == separator)
            {
                parts.Add(text[start..i]);
                start = i + 1;
            }
        }
        parts.Add(text[start..]);
        return parts;
    }

    /// <summary>Takes the escapes away; a backslash before any other character stands for itself.</summary>
    public static string Unescape(string text)
    {
        if (!text.Contains('\\'))
            return text;
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] is (',' or '|' or '$' or '\\'))
                i++;
            result.Append(text[i]);
        }
        return result.ToString();
    }
}
