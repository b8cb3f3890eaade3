namespace Ajanvaraus.Fhir.Core.Issues;

/// <summary><c>AJV-20xx</c>: the RESTful API, http://hl7.org/fhir/R4/http.html.</summary>
public static class RestMessages
{
    public static readonly Message AllOk = new("AJV-2000", IssueType.Informational,
        "No issues were found.",
        "Huomautettavaa ei löytynyt.",
        "Inga anmärkningar hittades.") { Severity = IssueSeverity.Information };

    internal static ImmutableArray<Message> All => [AllOk];
}
