using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Server.Writing;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary>What is wrong with the parameters of an operation: syntax is 400, a broken rule 422.</summary>
internal static class ParameterProblems
{
    public static Problem WrongResource(string? expression, string type) => Bad(
        "AJV-4020", IssueType.Structure, $"The parameter holds a resource of another type than {type}.", expression);

    public static Problem NotAReference(string expression, string type) => Bad(
        "AJV-4021", IssueType.Value, $"The parameter does not name a {type}: give {type}/id.", expression);

    public static Problem Missing(string name) => Bad(
        "AJV-4022", IssueType.Required, $"The parameter '{name}' is needed.", null);

    public static Problem TooLong(string expression, int longest) => Rule(
        "AJV-4023", IssueType.TooLong, $"The text is longer than {longest} characters.", expression);

    public static Problem OutOfRange(string expression, string what) => Rule(
        "AJV-4024", IssueType.Value, what, expression);

    private static Problem Bad(string id, IssueType code, string text, string? expression) => new(ProblemKind.Invalid,
    [
        new Issue(id, code, text, expression)
        {
            Details = [RuleCodes.Own("bad-request"), RuleCodes.BadRequest, RuleCodes.BarsBadRequest],
        },
    ]);

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

    private static Problem Rule(string id, IssueType code, string text, string? expression) =>
        new(ProblemKind.Unprocessable,
        [
            new Issue(id, code, text, expression)
            {
                Details = [RuleCodes.Own("invalid-parameter"), RuleCodes.InvalidParameter],
            },
        ]);
}
