using Ajanvaraus.Fhir.Server.Tests.Booking;

namespace Ajanvaraus.Fhir.Server.Tests.Rest;

/// <summary>What the examples of the API description say that they need.</summary>
internal static class OpenApiFixture
{
    private const string Client = """{"actor":{"reference":"Patient/esimerkki"},"status":"accepted"}""";

    private const string Slots = """, "slot":[{"reference":"Slot/esimerkki"}]""";

    private static readonly string[] Resources =
    [
        """{"resourceType":"Practitioner","id":"esimerkki","active":true}""",
        """{"resourceType":"Practitioner","id":"toinen","active":true}""",
        """{"resourceType":"Patient","id":"esimerkki","active":true}""",
        """{"resourceType":"Schedule","id":"esimerkki","active":true,"actor":[{"reference":"Practitioner/esimerkki"}]}""",
        """{"resourceType":"Schedule","id":"toinen","active":true,"actor":[{"reference":"Practitioner/toinen"}]}""",
        Slot("esimerkki", "09", "10"),
        Slot("toinen", "10", "11"),
        """
        {"resourceType":"CodeSystem","id":"esimerkki","url":"urn:example:koodit","status":"active","content":"complete",
         "concept":[{"code":"a"},{"code":"b"}]}
        """,
        """
        {"resourceType":"ValueSet","id":"esimerkki","url":"urn:example:arvot","status":"active","compose":{"include":[
         {"system":"http://hl7.org/fhir/administrative-gender"}]}}
        """,
        """
        {"resourceType":"ConceptMap","id":"esimerkki","url":"urn:example:esimerkki","status":"active","group":[{
         "source":"http://hl7.org/fhir/administrative-gender","target":"urn:example:koodit","element":[{"code":"female",
         "target":[{"code":"a","equivalence":"equivalent"}]}]}]}
        """,
        """{"resourceType":"Group","id":"esimerkki","type":"person","actual":true}""",
    ];

    /// <param name="needs">Tells the status of Appointment/esimerkki, too.</param>
    public static async Task FillAsync(HttpClient http, string needs)
    {
        var office = new Office(http);
        foreach (var resource in Resources)
            await office.PutAsync(resource);
        if (needs.Contains("proposed", StringComparison.Ordinal))
            await office.PutAsync(Appointment("proposed", ""));
        else if (needs.Contains("pending", StringComparison.Ordinal))
            await office.PutAsync(Appointment("pending", Slots));
        else if (needs.Contains("Appointment/esimerkki", StringComparison.Ordinal))
            await office.PutAsync(Appointment("booked", Slots));
        if (needs.Contains("several seats", StringComparison.Ordinal))
            await office.PutAsync(Slot("esimerkki", "09", "10", Extension(
                "http://fhir-registry.smarthealthit.org/StructureDefinition/slot-capacity", "valueInteger")));
        if (needs.Contains("several clients", StringComparison.Ordinal))
            await office.PutAsync(Appointment("booked", Slots + Extension(
                "https://ajanvaraus.example/fhir/StructureDefinition/group-capacity", "valuePositiveInt")));
        if (needs.Contains("absence", StringComparison.Ordinal))
            (await office.PostAsync("Schedule/esimerkki/$absence", """
                {"resourceType":"Parameters","parameter":[{"name":"period",
                 "valuePeriod":{"start":"2027-03-01T08:00:00+02:00","end":"2027-03-01T12:00:00+02:00"}}]}
                """)).Status.Should().Be(200);
        if (needs.Contains("noshow", StringComparison.Ordinal))
            (await office.PostAsync("Appointment/esimerkki/$no-show", Office.Parameters())).Status.Should().Be(200);
    }

    private static string Extension(string url, string value) =>
        $$""", "extension":[{"url":"{{url}}","{{value}}":8}]""";

    private static string Slot(string id, string from, string to, string extension = "") => $$"""
        {"resourceType":"Slot","id":"{{id}}","schedule":{"reference":"Schedule/esimerkki"},"status":"free",
         "start":"2027-03-01T{{from}}:00:00+02:00","end":"2027-03-01T{{to}}:00:00+02:00"{{extension}} }
        """;

    private static string Appointment(string status, string slot) => $$"""
        {"resourceType":"Appointment","id":"esimerkki","status":"{{status}}","start":"2027-03-01T09:00:00+02:00",
         "end":"2027-03-01T10:00:00+02:00","participant":[{{Client}}]{{slot}} }
        """;
}
