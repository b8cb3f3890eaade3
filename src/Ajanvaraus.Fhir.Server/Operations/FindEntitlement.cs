using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Scheduling.Time;
using Ajanvaraus.Fhir.Server.Booking;
using Ajanvaraus.Fhir.Server.Mapping;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary>The span in which an entitlement lets its client book.</summary>
internal sealed class FindEntitlement(ReadSession session, FindInput input)
{
    /// <summary>The window of the search, narrowed by the entitlement; empty when that is not active.</summary>
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
        return entitlement.Text("status") == "active"
            ? input.Window.Intersect(EntitlementCheck.PeriodOf(entitlement["occurrence"]))
            : input.Window with { End = input.Window.Start };
    }
}
