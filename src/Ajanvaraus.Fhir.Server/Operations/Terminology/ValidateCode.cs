using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Terminology;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Conformance;
using Ajanvaraus.Fhir.Server.Interactions;

namespace Ajanvaraus.Fhir.Server.Operations.Terminology;

/// <summary><c>$validate-code</c> of ValueSet and of CodeSystem: what both have in common.</summary>
internal abstract class ValidateCode(CurrentTerminology terminology, ResourceStore store, string type) : IOperation
{
    public OperationRegistration Registration { get; } = new(
        "validate-code", OperationLevels.Type | OperationLevels.Instance, [type],
        $"http://hl7.org/fhir/OperationDefinition/{type}-validate-code")
    {
        AffectsState = false,
    };

    protected CurrentTerminology Terminology { get; } = terminology;

    public async Task<FhirResponse> InvokeAsync(OperationContext context, CancellationToken cancel)
    {
        var input = new TerminologyInput(context, store);
        if (Check(input) is { } refusal)
            return context.Problem(refusal);
        var values = new ParameterValues(context.Parameters);
        var isAbstractFine = context.Parameters.First("abstract") is null || values.Flag("abstract");
        var date = input.Date();
        if ((values.Problem ?? date.Problem) is { } faulty)
            return context.Problem(faulty);
        var request = new ValidationRequest(isAbstractFine, date.Value, input.DisplayLanguage);
        var validated = await ValidateAsync(input, request, cancel);
        return validated.Failed
            ? context.Problem(validated.Problem)
            : context.Resource(StatusCodes.Status200OK, Answer(validated.Value, context.Caller.Language));
    }

    protected abstract Problem? Check(TerminologyInput input);

    protected abstract ValueTask<Outcome<CodeValidation>> ValidateAsync(
        TerminologyInput input, ValidationRequest request, CancellationToken cancel);

    private static ElementNode Answer(CodeValidation validation, string language)
    {
        var message = string.Join(' ', validation.Issues.Select(i => MessageCatalogue.Text(i, language)));
        return new ParametersAnswer()
            .Add("result", "valueBoolean", validation.IsValid ? "true" : "false")
            .Add("message", "valueString", message.Length > 0 ? message : null)
            .Add("display", "valueString", validation.Display)
            .Resource;
    }
}

/// <summary><c>ValueSet/$validate-code</c>: http://hl7.org/fhir/R4/valueset-operation-validate-code.html .</summary>
internal sealed class ValidateInValueSet(CurrentTerminology terminology, ResourceStore store)
    : ValidateCode(terminology, store, "ValueSet")
{
    private static readonly string[] Served =
    [
        "url", "valueSet", "valueSetVersion", "code", "system", "systemVersion", "display", "coding", "codeableConcept",
        "date", "abstract", "displayLanguage",
    ];

    protected override Problem? Check(TerminologyInput input) => input.Check(Served, "context");

    protected override async ValueTask<Outcome<CodeValidation>> ValidateAsync(
        TerminologyInput input, ValidationRequest request, CancellationToken cancel)
    {
        var moment = await Terminology.AtAsync(cancel);
        var subject = await input.SubjectAsync("valueSet", "valueSetVersion", moment, cancel);
        if (subject.Problem is { } problem)
            return problem;
        if (subject.Value is null)
            return TerminologyMessages.NeedsOneOf.As(ProblemKind.Invalid, null, "url, valueSet");
        var codings = input.Codings("systemVersion");
        if (codings.Failed)
            return codings.Problem;
        return subject.Value.Resource is { } resource
            ? moment.Service.ValidateInSet(resource, codings.Value, request)
            : moment.Service.ValidateInSet(subject.Value.Canonical!, codings.Value, request);
    }
}

/// <summary><c>CodeSystem/$validate-code</c>: http://hl7.org/fhir/R4/codesystem-operation-validate-code.html .</summary>
internal sealed class ValidateInCodeSystem(CurrentTerminology terminology, ResourceStore store)
    : ValidateCode(terminology, store, "CodeSystem")
{
    private static readonly string[] Served =
    [
        "url", "codeSystem", "code", "version", "display", "coding", "codeableConcept", "date", "abstract",
        "displayLanguage",
    ];

    protected override Problem? Check(TerminologyInput input) => input.Check(Served);

    protected override async ValueTask<Outcome<CodeValidation>> ValidateAsync(
        TerminologyInput input, ValidationRequest request, CancellationToken cancel)
    {
        var moment = await Terminology.AtAsync(cancel);
        var subject = await input.SubjectAsync("codeSystem", "version", moment, cancel);
        if (subject.Problem is { } problem)
            return problem;
        var resource = subject.Value?.Resource;
        var system = resource is not null ? resource.Text("url") : subject.Value?.Canonical?.Split('|')[0];
        var codings = input.Codings("version", system);
        if (codings.Failed)
            return codings.Problem;
        foreach (var coding in codings.Value)
            if (system is not null && coding.System != system)
                return new CodeValidation(
                    false, [TerminologyMessages.UnknownCode.At(null, coding.Code, system)], coding, null);
        var service = resource is null ? moment.Service : Terminology.With(resource, moment.Source);
        return service.ValidateInSystem(codings.Value, request);
    }
}
