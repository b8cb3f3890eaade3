using System.Text.Json;

namespace Ajanvaraus.Fhir.Definitions.Compiler;

/// <summary>The concepts of a code system with their parents: by nesting or by the property <c>subsumedBy</c>.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/codesystem.html#hierarchy .</remarks>
internal sealed class CodeSystemTree
{
    private readonly Dictionary<string, List<string>> _parents = [];

    public CodeSystemTree(JsonElement codeSystem)
    {
        foreach (var concept in codeSystem.Items("concept"))
            Add(concept, parent: null);
    }

    public IEnumerable<string> Codes => _parents.Keys;

    /// <summary>Codes that pass a filter on <c>concept</c>; null for an operator other than is-a and its kin.</summary>
    public HashSet<string>? Filtered(string @operator, string value) => @operator switch
    {
        "is-a" => [.. Codes.Where(code => IsA(code, value))],
        "descendent-of" => [.. Codes.Where(code => code != value && IsA(code, value))],
        "is-not-a" => [.. Codes.Where(code => !IsA(code, value))],
        _ => null,
    };

    private void Add(JsonElement concept, string? parent)
    {
        var code = concept.Text("code");
        if (!_parents.TryGetValue(code, out var parents))
            _parents[code] = parents = [];
        if (parent is not null)
            parents.Add(parent);
        parents.AddRange(concept.Items("property").Where(p => p.Text("code") is "subsumedBy" or "parent")
            .Select(p => p.Text("valueCode")));
        foreach (var child in concept.Items("concept"))
            Add(child, code);
    }

    private bool IsA(string code, string ancestor) =>
        code == ancestor
        || (_parents.TryGetValue(code, out var parents) && parents.Any(parent => IsA(parent, ancestor)));
}
