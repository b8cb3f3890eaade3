using System.Text.Json;

namespace Ajanvaraus.Fhir.Definitions.Compiler;

/// <summary>Writes how the value sets of R4 are composed: http://hl7.org/fhir/R4/valueset.html#compositions .</summary>
/// <remarks>
/// Indented once: what is included (+) or excluded (-): code system, value sets, filters. Indented twice: the concepts
/// that are named, with a display only where it is not that of the code system.
/// </remarks>
internal sealed class CompositionCompiler
{
    private readonly Package _package;
    private readonly HashSet<(string System, string Code, string Display)> _displays = [];

    public CompositionCompiler(Package package)
    {
        _package = package;
        foreach (var system in Package.TerminologyFiles.SelectMany(file => package.Resources(file, "CodeSystem")))
            AddDisplays(system.Text("url"), system);
    }

    public IEnumerable<string> Lines() =>
        Package.TerminologyFiles.SelectMany(file => _package.Resources(file, "ValueSet"))
            .DistinctBy(set => set.Text("url"))
            .OrderBy(set => set.Text("url"), StringComparer.Ordinal)
            .SelectMany(SetLines);

    private void AddDisplays(string system, JsonElement parent)
    {
        foreach (var concept in parent.Items("concept"))
        {
            _displays.Add((system, concept.Text("code"), concept.Line("display")));
            AddDisplays(system, concept);
        }
    }

    private IEnumerable<string> SetLines(JsonElement set)
    {
        yield return TerminologyText.Columns(
            set.Text("url"), set.Text("version"), set.Text("name"), set.Line("title"), set.Text("status"));
        if (!set.TryGetProperty("compose", out var compose))
            yield break;
        foreach (var line in compose.Items("include").SelectMany(part => PartLines("+", part)))
            yield return line;
        foreach (var line in compose.Items("exclude").SelectMany(part => PartLines("-", part)))
            yield return line;
    }

    private IEnumerable<string> PartLines(string sign, JsonElement part)
    {
        var system = part.Text("system");
        IEnumerable<string> columns =
        [
            sign, TerminologyText.Versioned(system, part.Text("version")), string.Join(' ', part.Texts("valueSet")),
            .. part.Items("filter").Select(f => $"{f.Text("property")} {f.Text("op")} {f.Line("value")}"),
        ];
        yield return "\t" + TerminologyText.Columns(columns);
        foreach (var concept in part.Items("concept"))
        {
            var (code, display) = (concept.Text("code"), concept.Line("display"));
            yield return "\t\t" + TerminologyText.Columns(
            [
                code, _displays.Contains((system, code, display)) ? "" : display,
                .. TerminologyText.Designations(concept),
            ]).TrimEnd('\t');
        }
    }
}
