using System.Text.Json;

namespace Ajanvaraus.Fhir.Definitions.Compiler;

/// <summary>Lists the codes of the value sets that elements are bound to.</summary>
/// <remarks>
/// <para>Required bindings, and extensible ones of at most <see cref="LargestExtensible"/> codes. A value set is left
/// out as a whole when any part cannot be listed: an unknown or incomplete code system (UCUM, BCP 13, BCP 47, ISO 4217),
/// an unknown value set, another filter than is-a.</para>
/// <para>Source: http://hl7.org/fhir/R4/valueset.html#compositions .</para>
/// </remarks>
internal sealed class ValueSetCompiler
{
    private const int LargestExtensible = 300;

    private readonly Dictionary<string, JsonElement> _valueSets;
    private readonly Dictionary<string, CodeSystemTree> _codeSystems;

    public ValueSetCompiler(Package package)
    {
        _valueSets = ByUrl(package, "ValueSet");
        _codeSystems = ByUrl(package, "CodeSystem").Where(s => s.Value.Text("content") == "complete")
            .ToDictionary(s => s.Key, s => new CodeSystemTree(s.Value));
    }

    public IEnumerable<string> Compile(IEnumerable<TypeFacts> types)
    {
        var bindings = types.SelectMany(type => type.Elements).Select(element => element.Binding.Split(' '))
            .Where(binding => binding[0] is "required" or "extensible")
            .GroupBy(binding => binding[1], binding => binding[0])
            .OrderBy(binding => binding.Key, StringComparer.Ordinal);
        foreach (var binding in bindings)
        {
            var codes = Codes(binding.Key);
            if (codes is null || (!binding.Contains("required") && codes.Count > LargestExtensible))
                continue;
            yield return binding.Key;
            foreach (var system in codes.GroupBy(c => c.System).OrderBy(s => s.Key, StringComparer.Ordinal))
                yield return "\t" + system.Key + "\t"
                    + string.Join('\t', system.Select(c => c.Code).Order(StringComparer.Ordinal));
        }
    }

    private static Dictionary<string, JsonElement> ByUrl(Package package, string type) =>
        Package.TerminologyFiles.SelectMany(file => package.Resources(file, type)).DistinctBy(resource => resource.Text("url"))
            .ToDictionary(resource => resource.Text("url"));

    /// <summary>Null when the value set cannot be listed.</summary>
    private HashSet<(string System, string Code)>? Codes(string url)
    {
        if (!_valueSets.TryGetValue(url, out var valueSet) || !valueSet.TryGetProperty("compose", out var compose))
            return null;

        var included = compose.Items("include").Select(Part).ToList();
        var excluded = compose.Items("exclude").Select(Part).ToList();
        if (included.Contains(null) || excluded.Contains(null))
            return null;
        var codes = included.SelectMany(part => part!).ToHashSet();
        codes.ExceptWith(excluded.SelectMany(part => part!));
        return codes;
    }

    /// <summary>One include or exclude: the codes that meet the system and each value set named in it.</summary>
    private HashSet<(string System, string Code)>? Part(JsonElement part)
    {
        HashSet<(string System, string Code)>? codes = null;
        if (part.Text("system") is { Length: > 0 } system)
        {
            if (SystemCodes(part, system) is not { } listed)
                return null;
            codes = [.. listed.Select(code => (system, code))];
        }

        foreach (var url in part.Texts("valueSet"))
        {
            if (Codes(url.Split('|')[0]) is not { } imported)
                return null;
            if (codes is null)
                codes = imported;
            else
                codes.IntersectWith(imported);
        }

        return codes;
    }

    private IEnumerable<string>? SystemCodes(JsonElement part, string system)
    {
        if (part.Items("concept").Any())
            return part.Items("concept").Select(concept => concept.Text("code"));
        if (!_codeSystems.TryGetValue(system, out var tree))
            return null;

        IEnumerable<string> codes = tree.Codes;
        foreach (var filter in part.Items("filter"))
        {
            if (filter.Text("property") != "concept" || tree.Filtered(filter.Text("op"), filter.Text("value")) is not { } kept)
                return null;
            codes = codes.Where(kept.Contains);
        }

        return codes;
    }
}
