using System.Buffers;

using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Json;

/// <summary>Reads and writes resources in JSON: http://hl7.org/fhir/R4/json.html.</summary>
public static class FhirJson
{
    /// <summary>Reads one resource.</summary>
    /// <remarks>
    /// <para>Errors: every structural finding at once (unknown or repeated property, wrong JSON kind, unknown resource
    /// type, null where none may be), each with its FHIRPath; a syntax error with line and column and no resource.
    /// The resource is null when it cannot be built at all.</para>
    /// </remarks>
    public static ParseResult Parse(
        ReadOnlySpan<byte> utf8, FhirDefinitions? definitions = null, JsonLimits? limits = null) =>
        JsonResourceReader.Read(utf8, definitions ?? R4.Definitions, limits ?? JsonLimits.Default);

    /// <summary>Writes compact UTF-8 JSON; every value as it was read.</summary>
    public static void Write(IBufferWriter<byte> output, ElementNode resource, bool pretty = false) =>
        JsonResourceWriter.Write(output, resource, pretty);

    public static byte[] ToBytes(ElementNode resource)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        Write(buffer, resource);
        return buffer.WrittenSpan.ToArray();
    }
}

/// <summary>What a reader found.</summary>
public sealed record ParseResult(ElementNode? Resource, ImmutableArray<Issue> Issues)
{
    public bool HasErrors => Issues.Any(i => i.Severity is IssueSeverity.Error or IssueSeverity.Fatal);
}

/// <summary>Limits on what one document may ask of the reader.</summary>
/// <param name="MaxDepth">Nested objects and arrays.</param>
/// <param name="MaxIssues">After so many findings the reader stops looking.</param>
public sealed record JsonLimits(int MaxDepth = 64, int MaxIssues = 100)
{
    public static readonly JsonLimits Default = new();
}
