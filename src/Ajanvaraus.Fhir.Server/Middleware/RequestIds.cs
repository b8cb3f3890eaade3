namespace Ajanvaraus.Fhir.Server.Middleware;

/// <summary>Every answer carries X-Request-Id: the caller's own, or the one made for the connection and request.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/http.html#custom.</remarks>
public static class RequestIds
{
    public const string Header = "X-Request-Id";

    private const int MaxLength = 64;

    public static Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        string? given = context.Request.Headers[Header];
        if (IsSafe(given))
            context.TraceIdentifier = given!;
        context.Response.Headers[Header] = context.TraceIdentifier;
        return next(context);
    }

    // Echoed and logged: nothing but what an id needs, so that it can break neither a header nor a log line.
    private static bool IsSafe(string? id)
    {
        if (string.IsNullOrEmpty(id) || id.Length > MaxLength)
            return false;
        foreach (var c in id)
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.' or ':'))
                return false;
        return true;
    }
}
