using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Scheduling.Templates;
using Ajanvaraus.Fhir.Server.Audit;
using Ajanvaraus.Fhir.Server.Booking;
using Ajanvaraus.Fhir.Server.Conformance;
using Ajanvaraus.Fhir.Server.Middleware;
using Ajanvaraus.Fhir.Server.Security;
using Ajanvaraus.Fhir.Server.Security.Policy;

namespace Ajanvaraus.Fhir.Server.Interactions;

/// <summary>read: the current version of one resource.</summary>
/// <remarks>
/// <para>The stored bytes are the body: nothing is parsed unless <c>_summary</c> or <c>_elements</c> asks for a part.</para>
/// <para>Source: http://hl7.org/fhir/R4/http.html#read and #cread.</para>
/// </remarks>
internal sealed class Read(ResourceStore store, AuditEvents log, HoldExpiry holds, SlotClaims claims) : IInteraction
{
    public async Task<FhirResponse> InvokeAsync(FhirRequest request, CancellationToken cancel)
    {
        var (type, id) = (request.Target.Type!, request.Target.Id!);
        if (SchedulingTypes.Contains(type))
            await holds.SettleAsync(cancel);
        var visible = request.Caller.Identity.Reach(ScopeInteractions.Read);
        var stored = type == AuditEvents.Type
            ? await log.ReadAsync(id, visible, cancel)
            : await store.ReadAsync(type, id, visible, cancel);
        // Computed ones have no row that a condition could be asked of.
        if (type == "Slot" && visible?.ReachesAll(type) is null or true && stored is not { IsDeleted: false } && ComputedSlotId.Parse(id) is { } computed)
            stored = await store.QueryAsync(s => ComputedSlotReading.ReadAsync(s, computed, claims), cancel) ?? stored;
        if (stored is null)
            return FhirResponse.Of(RestIssues.NotFound(type), request.Caller.Language);
        if (stored.IsDeleted)
            return FhirResponse.Of(RestIssues.Gone(type), request.Caller.Language) with { Version = stored.Version };
        stored = await Masking.ApplyAsync(store, request.Caller.Identity, stored, cancel);
        return IsUnchanged(request.Conditions, stored)
            ? NotModified(stored)
            : PartialResource.Of(request, stored);
    }

    // If-None-Match decides alone where it is given: RFC 9110, 13.2.2.
    private static bool IsUnchanged(RequestConditions conditions, StoredResource stored)
    {
        if (conditions.IfNoneMatch is { } tags)
            return EntityTags.Contains(tags, stored.Version);
        return conditions.IfModifiedSince is { } date && EntityTags.IsUnchangedSince(date, stored.LastUpdated);
    }

    private static FhirResponse NotModified(StoredResource stored) =>
        FhirResponse.Empty(StatusCodes.Status304NotModified) with
        {
            Version = stored.Version,
            LastUpdated = stored.LastUpdated,
            MadeOf = [stored.Body],
        };
}
