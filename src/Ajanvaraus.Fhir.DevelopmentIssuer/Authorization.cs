namespace Ajanvaraus.Fhir.DevelopmentIssuer;

/// <summary>The authorization endpoint: code with PKCE, after a plain login page.</summary>
/// <remarks>What is asked is checked again when the form comes back: it has been in the browser meanwhile.</remarks>
internal static class Authorization
{
    private static readonly ImmutableArray<string> Asked =
    [
        "response_type", "client_id", "redirect_uri", "scope", "state", "aud", "code_challenge", "code_challenge_method", "nonce",
    ];

    public static IResult Ask(IQueryCollection query, string audience)
    {
        if (Fault(name => query[name].ToString(), audience) is { } fault)
            return Results.Text(fault, statusCode: StatusCodes.Status400BadRequest);
        var asked = Asked.Where(name => query[name].Count > 0).Select(name => KeyValuePair.Create(name, query[name].ToString()));
        return Results.Text(LoginPage.Of(asked), "text/html; charset=utf-8");
    }

    public static IResult Answer(IFormCollection form, LoginCodes codes, string audience)
    {
        if (Fault(name => form[name].ToString(), audience) is { } fault)
            return Results.Text(fault, statusCode: StatusCodes.Status400BadRequest);
        if (DemoRole.Find(form["role"]) is not { IsPerson: true } role)
            return Results.Text("role: one of those on the page.", statusCode: StatusCodes.Status400BadRequest);
        var redirect = form["redirect_uri"].ToString();
        var code = codes.Add(new Login(
            role, Person.Of(name => form[name]), form["client_id"].ToString(), redirect, form["scope"].ToString(),
            form["code_challenge"].ToString(), form["nonce"].Count > 0 ? form["nonce"].ToString() : null, codes.Until));
        var mark = redirect.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        return Results.Redirect($"{redirect}{mark}code={code}&state={Uri.EscapeDataString(form["state"].ToString())}");
    }

    /// <summary>Told on a page of its own, never by a redirect to an address that is not known to be good.</summary>
    private static string? Fault(Func<string, string> asked, string audience)
    {
        if (asked("response_type") != "code")
            return "response_type: code.";
        if (asked("client_id").Length == 0)
            return "client_id: any name.";
        if (!Uri.TryCreate(asked("redirect_uri"), UriKind.Absolute, out var redirect) || !redirect.IsLoopback
            || redirect.Scheme is not ("http" or "https") || redirect.Fragment.Length > 0)
            return "redirect_uri: an address on this machine.";
        if (asked("code_challenge_method") != "S256" || asked("code_challenge").Length != 43)
            return "code_challenge: of the method S256.";
        return asked("aud").TrimEnd('/') == audience ? null : $"aud: {audience}.";
    }
}
