using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Search.Query;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Scheduling.Time;
using Ajanvaraus.Fhir.Server.Booking;
using Ajanvaraus.Fhir.Server.Mapping;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary>The span in which an entitlement lets its client book: none once its bookings are used.</summary>
/// <remarks>What <c>$book</c> would refuse for it is not offered: docs/scheduling-rules.md, Entitlements.</remarks>
internal sealed class FindEntitlement(ReadSession session, FindInput input, SearchQueryParser searches)
{
    /// <summary>The window of the search, narrowed by the entitlement; empty when that does not carry the booking.</summary>
    /// <remarks>Errors: 422 when there is none of that id.</remarks>
    public async ValueTask<Outcome<TimeRange>> WindowAsync()
    {
        if (input.EntitlementId is not { } id)
            return input.Window;
        if (await session.ReadAsync("ServiceRequest", id) is not { IsDeleted: false } stored)
            return ParameterProblems.ReferenceNotFound("entitlement", $"ServiceRequest/{id}");
        var entitlement = StoredNodes.Parse(stored);
        if (!EntitlementCheck.IsEntitlement(entitlement))
            return input.Window;
        return entitlement.Text("status") == "active" && await IsForClientsAsync(entitlement) && await HasLeftAsync(entitlement)
            ? input.Window.Intersect(EntitlementCheck.PeriodOf(entitlement["occurrence"]))
            : input.Window with { End = input.Window.Start };
    }

    /// <summary>A search that names no client asks what the entitlement's own may book.</summary>
    private async ValueTask<bool> IsForClientsAsync(ElementNode entitlement) => input.Patients.IsEmpty
        || await EntitlementCheck.IsForAsync(entitlement, input.Patients.Select(p => $"Patient/{p}"), session.ReadAsync);

    /// <summary>Enough for all times of a series; the booking that is to be moved is not counted.</summary>
    private async ValueTask<bool> HasLeftAsync(ElementNode entitlement)
    {
        if (EntitlementCheck.MostOf(entitlement) is not { } most)
            return true;
        var query = searches.Parse(
            ["Appointment"],
            [new("based-on", $"ServiceRequest/{entitlement.Id}"), new("status", EntitlementCheck.Using)]);
        if (query.Failed)
            throw new InvalidOperationException(query.Problem.Issues[0].Text);
        var limit = (int)Math.Min(most + 1L, int.MaxValue);
        var found = await session.FindAsync("Appointment", query.Value.Expression, limit);
        return found.Count(a => a.Id != input.IgnoreAppointment) + (input.Series?.Count ?? 1) <= most;
    }
}
