using Ajanvaraus.Fhir.Core.Issues;

namespace Ajanvaraus.Fhir.Server.Writing;

/// <summary>Refusals of the write interactions: http://hl7.org/fhir/R4/http.html.</summary>
internal static class WriteProblems
{
    public static Problem Unknown() => NoRecord(ProblemKind.NotFound, WriteMessages.NoSuchResource);

    public static Problem Gone() => NoRecord(ProblemKind.Gone, WriteMessages.ResourceGone);

    public static Problem SeveralMatches() => WriteMessages.SeveralMatches.As(ProblemKind.PreconditionFailed);

    public static Problem IdDiffersFromMatch() => WriteMessages.IdDiffersFromMatch.As(ProblemKind.Invalid);

    public static Problem LogIsTheServers() => AuditMessages.LogIsTheServers.As(ProblemKind.Unprocessable);

    public static Problem AlreadyExists() => WriteMessages.AlreadyExists.As(ProblemKind.PreconditionFailed);

    /// <param name="current">Null when there is no such resource.</param>
    public static Problem VersionDiffers(int? current)
    {
        var message = current is null ? WriteMessages.NoVersionToMatch : WriteMessages.VersionDiffers;
        return new Problem(ProblemKind.PreconditionFailed,
            [message.At(null) with { Details = [RuleCodes.Own("version-conflict")] }]);
    }

    public static Problem IfMatchRequired() => new(ProblemKind.PreconditionRequired,
        [PreconditionMessages.IfMatchRequired.At(null) with { Details = [RuleCodes.Own("if-match-required")] }]);

    public static Problem ReferenceUnresolved(string path) =>
        WriteMessages.ReferenceUnresolved.As(ProblemKind.Invalid, path);

    public static Problem ConditionalReferenceUnresolved(string path, bool isSeveral) =>
        (isSeveral ? WriteMessages.SeveralMatchesOfReference : WriteMessages.NoMatchOfReference)
            .As(ProblemKind.PreconditionFailed, path);

    private static Problem NoRecord(ProblemKind kind, Message message) =>
        new(kind, [message.At(null) with { Details = [RuleCodes.Own("no-record")] }]);
}
