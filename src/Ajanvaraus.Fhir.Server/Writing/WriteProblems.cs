using Ajanvaraus.Fhir.Core.Issues;

namespace Ajanvaraus.Fhir.Server.Writing;

/// <summary>Refusals of the write interactions: http://hl7.org/fhir/R4/http.html.</summary>
internal static class WriteProblems
{
    public static Problem Unknown() => NoRecord(ProblemKind.NotFound, IssueType.NotFound, "There is no such resource.");

    public static Problem Gone() => NoRecord(ProblemKind.Gone, IssueType.Deleted, "The resource has been deleted.");

    private static Problem NoRecord(ProblemKind kind, IssueType code, string text) => new(kind,
    [
        new Issue("AJV-2001", code, text) { Details = [RuleCodes.Own("no-record")] },
    ]);

    public static Problem SeveralMatches() => Problem.Of(
        ProblemKind.PreconditionFailed, "AJV-2002", IssueType.MultipleMatches,
        "More than one resource meets the condition: make it more exact.");

    public static Problem IdDiffersFromMatch() => Problem.Of(
        ProblemKind.Invalid, "AJV-2003", IssueType.Value,
        "The resource that meets the condition has another id than the body.");

    public static Problem AlreadyExists() => Problem.Of(
        ProblemKind.PreconditionFailed, "AJV-2004", IssueType.Duplicate, "The resource exists already.");

    public static Problem VersionDiffers(int? current)
    {
        var problem = Problem.Of(
            ProblemKind.PreconditionFailed, "AJV-2005", IssueType.Conflict,
            current is null
                ? "The resource does not exist, so no version of it can match."
                : "The resource has changed since the version that If-Match names: read it and try again.");
        return problem with
        {
            Issues = [problem.Issues[0] with { Details = [new(RuleCodes.System, "version-conflict")] }],
        };
    }

    public static Problem ReferenceUnresolved(string path) => Problem.Of(
        ProblemKind.Invalid, "AJV-2006", IssueType.NotFound,
        "No entry of the Bundle has the fullUrl that this reference names.", path);

    public static Problem ConditionalReferenceUnresolved(string path, bool isSeveral) => Problem.Of(
        ProblemKind.PreconditionFailed, "AJV-2007", isSeveral ? IssueType.MultipleMatches : IssueType.NotFound,
        isSeveral
            ? "More than one resource meets the search of this reference."
            : "No resource meets the search of this reference.", path);
}
