using System.Text.Json;

namespace Ajanvaraus.Fhir.Definitions.Compiler;

/// <summary>Writes the concept maps of R4: http://hl7.org/fhir/R4/conceptmap.html .</summary>
/// <remarks>
/// Indented once: source and target code system of a group and what becomes of the unmapped. Twice: source code,
/// equivalence, target code, its display. Three times: what the mapping depends on (?) or also gives (+).
/// </remarks>
internal static class ConceptMapCompiler
{
    public static IEnumerable<string> Lines(Package package) =>
        package.Resources("conceptmaps.json", "ConceptMap")
            .OrderBy(map => map.Text("url"), StringComparer.Ordinal)
            .SelectMany(MapLines);

    private static IEnumerable<string> MapLines(JsonElement map)
    {
        yield return TerminologyText.Columns(
            map.Text("url"), map.Text("version"), map.Text("name"), map.Line("title"), map.Text("status"),
            map.Text("sourceCanonical") + map.Text("sourceUri"), map.Text("targetCanonical") + map.Text("targetUri"));
        foreach (var line in map.Items("group").SelectMany(GroupLines))
            yield return line;
    }

    private static IEnumerable<string> GroupLines(JsonElement group)
    {
        List<string> columns =
        [
            SystemOf(group, "source"), SystemOf(group, "target"),
        ];
        if (group.TryGetProperty("unmapped", out var unmapped))
            columns.AddRange(
                [unmapped.Text("mode"), unmapped.Text("code"), unmapped.Line("display"), unmapped.Text("url")]);
        yield return "\t" + TerminologyText.Columns(columns).TrimEnd('\t');
        foreach (var element in group.Items("element"))
            foreach (var line in element.Items("target").SelectMany(target => TargetLines(element, target)))
                yield return line;
    }

    /// <summary>A group need not name its systems: that is written as a dash.</summary>
    private static string SystemOf(JsonElement group, string side) => group.Text(side) is { Length: > 0 } system
        ? TerminologyText.Versioned(system, group.Text(side + "Version"))
        : "-";

    private static IEnumerable<string> TargetLines(JsonElement element, JsonElement target)
    {
        yield return "\t\t" + TerminologyText.Columns(
            element.Text("code"), target.Text("equivalence"), target.Text("code"), target.Line("display"));
        foreach (var other in target.Items("dependsOn"))
            yield return OtherLine("?", other);
        foreach (var other in target.Items("product"))
            yield return OtherLine("+", other);
    }

    private static string OtherLine(string sign, JsonElement other) => "\t\t\t" + TerminologyText.Columns(
        sign, other.Text("property"), other.Text("system"), other.Line("value"), other.Line("display"));
}
