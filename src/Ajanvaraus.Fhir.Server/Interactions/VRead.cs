using System.Globalization;

using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Security;
using Ajanvaraus.Fhir.Server.Security.Policy;

namespace Ajanvaraus.Fhir.Server.Interactions;

/// <summary>vread: one version of one resource, also of a deleted one.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/http.html#vread: the version that a deletion made is 410.</remarks>
public sealed class VRead(ResourceStore store) : IInteraction
{
    public async Task<FhirResponse> InvokeAsync(FhirRequest request, CancellationToken cancel)
    {
        var type = request.Target.Type!;
        var visible = request.Caller.Identity.Reach(ScopeInteractions.Read);
        // Of a type that is not seen as a whole, versions are told of what is seen as it is now.
        if (visible?.Of(type) is not null && await store.ReadAsync(type, request.Target.Id!, visible, cancel) is null)
            return FhirResponse.Of(RestIssues.NoSuchVersion(type), request.Caller.Language);
        var stored = await FindAsync(store, type, request.Target.Id!, request.Target.VersionId!, cancel);
        if (stored is null)
            return FhirResponse.Of(RestIssues.NoSuchVersion(type), request.Caller.Language);
        return stored.IsDeleted
            ? FhirResponse.Of(RestIssues.Gone(type), request.Caller.Language)
            : PartialResource.Of(request, await Masking.ApplyAsync(store, request.Caller.Identity, stored, cancel));
    }

    /// <summary>The version of that number; null when there is none, or when the text is no number.</summary>
    public static async ValueTask<StoredResource?> FindAsync(
        ResourceStore store, string type, string id, string versionId, CancellationToken cancel) =>
        TryRead(versionId, out var version) ? await store.ReadVersionAsync(type, id, version, cancel) : null;

    public static bool TryRead(string versionId, out int version) =>
        int.TryParse(versionId, NumberStyles.None, CultureInfo.InvariantCulture, out version);
}
