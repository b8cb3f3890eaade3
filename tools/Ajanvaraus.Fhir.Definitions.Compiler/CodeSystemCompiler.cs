using System.Text.Json;

namespace Ajanvaraus.Fhir.Definitions.Compiler;

/// <summary>Writes the code systems of R4 with their concepts: codes, displays, hierarchy, properties, designations.</summary>
/// <remarks>
/// A concept is indented by one more tab than what it is nested in. Properties follow as <c>status=deprecated</c>,
/// designations as <c>@nl=Straat</c>. Definitions are prose and stay out.
/// </remarks>
internal static class CodeSystemCompiler
{
    private const string Supplement = "supplement";

    public static IEnumerable<string> Lines(Package package) =>
        Package.TerminologyFiles.SelectMany(file => package.Resources(file, "CodeSystem"))
            .Where(system => system.Text("content") != Supplement)
            .DistinctBy(system => system.Text("url"))
            .OrderBy(system => system.Text("url"), StringComparer.Ordinal)
            .SelectMany(SystemLines);

    private static IEnumerable<string> SystemLines(JsonElement system)
    {
        yield return TerminologyText.Columns(
            system.Text("url"), system.Text("version"), system.Text("name"), system.Line("title"),
            system.Text("content"), IsCaseInsensitive(system) ? "i" : "", system.Text("hierarchyMeaning"),
            Properties(system));
        foreach (var line in system.Items("concept").SelectMany(concept => ConceptLines(concept, depth: 1)))
            yield return line;
    }

    private static bool IsCaseInsensitive(JsonElement system) =>
        system.TryGetProperty("caseSensitive", out var value) && !value.GetBoolean();

    private static string Properties(JsonElement system) => string.Join(
        ';', system.Items("property").Select(property => $"{property.Text("code")}:{property.Text("type")}"));

    private static IEnumerable<string> ConceptLines(JsonElement concept, int depth)
    {
        IEnumerable<string> columns =
        [
            concept.Text("code"), concept.Line("display"),
            .. concept.Items("property").Select(p => $"{p.Text("code")}={TerminologyText.Value(p)}"),
            .. TerminologyText.Designations(concept),
        ];
        yield return new string('\t', depth) + TerminologyText.Columns(columns);
        foreach (var line in concept.Items("concept").SelectMany(child => ConceptLines(child, depth + 1)))
            yield return line;
    }
}
