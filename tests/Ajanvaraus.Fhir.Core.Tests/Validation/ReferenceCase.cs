using System.Text.Json;

using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Xml;

namespace Ajanvaraus.Fhir.Core.Tests.Validation;

/// <summary>One verdict that HL7's validator cases state: of a resource by itself, or by the profile that the case asks for.</summary>
/// <param name="Name">As in the manifest; the verdict by a profile ends in <c>, by profile</c>.</param>
/// <param name="File">The resource, relative to the folder of the manifest.</param>
/// <param name="Supporting">What the server has stored.</param>
/// <param name="Profile">File of the profile that is asked for; null: none.</param>
/// <param name="Errors">How many errors the reference validator finds; null: its outcome is not there.</param>
/// <remarks>Source: <c>validator/manifest.json</c> of FHIR/fhir-test-cases, whose first lines describe its fields.</remarks>
internal sealed record ReferenceCase(
    string Name, string File, ImmutableArray<string> Supporting, string? Profile, int? Errors)
{
    /// <summary>Settings of the reference validator that a <c>$validate</c> request does not have, and inputs that are not
    /// FHIR resources: a case with one of them states no verdict on a plain <c>$validate</c>.</summary>
    private static readonly string[] BeyondValidate =
    [
        "packages", "logical", "matchetype", "scoring", "examples", "security-checks", "for-publication", "bundle-param",
        "allow-comments", "noHtmlInMarkdown", "advisor", "validateContains", "validateReference", "certificate", "no-tx",
        "r5-bundle-relative-reference-policy", "no-experimental-content", "ips", "supporting5", "new-xver-mode", "sct",
    ];

    /// <summary>The verdicts on R4 resources that need no package and no setting of the reference validator.</summary>
    /// <param name="folder">Where <c>manifest.json</c> and the inputs are; outcomes are below <c>outcomes</c>.</param>
    public static IEnumerable<ReferenceCase> In(string folder)
    {
        using var manifest = JsonDocument.Parse(System.IO.File.ReadAllBytes(Path.Combine(folder, "manifest.json")));
        foreach (var test in manifest.RootElement.GetProperty("test-cases").EnumerateArray())
        {
            if (Text(test, "version")?.StartsWith("4.0", StringComparison.Ordinal) != true || !IsPlain(test))
                continue;
            var read = new ReferenceCase(Text(test, "name")!, Text(test, "file")!, Files(test), null, Stated(folder, test));
            yield return read;
            if (test.TryGetProperty("profile", out var profile) && IsPlain(profile))
            {
                yield return new ReferenceCase(read.Name + ", by profile", read.File,
                    [.. read.Supporting, .. Files(profile)], Text(profile, "source"), Stated(folder, profile));
            }
        }
    }

    /// <summary>Whether every file of the case is in the folder.</summary>
    public bool IsComplete(string folder) => Errors is not null
        && Supporting.Append(File).Append(Profile ?? File).All(file => System.IO.File.Exists(Path.Combine(folder, file)));

    /// <summary>What <c>$validate</c> finds: one line for each error.</summary>
    public ImmutableArray<string> Run(string folder)
    {
        var known = Supporting.Concat(Profile is null ? [] : [Profile])
            .Select(file => Read(folder, file).Resource).OfType<ElementNode>().ToList();
        var errors = VerdictCase.Errors(Read(folder, File), known, Profile is null ? [] : [known[^1].Text("url")!]);
        return [.. errors.Select(error => $"{error.Id} {error.Expression}: {error.Text}")];
    }

    private static ParseResult Read(string folder, string file)
    {
        var bytes = System.IO.File.ReadAllBytes(Path.Combine(folder, file));
        return file.EndsWith(".xml", StringComparison.Ordinal) ? FhirXml.Parse(bytes) : FhirJson.Parse(bytes);
    }

    private static bool IsPlain(JsonElement test) =>
        !BeyondValidate.Any(name => test.TryGetProperty(name, out _))
        && !(test.TryGetProperty("use-test", out var used) && used.ValueKind == JsonValueKind.False);

    private static ImmutableArray<string> Files(JsonElement test) =>
        [.. new[] { "profiles", "supporting" }.SelectMany(name => test.TryGetProperty(name, out var files)
            ? files.EnumerateArray().Select(file => file.GetString()!) : [])];

    private static string? Text(JsonElement node, string name) =>
        node.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>The stated outcome: a count, an OperationOutcome, or the file of one.</summary>
    private static int? Stated(string folder, JsonElement test)
    {
        if (!test.TryGetProperty("java", out var stated))
            return null;
        if (stated.ValueKind == JsonValueKind.Object)
        {
            return stated.TryGetProperty("errorCount", out var count) ? count.GetInt32()
                : stated.TryGetProperty("outcome", out var outcome) ? ErrorsOf(outcome) : null;
        }
        var file = Path.Combine(folder, "outcomes", stated.GetString()!);
        if (!System.IO.File.Exists(file))
            return null;
        using var document = JsonDocument.Parse(System.IO.File.ReadAllBytes(file));
        return ErrorsOf(document.RootElement);
    }

    private static int ErrorsOf(JsonElement outcome) => outcome.TryGetProperty("issue", out var issues)
        ? issues.EnumerateArray().Count(issue => Text(issue, "severity") is "error" or "fatal") : 0;
}
