using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Server.Conformance;
using Ajanvaraus.Fhir.Server.Tests.Booking;

namespace Ajanvaraus.Fhir.Server.Tests.Dialects;

/// <summary>The search parameters of Kanta's appointment interface, by POST as it has them.</summary>
public sealed class KantaSearchTests
{
    /// <summary>What is asked, and the ids that it finds.</summary>
    private static readonly (string Criteria, string Found)[] Searches =
    [
        ("service-organiser=urn:ietf:rfc:3986|urn:oid:1.2.246.10.1", "kanta"),
        ("service-organiser=urn:oid:1.2.246.10.2", ""),
        ("producing-service-provider-unit=urn:ietf:rfc:3986|urn:oid:1.2.246.10.2", "kanta"),
        ("producing-service-provider-unit=urn:oid:1.2.246.10.1", ""),
        ("recorded=ge2026-11-20", "kanta"),
        ("recorded=lt2026-11-20", ""),
        ("register-type-code=1.2.246.537.6.1264|1", "kanta"),
        ("register-type-code=1.2.246.537.6.1264|2", ""),
        ("service-event=urn:oid:1.2.246.10.1.14.7", "kanta"),
        ("service-event=urn:ietf:rfc:3986|urn:oid:1.2.246.10.1.14.8", "vanha"),
        ("appointment-service-provider-unit=urn:ietf:rfc:3986|urn:oid:1.2.246.10.2", "kanta"),
        ("appointment-service-provider-unit=urn:oid:1.2.246.10.3", "vanha"),
        ("appointment-service-provider-unit=urn:oid:1.2.246.10.1", ""),
        ("appointment-service-provider=urn:ietf:rfc:3986|urn:oid:1.2.246.10.1", "kanta vanha"),
        ("appointment-service-provider=urn:oid:1.2.246.10.2", ""),
        ("include-own=true", "kanta vanha"),
        ("patient:identifier=urn:oid:1.2.246.21|010190-999W&_count=1&_offset=1", "vanha"),
        ("_count=5&_offset=2", ""),
    ];

    [DatabaseTheory, EachDatabase]
    public async Task Kanta_searches_appointments_by_its_own_parameters(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = new Office(server.Http);
        foreach (var resource in Copies)
            await office.PutAsync(resource);

        foreach (var (criteria, found) in Searches)
        {
            using var form = new FormUrlEncodedContent($"{criteria}&_sort=_id".Split('&').Select(pair => pair.Split('=', 2))
                .Select(pair => KeyValuePair.Create(pair[0], pair[1])));
            using var request = new HttpRequestMessage(HttpMethod.Post, "Appointment/_search") { Content = form };
            request.Headers.Add("Prefer", "handling=strict");
            using var response = await server.Http.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();

            ((int)response.StatusCode).Should().Be(200, $"{criteria}: {text}");
            string.Join(' ', JsonNode.Parse(text)!["entry"]?.AsArray().Select(e => e!["resource"]!["id"]!.ToString()) ?? [])
                .Should().Be(found, criteria);
        }
    }

