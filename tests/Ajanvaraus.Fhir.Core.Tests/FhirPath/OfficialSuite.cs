using System.Xml.Linq;

using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Xml;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Core.Tests.FhirPath;

/// <summary>One case of HL7's suite.</summary>
/// <param name="Invalid">syntax, semantic or execution; null when the expression is sound.</param>
/// <param name="Output">Expected items: type, or null, and text.</param>
public sealed record OfficialCase(
    string Name, string Expression, string? Invalid, bool ChecksOrder, bool IsPredicate, bool IsOrdered, string? Input,
    ImmutableArray<(string? Type, string Text)> Output);

/// <summary>HL7's FHIRPath test suite for R4, as data.</summary>
public static class OfficialSuite
{
    public const string Folder = "fhir-test-cases/r4";

    private static readonly Lazy<ImmutableArray<OfficialCase>> Loaded = new(Load);

    private static readonly Dictionary<string, ElementNode> Inputs = [];

    public static ImmutableArray<OfficialCase> Cases => SharedData.Root is null ? [] : Loaded.Value;

    public static ElementNode? InputOf(OfficialCase @case)
    {
        if (@case.Input is not { } file)
            return null;
        lock (Inputs)
        {
            if (!Inputs.TryGetValue(file, out var input))
                Inputs[file] = input = Read(SharedData.Find("fhir-test-cases", "r4", "inputs", file));
            return input;
        }
    }

    private static ElementNode Read(string path) => path.EndsWith(".json", StringComparison.Ordinal)
        ? FhirJson.Parse(File.ReadAllBytes(path)).Resource!
        : FhirXml.Parse(File.ReadAllBytes(path)).Resource!;

    private static ImmutableArray<OfficialCase> Load()
    {
        var file = SharedData.Find("fhir-test-cases", "r4", "fhirpath", "tests-fhir-r4.xml");
        return [.. XDocument.Load(file, LoadOptions.PreserveWhitespace).Descendants("test").Select(Case)];
    }

    private static OfficialCase Case(XElement test)
    {
        var expression = test.Element("expression")!;
        return new OfficialCase(
            test.Attribute("name")!.Value,
            expression.Value,
            expression.Attribute("invalid")?.Value,
            test.Attribute("checkOrderedFunctions")?.Value == "true",
            test.Attribute("predicate")?.Value == "true",
            test.Attribute("ordered")?.Value != "false",
            test.Attribute("inputfile")?.Value,
            [.. test.Elements("output").Select(output => (output.Attribute("type")?.Value, output.Value))]);
    }
}
