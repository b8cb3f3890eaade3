using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Writing;

namespace Ajanvaraus.Fhir.Server.Interactions;

/// <summary>Answers to writes, by what was preferred: http://hl7.org/fhir/R4/http.html#ops.</summary>
public static class WriteResponses
{
    public static FhirResponse Of(
        FhirRequest request, WriteResult result, ImmutableArray<Issue> warnings, ReturnPreference byDefault)
    {
        var preference = request.Prefer.Return == ReturnPreference.Default ? byDefault : request.Prefer.Return;
        var isOutcome = preference == ReturnPreference.OperationOutcome;
        var body = preference switch
        {
            ReturnPreference.OperationOutcome => Outcome(warnings.AddRange(result.Warnings), request),
            ReturnPreference.Representation => result.Stored?.Body ?? default,
            _ => default,
        };
        // A deletion that found nothing to delete has done what was asked: http://hl7.org/fhir/R4/http.html#delete.
        return result.Stored is { } stored
            ? Located(FhirResponse.OfWrite(Status(result.Effect, body), stored, body, isOutcome), result.Effect, stored)
            : FhirResponse.OfBytes(Status(result.Effect, body), body) with { IsOutcome = isOutcome };
    }

    // What If-None-Exist found is told by its location too: the caller asked for "this one".
    private static FhirResponse Located(FhirResponse response, WriteEffect effect, StoredResource stored) =>
        effect switch
        {
            WriteEffect.Deleted => response with { LastUpdated = null },
            WriteEffect.Unchanged => response with
            {
                Location = $"{stored.Type}/{stored.Id}/_history/{stored.Version}",
            },
            _ => response,
        };

    private static ReadOnlyMemory<byte> Outcome(ImmutableArray<Issue> warnings, FhirRequest request) =>
        FhirJson.ToBytes(OperationOutcomes.From(warnings, request.Caller.Language));

    private static int Status(WriteEffect effect, ReadOnlyMemory<byte> body) => effect switch
    {
        WriteEffect.Created => StatusCodes.Status201Created,
        WriteEffect.Deleted when body.IsEmpty => StatusCodes.Status204NoContent,
        _ => StatusCodes.Status200OK,
    };
}
