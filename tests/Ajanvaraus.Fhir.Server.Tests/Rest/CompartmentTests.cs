using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Server.Tests.Booking;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Server.Tests.Rest;

/// <summary>http://hl7.org/fhir/R4/compartmentdefinition.html.</summary>
public sealed class CompartmentTests
{
    [DatabaseTheory]
    [EachDatabase("Patient/p1/Appointment", "Appointment/a1")]
    [EachDatabase("Patient/p1/Appointment?status=cancelled", "")]
    [EachDatabase("Patient/p1/*", "Appointment/a1 Encounter/e1 Observation/o1")]
    [EachDatabase("Patient/p1/*?_type=Encounter,Observation", "Encounter/e1 Observation/o1")]
    [EachDatabase("Patient/p1/Slot", "")]
    [EachDatabase("Patient/nobody/Appointment", "")]
    [EachDatabase("Practitioner/d1/Appointment", "Appointment/a1 Appointment/a2")]
    [EachDatabase("Practitioner/d1/Practitioner", "Practitioner/d1")]
    [EachDatabase("RelatedPerson/r1/Appointment", "Appointment/a2")]
    [EachDatabase("Encounter/e1/Observation", "Observation/o1")]
    [EachDatabase("Device/v1/Schedule", "Schedule/s1")]
    [Rule("http", "vsearch", "Patient/1/Appointment and Patient/1/* search in a compartment.")]
    [Rule("search", "Introduction", "A search within a compartment finds its members of one type or of all (*).")]
    public async Task Members_are_found_by_the_parameters_of_the_compartment(
        DatabaseEngine engine, string url, string expected)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await FilledAsync(server);

        var found = await office.GetAsync(url);

        found.Status.Should().Be(200, found.Text);
        Names(found).Should().Be(expected);
        found.Body["link"]![0]!["url"]!.ToString().Should().EndWith("/fhir/" + url);
    }

    [Fact]
    public async Task Search_by_form_and_in_a_batch_gives_the_same()
    {
        await using var server = await FhirServer.StartAsync(DatabaseEngine.Sqlite);
        var office = await FilledAsync(server);
        using var form = new FormUrlEncodedContent([new("status", "proposed")]);

        using var byForm = await server.Http.PostAsync("Patient/p1/Appointment/_search", form);
        var batch = await office.PostAsync("", """
            {"resourceType":"Bundle","type":"batch","entry":[{"request":{"method":"GET","url":"Patient/p1/Appointment"}}]}
            """);

        var answer = new Answer(byForm, await byForm.Content.ReadAsStringAsync());
        Names(answer).Should().Be("Appointment/a1");
        batch.Body["entry"]![0]!["resource"]!["entry"]![0]!["resource"]!["id"]!.ToString().Should().Be("a1");
    }

    [Theory]
    [InlineData("GET", "Organization/o/Appointment", 404)]
    [InlineData("GET", "Patient/p1/Nothing", 404)]
    [InlineData("GET", "Patient/p1/appointments", 404)]
    [InlineData("GET", "Patient/p1/Appointment/a1", 404)]
    [InlineData("DELETE", "Patient/p1/Appointment", 405)]
    public async Task What_is_no_compartment_is_not_found(string method, string url, int status)
    {
        await using var server = await FhirServer.StartAsync(DatabaseEngine.Sqlite);
        var office = new Office(server.Http);

        var answer = await office.SendAsync(new HttpMethod(method), url, null);

        answer.Status.Should().Be(status, answer.Text);
    }

    [Fact]
    public void Each_member_is_one_by_reference_parameters_that_there_are()
    {
        var registry = new SearchParameterRegistry(R4.Definitions);

        foreach (var compartment in new[] { "Patient", "Practitioner", "RelatedPerson", "Encounter", "Device" })
            foreach (var (type, codes) in R4.Definitions.Compartment(compartment)!)
                foreach (var code in codes.Where(c => c != "{def}"))
                    registry.Find(type, code)?.Type.Should()
                        .Be(SearchParameterType.Reference, $"{compartment}: {type}.{code}");
    }

    private static async Task<Office> FilledAsync(FhirServer server)
    {
        var office = new Office(server.Http);
        foreach (var resource in new[]
        {
            """{"resourceType":"Patient","id":"p1"}""",
            """{"resourceType":"Patient","id":"p2"}""",
            """{"resourceType":"Practitioner","id":"d1"}""",
            """{"resourceType":"RelatedPerson","id":"r1","patient":{"reference":"Patient/p2"}}""",
            """{"resourceType":"Device","id":"v1"}""",
            """{"resourceType":"Schedule","id":"s1","actor":[{"reference":"Device/v1"}]}""",
            """{"resourceType":"Encounter","id":"e1","status":"planned","class":{"code":"AMB"},"subject":{"reference":"Patient/p1"}}""",
            """{"resourceType":"Observation","id":"o1","status":"final","code":{"text":"x"},"subject":{"reference":"Patient/p1"},"encounter":{"reference":"Encounter/e1"}}""",
            Appointment("a1", "Patient/p1", "Practitioner/d1"),
            Appointment("a2", "Patient/p2", "Practitioner/d1", "RelatedPerson/r1"),
        })
            await office.PutAsync(resource);
        return office;
    }

    private static string Appointment(string id, params string[] actors) => $$"""
        {"resourceType":"Appointment","id":"{{id}}","status":"proposed","participant":[{{string.Join(',', actors.Select(a =>
            $$"""{"actor":{"reference":"{{a}}"},"status":"needs-action"}"""))}}]}
        """;

    private static string Names(Answer answer) => string.Join(' ', (answer.Body["entry"]?.AsArray() ?? [])
        .Select(e => $"{e!["resource"]!["resourceType"]}/{e["resource"]!["id"]}").Order(StringComparer.Ordinal));
}
