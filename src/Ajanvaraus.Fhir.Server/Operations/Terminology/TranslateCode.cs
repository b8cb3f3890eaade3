using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Terminology;
using Ajanvaraus.Fhir.Core.Terminology.Maps;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Conformance;
using Ajanvaraus.Fhir.Server.Interactions;

namespace Ajanvaraus.Fhir.Server.Operations.Terminology;

/// <summary><c>ConceptMap/$translate</c>: http://hl7.org/fhir/R4/conceptmap-operation-translate.html .</summary>
internal sealed class TranslateCode(CurrentTerminology terminology, ResourceStore store) : IOperation
{
    private static readonly string[] Served =
    [
        "url", "conceptMap", "conceptMapVersion", "code", "system", "version", "coding", "codeableConcept", "source",
        "target", "targetsystem", "targetSystem", "dependency", "reverse",
    ];

    public OperationRegistration Registration { get; } = new(
        "translate", OperationLevels.Type | OperationLevels.Instance, ["ConceptMap"],
        "http://hl7.org/fhir/OperationDefinition/ConceptMap-translate")
    {
        AffectsState = false,
    };

    public async Task<FhirResponse> InvokeAsync(OperationContext context, CancellationToken cancel)
    {
        var input = new TerminologyInput(context, store);
        if (input.Check(Served) is { } refusal)
            return context.Problem(refusal);
        var moment = await terminology.AtAsync(cancel);
        var subject = await input.SubjectAsync("conceptMap", "conceptMapVersion", moment, cancel);
        if (subject.Problem is { } problem)
            return context.Problem(problem);
        if (subject.Value is null && input.Text("source") is null && input.Text("target") is null
            && TargetSystem(input) is null)
            return context.Problem(TerminologyMessages.NeedsOneOf.As(
                ProblemKind.Invalid, null, "url, conceptMap, source, target, targetsystem"));
        var requests = Requests(context, input);
        if (requests.Failed)
            return context.Problem(requests.Problem);
        var translations = new List<Translation>();
        foreach (var request in requests.Value)
        {
            var translated = Translate(moment.Service, subject.Value, input, request);
            if (translated.Failed)
                return context.Problem(translated.Problem);
            translations.Add(translated.Value);
        }
        // Of maps that were chosen by it, all that they give is in the target.
        var target = subject.Value is null ? null : input.Text("target");
        return context.Resource(StatusCodes.Status200OK, Answer(
            [.. translations.SelectMany(t => t.Matches).Where(m => IsIn(moment.Service, target, m))],
            translations.Find(t => t.Remark is not null)?.Remark, context.Caller.Language));
    }

    /// <summary>By the map that is named; else by all that lead from the source value set to the target.</summary>
    private static Outcome<Translation> Translate(
        TerminologyService service, TerminologySubject? map, TerminologyInput input, TranslationRequest request) =>
        map switch
        {
            null => service.Translate(input.Text("source"), input.Text("target"), request),
            { Resource: { } resource } => service.Translate(resource, request),
            _ => service.Translate(map.Canonical!, request),
        };

    private static string? TargetSystem(TerminologyInput input) =>
        input.Text("targetsystem") ?? input.Text("targetSystem");

    private static Outcome<ImmutableArray<TranslationRequest>> Requests(OperationContext context, TerminologyInput input)
    {
        var values = new ParameterValues(context.Parameters);
        var isReverse = values.Flag("reverse");
        var codings = input.Codings("version");
        var dependencies = Dependencies(context.Parameters);
        if ((values.Problem ?? codings.Problem ?? dependencies.Problem) is { } problem)
            return problem;
        return Outcome<ImmutableArray<TranslationRequest>>.Of(
        [
            .. codings.Value.Select(code => new TranslationRequest(
                code, TargetSystem(input), isReverse, dependencies.Value)),
        ]);
    }

    private static Outcome<ImmutableArray<MapDependency>> Dependencies(OperationParameters parameters)
    {
        var dependencies = ImmutableArray.CreateBuilder<MapDependency>();
        foreach (var given in parameters.All("dependency"))
        {
            var (element, concept) = (given.Parts.First("element")?.Text, given.Parts.First("concept")?.Value);
            if (element is null || concept?.Type.Name != "CodeableConcept")
                return TerminologyInput.WrongType(given, "element, concept (CodeableConcept)");
            dependencies.AddRange(concept.All("coding").Select(c =>
                new MapDependency(element, c.Text("system"), c.Text("code") ?? "", c.Text("display"))));
        }
        return dependencies.DrainToImmutable();
    }

    /// <summary>Where a target value set is named, what is not in it is no answer.</summary>
    private static bool IsIn(TerminologyService service, string? target, TranslationMatch match) =>
        target is null || match.Code is null || service.Contains(target, match.System, match.Code) != false;

    private static ElementNode Answer(ImmutableArray<TranslationMatch> matches, Issue? remark, string language)
    {
        var isTranslated = matches.Any(m => m.Equivalence is not ("unmatched" or "disjoint"));
        var answer = new ParametersAnswer().Add("result", "valueBoolean", isTranslated ? "true" : "false");
        if (!isTranslated && remark is not null)
            answer.Add("message", "valueString", MessageCatalogue.Text(remark, language));
        foreach (var match in matches)
            answer.Add("match", Parts(match));
        return answer.Resource;
    }

    private static IEnumerable<ElementNode> Parts(TranslationMatch match)
    {
        yield return ParametersAnswer.Part("equivalence", "valueCode", match.Equivalence);
        if (match.Code is not null)
            yield return ParametersAnswer.Part(
                "concept", ParametersAnswer.Coding(match.System, match.Code, match.Display));
        foreach (var product in match.Products)
            yield return ParametersAnswer.Group("product",
            [
                ParametersAnswer.Part("element", "valueUri", product.Property),
                ParametersAnswer.Part(
                    "concept", ParametersAnswer.Coding(product.System, product.Value, product.Display)),
            ]);
        yield return ParametersAnswer.Part("source", "valueUri", match.Source);
    }
}
