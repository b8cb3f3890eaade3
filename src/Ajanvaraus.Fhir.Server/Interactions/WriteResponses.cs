using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Server.Middleware;
using Ajanvaraus.Fhir.Server.Writing;

namespace Ajanvaraus.Fhir.Server.Interactions;

/// <summary>Answers to writes, by what was preferred: http://hl7.org/fhir/R4/http.html#ops.</summary>
public static class WriteResponses
{
    public static FhirResponse Of(
        FhirRequest request, WriteResult result, ImmutableArray<Issue> warnings, ReturnPreference byDefault)
    {
        var preference = request.Prefer.Return == ReturnPreference.Default ? byDefault : request.Prefer.Return;
        return preference switch
        {
            ReturnPreference.OperationOutcome => Outcome(result, warnings.AddRange(result.Notes), request),
            ReturnPreference.Minimal => Minimal(result),
            _ => Representation(result),
        };
    }

    private static FhirResponse Outcome(WriteResult result, ImmutableArray<Issue> warnings, FhirRequest request)
    {
        var buffer = new PooledBuffer();
        OutcomeBody.Write(buffer, warnings, request.Caller.Language);
        return Located(FhirResponse.OfBuffer(Status(result.Effect, hasBody: true), buffer), result) with
        {
            IsOutcome = true,
        };
    }

    private static FhirResponse Minimal(WriteResult result) =>
        Located(FhirResponse.Empty(Status(result.Effect, hasBody: false)), result);

    private static FhirResponse Representation(WriteResult result)
    {
        if (result.Effect == WriteEffect.Deleted)
            return Minimal(result);
        var response = FhirResponse.OfBytes(Status(result.Effect, hasBody: true), result.Stored!.Body);
        return Located(response, result) with { ContentLocation = VersionUrl(result) };
    }

    // An existing resource that If-None-Exist found is told by its location too: the caller asked for "this one".
    private static FhirResponse Located(FhirResponse response, WriteResult result) => response with
    {
        Version = result.Stored?.Version,
        LastUpdated = result.Effect == WriteEffect.Deleted ? null : result.Stored?.LastUpdated,
        Location = result.Effect is WriteEffect.Created or WriteEffect.Unchanged ? VersionUrl(result) : null,
    };

    private static int Status(WriteEffect effect, bool hasBody) => effect switch
    {
        WriteEffect.Created => StatusCodes.Status201Created,
        WriteEffect.Deleted when !hasBody => StatusCodes.Status204NoContent,
        _ => StatusCodes.Status200OK,
    };

    private static string VersionUrl(WriteResult result) =>
        $"{result.Stored!.Type}/{result.Stored.Id}/_history/{result.Stored.Version}";
}
