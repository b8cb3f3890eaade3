using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Terminology;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Conformance;
using Ajanvaraus.Fhir.Server.Interactions;

namespace Ajanvaraus.Fhir.Server.Operations.Terminology;

/// <summary><c>CodeSystem/$subsumes</c>: http://hl7.org/fhir/R4/codesystem-operation-subsumes.html .</summary>
internal sealed class SubsumesCodes(CurrentTerminology terminology, ResourceStore store) : IOperation
{
    private static readonly string[] Served = ["codeA", "codeB", "system", "version", "codingA", "codingB"];

    public OperationRegistration Registration { get; } = new(
        "subsumes", OperationLevels.Type | OperationLevels.Instance, ["CodeSystem"],
        "http://hl7.org/fhir/OperationDefinition/CodeSystem-subsumes")
    {
        AffectsState = false,
    };

    public async Task<FhirResponse> InvokeAsync(OperationContext context, CancellationToken cancel)
    {
        var input = new TerminologyInput(context, store);
        if (input.Check(Served) is { } refusal)
            return context.Problem(refusal);
        var moment = await terminology.AtAsync(cancel);
        var (service, system) = (moment.Service, (string?)null);
        if (context.Id is not null)
        {
            var subject = await input.SubjectAsync("codeSystem", "version", moment, cancel);
            if (subject.Problem is { } missing)
                return context.Problem(missing);
            var resource = subject.Value!.Resource;
            system = resource is null ? subject.Value.Canonical!.Split('|')[0] : resource.Text("url");
            service = resource is null ? service : terminology.With(resource, moment.Source);
        }
        var (a, b) = (input.Code("codeA", "codingA", "version", system), input.Code("codeB", "codingB", "version", system));
        if ((a.Problem ?? b.Problem) is { } problem)
            return context.Problem(problem);
        if (system is not null && a.Value!.System != system)
            return context.Problem(TerminologyMessages.DifferentSystems.As(ProblemKind.Unprocessable));
        var compared = service.Subsumes(a.Value!, b.Value!);
        return compared.Failed
            ? context.Problem(compared.Problem)
            : context.Resource(StatusCodes.Status200OK,
                new ParametersAnswer().Add("outcome", "valueCode", Code(compared.Value)).Resource);
    }

    private static string Code(Subsumption subsumption) => subsumption switch
    {
        Subsumption.Equivalent => "equivalent",
        Subsumption.Subsumes => "subsumes",
        Subsumption.SubsumedBy => "subsumed-by",
        _ => "not-subsumed",
    };
}
