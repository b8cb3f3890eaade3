using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Terminology;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Conformance;
using Ajanvaraus.Fhir.Server.Interactions;

namespace Ajanvaraus.Fhir.Server.Operations.Terminology;

/// <summary><c>ValueSet/$expand</c>: http://hl7.org/fhir/R4/valueset-operation-expand.html .</summary>
internal sealed class ExpandValueSet(CurrentTerminology terminology, ResourceStore store) : IOperation
{
    private const int LongestFilter = 200;

    /// <summary>The parameters that are read.</summary>
    public static readonly string[] Served =
    [
        "url", "valueSet", "valueSetVersion", "filter", "date", "offset", "count", "includeDesignations", "designation",
        "includeDefinition", "activeOnly", "excludeNested", "excludeNotForUI", "excludePostCoordinated",
        "displayLanguage", "exclude-system",
    ];

    private static readonly string[] Refused =
        ["context", "contextDirection", "system-version", "check-system-version", "force-system-version", "profile"];

    public OperationRegistration Registration { get; } = new(
        "expand", OperationLevels.Type | OperationLevels.Instance, ["ValueSet"],
        "http://hl7.org/fhir/OperationDefinition/ValueSet-expand")
    {
        AffectsState = false,
    };

    public async Task<FhirResponse> InvokeAsync(OperationContext context, CancellationToken cancel)
    {
        var input = new TerminologyInput(context, store);
        if (input.Check(Served, Refused) is { } refusal)
            return context.Problem(refusal);
        var request = Request(context, input);
        if (request.Failed)
            return context.Problem(request.Problem);
        var moment = await terminology.AtAsync(cancel);
        var subject = await input.SubjectAsync("valueSet", "valueSetVersion", moment, cancel);
        if (subject.Problem is { } problem)
            return context.Problem(problem);
        if (subject.Value is null)
            return context.Problem(TerminologyMessages.NeedsOneOf.As(ProblemKind.Invalid, null, "url, valueSet"));
        var expanded = subject.Value.Resource is { } resource
            ? moment.Service.Expand(resource, request.Value)
            : moment.Service.Expand(subject.Value.Canonical!, request.Value);
        return expanded.Failed
            ? context.Problem(expanded.Problem)
            : context.Resource(StatusCodes.Status200OK, expanded.Value);
    }

    private static Outcome<ExpansionRequest> Request(OperationContext context, TerminologyInput input)
    {
        var values = new ParameterValues(context.Parameters);
        var date = input.Date();
        if (context.Parameters.First("filter") is { Text.Length: > LongestFilter } filter)
            return ParameterProblems.TooLong(filter.Expression, LongestFilter);
        var request = new ExpansionRequest
        {
            Filter = input.Text("filter"),
            Offset = values.Number("offset", 0, int.MaxValue) ?? 0,
            Count = values.Number("count", 0, int.MaxValue),
            DisplayLanguage = input.DisplayLanguage,
            IncludesDesignations = values.Flag("includeDesignations"),
            Designations = [.. context.Parameters.All("designation").Select(p => p.Text).OfType<string>()],
            IncludesDefinition = values.Flag("includeDefinition"),
            IsActiveOnly = values.Flag("activeOnly"),
            IsNested = !values.Flag("excludeNested") && context.Parameters.First("excludeNested") is not null,
            ExcludesNotForUI = values.Flag("excludeNotForUI"),
            Date = date.Value,
            ExcludedSystems = [.. context.Parameters.All("exclude-system").Select(p => p.Text).OfType<string>()],
        };
        return (values.Problem ?? date.Problem) is { } problem ? problem : request;
    }
}
