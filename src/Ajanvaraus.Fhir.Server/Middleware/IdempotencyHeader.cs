using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Server.Interactions;
using Ajanvaraus.Fhir.Server.Writing;

namespace Ajanvaraus.Fhir.Server.Middleware;

/// <summary>The header by which a client sends a write again without fear that it is done twice.</summary>
/// <remarks>Source: draft-ietf-httpapi-idempotency-key-header. It says nothing with a method that only reads.</remarks>
public static class IdempotencyHeader
{
    public const string Name = "Idempotency-Key";

    /// <summary>In an answer: this is what was answered first, and nothing was done now.</summary>
    public const string Replayed = "Idempotency-Replayed";

    public static bool IsGiven(HttpContext context) =>
        !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method)
        && context.Request.Headers.ContainsKey(Name);

    /// <summary>The request with its key.</summary>
    /// <remarks>
    /// The same request has the same method, path, query, conditions and body. Errors: no key, several, or one that is
    /// too long or not printable.
    /// </remarks>
    public static Outcome<FhirRequest> Read(HttpContext context, FhirRequest request, ReadOnlySpan<byte> body)
    {
        var given = context.Request.Headers[Name];
        if (given.Count != 1 || given[0] is not { } key || !RequestKey.IsKey(key))
            return PreconditionMessages.KeyMalformed.As(ProblemKind.Invalid, null, $"{RequestKey.Longest}");
        var (http, conditions) = (context.Request, request.Conditions);
        var requestKey = RequestKey.Of(
            request.Caller.Principal, key,
            [
                request.Method, http.Path.Value, http.QueryString.Value, conditions.IfMatch, conditions.IfNoneMatch,
                conditions.IfNoneExist,
            ],
            body);
        return request with { Caller = request.Caller with { Key = requestKey } };
    }
}
