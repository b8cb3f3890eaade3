using System.Globalization;

using Ajanvaraus.Fhir.Core.FhirPath;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Terminology;
using Ajanvaraus.Fhir.Server.Conformance;
using Ajanvaraus.Fhir.Server.Interactions;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary><c>$fhirpath</c>: evaluates an expression on a resource that the caller gives.</summary>
/// <remarks>
/// <para>Shape: the convention of the FHIRPath Lab. Nothing stored is read: references resolve to contained resources
/// and else to the type that they name.</para>
/// <para>Errors: an expression that is none, that cannot be by the definitions (under <c>validate</c>), or that the data
/// makes fail: 400, with line and column; one that costs too much: 422.</para>
/// <para>Source: https://github.com/brianpos/fhirpath-lab/blob/develop/server-api.md .</para>
/// </remarks>
internal sealed class EvaluateFhirPath(
    TimeProvider clock, CurrentTerminology terminology, ProfileValidation profiles) : IOperation
{
    private const int MostContexts = 1000;
    private const int MostItems = 10_000;

    private readonly FhirPathCache _expressions = new();

    public OperationRegistration Registration { get; } = new(
        "fhirpath", OperationLevels.System, [], Canonicals.Base + "/OperationDefinition/fhirpath")
    {
        AffectsState = false,
    };

    public async Task<FhirResponse> InvokeAsync(OperationContext context, CancellationToken cancel)
    {
        var input = FhirPathInput.Read(context.Parameters, _expressions);
        if (input.Failed)
            return context.Problem(input.Problem);
        var known = new Known((await terminology.AtAsync(cancel)).Service, await profiles.ValidatorAsync(cancel));
        var answer = Evaluate(input.Value, known, cancel);
        return answer.Failed
            ? context.Problem(answer.Problem)
            : context.Resource(StatusCodes.Status200OK, answer.Value);
    }

    private Outcome<ElementNode> Evaluate(FhirPathInput input, Known known, CancellationToken cancel)
    {
        var answer = new FhirPathAnswer(input);
        var steps = FhirPathBudget.Default.Steps;
        if (input.Context is null)
            return EvaluateOn(input, null, null, known, answer, ref steps) is { } failed ? failed : answer.ToResource();
        var contexts = Run(input, input.Context, null, known, answer: null, ref steps);
        if (contexts.Error is { } error)
            return FhirPathInput.Faulty(error, input.Context);
        if (contexts.Values.Count > MostContexts)
            return TooMany(MostContexts);
        for (var i = 0; i < contexts.Values.Count; i++)
        {
            cancel.ThrowIfCancellationRequested();
            var place = PlaceOf(input, contexts.Values[i], i);
            if (EvaluateOn(input, contexts.Values[i], place, known, answer, ref steps) is { } problem)
                return problem;
        }
        return answer.ToResource();
    }

    private Problem? EvaluateOn(
        FhirPathInput input, FhirPathValue? focus, string? place, Known known, FhirPathAnswer answer,
        ref int steps)
    {
        var root = focus is { } item ? item.Node : input.Resource;
        if (input.Validates && FhirPathInput.Check(input.Expression, root, input.Resource) is { } unsound)
            return unsound;
        answer.Begin(place);
        var result = Run(input, input.Expression, focus, known, answer, ref steps);
        if (result.Error is { } error)
            return FhirPathInput.Faulty(error, input.Expression);
        answer.Add(result.Values);
        return answer.IsFull ? TooMany(FhirPathAnswer.MostNodes) : null;
    }

    private FhirPathResult Run(
        FhirPathInput input, GivenExpression given, FhirPathValue? focus, Known known, FhirPathAnswer? answer,
        ref int steps)
    {
        var context = new FhirPathContext
        {
            Resource = input.Resource,
            RootResource = input.Resource,
            Clock = clock,
            Variables = input.Variables,
            Terminology = known.Codes,
            Conformance = known.Profiles,
            Tracer = answer is null ? null : answer.AddTrace,
            CastsOneItem = true,
            Budget = FhirPathBudget.Default with { Steps = steps, Items = MostItems },
        };
        var result = focus is { } item
            ? given.Expression.Evaluate(item, context)
            : given.Expression.Evaluate(input.Resource, context);
        steps = context.StepsLeft;
        return result;
    }

    private static string PlaceOf(FhirPathInput input, FhirPathValue item, int index)
    {
        var path = item.Node is { } node && input.Resource is { } resource ? NodePath.Of(resource, node) : null;
        return path ?? string.Create(CultureInfo.InvariantCulture, $"{input.Context!.Text}[{index}]");
    }

    private static Problem TooMany(int limit) => FhirPathMessages.CollectionTooLarge.As(
        ProblemKind.Unprocessable, null, limit.ToString(CultureInfo.InvariantCulture));

    /// <summary>What expressions may ask: the codes and profiles in force.</summary>
    private sealed record Known(ITerminology Codes, IProfileConformance Profiles);
}
