using System.Net;
using System.Text;

using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Xml;
using Ajanvaraus.Fhir.Server.Tests.Booking;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Server.Tests.Rest;

/// <summary>Every route in XML: bodies in, resources, Bundles and OperationOutcomes out.</summary>
public sealed class XmlTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Fhir = "xmlns=\"http://hl7.org/fhir\"";

    private readonly XmlClient _client = new(server.Client);

    [Fact]
    [Rule("http", "mime-type", "What was sent in one format is given in the other.")]
    public async Task Resource_created_in_xml_is_read_in_both_formats()
    {
        var created = await _client.SendAsync("POST", "Observation", $"""
            <Observation {Fhir}><status value="final"/><code><text value="a"/></code>
              <valueQuantity><value value="1.50"/></valueQuantity></Observation>
            """);
        var id = created.Resource!.Id;

        var read = await _client.SendAsync("GET", $"Observation/{id}");
        var version = await _client.SendAsync("GET", $"Observation/{id}/_history/1");
        using var json = await server.SendAsync("GET", $"Observation/{id}");

        created.Status.Should().Be(201, created.Text);
        created.Location!.ToString().Should().EndWith($"Observation/{id}/_history/1");
        read.ETag.Should().Be("W/\"1\"").And.Be(json.Headers.ETag!.ToString());
        version.Text.Should().Be(read.Text).And.Contain("<value value=\"1.50\"/>");
        (await json.Content.ReadAsStringAsync()).Should().Contain("\"value\":1.50");
        TreeText.Of(await TestServer.ResourceOf(json)).Should().Be(TreeText.Of(read.Resource!));
    }

    [Fact]
    public async Task Resource_updated_in_xml_has_its_search_and_history_in_xml()
    {
        await _client.SendAsync("PUT", "Patient/xml-a", Patient("xml-a", "Aalto"));
        var updated = await _client.SendAsync("PUT", "Patient/xml-a", Patient("xml-a", "Xmlinen"));

        var found = await _client.SendAsync("GET", "Patient?name=Xmlinen&_total=accurate");
        var history = await _client.SendAsync("GET", "Patient/xml-a/_history");
        var deleted = await _client.SendAsync("DELETE", "Patient/xml-a");
        var gone = await _client.SendAsync("GET", "Patient/xml-a");

        updated.Status.Should().Be(200);
        found.Resource!.Text("total").Should().Be("1");
        found.Entries.Single()["name"]!.Text("family").Should().Be("Xmlinen");
        history.Entries.Select(p => p["name"]!.Text("family")).Should().Equal("Xmlinen", "Aalto");
        deleted.Status.Should().Be(204);
        (gone.Status, gone.Resource!.Type.Name).Should().Be((410, "OperationOutcome"));
    }

    [Theory]
    [InlineData("transaction")]
    [InlineData("batch")]
    [Rule("http", "transaction", "Batches and transactions work in XML too.")]
    public async Task Bundle_in_xml_is_carried_out_and_answered_in_xml(string type)
    {
        var answer = await _client.SendAsync("POST", "", $"""
            <Bundle {Fhir}><type value="{type}"/>
              <entry><resource>{Patient("xml-" + type, "Bundle")}</resource>
                <request><method value="PUT"/><url value="Patient/xml-{type}"/></request></entry>
              <entry><request><method value="GET"/><url value="Patient/xml-{type}"/></request></entry></Bundle>
            """);

        answer.Status.Should().Be(200, answer.Text);
        answer.Resource!.Text("type").Should().Be(type + "-response");
        answer.Resource.All("entry").Select(e => e["response"]!.Text("status")![..3]).First().Should().Be("201");
        (await _client.SendAsync("GET", $"Patient/xml-{type}")).Status.Should().Be(200);
    }

    [Fact]
    [Rule("http", "brules", "Each entry of a batch stands alone: one that fails harms no other.")]
    public async Task Entry_of_a_batch_that_cannot_be_read_is_refused_alone()
    {
        var answer = await _client.SendAsync("POST", "", $"""
            <Bundle {Fhir}><type value="batch"/>
              <entry><resource><Patient><colour value="red"/></Patient></resource>
                <request><method value="POST"/><url value="Patient"/></request></entry>
              <entry><resource><Patient/></resource>
                <request><method value="POST"/><url value="Patient"/></request></entry></Bundle>
            """);

        answer.Resource!.All("entry").Select(e => e["response"]!.Text("status")![..3]).Should().Equal("400", "201");
    }

    [Theory]
    [InlineData("POST", "Patient", "<Patient", 400, "AJV-1301")]
    [InlineData("POST", "Patient", $"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><Patient {Fhir}><id value='&b;'/></Patient>", 400, "AJV-1302")]
    [InlineData("POST", "Patient", $"<Patient {Fhir}><colour value='red'/></Patient>", 400, "AJV-1007")]
    [InlineData("POST", "Patient", $"<Patient {Fhir}><text><status value='generated'/><div xmlns='http://www.w3.org/1999/xhtml'><script>a()</script></div></text></Patient>", 422, "AJV-1322")]
    [InlineData("POST", "Patient", $"<Slot {Fhir}/>", 400, null)]
    [InlineData("POST", "", $"<Slot {Fhir}/>", 400, null)]
    [InlineData("POST", "Patient", "", 400, null)]
    [InlineData("GET", "Patient/unknown", null, 404, null)]
    [InlineData("GET", "Nonsense", null, 404, null)]
    [InlineData("GET", "Patient?birthdate=yesterday", null, 400, null)]
    [InlineData("PUT", "metadata", $"<Slot {Fhir}/>", 405, null)]
    public async Task Failure_is_told_in_xml(string method, string url, string? body, int status, string? issueId)
    {
        var answer = await _client.SendAsync(method, url, body);

        answer.Status.Should().Be(status, answer.Text);
        answer.IssueId.Should().StartWith(issueId ?? "AJV-");
    }

    [Fact]
    public async Task Body_beyond_the_limit_is_refused_in_xml()
    {
        var answer = await _client.SendAsync(
            "POST", "Patient", $"<Patient {Fhir}><!--{new string('a', 3 * 1024 * 1024)}--></Patient>");

        (answer.Status, answer.Resource!.Type.Name).Should().Be((413, "OperationOutcome"));
    }

    [Fact]
    public async Task Wish_for_an_outcome_is_met_in_xml()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "Patient");
        request.Headers.Add("Prefer", "return=OperationOutcome");
        request.Content = new StringContent($"<Patient {Fhir}/>", Encoding.UTF8, XmlClient.MediaType);

        using var response = await server.Client.SendAsync(request);

        (await XmlAnswer.OfAsync(response)).Resource!.Type.Name.Should().Be("OperationOutcome");
    }

    [Fact]
    public async Task Metadata_in_xml_says_that_both_formats_are_spoken()
    {
        var metadata = await _client.SendAsync("GET", "metadata");

        metadata.Resource!.All("format").Select(f => f.Value).Should().Equal(
            "application/fhir+json", "application/fhir+xml", "json", "xml");
    }

    [Fact]
    public async Task Head_tells_the_length_of_the_xml()
    {
        await _client.SendAsync("PUT", "Patient/xml-head", Patient("xml-head", "Pituus"));
        var read = await _client.SendAsync("GET", "Patient/xml-head");

        using var head = await server.SendAsync("HEAD", "Patient/xml-head", null, "Accept: " + XmlClient.MediaType);

        head.Content.Headers.ContentLength.Should().Be(Encoding.UTF8.GetByteCount(read.Text));
        (await head.Content.ReadAsByteArrayAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Resource_as_deep_as_may_be_is_found_in_xml_too()
    {
        var open = string.Concat(Enumerable.Repeat("""{"url":"http://a","extension":[""", 30));
        var close = string.Concat(Enumerable.Repeat("]}", 30));
        await server.SendAsync("PUT", "Patient/xml-deep", $$"""
            {"resourceType":"Patient","id":"xml-deep","extension":[{{open}}{"url":"http://a","valueBoolean":true}{{close}}]}
            """);

        var found = await _client.SendAsync("GET", "Patient?_id=xml-deep");

        found.Entries.Should().ContainSingle();
    }

    [Fact]
    public async Task Description_of_the_api_names_both_formats()
    {
        using var response = await server.SendAsync("GET", "/swagger/v1/swagger.json");
        var document = System.Text.Json.Nodes.JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

        var create = document["paths"]!["/fhir/Slot"]!["post"]!;
        var example = create["requestBody"]!["content"]![XmlClient.MediaType]!["example"]!.ToString();
        var created = await _client.SendAsync("POST", "Slot", example);

        created.Status.Should().Be(201, created.Text);
        create["responses"]!["2XX"]!["content"]!.AsObject().Select(c => c.Key).Should().Equal(
            "application/fhir+json", "application/fhir+xml");
    }

    [SharedDataFact("hl7-fi/examples")]
    public async Task Every_national_example_is_stored_from_xml_as_from_json()
    {
        var different = new List<string>();
        foreach (var file in Directory.EnumerateFiles(SharedData.Find("hl7-fi", "examples"), "*.json"))
        {
            var given = FhirJson.Parse(Encoding.UTF8.GetBytes(NationalExampleTests.Corrected(await File.ReadAllTextAsync(file)))).Resource!;
            if (given.Type.Name == "Appointment")
                continue;
            var url = $"{given.Type.Name}/{given.Id}";

            var put = await _client.SendAsync("PUT", url, Encoding.UTF8.GetString(FhirXml.ToBytes(given)));
            using var read = await server.SendAsync("GET", url);

            var expected = TreeText.Of(FhirXml.Parse(FhirXml.ToBytes(given)).Resource!.Without("meta"));
            if (put.Status is not (200 or 201)
                || TreeText.Of((await TestServer.ResourceOf(read)).Without("meta")) != expected)
                different.Add($"{Path.GetFileName(file)}: {put.Status}");
        }

        different.Should().BeEmpty();
    }

    private static string Patient(string id, string family) =>
        $"""<Patient {Fhir}><id value="{id}"/><name><family value="{family}"/></name></Patient>""";
}
