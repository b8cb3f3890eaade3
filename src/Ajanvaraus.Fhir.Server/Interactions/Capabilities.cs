using System.Security.Cryptography;

using Ajanvaraus.Fhir.Server.Capability;

namespace Ajanvaraus.Fhir.Server.Interactions;

/// <summary>capabilities: <c>GET [base]/metadata</c>, each mode made once.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/http.html#capabilities.</remarks>
public sealed class Capabilities(CapabilityStatement statement, TimeProvider clock) : IInteraction
{
    private const int TagBytes = 8;

    private readonly Lazy<(byte[] Body, string EntityTag)> _made = new(
        () => Tagged(statement.ToBytes(clock.GetUtcNow())));

    private readonly Lazy<(byte[] Body, string EntityTag)> _terminology = new(
        () => Tagged(TerminologyCapabilities.ToBytes(clock.GetUtcNow())));

    public Task<FhirResponse> InvokeAsync(FhirRequest request, CancellationToken cancel)
    {
        var (body, tag) = (request.Parameter("mode") == "terminology" ? _terminology : _made).Value;
        var response = request.Conditions.IfNoneMatch?.Contains(tag, StringComparison.Ordinal) == true
            ? FhirResponse.Empty(StatusCodes.Status304NotModified)
            : FhirResponse.OfBytes(StatusCodes.Status200OK, body);
        return Task.FromResult(response with { EntityTag = tag });
    }

    private static (byte[] Body, string EntityTag) Tagged(byte[] body)
    {
        var tag = Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, TagBytes));
        return (body, $"W/\"{tag}\"");
    }
}
