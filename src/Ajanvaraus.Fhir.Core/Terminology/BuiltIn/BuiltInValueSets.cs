using Ajanvaraus.Fhir.Core.Terminology.Sets;
using Ajanvaraus.Fhir.Core.Terminology.Systems;

namespace Ajanvaraus.Fhir.Core.Terminology.BuiltIn;

/// <summary>Takes the value sets of R4 out of their lines; the columns are named in the file's head.</summary>
internal static class BuiltInValueSets
{
    public static ValueSetDefinition Read(IEnumerable<(int Depth, string[] Columns)> lines)
    {
        ValueSetDefinition definition = null!;
        var parts = new List<(bool IsExclude, string[] Columns, List<ListedConcept> Concepts)>();
        foreach (var (depth, columns) in lines)
        {
            switch (depth)
            {
                case 0: definition = Head(columns); break;
                case 1: parts.Add((columns[0] == "-", columns, [])); break;
                default: parts[^1].Concepts.Add(Listed(columns)); break;
            }
        }
        return definition with
        {
            Include = [.. parts.Where(p => !p.IsExclude).Select(p => Part(p.Columns, p.Concepts))],
            Exclude = [.. parts.Where(p => p.IsExclude).Select(p => Part(p.Columns, p.Concepts))],
        };
    }

    private static ValueSetDefinition Head(string[] columns) => new(columns[0], columns[1])
    {
        Name = EmbeddedBlocks.Column(columns, 2),
        Title = EmbeddedBlocks.Column(columns, 3),
        Status = EmbeddedBlocks.Column(columns, 4) ?? "active",
    };

    private static ConceptSet Part(string[] columns, List<ListedConcept> concepts)
    {
        var system = EmbeddedBlocks.Column(columns, 1)?.Split('|');
        return new ConceptSet(
            system?[0], system is [_, var version] ? version : null, [.. concepts],
            [.. columns.Skip(3).Select(Filter)],
            [.. (EmbeddedBlocks.Column(columns, 2) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
    }

    private static ConceptFilter Filter(string column)
    {
        var words = column.Split(' ', 3);
        return new ConceptFilter(words[0], words[1], words[2]);
    }

    private static ListedConcept Listed(string[] columns) => new(
        columns[0], EmbeddedBlocks.Column(columns, 1), [.. columns.Skip(2).Select(Designation)]);

    private static Designation Designation(string column)
    {
        var equals = column.IndexOf('=', StringComparison.Ordinal);
        return new Designation(column[1..equals], column[(equals + 1)..]);
    }
}
