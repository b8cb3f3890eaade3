using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Server.Tests.Booking;

namespace Ajanvaraus.Fhir.Server.Tests.Dialects;

/// <summary>The office with what the guides ask by: identifiers, services, an organisation, free Slots.</summary>
internal static class DialectOffice
{
    public const string Hpr = "https://example.org/hpr";

    /// <summary>Slots a1 (09–10) and a2 (10–11) of Practitioner/a, b1 (09–10) of b, room1 (09–12) of the room.</summary>
    public static async Task<Office> OpenAsync(FhirServer server)
    {
        var office = await Office.OpenAsync(server.Http);
        await office.PutAsync($$"""
            {"resourceType":"Practitioner","id":"a","active":true,"identifier":[{"system":"{{Hpr}}","value":"1001"}]}
            """);
        await office.PutAsync("""{"resourceType":"Organization","id":"o","active":true,"name":"Unit"}""");
        await office.PutAsync("""
            {"resourceType":"PractitionerRole","id":"r","active":true,"practitioner":{"reference":"Practitioner/a"},
             "organization":{"reference":"Organization/o"}}
            """);
        await office.PutAsync("""
            {"resourceType":"HealthcareService","id":"h","active":true,
             "type":[{"coding":[{"system":"http://t","code":"ohjaus"}]}]}
            """);
        await office.PutAsync("""
            {"resourceType":"Schedule","id":"a","active":true,
             "serviceType":[{"coding":[{"system":"http://t","code":"ohjaus"}]}],
             "actor":[{"reference":"Practitioner/a"},{"reference":"HealthcareService/h"}]}
            """);
        await PutSlotAsync(office, "a1", "a", "09:00", "10:00");
        await PutSlotAsync(office, "a2", "a", "10:00", "11:00");
        await PutSlotAsync(office, "b1", "b", "09:00", "10:00");
        await PutSlotAsync(office, "room1", "room", "09:00", "12:00");
        return office;
    }

    public static async Task<JsonNode[]> FindAsync(Office office, string query)
    {
        var answer = await office.GetAsync($"Appointment/$find?start={Office.At("08:00")}&end={Office.At("16:00")}&{query}"
            .Replace("+02:00", "%2B02:00", StringComparison.Ordinal));
        answer.Status.Should().Be(200, answer.Text);
        return Resources(answer);
    }

    /// <summary>Resources of a Bundle, but for OperationOutcomes.</summary>
    public static JsonNode[] Resources(Answer answer) => answer.Body["entry"] is not JsonArray entries
        ? []
        : [.. entries.Select(e => e!["resource"]!).Where(r => r["resourceType"]!.ToString() != "OperationOutcome")];

    public static string Parameters(params JsonObject[] parameters)
    {
        var body = new JsonObject { ["resourceType"] = "Parameters" };
        if (parameters.Length > 0)
            body["parameter"] = new JsonArray([.. parameters]);
        return body.ToJsonString();
    }

    public static JsonObject Value(string name, string type, JsonNode value) => new() { ["name"] = name, [$"value{type}"] = value };

    public static JsonObject Reference(string name, string reference) =>
        Value(name, "Reference", new JsonObject { ["reference"] = reference });

    public static JsonObject Resource(string name, JsonNode resource) => new() { ["name"] = name, ["resource"] = resource.DeepClone() };

    /// <summary>The definitions of operations that metadata tells for a type, by name.</summary>
    public static async Task<ILookup<string, string>> OperationsAsync(Office office, string type = "Appointment")
    {
        var statement = (await office.GetAsync("metadata")).Body;
        return statement["rest"]![0]!["resource"]!.AsArray().Single(r => r!["type"]!.ToString() == type)!["operation"]!
            .AsArray().ToLookup(o => o!["name"]!.ToString(), o => o!["definition"]!.ToString());
    }

    private static Task PutSlotAsync(Office office, string id, string schedule, string from, string to) =>
        office.PutAsync($$"""
            {"resourceType":"Slot","id":"{{id}}","identifier":[{"system":"http://slots","value":"{{id}}"}],
             "serviceType":[{"coding":[{"system":"http://t","code":"ohjaus"}]}],
             "schedule":{"reference":"Schedule/{{schedule}}"},"status":"free",
             "start":"{{Office.At(from)}}","end":"{{Office.At(to)}}"}
            """);
}
