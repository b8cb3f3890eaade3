using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Server.Tests.Profiles;

/// <summary>A row of <c>profiles/defects.json</c>: one thing broken in an example, and what the validator must find.</summary>
internal sealed class Defect
{
    private static readonly Lazy<IReadOnlyList<Defect>> Rows = new(() =>
    [
        .. JsonNode.Parse(File.ReadAllText(Repository.Find("profiles", "defects.json")))!.AsArray()
            .Select(row => new Defect(row!.AsObject())),
    ]);

    private readonly JsonObject _row;

    private Defect(JsonObject row) => _row = row;

    public static IReadOnlyList<Defect> All => Rows.Value;

    /// <summary>What it tests: <c>StructureDefinition/opens-at</c>.</summary>
    public string Artifact => _row["artifact"]!.ToString();

    public string Example => _row["example"]!.ToString();

    public string What => _row["what"]!.ToString();

    /// <summary>Ids of messages with their places, in order.</summary>
    public IEnumerable<string> Finds => _row["finds"]!.AsArray().Select(found => found!.ToString());

    /// <summary>The example with its defect.</summary>
    public JsonNode Broken()
    {
        var example = Whole();
        foreach (var (pointer, value) in Sets)
            Set(example, pointer, value!.DeepClone());
        foreach (var pointer in _row["remove"]?.AsArray() ?? [])
            Remove(example, pointer!.ToString());
        return example;
    }

    /// <summary>The codes that stand in the example where the defect puts something else.</summary>
    public IEnumerable<string> ReplacedCodes()
    {
        var example = Whole();
        foreach (var (pointer, _) in Sets)
        {
            var (parent, last) = Find(example, pointer);
            var value = parent is JsonArray array ? array[int.Parse(last)] : parent[last];
            yield return (value is JsonObject coding ? coding["code"] : value)!.ToString();
        }
    }

    private IEnumerable<KeyValuePair<string, JsonNode?>> Sets => _row["set"]?.AsObject() ?? [];

    private JsonNode Whole() => JsonNode.Parse(SocialPackage.ExampleBytes(Example))!;

    /// <summary>The parent of what a JSON pointer names, and its last step.</summary>
    private static (JsonNode Parent, string Last) Find(JsonNode root, string pointer)
    {
        var steps = pointer.TrimStart('/').Split('/');
        var node = root;
        foreach (var step in steps[..^1])
            node = node is JsonArray array ? array[int.Parse(step)]! : node[step]!;
        return (node, steps[^1]);
    }

    private static void Set(JsonNode root, string pointer, JsonNode value)
    {
        var (parent, last) = Find(root, pointer);
        if (parent is not JsonArray array)
            parent[last] = value;
        else if (last == "-")
            array.Add(value);
        else
            array[int.Parse(last)] = value;
    }

    private static void Remove(JsonNode root, string pointer)
    {
        var (parent, last) = Find(root, pointer);
        if (parent is JsonArray array)
            array.RemoveAt(int.Parse(last));
        else
            parent.AsObject().Remove(last);
    }
}
