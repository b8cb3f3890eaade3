using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Audit;
using Ajanvaraus.Fhir.Server.Interactions;
using Ajanvaraus.Fhir.Server.Jobs;
using Ajanvaraus.Fhir.Server.Middleware;
using Ajanvaraus.Fhir.Server.Security;
using Ajanvaraus.Fhir.Server.Security.Policy;

namespace Ajanvaraus.Fhir.Server.Operations.Bulk;

/// <summary>What exports are begun and done with.</summary>
/// <param name="Zone">Of times without offset.</param>
/// <param name="NeedsToken">The files are given with a token only.</param>
/// <param name="Access">By what identities are read that were kept with an export.</param>
/// <param name="Audit">Writes down whose data is exported.</param>
internal sealed record ExportServices(
    ResourceStore Store, JobBoard Board, PatientCompartment Compartment, SearchCriteria Criteria,
    ImmutableArray<string> AllTypes, ZoneRules Zone, bool NeedsToken, Func<AccessRules> Access, AccessAudit Audit)
{
    /// <summary>Reads a filter: <c>Appointment?status=booked</c>.</summary>
    /// <remarks>Errors: what is no search of one type; parameters that there are not.</remarks>
    public async ValueTask<Outcome<SearchQuery>> ParseAsync(string filter, CancellationToken cancel)
    {
        var question = filter.IndexOf('?', StringComparison.Ordinal);
        if (question < 1 || !Compartment.IsType(filter[..question]))
            return JobMessages.TypeFilterMalformed.As(ProblemKind.Invalid, "_typeFilter");
        var request = new FhirRequest
        {
            Method = HttpMethods.Get,
            Target = new FhirTarget(TargetKind.Type, filter[..question]),
            Parameters = RequestQuery.Parse(filter[question..]).Parameters,
            Prefer = new Preferences(IsStrict: true),
            BaseUrl = "",
            Caller = Caller.Server,
        };
        var query = await Criteria.ParseSearchAsync([filter[..question]], request, cancel);
        return query is { Failed: false, Value.AsksContained: true } ? SearchCriteria.ContainedRefused() : query;
    }
}
