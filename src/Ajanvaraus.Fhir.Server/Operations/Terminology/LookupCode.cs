using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Terminology;
using Ajanvaraus.Fhir.Core.Terminology.Systems;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Conformance;
using Ajanvaraus.Fhir.Server.Interactions;

namespace Ajanvaraus.Fhir.Server.Operations.Terminology;

/// <summary><c>CodeSystem/$lookup</c>: http://hl7.org/fhir/R4/codesystem-operation-lookup.html .</summary>
internal sealed class LookupCode(CurrentTerminology terminology, ResourceStore store) : IOperation
{
    private static readonly string[] Served =
        ["code", "system", "version", "coding", "date", "displayLanguage", "property"];

    public OperationRegistration Registration { get; } = new(
        "lookup", OperationLevels.Type, ["CodeSystem"], "http://hl7.org/fhir/OperationDefinition/CodeSystem-lookup")
    {
        AffectsState = false,
    };

    public async Task<FhirResponse> InvokeAsync(OperationContext context, CancellationToken cancel)
    {
        var input = new TerminologyInput(context, store);
        if (input.Check(Served) is { } refusal)
            return context.Problem(refusal);
        var date = input.Date();
        var code = input.Code("code", "coding", "version");
        if ((date.Problem ?? code.Problem) is { } problem)
            return context.Problem(problem);
        var moment = await terminology.AtAsync(cancel);
        var details = moment.Service.Lookup(code.Value!, input.DisplayLanguage, date.Value);
        var wanted = context.Parameters.All("property").Select(p => p.Text).OfType<string>().ToHashSet();
        return details.Failed
            ? context.Problem(details.Problem)
            : context.Resource(StatusCodes.Status200OK, Answer(details.Value, wanted));
    }

    /// <param name="wanted">Properties that are asked for; empty: all.</param>
    private static ElementNode Answer(ConceptDetails details, HashSet<string> wanted)
    {
        var answer = new ParametersAnswer()
            .Add("name", "valueString", details.System.Name ?? details.System.Title ?? details.System.Url)
            .Add("version", "valueString", details.System.Version.Length > 0 ? details.System.Version : null)
            .Add("display", "valueString", details.Display);
        foreach (var designation in details.Designations)
            if (wanted.Count == 0 || wanted.Contains("designation") || wanted.Contains("lang." + designation.Language))
                answer.Add("designation", Designation(designation));
        foreach (var property in details.Properties)
            if (wanted.Count == 0 || wanted.Contains(property.Code))
                answer.Add("property", Property(property));
        if (!details.IsActive && details.Properties.All(p => p.Code != ConceptProperties.Inactive)
            && (wanted.Count == 0 || wanted.Contains(ConceptProperties.Inactive)))
            answer.Add("property", Property(new ConceptProperty(ConceptProperties.Inactive, "boolean", "true")));
        return answer.Resource;
    }

    private static IEnumerable<ElementNode> Designation(Designation designation)
    {
        if (designation.Language.Length > 0)
            yield return ParametersAnswer.Part("language", "valueCode", designation.Language);
        if (designation.Use is { } use)
            yield return ParametersAnswer.Part("use", ParametersAnswer.Coding(use.System, use.Code, use.Display));
        yield return ParametersAnswer.Part("value", "valueString", designation.Value);
    }

    private static IEnumerable<ElementNode> Property(ConceptProperty property)
    {
        yield return ParametersAnswer.Part("code", "valueCode", property.Code);
        yield return property.Type switch
        {
            "Coding" => ParametersAnswer.Part(
                "value", ParametersAnswer.Coding(property.System, property.Value, property.Display)),
            "boolean" => ParametersAnswer.Part("value", "valueBoolean", property.Value),
            "integer" => ParametersAnswer.Part("value", "valueInteger", property.Value),
            "decimal" => ParametersAnswer.Part("value", "valueDecimal", property.Value),
            "dateTime" => ParametersAnswer.Part("value", "valueDateTime", property.Value),
            "code" => ParametersAnswer.Part("value", "valueCode", property.Value),
            _ => ParametersAnswer.Part("value", "valueString", property.Value),
        };
        if (property is { Type: not "Coding", Display: { } display })
            yield return ParametersAnswer.Part("description", "valueString", display);
    }
}
