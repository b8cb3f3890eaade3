using System.Globalization;

using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Terminology;
using Ajanvaraus.Fhir.Server.Operations.Terminology;

namespace Ajanvaraus.Fhir.Server.Capability;

/// <summary>Tells what this server does as a terminology service: <c>GET [base]/metadata?mode=terminology</c>.</summary>
/// <remarks>The code systems are those that it brings along; those that are stored are found by search.
/// Source: http://hl7.org/fhir/R4/terminologycapabilities.html .</remarks>
public static class TerminologyCapabilities
{
    /// <summary>Written as JSON.</summary>
    /// <param name="date">When it was made: the start of the server.</param>
    public static byte[] ToBytes(DateTimeOffset date)
    {
        var version = typeof(TerminologyCapabilities).Assembly.GetName().Version!.ToString(3);
        var node = new ElementNode(null, R4.Definitions.Resource("TerminologyCapabilities")!, null, [])
            .Set("url", Canonicals.Base + "/TerminologyCapabilities/server").Set("version", version)
            .Set("name", "AjanvarausFhirTerminology").Set("title", "Ajanvaraus.Fhir").Set("status", "active")
            .Set("date", date.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture))
            .Set("kind", "instance");
        node = node.Append(node.New("software").Set("name", "Ajanvaraus.Fhir").Set("version", version));
        node = node.Append(node.New("implementation").Set("description", "Terminology of a scheduling server"));
        var system = node.New("codeSystem");
        node = node.Replace(
            "codeSystem", [.. TerminologyService.BuiltInCodeSystems.Select(url => system.Set("uri", url))]);
        node = node.Append(Expansion(node.New("expansion"))).Set("codeSearch", "all");
        node = node.Append(node.New("validateCode").Set("translations", "true"));
        node = node.Append(node.New("translation").Set("needsMap", "true"));
        return FhirJson.ToBytes(node.Append(node.New("closure").Set("translation", "false")));
    }

    private static ElementNode Expansion(ElementNode expansion)
    {
        var parameter = expansion.New("parameter");
        return expansion.Set("hierarchical", "true").Set("paging", "true").Set("incomplete", "false")
            .Replace("parameter", [.. ExpandValueSet.Served.Select(name => parameter.Set("name", name))])
            .Set("textFilter", "All words stand in one display or designation, or the code begins with the one word.");
    }
}
