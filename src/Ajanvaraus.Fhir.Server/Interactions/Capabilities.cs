using System.Security.Cryptography;

using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Server.Capability;
using Ajanvaraus.Fhir.Server.Conformance;
using Ajanvaraus.Fhir.Server.Operations;

namespace Ajanvaraus.Fhir.Server.Interactions;

/// <summary>capabilities: <c>GET [base]/metadata</c>, each mode made once for the parameters in force.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/http.html#capabilities.</remarks>
public sealed class Capabilities(
    FhirDefinitions definitions, CurrentSearchParameters parameters, OperationTable operations, TimeProvider clock,
    bool needsToken)
    : IInteraction
{
    private const int TagBytes = 8;

    private readonly DateTimeOffset _started = clock.GetUtcNow();

    private Made? _made;

    private readonly Lazy<(byte[] Body, string EntityTag)> _terminology = new(
        () => Tagged(TerminologyCapabilities.ToBytes(clock.GetUtcNow())));

    public Task<FhirResponse> InvokeAsync(FhirRequest request, CancellationToken cancel)
    {
        var (body, tag) = request.Parameter("mode") == "terminology" ? _terminology.Value : Statement();
        var response = request.Conditions.IfNoneMatch?.Contains(tag, StringComparison.Ordinal) == true
            ? FhirResponse.Empty(StatusCodes.Status304NotModified)
            : FhirResponse.OfBytes(StatusCodes.Status200OK, body);
        return Task.FromResult(response with { EntityTag = tag });
    }

    private (byte[] Body, string EntityTag) Statement()
    {
        var searched = parameters.Searched;
        if (Volatile.Read(ref _made) is { } known && ReferenceEquals(known.For, searched))
            return known.Answer;
        var statement = new CapabilityStatement(definitions, searched, operations, needsToken);
        var made = new Made(searched, Tagged(statement.ToBytes(_started)));
        Volatile.Write(ref _made, made);
        return made.Answer;
    }

    private static (byte[] Body, string EntityTag) Tagged(byte[] body)
    {
        var tag = Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, TagBytes));
        return (body, $"W/\"{tag}\"");
    }

    private sealed record Made(SearchParameterRegistry For, (byte[] Body, string EntityTag) Answer);
}
