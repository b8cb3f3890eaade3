using System.Text.Json.Nodes;

namespace Ajanvaraus.Fhir.Server.Capability;

/// <summary>An example that works as it stands.</summary>
/// <param name="Search">A search parameter and a value.</param>
/// <param name="Resource">A resource to create; without an id, so that it can be sent twice.</param>
public sealed record OpenApiExample(string Type, (string Name, string Value) Search, string Resource);

/// <summary>Examples for the types that scheduling works with.</summary>
public static class OpenApiExamples
{
    /// <summary>A calendar and a free time in it, in one step.</summary>
    public const string Transaction = """
        {"resourceType":"Bundle","type":"transaction","entry":[
        {"fullUrl":"urn:uuid:6b2c5a0e-3c53-4b0b-8a43-6f0c8d2a7f11",
        "resource":{"resourceType":"Practitioner","active":true,"name":[{"family":"Esimerkki","given":["Aino"]}]},
        "request":{"method":"POST","url":"Practitioner"}},
        {"fullUrl":"urn:uuid:0e6d1f4a-90fd-4d3f-9a4b-0c8b7a7e1a22",
        "resource":{"resourceType":"Schedule","active":true,
        "actor":[{"reference":"urn:uuid:6b2c5a0e-3c53-4b0b-8a43-6f0c8d2a7f11"}]},
        "request":{"method":"POST","url":"Schedule"}},
        {"resource":{"resourceType":"Slot","status":"free",
        "schedule":{"reference":"urn:uuid:0e6d1f4a-90fd-4d3f-9a4b-0c8b7a7e1a22"},
        "start":"2027-03-01T09:00:00+02:00","end":"2027-03-01T10:00:00+02:00"},
        "request":{"method":"POST","url":"Slot"}}]}
        """;

    /// <summary>For what every type can do.</summary>
    public const string AnyType = "Basic";

    public const string AnyResource = """{"resourceType":"Basic","code":{"text":"Esimerkki"}}""";

    public const string Parameters = """{"resourceType":"Parameters"}""";

    /// <summary>Says in which language the resource is; works on every resource, as often as it is sent.</summary>
    public const string JsonPatch = """[{"op":"add","path":"/language","value":"fi"}]""";

    /// <summary>The resource with the id of the examples, to be put there.</summary>
    public static string WithId(string resource)
    {
        var node = JsonNode.Parse(resource)!.AsObject();
        node["id"] = OpenApiParameters.ExampleId;
        return node.ToJsonString();
    }

    /// <summary>A FHIRPath Patch that takes the language away, whether there is one or not.</summary>
    public static string Patch(string type) => $$"""
        {"resourceType":"Parameters","parameter":[{"name":"operation","part":[{"name":"type","valueCode":"delete"},
        {"name":"path","valueString":"{{type}}.language"}]}]}
        """;

    public static readonly ImmutableArray<OpenApiExample> All =
    [
        new("Appointment", ("status", "booked"), """
            {"resourceType":"Appointment","status":"proposed",
            "participant":[{"actor":{"display":"Asiakas"},"status":"needs-action"}]}
            """),
        new("Slot", ("status", "free"), """
            {"resourceType":"Slot","schedule":{"display":"Kalenteri"},"status":"free",
            "start":"2027-03-01T09:00:00+02:00","end":"2027-03-01T10:00:00+02:00"}
            """),
        new("Schedule", ("active", "true"), """
            {"resourceType":"Schedule","active":true,"actor":[{"display":"Työntekijä"}]}
            """),
        new("HealthcareService", ("active", "true"), """
            {"resourceType":"HealthcareService","active":true,"name":"Perheoikeudelliset palvelut"}
            """),
        new("Practitioner", ("name", "Esimerkki"), """
            {"resourceType":"Practitioner","active":true,"name":[{"family":"Esimerkki","given":["Aino"]}]}
            """),
        new("Patient", ("name", "Esimerkki"), """
            {"resourceType":"Patient","active":true,"name":[{"family":"Esimerkki","given":["Veikko"]}]}
            """),
        new("Location", ("status", "active"), """
            {"resourceType":"Location","status":"active","name":"Neuvotteluhuone 2"}
            """),
    ];
}
