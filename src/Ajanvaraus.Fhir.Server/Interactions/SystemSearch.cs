using Ajanvaraus.Fhir.Core.Definitions;

namespace Ajanvaraus.Fhir.Server.Interactions;

/// <summary>search over the types of <c>_type</c>, or over all.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/http.html#search, third form; http://hl7.org/fhir/R4/search.html#3.1.1.3.</remarks>
public sealed class SystemSearch(Search search, FhirDefinitions definitions) : IInteraction
{
    public Task<FhirResponse> InvokeAsync(FhirRequest request, CancellationToken cancel)
    {
        if (request.Parameter("_type") is not { } list)
            return search.RunAsync(definitions.ResourceTypes, request, cancel);
        ImmutableArray<string> types =
            [.. list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()];
        return types.IsEmpty || !types.All(t => definitions.Resource(t) is not null)
            ? Task.FromResult(FhirResponse.Of(
                RestIssues.InvalidParameter("_type", "it lists resource types of FHIR R4"), request.Caller.Language))
            : search.RunAsync(types, request, cancel);
    }
}
