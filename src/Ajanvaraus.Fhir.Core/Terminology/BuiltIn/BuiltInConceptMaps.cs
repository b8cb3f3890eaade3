using System.Collections.Frozen;

using Ajanvaraus.Fhir.Core.Terminology.Maps;

namespace Ajanvaraus.Fhir.Core.Terminology.BuiltIn;

/// <summary>Takes the concept maps of R4 out of their lines; the columns are named in the file's head.</summary>
internal static class BuiltInConceptMaps
{
    private const string Unsaid = "-";

    public static ConceptMapDefinition Read(IEnumerable<(int Depth, string[] Columns)> lines)
    {
        string[] head = [];
        var groups = new List<(string[] Columns, List<(string Source, MapTarget Target)> Targets)>();
        foreach (var (depth, columns) in lines)
        {
            switch (depth)
            {
                case 0: head = columns; break;
                case 1: groups.Add((columns, [])); break;
                case 2: groups[^1].Targets.Add((columns[0], Target(columns))); break;
                default: AddOther(groups[^1].Targets, columns); break;
            }
        }
        return new ConceptMapDefinition(
            head[0], head[1], EmbeddedBlocks.Column(head, 5), EmbeddedBlocks.Column(head, 6),
            [.. groups.Select(g => Group(g.Columns, g.Targets))]);
    }

    private static MapGroup Group(string[] columns, List<(string Source, MapTarget Target)> targets) => new(
        System(columns[0]), System(columns[1]),
        targets.GroupBy(t => t.Source, t => t.Target)
            .ToFrozenDictionary(same => same.Key, same => same.ToImmutableArray()),
        EmbeddedBlocks.Column(columns, 2) is { } mode
            ? new UnmappedRule(mode, EmbeddedBlocks.Column(columns, 3), EmbeddedBlocks.Column(columns, 4),
                EmbeddedBlocks.Column(columns, 5))
            : null);

    private static string? System(string column) => column == Unsaid ? null : column.Split('|')[0];

    private static MapTarget Target(string[] columns) => new(
        EmbeddedBlocks.Column(columns, 2), EmbeddedBlocks.Column(columns, 3), columns[1], [], []);

    private static void AddOther(List<(string Source, MapTarget Target)> targets, string[] columns)
    {
        var (source, target) = targets[^1];
        var other = new MapDependency(
            columns[1], EmbeddedBlocks.Column(columns, 2), EmbeddedBlocks.Column(columns, 3) ?? "",
            EmbeddedBlocks.Column(columns, 4));
        targets[^1] = (source, columns[0] == "?"
            ? target with { DependsOn = target.DependsOn.Add(other) }
            : target with { Products = target.Products.Add(other) });
    }
}
