using System.Text;

using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Tests.Json;

/// <summary>Resources for tests, written as JSON.</summary>
internal static class Parsed
{
    /// <summary>A resource that the reader has nothing to say about.</summary>
    public static ElementNode Resource(string json)
    {
        var result = Result(json);
        result.Issues.Should().BeEmpty();
        return result.Resource!;
    }

    public static ParseResult Result(string json) => FhirJson.Parse(Encoding.UTF8.GetBytes(json));

    public static string Json(ElementNode resource) => Encoding.UTF8.GetString(FhirJson.ToBytes(resource));
}
