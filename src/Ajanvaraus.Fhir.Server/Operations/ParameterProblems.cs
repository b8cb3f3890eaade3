using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Server.Writing;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary>What is wrong with the parameters of an operation: syntax is 400, a broken rule 422.</summary>
internal static class ParameterProblems
{
    public static Problem WrongResource(string? expression, string type) =>
        Bad(OperationMessages.WrongResource.At(expression, type));

    public static Problem NotAReference(string expression, string type) =>
        Bad(OperationMessages.NotAReference.At(expression, type));

    public static Problem Missing(string name) => Bad(OperationMessages.MissingParameter.At(null, name));

    /// <param name="expression">Of the parameter.</param>
    public static Problem Nameless(string expression) =>
        Bad(StructureMessages.MissingElement.At($"{expression}.name", "name"));

    public static Problem TooLong(string expression, int longest) =>
        Rule(OperationMessages.TextTooLong.At(expression, $"{longest}"));

    /// <summary>A rule broken by a parameter, as a message of the catalogue tells it.</summary>
    public static Problem Rule(Issue issue) => new(ProblemKind.Unprocessable,
    [
        issue with { Details = [RuleCodes.Own("invalid-parameter"), RuleCodes.InvalidParameter] },
    ]);

    /// <summary>Parameters that are not known, under <c>handling=strict</c>.</summary>
    public static Problem Unknown(ImmutableArray<Issue> remarks) => new(ProblemKind.Invalid,
    [
        .. remarks.Where(r => r.Severity == IssueSeverity.Warning)
            .Select(r => r with { Severity = IssueSeverity.Error }),
    ]);

    /// <summary>A parameter names what is not here, or is not active.</summary>
    public static Problem ReferenceNotFound(string? expression, string reference) => new(ProblemKind.Unprocessable,
    [
        OperationMessages.UnknownReference.At(expression, reference) with
        {
            Details = [RuleCodes.Own("reference-not-found"), RuleCodes.ReferenceNotFound],
        },
    ]);

    /// <summary>An identifier that no resource has, or several have.</summary>
    public static Problem IdentifierNotOne(string? expression, string type) => new(ProblemKind.Unprocessable,
    [
        OperationMessages.IdentifierNotOne.At(expression, type) with
        {
            Details = [RuleCodes.Own("reference-not-found"), RuleCodes.ReferenceNotFound],
        },
    ]);

    private static Problem Bad(Issue issue) => new(ProblemKind.Invalid,
    [
        issue with { Details = [RuleCodes.Own("bad-request"), RuleCodes.BadRequest, RuleCodes.BarsBadRequest] },
    ]);
}
