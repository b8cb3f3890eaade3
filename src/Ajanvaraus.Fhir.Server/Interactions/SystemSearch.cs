using Ajanvaraus.Fhir.Core.Definitions;

namespace Ajanvaraus.Fhir.Server.Interactions;

/// <summary>search over all types, or over those of <c>_type</c>.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/http.html#search, third form.</remarks>
internal sealed class SystemSearch(Search search, FhirDefinitions definitions) : IInteraction
{
    public Task<FhirResponse> InvokeAsync(FhirRequest request, CancellationToken cancel) =>
        search.RunAsync(definitions.ResourceTypes, request, within: null, cancel);
}
