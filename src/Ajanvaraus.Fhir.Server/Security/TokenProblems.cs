using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Server.Interactions;

namespace Ajanvaraus.Fhir.Server.Security;

/// <summary>How a caller without sufficient token is answered.</summary>
/// <remarks>One answer for every fault of a token: what is wrong with it would help to forge the next. Source: RFC 6750, 3.</remarks>
public static class TokenProblems
{
    private const string Realm = "Bearer realm=\"fhir\"";

    public static Problem Missing { get; } = TokenMessages.Missing.As(ProblemKind.Unauthenticated);

    public static Problem NotAccepted { get; } = TokenMessages.NotAccepted.As(ProblemKind.Unauthenticated);

    public static Problem NotGranted { get; } = TokenMessages.NotGranted.As(ProblemKind.Forbidden);

    public static Problem NotSure { get; } = TokenMessages.NotSure.As(ProblemKind.Forbidden);

    public static Problem NoTask { get; } = TokenMessages.NoTask.As(ProblemKind.Forbidden);

    public static Problem IssuerAway { get; } = TokenMessages.IssuerAway.As(ProblemKind.Busy) with
    {
        RetryAfterSeconds = (int)IssuerKeys.PauseWhenAway.TotalSeconds,
    };

    public static Problem MandatesAway { get; } = TokenMessages.MandatesAway.As(ProblemKind.Busy) with
    {
        RetryAfterSeconds = (int)IssuerKeys.PauseWhenAway.TotalSeconds,
    };

    /// <summary>The answer, with the challenge that HTTP asks for.</summary>
    public static FhirResponse Answer(Problem problem, string language)
    {
        var response = FhirResponse.Of(problem, language);
        return problem.Issues[0].Id switch
        {
            var id when id == TokenMessages.Missing.Id => response.With("WWW-Authenticate", Realm),
            var id when id == TokenMessages.NotAccepted.Id =>
                response.With("WWW-Authenticate", Realm + ", error=\"invalid_token\""),
            var id when id == TokenMessages.NotGranted.Id =>
                response.With("WWW-Authenticate", Realm + ", error=\"insufficient_scope\""),
            _ => response,
        };
    }
}
