namespace Ajanvaraus.Fhir.Server.Middleware;

/// <summary>Headers that keep browsers from doing with an answer what it is not for.</summary>
/// <remarks>
/// Every answer says <c>nosniff</c>, may stand in no frame and loads nothing; the pages that this server has itself load what is
/// its own. What was read with a token is stored by no cache. <c>Strict-Transport-Security</c> is for the proxy that ends
/// TLS: said over plain HTTP it counts for nothing (RFC 6797, 7.2).
/// </remarks>
public static class SafetyHeaders
{
    /// <summary>For answers that are data.</summary>
    public const string OfData = "default-src 'none'; frame-ancestors 'none'";

    /// <summary>For pages, whose scripts and styles come from this server.</summary>
    public const string OfPages =
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = context.Request.Path.StartsWithSegments("/swagger", StringComparison.OrdinalIgnoreCase) ? OfPages : OfData;
        headers["Referrer-Policy"] = "no-referrer";
        if (context.Request.Headers.Authorization.Count > 0)
            headers.CacheControl = "no-store";
        return next(context);
    }
}
