using System.Text;

using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Xml;

namespace Ajanvaraus.Fhir.Server.Tests.Rest;

/// <summary>A client system that speaks XML only.</summary>
internal sealed class XmlClient(HttpClient http)
{
    public const string MediaType = "application/fhir+xml";

    /// <summary>The XML of a resource that the test writes in JSON.</summary>
    public static string Xml(string json) =>
        Encoding.UTF8.GetString(FhirXml.ToBytes(FhirJson.Parse(Encoding.UTF8.GetBytes(json)).Resource!));

    /// <param name="xml">Null: no body.</param>
    public async Task<XmlAnswer> SendAsync(string method, string url, string? xml = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), url);
        request.Headers.TryAddWithoutValidation("Accept", MediaType);
        if (xml is not null)
            request.Content = new StringContent(xml, Encoding.UTF8, MediaType);
        using var response = await http.SendAsync(request);
        return await XmlAnswer.OfAsync(response);
    }
}

/// <summary>An answer in XML, read.</summary>
/// <param name="Resource">Null for an answer without a body.</param>
internal sealed record XmlAnswer(int Status, string Text, ElementNode? Resource, string? ETag, Uri? Location)
{
    /// <summary>The only issue's message id; fails the test when the answer is no OperationOutcome.</summary>
    public string IssueId
    {
        get
        {
            Resource!.Type.Name.Should().Be("OperationOutcome", Text);
            return Resource["issue"]!["details"]!["coding"]!.Text("code")!;
        }
    }

    /// <summary>The resources of a Bundle.</summary>
    public ElementNode[] Entries => [.. Resource!.All("entry").Select(e => e["resource"]!)];

    /// <summary>Fails the test when the body is no XML that the reader has nothing to say about.</summary>
    public static async Task<XmlAnswer> OfAsync(HttpResponseMessage response)
    {
        var bytes = await response.Content.ReadAsByteArrayAsync();
        var text = Encoding.UTF8.GetString(bytes);
        ElementNode? resource = null;
        if (bytes.Length > 0)
        {
            response.Content.Headers.ContentType!.ToString().Should().Be("application/fhir+xml; charset=utf-8", text);
            // A Bundle nests what is as deep as may be a little deeper.
            var parsed = FhirXml.Parse(bytes, limits: new XmlLimits(MaxDepth: 128));
            parsed.Issues.Should().BeEmpty(text);
            resource = parsed.Resource;
        }
        return new XmlAnswer(
            (int)response.StatusCode, text, resource, response.Headers.ETag?.ToString(), response.Headers.Location);
    }
}
