using System.Collections.Frozen;
using System.Globalization;
using System.Text;

using Ajanvaraus.Fhir.Core.Definitions;

namespace Ajanvaraus.Fhir.Server.Security.Policy;

/// <summary>The rows of the access policy, with the class of each resource type and the meaning of each relation.</summary>
/// <remarks>
/// <para>Shape: text with a record on each line, fields apart by semicolons, comments after <c>#</c>.</para>
/// <para>Errors: whatever cannot be read, names what is not known, or leaves a resource type without class stops the start
/// with the line: a table that is half understood would let in too many or too few.</para>
/// <para>Source: STM asetus 825/2022 (work task, service task, unit); ADR 0026.</para>
/// </remarks>
public sealed class PolicyTable
{
    private const string Letters = "crudsoapw";

    private PolicyTable(
        string version, string text, ImmutableArray<PolicyRow> rows, FrozenDictionary<string, string> classes,
        ImmutableArray<RelationRow> relations) =>
        (Version, Text, Rows, Classes, Relations) = (version, text, rows, classes, relations);

    /// <summary>As the table names it.</summary>
    public string Version { get; }

    /// <summary>The table as it was read: CSV.</summary>
    public string Text { get; }

    public ImmutableArray<PolicyRow> Rows { get; }

    /// <summary>Class by resource type.</summary>
    public FrozenDictionary<string, string> Classes { get; }

    public ImmutableArray<RelationRow> Relations { get; }

    /// <summary>The table that comes with the server.</summary>
    public static PolicyTable BuiltIn(FhirDefinitions definitions) => Read(Resource("policy.csv"), definitions);

    /// <param name="text">Of a table like the one that comes with the server.</param>
    /// <exception cref="FormatException">With the line that is wrong.</exception>
    public static PolicyTable Read(string text, FhirDefinitions definitions) =>
        Read(text, Resource("types.csv"), Resource("relations.csv"), definitions);

    internal static PolicyTable Read(string policy, string types, string relations, FhirDefinitions definitions)
    {
        var classes = Records(types, 2).ToFrozenDictionary(r => r.Fields[0], r => r.Fields[1]);
        if (definitions.ResourceTypes.FirstOrDefault(type => !classes.ContainsKey(type)) is { } unknown)
            throw new FormatException($"types.csv has no row for {unknown}: nobody could say who may see it");
        var words = Records(relations, 3).Select(r => new RelationRow(r.Fields[0], r.Fields[1], r.Fields[2])).ToImmutableArray();
        if (words.FirstOrDefault(w => !IsType(w.Type, classes)) is { } wrong)
            throw new FormatException($"relations.csv: {wrong.Type} is no type");
        var records = Records(policy, 0).ToList();
        if (records is not [{ Fields: ["version", var version] }, ..])
            throw new FormatException("The policy does not begin with version;…");
        return new PolicyTable(
            version, policy, [.. records.Skip(1).Select(r => Row(r, classes, words))], classes, words);
    }

    /// <summary>Whether a row of that type or class speaks of the type.</summary>
    public bool IsOf(string type, string typeOrClass) => typeOrClass == type || Classes.GetValueOrDefault(type) == typeOrClass;

    private static PolicyRow Row(
        (int Line, string[] Fields) record, FrozenDictionary<string, string> classes, ImmutableArray<RelationRow> words)
    {
        if (record.Fields is not [{ Length: > 0 } workTask, var task, var unit, var type, var letters, var relation, var labelled])
            throw Wrong(record.Line, "there are not seven fields");
        if (!IsType(type, classes))
            throw Wrong(record.Line, $"{type} is neither a resource type nor a class");
        if (!Enum.TryParse<LabelledClients>(labelled, ignoreCase: true, out var clients) || !char.IsAsciiLetter(labelled[0]))
            throw Wrong(record.Line, $"{labelled} is none of hide, mask, show, set");
        var row = new PolicyRow(
            workTask, IsOwn(task, record.Line), IsOwn(unit, record.Line), type, Interactions(letters, record.Line), relation, clients);
        foreach (var word in Words(row))
            if (!words.Any(w => w.Word == word && (w.Type == type || classes.GetValueOrDefault(type) == w.Type)))
                throw Wrong(record.Line, $"relations.csv does not say what {word} means for {type}");
        return row;
    }

    private static IEnumerable<string> Words(PolicyRow row)
    {
        if (row.OwnServiceTask)
            yield return RelationRow.ServiceTask;
        if (row.OwnUnit)
            yield return RelationRow.Unit;
        if (row.Relation is not (PolicyRow.Any or PolicyRow.SpecialReason))
            yield return row.Relation;
    }

    private static bool IsOwn(string field, int line) => field switch
    {
        "own" => true,
        "*" => false,
        _ => throw Wrong(line, $"{field} is neither * nor own"),
    };

    private static ScopeInteractions Interactions(string letters, int line)
    {
        var result = ScopeInteractions.None;
        foreach (var letter in letters)
            result |= Letters.IndexOf(letter, StringComparison.Ordinal) is >= 0 and var place
                ? (ScopeInteractions)(1 << place)
                : throw Wrong(line, $"{letters} has other letters than those of {Letters}");
        return result;
    }

    private static bool IsType(string name, FrozenDictionary<string, string> classes) =>
        classes.ContainsKey(name) || classes.Values.Contains(name);

    private static FormatException Wrong(int line, string what) =>
        new(string.Create(CultureInfo.InvariantCulture, $"Line {line} of the policy: {what}"));

    private static IEnumerable<(int Line, string[] Fields)> Records(string text, int fields)
    {
        var line = 0;
        foreach (var record in text.Split('\n'))
        {
            line++;
            var content = record.Split('#')[0].Trim();
            if (content.Length == 0)
                continue;
            var parts = content.Split(';');
            yield return fields == 0 || parts.Length == fields
                ? (line, parts)
                : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"Line {line}: {fields} fields are needed"));
        }
    }

    private static string Resource(string name)
    {
        using var stream = typeof(PolicyTable).Assembly.GetManifestResourceStream("Policy/" + name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}

/// <summary>What a word of the policy means for a type, as criteria of a search.</summary>
/// <param name="Type">A resource type, or a class of types.</param>
public sealed record RelationRow(string Type, string Word, string Criteria)
{
    public const string ServiceTask = "service-task";

    public const string Unit = "unit";

    /// <summary>Of times at which somebody is away.</summary>
    public const string Absence = "absence";

    /// <summary>Of clients whose whereabouts are not to be told.</summary>
    public const string Labelled = "labelled";
}
