using System.Text.Json;

namespace Ajanvaraus.Fhir.Definitions.Compiler;

/// <summary>Texts of code systems and value sets as columns of a line: one line, without tabs.</summary>
internal static class TerminologyText
{
    /// <summary>A text member on one line; empty when absent.</summary>
    public static string Line(this JsonElement element, string name) => OneLine(element.Text(name));

    public static string OneLine(string text) =>
        text.AsSpan().IndexOfAny('\t', '\n', '\r') < 0 && text.AsSpan().Trim().Length == text.Length
            ? text
            : string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Designations that have a language: <c>@nl=Straat</c>.</summary>
    /// <remarks>In R4's own code systems each of them is another display; those without language illustrate.</remarks>
    public static IEnumerable<string> Designations(JsonElement concept) => concept.Items("designation")
        .Where(d => d.Text("language").Length > 0)
        .Select(d => $"@{d.Text("language")}={d.Line("value")}");

    /// <summary>The <c>value[x]</c> of a property or of what a mapping depends on, as text.</summary>
    public static string Value(JsonElement holder)
    {
        foreach (var member in holder.EnumerateObject())
            if (member.Name.StartsWith("value", StringComparison.Ordinal))
                return member.Value.ValueKind == JsonValueKind.String
                    ? OneLine(member.Value.GetString()!)
                    : member.Value.GetRawText();
        return "";
    }

    /// <summary>A canonical with its version, when it has one.</summary>
    public static string Versioned(string url, string version) => version.Length == 0 ? url : $"{url}|{version}";

    public static string Columns(params IEnumerable<string> columns) => string.Join('\t', columns);
}
