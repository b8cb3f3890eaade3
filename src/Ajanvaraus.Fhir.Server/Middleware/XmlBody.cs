using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Xml;

namespace Ajanvaraus.Fhir.Server.Middleware;

/// <summary>Makes XML of a body at the edge: everything inside, and everything stored, is JSON.</summary>
public static class XmlBody
{
    /// <summary>A Bundle nests stored resources deeper than they may be alone.</summary>
    private static readonly JsonLimits Unlimited = new(MaxDepth: 256);

    /// <param name="json">One resource of our own making; anything else is a bug and throws.</param>
    /// <param name="isPretty">One line per element.</param>
    public static PooledBuffer Of(ReadOnlySpan<byte> json, bool isPretty)
    {
        var resource = FhirJson.Parse(json, limits: Unlimited).Resource
            ?? throw new InvalidOperationException("An answer cannot be read");
        var buffer = new PooledBuffer(json.Length + json.Length / 2);
        FhirXml.Write(buffer, resource, isPretty);
        return buffer;
    }
}
