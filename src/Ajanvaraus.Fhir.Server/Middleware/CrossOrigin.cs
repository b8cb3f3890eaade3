using Microsoft.AspNetCore.Cors.Infrastructure;

namespace Ajanvaraus.Fhir.Server.Middleware;

/// <summary>Which web pages of other addresses may call this server, and which headers their scripts may read.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/http.html#3.1.0.1.4 (CORS); https://fetch.spec.whatwg.org/#http-cors-protocol .</remarks>
public static class CrossOrigin
{
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    private static readonly string[] Exposed =
    [
        "Accept-Patch", "Allow", "Content-Location", "ETag", "Expires", "Idempotency-Replayed", "Last-Modified",
        "Location", "Preference-Applied", "Retry-After", "X-Progress", RequestIds.Header,
    ];

    /// <summary>Lets the origins call every method with every header; without cookies, which this server has none of.</summary>
    public static CorsPolicy Policy(ImmutableArray<string> origins) => new CorsPolicyBuilder([.. origins])
        .WithMethods("DELETE", "GET", "HEAD", "PATCH", "POST", "PUT")
        .AllowAnyHeader()
        .WithExposedHeaders(Exposed)
        .SetPreflightMaxAge(Remembered)
        .Build();
}
