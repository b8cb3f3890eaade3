using System.Text.Json.Nodes;

namespace Ajanvaraus.Fhir.DevelopmentIssuer;

/// <summary>Somebody whom the login page lets one be.</summary>
/// <param name="Name">As <c>token --role</c> takes it.</param>
/// <param name="Title">For the login page.</param>
/// <param name="Scope">Granted unless the client asks for less.</param>
/// <param name="WorkTask">Of professionals; null: a citizen or a program.</param>
internal sealed record DemoRole(string Name, string Title, string Scope, string? WorkTask = null)
{
    private const string Staff = "openid fhirUser user/*.cruds";

    private static readonly ImmutableArray<string> CountyTasks =
    [
        "lapsiperheiden-palvelut", "lastensuojelu", "perheoikeudelliset-palvelut", "tyoikaisten-palvelut", "vammaispalvelut",
        "iakkaiden-palvelut", "paihdehuolto",
    ];

    public static readonly ImmutableArray<DemoRole> All =
    [
        new("citizen", "Kansalainen (citizen)", "openid fhirUser launch/patient patient/*.cruds user/*.rs"),
        new("guardian", "Huoltaja (guardian)", "openid fhirUser launch/patient patient/*.cruds"),
        new("professional", "Ammattilainen (professional)", Staff, "ammattilainen"),
        new("desk", "Keskitetty ajanvaraus (booking desk)", Staff, "ajanvaraus"),
        new("lead", "Tiimin esihenkilö (team lead)", Staff, "esihenkilo"),
        new("administrator", "Pääkäyttäjä (administrator)", Staff, "paakayttaja"),
        new("guidance", "Neuvonta (guidance)", Staff, "neuvonta"),
        new("register", "Väestötiedot (population register)", "system/*.cruds", "vaestotiedot"),
        new("log", "Lokivalvonta (log)", Staff, "lokivalvonta"),
        new("system", "Järjestelmä (system)", "system/*.cruds", "integraatio"),
    ];

    public bool IsPerson => Name is not ("system" or "register");

    public static DemoRole? Find(string? name) => All.FirstOrDefault(role => role.Name == name);

    /// <summary>The claims of a token for whoever is in this role.</summary>
    public JsonObject Claims(Person person)
    {
        var claims = new JsonObject { ["sub"] = $"demo-{Name}-{person.Patient ?? person.Practitioner ?? "0"}" };
        if (!IsPerson)
        {
            claims["work_task"] = WorkTask;
            return claims;
        }
        if (WorkTask is null)
        {
            var own = person.Patient ?? "1";
            claims["acr"] = "substantial";
            claims["patient"] = person.ActsFor ?? own;
            claims["fhirUser"] = $"Patient/{own}";
            if (person.ActsFor is { } other)
                claims["principal"] = $"Patient/{other}";
            return claims;
        }
        claims["fhirUser"] = $"Practitioner/{person.Practitioner ?? "1"}";
        claims["work_task"] = WorkTask;
        // Those of the demo county, unless the person works in other ones.
        claims["service_tasks"] = new JsonArray([.. (person.ServiceTasks.IsEmpty ? CountyTasks : person.ServiceTasks).Select(task => (JsonNode)task)]);
        claims["fhirContext"] = new JsonArray(new JsonObject { ["reference"] = person.Unit ?? "Organization/hyvinvointialue" });
        return claims;
    }
}

/// <summary>Which records of the server belong to whoever logs in; ids, or null for the first.</summary>
/// <param name="ActsFor">The Patient for whom a guardian acts.</param>
/// <param name="Unit">Reference to the unit at work.</param>
internal sealed record Person(
    string? Patient, string? Practitioner, string? ActsFor, string? Unit, ImmutableArray<string> ServiceTasks)
{
    /// <summary>From a form or a command line: empty texts say nothing.</summary>
    public static Person Of(Func<string, string?> given) => new(
        Text(given("patient")), Text(given("practitioner")), Text(given("acts-for")), Text(given("unit")),
        [.. (given("service-tasks") ?? "").Split([' ', ','], StringSplitOptions.RemoveEmptyEntries)]);

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
