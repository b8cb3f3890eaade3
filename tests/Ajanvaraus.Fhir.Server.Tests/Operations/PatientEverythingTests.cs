using System.Net;

using Ajanvaraus.Fhir.Server.Tests.Rest;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Server.Tests.Operations;

public sealed class PatientEverythingTests(TestServer server) : IClassFixture<TestServer>
{
    private static string Observation(string id, string patient, string date) => $$$"""
        {"resource":{"resourceType":"Observation","id":"{{{id}}}","status":"final","code":{"text":"x"},
        "subject":{"reference":"Patient/{{{patient}}}"},"performer":[{"reference":"Practitioner/every-doc"}],
        "effectiveDateTime":"{{{date}}}"},"request":{"method":"PUT","url":"Observation/{{{id}}}"}}
        """;

    private static string Patient(string id) =>
        $$$"""{"resource":{{{TestServer.Patient(id, "Kaikki")}}},"request":{"method":"PUT","url":"Patient/{{{id}}}"}}""";

    private static async Task FillAsync(TestServer here)
    {
        using var done = await here.SendAsync("POST", "", $$$"""
            {"resourceType":"Bundle","type":"transaction","entry":[{{{string.Join(',',
                Patient("every-1"), Patient("every-2"), Observation("every-o1", "every-1", "2026-01-10"),
                Observation("every-o2", "every-1", "2026-06-10"), Observation("every-o3", "every-2", "2026-06-10"))}}},
            {"resource":{"resourceType":"Practitioner","id":"every-doc"},
            "request":{"method":"PUT","url":"Practitioner/every-doc"}},
            {"resource":{"resourceType":"RelatedPerson","id":"every-mum","patient":{"reference":"Patient/every-1"}},
            "request":{"method":"PUT","url":"RelatedPerson/every-mum"}},
            {"resource":{"resourceType":"Basic","id":"every-1","code":{"text":"same id"}},
            "request":{"method":"PUT","url":"Basic/every-1"}}]}
            """);
        done.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    private static async Task<List<string>> EntriesOf(HttpResponseMessage response)
    {
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        var bundle = await TestServer.ResourceOf(response);
        bundle.Text("type").Should().Be("searchset");
        return [.. bundle.All("entry").Select(e => e["resource"]!).Select(r => $"{r.Type.Name}/{r.Id}")];
    }

    [DatabaseTheory]
    [EachDatabase("", "Patient/every-1 Observation/every-o1 Observation/every-o2 RelatedPerson/every-mum Practitioner/every-doc")]
    [EachDatabase("?start=2026-03-01", "Patient/every-1 Observation/every-o2 RelatedPerson/every-mum Practitioner/every-doc")]
    [EachDatabase("?end=2026-03", "Patient/every-1 Observation/every-o1 RelatedPerson/every-mum Practitioner/every-doc")]
    [EachDatabase("?_type=Observation,Patient", "Patient/every-1 Observation/every-o1 Observation/every-o2")]
    [EachDatabase("?_since=2100-01-01T00:00:00Z", "")]
    public async Task Everything_of_a_patient_is_what_belongs_to_it_and_what_that_refers_to(
        DatabaseEngine engine, string query, string expected)
    {
        var here = await server.OnAsync(engine);
        await FillAsync(here);

        using var response = await here.SendAsync("GET", "Patient/every-1/$everything" + query);

        (await EntriesOf(response)).Should().BeEquivalentTo(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    [DatabaseTheory, EachDatabase]
    public async Task Everything_of_all_patients_comes_in_pages(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);
        await FillAsync(here);
        var found = new List<string>();
        string? url = "Patient/$everything?_count=2&_type=Patient,Observation,RelatedPerson";

        while (url is not null)
        {
            using var response = await here.SendAsync("GET", url);
            var page = await TestServer.ResourceOf(response);
            var matches = page.All("entry").Where(e => e["search"]!.Text("mode") == "match").ToList();
            matches.Count.Should().BeLessThanOrEqualTo(2);
            found.AddRange(matches.Select(e => e["resource"]!).Select(r => $"{r.Type.Name}/{r.Id}"));
            url = page.All("link").FirstOrDefault(l => l.Text("relation") == "next")?.Text("url");
        }

        found.Should().OnlyHaveUniqueItems().And.BeEquivalentTo(
            "Patient/every-1", "Patient/every-2", "Observation/every-o1", "Observation/every-o2", "Observation/every-o3",
            "RelatedPerson/every-mum");
    }

    [Fact]
    public async Task Everything_by_POST_takes_the_same_parameters()
    {
        await FillAsync(server);

        using var response = await server.SendAsync("POST", "Patient/every-1/$everything", """
            {"resourceType":"Parameters","parameter":[{"name":"start","valueDate":"2026-03-01"},
            {"name":"_type","valueCode":"Observation"}]}
            """);

        (await EntriesOf(response)).Should().Equal("Observation/every-o2");
    }

    [Theory]
    [InlineData("Patient/every-none/$everything", HttpStatusCode.NotFound)]
    [InlineData("Patient/every-1/$everything?_type=Nonsense", HttpStatusCode.BadRequest)]
    [InlineData("Patient/every-1/$everything?start=yesterday", HttpStatusCode.BadRequest)]
    [InlineData("Patient/every-1/$everything?_count=-1", HttpStatusCode.BadRequest)]
    [InlineData("Patient/every-1/$everything?_cursor=abc", HttpStatusCode.BadRequest)]
    [InlineData("Observation/every-o1/$everything", HttpStatusCode.NotFound)]
    public async Task What_cannot_be_told_is_refused(string url, HttpStatusCode status)
    {
        await FillAsync(server);

        using var response = await server.SendAsync("GET", url);

        response.StatusCode.Should().Be(status);
        (await TestServer.ResourceOf(response)).Type.Name.Should().Be("OperationOutcome");
    }
}
