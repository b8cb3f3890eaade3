using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Ajanvaraus.Fhir.Definitions.Compiler;

/// <summary>R4's own profiles and extensions as StructureDefinitions that hold rules only: no prose, no snapshot.</summary>
internal static class ProfileCompiler
{
    private const string CoreProfile = "http://hl7.org/fhir/StructureDefinition/";

    /// <summary>Extensions that R4's own snapshots carry on the type, where their contexts speak of its code or element.</summary>
    private static readonly (string Url, string Published, string Corrected)[] Contexts =
    [
        ("structuredefinition-fhir-type", "\"ElementDefinition.type.code\"", "\"ElementDefinition.type\""),
        ("regex", "\"ElementDefinition\"}", "\"ElementDefinition\"},{\"type\":\"element\",\"expression\":\"ElementDefinition.type\"}"),
    ];

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] Files = ["extension-definitions.json", "profiles-others.json", "profiles-types.json"];

    private static readonly string[] Heading =
        ["resourceType", "url", "status", "kind", "abstract", "context", "contextInvariant", "type", "baseDefinition",
        "derivation"];

    private static readonly string[] ElementRules =
        ["id", "path", "sliceName", "slicing", "min", "max", "type", "contentReference", "maxLength", "constraint",
        "isModifier", "binding"];

    private static readonly string[] ElementValues = ["fixed", "pattern", "minValue", "maxValue"];

    /// <summary>Left out wherever it stands in an element: words for people, and what follows from the canonical.</summary>
    private static readonly string[] Prose = ["human", "description", "requirements", "xpath", "source", "extension"];

    /// <summary>Lines of canonical and JSON, by canonical.</summary>
    public static IEnumerable<string> Lines(Package package) => Files
        .SelectMany(file => package.Resources(file, "StructureDefinition"))
        .Where(definition => definition.Text("derivation") == "constraint"
            && definition.Text("url").StartsWith(CoreProfile, StringComparison.Ordinal))
        .OrderBy(definition => definition.Text("url"), StringComparer.Ordinal)
        .Select(definition => $"{definition.Text("url")}\t{WithContexts(definition.Text("url"), Compact(definition))}");

    private static string WithContexts(string url, string json)
    {
        foreach (var (name, published, corrected) in Contexts)
            if (url == CoreProfile + name)
                json = json.Replace(published, corrected);
        return json;
    }

    private static string Compact(JsonElement definition)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            foreach (var name in Heading)
                Copy(json, definition, name);
            json.WriteStartObject("differential");
            json.WriteStartArray("element");
            foreach (var element in definition.GetProperty("differential").Items("element"))
                WriteElement(json, element);
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteElement(Utf8JsonWriter json, JsonElement element)
    {
        json.WriteStartObject();
        foreach (var name in ElementRules)
            Copy(json, element, name);
        foreach (var member in element.EnumerateObject())
            if (ElementValues.Any(prefix => member.Name.StartsWith(prefix, StringComparison.Ordinal)))
                member.WriteTo(json);
        json.WriteEndObject();
    }

    private static void Copy(Utf8JsonWriter json, JsonElement parent, string name)
    {
        // False is what an absent isModifier means.
        if (!parent.TryGetProperty(name, out var value) || (name == "isModifier" && !value.GetBoolean()))
            return;
        json.WritePropertyName(name);
        WriteRules(json, value);
    }

    private static void WriteRules(Utf8JsonWriter json, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            json.WriteStartArray();
            foreach (var item in value.EnumerateArray())
                WriteRules(json, item);
            json.WriteEndArray();
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            json.WriteStartObject();
            foreach (var member in value.EnumerateObject().Where(member => !Prose.Contains(member.Name)))
            {
                json.WritePropertyName(member.Name);
                WriteRules(json, member.Value);
            }
            json.WriteEndObject();
        }
        else
        {
            value.WriteTo(json);
        }
    }
}
