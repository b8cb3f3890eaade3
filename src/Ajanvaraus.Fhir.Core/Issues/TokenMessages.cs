namespace Ajanvaraus.Fhir.Core.Issues;

/// <summary><c>AJV-60xx</c>: tokens and scopes. What is wrong with a token is told to nobody but the log.</summary>
public static class TokenMessages
{
    public static readonly Message Missing = new("AJV-6001", IssueType.Login,
        "This needs an access token: send Authorization: Bearer. [base]/.well-known/smart-configuration tells who gives them.",
        "Tähän tarvitaan valtuus: lähetä Authorization: Bearer. [base]/.well-known/smart-configuration kertoo, kuka niitä antaa.",
        "Detta kräver en åtkomsttoken: sänd Authorization: Bearer. [base]/.well-known/smart-configuration berättar vem som ger dem.");

    public static readonly Message NotAccepted = new("AJV-6002", IssueType.Login,
        "The token is not accepted: it must be an access token of a known issuer, for this server, and in force.",
        "Valtuutta ei hyväksytä: sen on oltava tunnetun myöntäjän voimassa oleva valtuus tälle palvelimelle.",
        "Åtkomsttoken godtas inte: den måste vara en giltig token från en känd utfärdare för denna server.");

    public static readonly Message IssuerAway = new("AJV-6003", IssueType.Transient,
        "The token cannot be checked now, for its issuer does not answer; the same request may succeed soon.",
        "Valtuutta ei voi nyt tarkistaa, koska sen myöntäjä ei vastaa; sama pyyntö voi pian onnistua.",
        "Åtkomsttoken kan inte kontrolleras nu, för utfärdaren svarar inte; samma begäran kan lyckas snart.");

    public static readonly Message NotGranted = new("AJV-6004", IssueType.Forbidden,
        "The token does not grant this.",
        "Valtuus ei salli tätä.",
        "Åtkomsttoken tillåter inte detta.");

    public static readonly Message NotSure = new("AJV-6005", IssueType.Forbidden,
        "This needs strong identification.",
        "Tähän tarvitaan vahva tunnistautuminen.",
        "Detta kräver stark autentisering.");

    public static readonly Message NoTask = new("AJV-6006", IssueType.Forbidden,
        "The token of a professional must tell the unit and the work task.",
        "Ammattilaisen valtuuden on kerrottava yksikkö ja työtehtävä.",
        "En yrkespersons token måste ange enheten och arbetsuppgiften.");

    public static readonly Message TooMany = new("AJV-6007", IssueType.Throttled,
        "This was asked for too often within a minute: wait as long as Retry-After says.",
        "Tätä pyydettiin minuutin aikana liikaa: odota Retry-After-otsakkeen kertoma aika.",
        "Detta begärdes för ofta inom en minut: vänta så länge som Retry-After anger.");

    public static readonly Message MandatesAway = new("AJV-6008", IssueType.Transient,
        "Whether you act for another cannot be checked now, for the service of mandates does not answer; the same request may succeed soon.",
        "Oikeutta asioida toisen puolesta ei voi nyt tarkistaa, koska valtuuspalvelu ei vastaa; sama pyyntö voi pian onnistua.",
        "Rätten att företräda en annan kan inte kontrolleras nu, för fullmaktstjänsten svarar inte; samma begäran kan lyckas snart.");

    internal static ImmutableArray<Message> All => [Missing, NotAccepted, IssuerAway, NotGranted, NotSure, NoTask, TooMany, MandatesAway];
}
