using System.Globalization;

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Interactions;
using Ajanvaraus.Fhir.Server.Security;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary><c>Patient/$everything</c>: all that is known of one patient, or of all.</summary>
/// <remarks>
/// <para>Shape: a searchset of the patient and what lies in the compartment, with what these refer to; a thousand to a page
/// unless <c>_count</c> says less. <c>start</c> and <c>end</c> are dates of care: what has none is told always.</para>
/// <para>Source: http://hl7.org/fhir/R4/patient-operation-everything.html .</para>
/// </remarks>
internal sealed class PatientEverything(ResourceStore store, PatientCompartment compartment, Search search, ZoneRules zone)
    : IOperation
{
    private const int MostOnPage = 1000;

    private static readonly string[] Names = ["start", "end", "_since", "_type", "_count"];

    public OperationRegistration Registration { get; } = new(
        "everything", OperationLevels.Type | OperationLevels.Instance, ["Patient"],
        "http://hl7.org/fhir/OperationDefinition/Patient-everything")
    {
        AffectsState = false,
    };

    public async Task<FhirResponse> InvokeAsync(OperationContext context, CancellationToken cancel)
    {
        var query = Read(context);
        if (query.Failed)
            return context.Problem(query.Problem);
        if (context.Id is { } id && await store.ReadAsync("Patient", id, context.Caller.Identity.Reach(ScopeInteractions.Read), cancel) is not { IsDeleted: false } and var stored)
            return context.Problem(stored is null ? RestIssues.NotFound("Patient") : RestIssues.Gone("Patient"));
        return await search.RunAsync(context.Request, query.Value, cancel);
    }

    private Outcome<SearchQuery> Read(OperationContext context)
    {
        var given = context.Parameters.Items;
        if (context.Request.Prefer.IsStrict && given.FirstOrDefault(p => !Names.Contains(p.Name)) is { } unknown)
            return RestIssues.UnknownParameter(unknown.Name);
        var types = Types(context);
        if (types.IsDefault)
            return RestIssues.InvalidParameter("_type", "Appointment,Encounter");
        if (Count(context) is not { } count)
            return RestIssues.InvalidParameter("_count", "20");
        foreach (var name in (string[])["start", "end", "_since"])
            if (context.Parameters.First(name) is { } time && Time(time) is null)
                return RestIssues.InvalidParameter(name, "2026-11-21");
        var members = compartment.Members(types, context.Id is { } id ? [id] : [], Time(context, "start"), Time(context, "end"));
        return new SearchQuery
        {
            ResourceTypes = types.IsEmpty ? compartment.Types : types,
            Expression = Time(context, "_since") is { } since
                ? new AndExpression([members, new LastUpdatedExpression(SearchPrefix.Ge, since.Start, since.End)])
                : members,
            Count = count,
            Visibility = context.Caller.Identity.Reach(ScopeInteractions.Search),
            Includes = types.IsEmpty
                ? [new IncludeDirective(IncludeDirective.AnyType, null, null, Iterate: false)]
                : [.. types.Select(t => new IncludeDirective(IncludeDirective.AnyType, null, t, Iterate: false))],
            Applied = [.. given.Where(p => Names.Contains(p.Name) && p.Text is not null)
                .Select(p => KeyValuePair.Create(p.Name, p.Text!))],
        };
    }

    /// <summary>Empty: all; default: a type that there is not.</summary>
    private ImmutableArray<string> Types(OperationContext context)
    {
        var types = context.Parameters.All("_type")
            .SelectMany(p => (p.Text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Distinct().ToImmutableArray();
        return types.All(compartment.IsType) ? types : default;
    }

    private static int? Count(OperationContext context) => context.Parameters.First("_count") is not { } given
        ? MostOnPage
        : int.TryParse(given.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? Math.Min(count, MostOnPage)
            : null;

    private FhirInstant? Time(OperationContext context, string name) =>
        context.Parameters.First(name) is { } given ? Time(given) : null;

    private FhirInstant? Time(OperationParameter given) =>
        // A plus sign that a client did not encode arrives as a blank.
        FhirInstant.TryParse((given.Text ?? "").Replace(' ', '+'), zone, out var time) ? time : null;
}