    [DatabaseTheory, EachDatabase]
    public async Task Kanta_asks_for_all_versions_of_the_appointments_that_meet_criteria_in_a_form(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = new Office(server.Http);
        foreach (var resource in Copies)
            await office.PutAsync(resource);
        foreach (var comment in new[] { "ensin", "sitten" })
            foreach (var id in new[] { "kanta", "vanha" })
            {
                var appointment = (await office.GetAsync($"Appointment/{id}")).Body;
                appointment["comment"] = comment;
                await office.PutAsync(appointment.ToJsonString());
            }

        foreach (var (criteria, found) in Searches.Where(s => !s.Criteria.Contains('_') && s.Found.Length > 0))
        {
            var history = await HistoryAsync(server.Http, criteria);
            var expected = found.Split(' ').SelectMany(id => new[] { $"{id} 3", $"{id} 2", $"{id} 1" });

            history.Body["type"]!.ToString().Should().Be("history", history.Text);
            Versions(history).Should().BeEquivalentTo(expected, criteria);
            history.Body["total"]!.GetValue<int>().Should().Be(found.Split(' ').Length * 3);
        }
        (await HistoryAsync(server.Http, "service-organiser=urn:oid:1.2.246.10.2")).Body["total"]!.GetValue<int>().Should().Be(0);
        (await HistoryAsync(server.Http, "recorded=yesterday")).Status.Should().Be(400);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Pages_of_a_history_by_criteria_go_on_by_links_that_do_not_tell_them(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = new Office(server.Http);
        foreach (var resource in Copies)
            await office.PutAsync(resource);
        var vanha = (await office.GetAsync("Appointment/vanha")).Body;
        foreach (var comment in new[] { "ensin", "sitten" })
        {
            vanha["comment"] = comment;
            await office.PutAsync(vanha.ToJsonString());
        }

        var walked = new List<string>();
        var page = await HistoryAsync(server.Http, "patient:identifier=urn:oid:1.2.246.21|010190-999W&_count=2");
        for (var pages = 0; pages < 10; pages++)
        {
            walked.AddRange(Versions(page));
            page.Body["link"]!.ToJsonString().Should().NotContain("010190").And.NotContain("identifier");
            page.Body["total"]!.GetValue<int>().Should().Be(4);
            if (page.Body["link"]!.AsArray().SingleOrDefault(l => l!["relation"]!.ToString() == "next") is not { } next)
                break;
            page = await office.GetAsync(next["url"]!.ToString());
            page.Status.Should().Be(200, page.Text);
        }
        var plain = await office.GetAsync("Appointment/_history?_count=1");

        walked.Should().Equal("vanha 3", "vanha 2", "vanha 1", "kanta 1");
        plain.Body["total"]!.GetValue<int>().Should().BeGreaterThan(3, "a history by GET is that of the type");
    }

    private static async Task<Answer> HistoryAsync(HttpClient http, string criteria)
    {
        using var form = new FormUrlEncodedContent(criteria.Split('&').Select(pair => pair.Split('=', 2))
            .Select(pair => KeyValuePair.Create(pair[0], pair[1])));
        using var response = await http.PostAsync("Appointment/_history", form);
        return new Answer(response, await response.Content.ReadAsStringAsync());
    }

    private static string[] Versions(Answer history) => history.Body["entry"] is not JsonArray entries ? [] :
        [.. entries.Select(e => $"{e!["resource"]!["id"]} {e["resource"]!["meta"]!["versionId"]}")];

    [DatabaseTheory, EachDatabase]
    public async Task Pages_after_an_offset_go_on_from_where_the_page_ended(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = new Office(server.Http);
        for (var n = 1; n <= 6; n++)
            await office.PutAsync($$"""{"resourceType":"Patient","id":"n{{n}}","active":true}""");

        var first = await office.GetAsync("Patient?_sort=_id&_count=2&_offset=1&_total=accurate");
        var link = first.Body["link"]!.AsArray().Single(l => l!["relation"]!.ToString() == "next")!["url"]!.ToString();
        var second = await office.GetAsync(link);

        first.Body["total"]!.GetValue<int>().Should().Be(6);
        Ids(first).Should().Equal("n2", "n3");
        Ids(second).Should().Equal("n4", "n5");
    }

    [Theory]
    [InlineData("include-own=false")]
    [InlineData("_offset=-1")]
    [InlineData("_offset=10001")]
    [InlineData("recorded=yesterday")]
    public async Task Kanta_search_that_cannot_be_answered_is_refused_at_the_parameter(string criteria)
    {
        await using var server = await FhirServer.StartAsync(DatabaseEngine.Sqlite);
        var office = new Office(server.Http);

        var answer = await office.GetAsync("Appointment?" + criteria);

        answer.Status.Should().Be(400, answer.Text);
        answer.Body["issue"]![0]!["expression"]![0]!.ToString().Should().Be("http." + criteria.Split('=')[0]);
    }

    [Fact]
    public async Task Capability_statement_tells_the_parameters_of_Kanta_and_where_they_are_defined()
    {
        await using var server = await FhirServer.StartAsync(DatabaseEngine.Sqlite);
        var office = new Office(server.Http);

        var told = (await office.GetAsync("metadata")).Body["rest"]![0]!["resource"]!.AsArray()
            .Single(r => r!["type"]!.ToString() == "Appointment")!["searchParam"]!.AsArray()
            .ToDictionary(p => p!["name"]!.ToString(), p => p!["definition"]!.ToString());

        foreach (var name in new[]
        {
            "service-organiser", "appointment-service-provider", "appointment-service-provider-unit",
            "producing-service-provider-unit", "recorded", "register-type-code", "service-event", "include-own",
        })
            ProfilePackage.Instance.Find("SearchParameter", told[name])!.Text("code").Should().Be(name);
    }

    private static IEnumerable<string> Ids(Answer answer) =>
        answer.Body["entry"]!.AsArray().Select(e => e!["resource"]!["id"]!.ToString());

    /// <summary>Two appointments as a repository keeps them: one by the current guides, one by those of 2020.</summary>
    private static readonly string[] Copies =
    [
        """
        {"resourceType":"Organization","id":"alue","name":"Alue",
         "identifier":[{"system":"urn:ietf:rfc:3986","value":"urn:oid:1.2.246.10.1"}]}
        """,
        """
        {"resourceType":"Organization","id":"yksikko","name":"Yksikkö","partOf":{"reference":"Organization/alue"},
         "identifier":[{"system":"urn:ietf:rfc:3986","value":"urn:oid:1.2.246.10.2"}]}
        """,
        """{"resourceType":"HealthcareService","id":"palvelu","providedBy":{"reference":"Organization/yksikko"}}""",
        """
        {"resourceType":"Organization","id":"toinen","name":"Toinen",
         "identifier":[{"system":"urn:ietf:rfc:3986","value":"urn:oid:1.2.246.10.3"}],
         "partOf":{"identifier":{"system":"urn:ietf:rfc:3986","value":"urn:oid:1.2.246.10.1"}}}
        """,
        """{"resourceType":"Location","id":"piste","managingOrganization":{"reference":"Organization/toinen"}}""",
        """
        {"resourceType":"Appointment","id":"kanta","status":"booked",
         "extension":[{"url":"https://hl7.fi/fhir/finnish-base-profiles/StructureDefinition/service-event",
          "valueOid":"urn:oid:1.2.246.10.1.14.7"}],
         "start":"2027-02-01T09:00:00+02:00","end":"2027-02-01T10:00:00+02:00",
         "participant":[{"actor":{"reference":"HealthcareService/palvelu"},"status":"accepted"},
          {"actor":{"type":"Patient","identifier":{"system":"urn:oid:1.2.246.21","value":"010190-999W"}},
           "status":"accepted"}]}
        """,
        """
        {"resourceType":"Appointment","id":"vanha","status":"booked",
         "extension":[{"url":"http://hl7.fi/fhir/StructureDefinition/ServiceEventExt",
          "valueIdentifier":{"system":"urn:ietf:rfc:3986","value":"urn:oid:1.2.246.10.1.14.8"}}],
         "start":"2027-02-02T09:00:00+02:00","end":"2027-02-02T10:00:00+02:00",
         "participant":[{"actor":{"reference":"Location/piste"},"status":"accepted"},
          {"actor":{"type":"Patient","identifier":{"system":"urn:oid:1.2.246.21","value":"010190-999W"}},
           "status":"accepted"}]}
        """,
        """
        {"resourceType":"Provenance","id":"tiedot","target":[{"reference":"Appointment/kanta"}],
         "extension":[{"url":"https://gen.kanta.fi/fhir/StructureDefinition/extension/RegisterType",
          "valueCoding":{"system":"1.2.246.537.6.1264","code":"1"}}],
         "recorded":"2026-11-21T12:00:00+02:00",
         "agent":[
          {"role":[{"coding":[{"system":"http://gen.kanta.fi/figen-cs-provenancerolecategory","code":"10"}]}],
           "who":{"identifier":{"system":"urn:ietf:rfc:3986","value":"urn:oid:1.2.246.10.1"}}},
          {"role":[{"coding":[{"system":"http://gen.kanta.fi/figen-cs-provenancerolecategory","code":"7"}]}],
           "who":{"identifier":{"system":"urn:ietf:rfc:3986","value":"urn:oid:1.2.246.10.2"}}}]}
        """,
    ];
}
