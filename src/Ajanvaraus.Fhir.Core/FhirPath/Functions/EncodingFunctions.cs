using System.Text;
using System.Text.Encodings.Web;

namespace Ajanvaraus.Fhir.Core.FhirPath.Functions;

/// <summary><c>encode</c>, <c>decode</c>, <c>escape</c>, <c>unescape</c>: http://hl7.org/fhirpath/#additional-string-functions .</summary>
/// <remarks>A form that is not known, and a text that is not written in it, give an empty result.</remarks>
internal static class EncodingFunctions
{
    private static readonly Encoding Utf8 = new UTF8Encoding(false, throwOnInvalidBytes: true);

    public static readonly FunctionDefinition[] All =
    [
        new("encode", 1, 1, static (in FunctionCall call) => Change(call, Encode)),
        new("decode", 1, 1, static (in FunctionCall call) => Change(call, Decode)),
        new("escape", 1, 1, static (in FunctionCall call) => Change(call, Escape)),
        new("unescape", 1, 1, static (in FunctionCall call) => Change(call, Unescape)),
    ];

    private static void Change(in FunctionCall call, Func<string, string, string?> change)
    {
        if (call.Text is { } text && call.TextArgument(0) is { } form && call.Context.Affords(text.Length)
            && change(text, form) is { } changed)
            call.Add(changed);
    }

    private static string? Encode(string text, string form) => form switch
    {
        "hex" => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text)),
        "base64" => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)),
        "urlbase64" => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).Replace('+', '-').Replace('/', '_'),
        _ => null,
    };

    private static string? Decode(string text, string form)
    {
        try
        {
            return form switch
            {
                "hex" => Utf8.GetString(Convert.FromHexString(text)),
                "base64" => Utf8.GetString(Convert.FromBase64String(text)),
                "urlbase64" => Utf8.GetString(Convert.FromBase64String(text.Replace('-', '+').Replace('_', '/'))),
                _ => null,
            };
        }
        catch (Exception error) when (error is FormatException or DecoderFallbackException)
        {
            return null;
        }
    }

    private static string? Escape(string text, string form) => form switch
    {
        "html" => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal)
            .Replace("'", "&#39;", StringComparison.Ordinal),
        "json" => JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text),
        _ => null,
    };

    private static string? Unescape(string text, string form)
    {
        if (form == "html")
            return System.Net.WebUtility.HtmlDecode(text);
        if (form != "json")
            return null;
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
                result.Append(text[i]);
            else if (!TryUnescape(text, ref i, result))
                return null;
        }
        return result.ToString();
    }

    private static bool TryUnescape(string text, ref int at, StringBuilder result)
    {
        const string Names = "\"\\/bfnrt";
        const string Meanings = "\"\\/\b\f\n\r\t";
        if (++at >= text.Length)
            return false;
        if (text[at] == 'u')
        {
            if (at + 4 >= text.Length || !ushort.TryParse(
                text.AsSpan(at + 1, 4), System.Globalization.NumberStyles.AllowHexSpecifier, null, out var unit))
                return false;
            result.Append((char)unit);
            at += 4;
            return true;
        }
        var known = Names.IndexOf(text[at], StringComparison.Ordinal);
        if (known >= 0)
            result.Append(Meanings[known]);
        return known >= 0;
    }
}
