using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Core.Conformance;
using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Tests.Json;
using Ajanvaraus.Fhir.Core.Validation;

namespace Ajanvaraus.Fhir.Core.Tests.Validation.Profiles;

/// <summary>Small profiles, written as the elements of their differential, and what they say of a resource.</summary>
internal static class ProfileCase
{
    public const string Url = "http://example.org/StructureDefinition/p";

    public static readonly StructuralValidator Structure = new(R4.Definitions);

    /// <summary>A StructureDefinition; the elements are a JSON array without its brackets.</summary>
    /// <param name="type">The constrained type.</param>
    /// <param name="elements">For example <c>{"path":"Patient.name","min":1}</c>.</param>
    /// <param name="url">Its canonical.</param>
    /// <param name="baseUrl">Canonical of its base; null: the type itself.</param>
    /// <param name="more">Further members of the StructureDefinition, with a comma at the end.</param>
    /// <param name="view">Where the elements stand: differential or snapshot.</param>
    public static ElementNode Profile(
        string type, string elements, string url = Url, string? baseUrl = null, string more = "",
        string view = "differential") => Parsed.Resource($$"""
            {
              "resourceType": "StructureDefinition", {{more}}
              "url": "{{url}}", "name": "P", "status": "active", "kind": "resource", "abstract": false,
              "type": "{{type}}", "baseDefinition": "{{baseUrl ?? $"http://hl7.org/fhir/StructureDefinition/{type}"}}",
              "derivation": "constraint", "{{view}}": { "element": [ {{elements}} ] }
            }
            """);

    public static ProfileValidator Validator(params ElementNode[] definitions) =>
        new(Structure, R4.Definitions, new ConformanceSet(definitions, R4Profiles.Instance));

    /// <summary>Errors of the resource against the first profile: id and place, in their order.</summary>
    public static IEnumerable<(string Id, string? Expression)> Errors(string json, params ElementNode[] definitions) =>
        Validator(definitions).Validate(Parsed.Resource(json), definitions[0].Text("url")!)
            .Where(issue => issue.Severity is IssueSeverity.Error)
            .Select(issue => (issue.Id, issue.Expression));

    /// <summary>As <see cref="Errors"/>, for an expectation written as <c>AJV-1405 Patient.name</c>; "" for none.</summary>
    public static string ErrorText(string json, params ElementNode[] definitions) =>
        string.Join("; ", Errors(json, definitions).Select(error => $"{error.Id} {error.Expression}"));

    /// <summary>Sets the members of a JSON object over those of another.</summary>
    public static string With(string json, string members)
    {
        var resource = JsonNode.Parse(json)!.AsObject();
        foreach (var (name, value) in JsonNode.Parse("{" + members + "}")!.AsObject().ToList())
            resource[name] = value?.DeepClone();
        return resource.ToJsonString();
    }
}
