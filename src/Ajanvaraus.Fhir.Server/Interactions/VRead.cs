using System.Globalization;

using Ajanvaraus.Fhir.Persistence;

namespace Ajanvaraus.Fhir.Server.Interactions;

/// <summary>vread: one version of one resource, also of a deleted one.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/http.html#vread: the version that a deletion made is 410.</remarks>
public sealed class VRead(ResourceStore store) : IInteraction
{
    public async Task<FhirResponse> InvokeAsync(FhirRequest request, CancellationToken cancel)
    {
        var (type, id) = (request.Target.Type!, request.Target.Id!);
        var stored = int.TryParse(
            request.Target.VersionId, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? await store.ReadVersionAsync(type, id, version, cancel)
            : null;
        if (stored is null)
            return FhirResponse.Of(RestIssues.NoSuchVersion(type), request.Caller.Language);
        return stored.IsDeleted
            ? FhirResponse.Of(RestIssues.Gone(type), request.Caller.Language)
            : PartialResource.Of(request, stored);
    }
}
