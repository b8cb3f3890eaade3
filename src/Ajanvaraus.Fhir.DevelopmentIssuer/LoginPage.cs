using System.Net;
using System.Text;

namespace Ajanvaraus.Fhir.DevelopmentIssuer;

/// <summary>The page on which one chooses who to be. It works without scripts.</summary>
internal static class LoginPage
{
    /// <param name="asked">The parameters of the request, which the form repeats.</param>
    public static string Of(IEnumerable<KeyValuePair<string, string>> asked)
    {
        var page = new StringBuilder("""
            <!doctype html><html lang="fi"><head><meta charset="utf-8"><title>Kirjautuminen</title>
            <meta name="viewport" content="width=device-width, initial-scale=1"></head>
            <body><main><h1>Kuka olet?</h1><p>Vain kehitykseen ja testeihin. <span lang="en">For development and tests only.</span></p>
            <form method="post"><fieldset><legend>Rooli</legend>
            """);
        foreach (var role in DemoRole.All)
            if (role.IsPerson)
                page.Append($"""<p><label><input type="radio" name="role" value="{role.Name}" required> {Safe(role.Title)}</label></p>""");
        page.Append("</fieldset>");
        foreach (var (name, label) in ((string, string)[])[
            ("patient", "Patient-tunniste"), ("acts-for", "Kenen puolesta (Patient-tunniste)"),
            ("practitioner", "Practitioner-tunniste"), ("unit", "Yksikkö (Organization/…)"), ("service-tasks", "Palvelutehtävät")])
            page.Append($"""<p><label>{Safe(label)}<br><input name="{name}"></label></p>""");
        foreach (var (name, value) in asked)
            page.Append($"""<input type="hidden" name="{Safe(name)}" value="{Safe(value)}">""");
        return page.Append("<p><button>Kirjaudu</button></p></form></main></body></html>").ToString();
    }

    private static string Safe(string text) => WebUtility.HtmlEncode(text);
}
