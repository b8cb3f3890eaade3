using Ajanvaraus.Fhir.Core.Terminology.Systems;

namespace Ajanvaraus.Fhir.Core.Terminology.BuiltIn;

/// <summary>Takes the code systems of R4 out of their lines; the columns are named in the file's head.</summary>
internal static class BuiltInCodeSystems
{
    /// <summary>Of HL7's own tables; what a concept has as property without a declaration is text.</summary>
    private const string UndeclaredType = "string";

    public static EnumeratedCodeSystem Read(IEnumerable<(int Depth, string[] Columns)> lines)
    {
        CodeSystemHead head = null!;
        ConceptTableBuilder builder = null!;
        var path = new List<int>();
        foreach (var (depth, columns) in lines)
        {
            if (depth == 0)
            {
                head = Head(columns);
                builder = new ConceptTableBuilder(head.IsCaseSensitive);
                continue;
            }
            path.RemoveRange(depth - 1, path.Count - depth + 1);
            var parent = depth > 1 ? path[^1] : ConceptTableBuilder.NoParent;
            var concept = builder.Add(columns[0], EmbeddedBlocks.Column(columns, 1), parent);
            path.Add(concept);
            for (var i = 2; i < columns.Length; i++)
                AddMore(builder, concept, head, columns[i]);
        }
        return new EnumeratedCodeSystem(head, builder.Build());
    }

    private static CodeSystemHead Head(string[] columns) => new(columns[0], columns[1])
    {
        Name = EmbeddedBlocks.Column(columns, 2),
        Title = EmbeddedBlocks.Column(columns, 3),
        Language = "en",
        Content = CodeSystemReader.Content(EmbeddedBlocks.Column(columns, 4)),
        IsCaseSensitive = EmbeddedBlocks.Column(columns, 5) is null,
        Hierarchy = CodeSystemReader.Hierarchy(EmbeddedBlocks.Column(columns, 6)),
        PropertyTypes = (EmbeddedBlocks.Column(columns, 7) ?? "")
            .Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(declared => declared.Split(':'))
            .ToImmutableDictionary(declared => declared[0], declared => declared[1]),
    };

    private static void AddMore(ConceptTableBuilder builder, int concept, CodeSystemHead head, string column)
    {
        var equals = column.IndexOf('=', StringComparison.Ordinal);
        var (name, value) = (column[..equals], column[(equals + 1)..]);
        if (name[0] == '@')
            builder.Add(concept, new Designation(name[1..], value));
        else
            builder.Add(concept, new ConceptProperty(
                name, head.PropertyTypes.GetValueOrDefault(name, UndeclaredType), value));
    }
}
