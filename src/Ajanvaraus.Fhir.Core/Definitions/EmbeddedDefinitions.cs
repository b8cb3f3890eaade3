using System.Collections.Frozen;

namespace Ajanvaraus.Fhir.Core.Definitions;

/// <summary>Builds R4 from the compact files embedded in this assembly; their format: ADR 0002.</summary>
/// <remarks>The files are our own and checked by tests, so a malformed one is a bug and throws.</remarks>
internal static class EmbeddedDefinitions
{
    public static FhirDefinitions Load() =>
        new(TypeGraph.Build(Lines("r4-types.txt"), Constraints()), SearchParameters(), ValueSets())
        {
            OtherCompartments = Lines("compartments.txt").Select(line => line.Split('\t'))
                .GroupBy(columns => columns[0])
                .ToFrozenDictionary(rows => rows.Key, rows => rows.ToFrozenDictionary(r => r[1], r => Words(r[2]))),
            PatientCompartment = Lines("r4-patient-compartment.txt").Select(line => line.Split('\t'))
                .ToFrozenDictionary(columns => columns[0], columns => Words(columns[1])),
        };

    /// <summary>Empty for an empty text.</summary>
    internal static ImmutableArray<string> Words(string text) => text.Length == 0 ? [] : [.. text.Split(' ')];

    private static Dictionary<string, ConstraintSchema> Constraints()
    {
        var byLabel = new Dictionary<string, ConstraintSchema>();
        foreach (var line in Lines("r4-constraints.txt"))
        {
            // Label, severity, expression. A label is the key, with ~2 when R4 uses one key for two rules.
            var columns = line.Split('\t');
            byLabel.Add(columns[0], new ConstraintSchema(columns[0].Split('~')[0], columns[1] == "error", columns[2]));
        }

        return byLabel;
    }

    private static List<SearchParameterDefinition> SearchParameters()
    {
        var parameters = new List<SearchParameterDefinition>();
        foreach (var line in Lines("r4-search-parameters.txt"))
        {
            var columns = line.Split('\t');
            if (columns[0].Length > 0)
            {
                parameters.Add(new SearchParameterDefinition(columns[0], columns[1], columns[2],
                    Words(Column(columns, 3)), Column(columns, 5), Words(Column(columns, 4)), []));
                continue;
            }

            var composite = parameters[^1];
            var component = new SearchParameterComponent(columns[1], columns[2]);
            parameters[^1] = composite with { Components = composite.Components.Add(component) };
        }

        return parameters;
    }

    private static IEnumerable<ValueSetCodes> ValueSets()
    {
        var systems = new Dictionary<string, FrozenSet<string>>();
        var url = "";
        foreach (var line in Lines("r4-value-sets.txt"))
        {
            if (line[0] == '\t')
            {
                var columns = line.Split('\t');
                systems.Add(columns[1], columns[2..].ToFrozenSet());
                continue;
            }

            if (url.Length > 0)
                yield return new ValueSetCodes(url, systems.ToFrozenDictionary());
            url = line;
            systems.Clear();
        }

        yield return new ValueSetCodes(url, systems.ToFrozenDictionary());
    }

    /// <summary>Lines end without their empty last columns.</summary>
    internal static string Column(string[] columns, int index) => index < columns.Length ? columns[index] : "";

    internal static IEnumerable<string> Lines(string file)
    {
        using var stream = typeof(EmbeddedDefinitions).Assembly.GetManifestResourceStream(file)!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
            if (line[0] != '#')
                yield return line;
    }
}
