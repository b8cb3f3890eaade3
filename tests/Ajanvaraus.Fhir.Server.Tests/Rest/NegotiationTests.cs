using System.Net;
using System.Text;

using Ajanvaraus.Fhir.Server.Middleware;
using Ajanvaraus.Fhir.Testing;

using Microsoft.AspNetCore.Http;

namespace Ajanvaraus.Fhir.Server.Tests.Rest;

/// <summary>Which format is taken and given: http://hl7.org/fhir/R4/http.html#mime-type .</summary>
public sealed class NegotiationTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Patient = """{"resourceType":"Patient"}""";

    private const string XmlPatient = "<Patient xmlns=\"http://hl7.org/fhir\"/>";

    [Theory]
    [InlineData(null, null, FhirFormat.Json, "nothing asked")]
    [InlineData("", null, FhirFormat.Json, "an empty header")]
    [InlineData("*/*", null, FhirFormat.Json, "anything")]
    [InlineData("application/*", null, FhirFormat.Json, "anything of a kind")]
    [InlineData("application/fhir+json", null, FhirFormat.Json, "JSON of FHIR")]
    [InlineData("application/json", null, FhirFormat.Json, "JSON")]
    [InlineData("text/json", null, FhirFormat.Json, "JSON by its old name")]
    [InlineData("application/fhir+xml", null, FhirFormat.Xml, "XML of FHIR")]
    [InlineData("application/xml", null, FhirFormat.Xml, "XML")]
    [InlineData("text/xml", null, FhirFormat.Xml, "XML by its old name")]
    [InlineData("Application/FHIR+XML; charset=utf-8", null, FhirFormat.Xml, "no difference of case; parameters")]
    [InlineData("application/fhir+xml; fhirVersion=4.0", null, FhirFormat.Xml, "our version")]
    [InlineData("application/fhir+xml; fhirVersion=5.0", null, null, "another version")]
    [InlineData("application/fhir+xml; fhirVersion=5.0, application/fhir+json", null, FhirFormat.Json, "another version of one")]
    [InlineData("application/fhir+xml, application/fhir+json", null, FhirFormat.Json, "JSON wins a tie")]
    [InlineData("application/fhir+xml;q=0.9, application/fhir+json;q=0.8", null, FhirFormat.Xml, "more of XML")]
    [InlineData("application/fhir+xml;q=0.8, application/fhir+json;q=0.9", null, FhirFormat.Json, "more of JSON")]
    [InlineData("application/fhir+xml, */*;q=0.5", null, FhirFormat.Xml, "XML before anything")]
    [InlineData("application/fhir+xml;q=0.1, */*", null, FhirFormat.Json, "the most precise range decides for XML")]
    [InlineData("application/fhir+json;q=0, */*", null, FhirFormat.Xml, "anything but JSON")]
    [InlineData("application/json;q=0", null, null, "not JSON, and nothing else named")]
    [InlineData("text/html", null, null, "a page")]
    [InlineData("text/html, */*;q=0.8", null, FhirFormat.Json, "a page, or anything")]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", null, FhirFormat.Xml, "what browsers like better")]
    [InlineData("gibberish", null, null, "no media type")]
    [InlineData("application/fhir+xml", "json", FhirFormat.Json, "_format wins")]
    [InlineData("application/fhir+json", "xml", FhirFormat.Xml, "_format wins")]
    [InlineData("text/html", "application/fhir+xml", FhirFormat.Xml, "_format saves what Accept refuses")]
    [InlineData(null, "application/fhir xml", FhirFormat.Xml, "a plus that was not escaped")]
    [InlineData(null, "text/xml", FhirFormat.Xml, "_format by another name")]
    [InlineData(null, "application/xml", FhirFormat.Xml, "_format by another name")]
    [InlineData(null, "application/json", FhirFormat.Json, "_format by another name")]
    [InlineData(null, "html", null, "a page by _format")]
    [InlineData("*/*", "turtle", null, "a format that is not spoken")]
    [Rule("http", "mime-type", "Accept with its qualities, and _format above it, choose between JSON and XML.")]
    public void Format_of_the_answer_is_what_is_liked_best(string? accept, string? format, FhirFormat? expected, string because)
    {
        var request = new DefaultHttpContext().Request;
        if (accept is not null)
            request.Headers.Accept = accept;

        ContentNegotiation.Choose(request, format).Should().Be(expected, because);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("*/*")]
    [InlineData("application/fhir+json")]
    [InlineData("application/fhir+xml")]
    public void What_clients_usually_say_is_understood_without_allocation(string? accept)
    {
        var request = new DefaultHttpContext().Request;
        if (accept is not null)
            request.Headers.Accept = accept;
        ContentNegotiation.Choose(request, null);
        var before = GC.GetAllocatedBytesForCurrentThread();

        ContentNegotiation.Choose(request, null);

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);
    }

    [Theory]
    [InlineData(null, "application/fhir+xml", FhirFormat.Xml)]
    [InlineData("*/*", "application/fhir+xml; charset=utf-8", FhirFormat.Xml)]
    [InlineData("application/fhir+json", "application/fhir+xml", FhirFormat.Json)]
    [InlineData(null, "application/x-www-form-urlencoded", FhirFormat.Json)]
    public void Who_takes_anything_is_answered_in_the_format_of_the_body(string? accept, string type, FhirFormat expected)
    {
        var request = new DefaultHttpContext().Request;
        request.ContentType = type;
        if (accept is not null)
            request.Headers.Accept = accept;

        ContentNegotiation.Choose(request, null).Should().Be(expected);
    }

    [Theory]
    [InlineData("application/fhir+json", Patient, HttpStatusCode.Created)]
    [InlineData("application/json; charset=UTF-8", Patient, HttpStatusCode.Created)]
    [InlineData("application/fhir+xml", XmlPatient, HttpStatusCode.Created)]
    [InlineData("application/xml; charset=\"utf-8\"", XmlPatient, HttpStatusCode.Created)]
    [InlineData("text/xml", XmlPatient, HttpStatusCode.Created)]
    [InlineData("application/fhir+xml", Patient, HttpStatusCode.BadRequest)]
    [InlineData("application/fhir+json", XmlPatient, HttpStatusCode.BadRequest)]
    [InlineData("application/fhir+xml; charset=iso-8859-1", XmlPatient, HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/fhir+json; charset=utf-16", Patient, HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/xhtml+xml", XmlPatient, HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/x-www-form-urlencoded", "a=b", HttpStatusCode.UnsupportedMediaType)]
    [Rule("http", "mime-type", "The body is read by its Content-Type; another media type is 415.")]
    public async Task Body_is_read_by_its_content_type(string type, string body, HttpStatusCode expected)
    {
        using var response = await server.SendAsync("POST", "Patient", body, "Content-Type: " + type);

        response.StatusCode.Should().Be(expected);
    }

    [Fact]
    public async Task Body_in_utf16_is_read()
    {
        using var body = new ByteArrayContent(
            [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("<Slot xmlns='http://hl7.org/fhir'><a/></Slot>")]);
        body.Headers.TryAddWithoutValidation("Content-Type", "application/fhir+xml; charset=utf-16");

        using var response = await server.Client.PostAsync("Slot", body);

        (await XmlAnswer.OfAsync(response)).IssueId.Should().Be("AJV-1007", "the reader came as far as the element");
    }

    [Fact]
    [Rule("http", "mime-type", "Who accepts neither JSON nor XML gets 406.")]
    public async Task Refusal_for_lack_of_a_format_comes_in_json()
    {
        using var response = await server.SendAsync("GET", "Patient/1", null, "Accept: text/turtle");

        response.StatusCode.Should().Be(HttpStatusCode.NotAcceptable);
        (await TestServer.IssueOf(response)).Code.Should().Be("not-supported");
    }

    [Fact]
    public async Task Answer_says_that_it_depends_on_what_is_accepted()
    {
        using var response = await server.SendAsync("GET", "Patient?_count=0");

        response.Headers.Vary.Should().Equal("Accept", "Accept-Encoding");
    }

    [Theory]
    [InlineData("_format=xml", "<Bundle xmlns=\"http://hl7.org/fhir\"><type")]
    [InlineData("_format=xml&_pretty=true", "<Bundle xmlns=\"http://hl7.org/fhir\">\n  <type")]
    [InlineData("_format=json", "{\"resourceType\":\"Bundle\",\"type")]
    [InlineData("_format=json&_pretty=true", "{\n  \"resourceType\": \"Bundle\",\n  \"type")]
    [Rule("http", "parameters", "_format and _pretty work in the query and in the form of a search.")]
    public async Task Form_of_a_search_says_how_to_answer_as_a_query_does(string form, string start)
    {
        using var content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded");
        using var posted = await server.Client.PostAsync("Location/_search", content);
        using var got = await server.SendAsync("GET", "Location?" + form);

        (await posted.Content.ReadAsStringAsync()).Should().StartWith(start);
        (await got.Content.ReadAsStringAsync()).Should().StartWith(start);
    }

    [Fact]
    public async Task Form_with_a_format_that_is_not_spoken_is_refused()
    {
        using var content = new StringContent("_format=html", Encoding.UTF8, "application/x-www-form-urlencoded");

        using var response = await server.Client.PostAsync("Location/_search", content);

        response.StatusCode.Should().Be(HttpStatusCode.NotAcceptable);
    }
}
