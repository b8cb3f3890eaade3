using Ajanvaraus.Fhir.Server.Interactions;

namespace Ajanvaraus.Fhir.Server.Middleware;

/// <summary>Refuses requests whose end a proxy and this server could see at different places.</summary>
/// <remarks>
/// Kestrel takes a body whose last coding is <c>chunked</c> and drops a length beside it. What the proxy before it did
/// with the same bytes nobody knows; so such a request is 400 and the last on its connection. Source: RFC 9112, 6.1 and 11.2.
/// </remarks>
public static class RequestFraming
{
    /// <summary>Where Kestrel puts a Content-Length that came beside Transfer-Encoding.</summary>
    private const string DroppedLength = "X-Content-Length";

    public static async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Request.Headers;
        var isDoubtful = headers.TransferEncoding is { Count: > 0 } coding
            && (coding.Count > 1 || !string.Equals(coding[0], "chunked", StringComparison.OrdinalIgnoreCase)
                || headers.ContentLength is not null || headers.ContainsKey(DroppedLength));
        if (!isDoubtful && !HttpMethods.IsConnect(context.Request.Method))
        {
            await next(context);
            return;
        }
        context.Response.Headers.Connection = "close";
        using var refused = FhirResponse.Of(
            RestIssues.MalformedRequest(), AcceptLanguage.Choose(context.Request.Headers.AcceptLanguage));
        await ResponseSender.SendAsync(context, refused, new Presentation(FhirFormat.Json, false), baseUrl: "");
    }
}
