namespace Ajanvaraus.Fhir.Core.Issues;

/// <summary><c>AJV-61xx</c>: personal identity codes. None of the texts repeats one.</summary>
public static class IdentityMessages
{
    public static readonly Message NotValid = new("AJV-6101", IssueType.Value,
        "This is no personal identity code: it has day, month and year, the sign of the century, three digits and the check character, in capitals.",
        "Tämä ei ole henkilötunnus: siinä on päivä, kuukausi ja vuosi, vuosisadan välimerkki, kolme numeroa ja tarkistusmerkki isoin kirjaimin.",
        "Detta är ingen personbeteckning: den har dag, månad och år, seklets skiljetecken, tre siffror och kontrolltecknet med versaler.");

    public static readonly Message CenturyDiffers = new("AJV-6102", IssueType.BusinessRule,
        "The sign of the personal identity code is not one of the century of the birth date.",
        "Henkilötunnuksen välimerkki ei ole syntymäpäivän vuosisadan merkki.",
        "Personbeteckningens skiljetecken hör inte till födelsedatumets sekel.");

    public static readonly Message SystemMissing = new("AJV-6103", IssueType.Required,
        "A personal identity code has its system, {0}.",
        "Henkilötunnuksella on tunnistejärjestelmänsä {0}.",
        "En personbeteckning har sitt system, {0}.");

    public static readonly Message IsNoId = new("AJV-6104", IssueType.Value,
        "A personal identity code is no logical id.",
        "Henkilötunnus ei ole looginen tunniste.",
        "En personbeteckning är inget logiskt id.");

    public static readonly Message InAddress = new("AJV-6105", IssueType.Security,
        "A personal identity code does not belong into an address: search by POST to _search, call operations by POST.",
        "Henkilötunnus ei kuulu osoitteeseen: hae POST-pyynnöllä osoitteesta _search ja kutsu operaatioita POST-pyynnöllä.",
        "En personbeteckning hör inte hemma i en adress: sök med POST till _search och anropa operationer med POST.");

    public static readonly Message NoKeys = new("AJV-6106", IssueType.NotSupported,
        "This server takes no personal identity codes: it was started without --identity-keys, by which it would hide them.",
        "Palvelin ei ota vastaan henkilötunnuksia: se on käynnistetty ilman valitsinta --identity-keys, jonka avaimilla ne suojattaisiin.",
        "Servern tar inte emot personbeteckningar: den har startats utan --identity-keys, med vars nycklar de skulle skyddas.");

    public static readonly Message KeyUnknown = new("AJV-6107", IssueType.Exception,
        "What is asked for is stored under a key that this server does not have: see --identity-keys.",
        "Pyydetty on tallennettu avaimella, jota palvelimella ei ole: katso --identity-keys.",
        "Det begärda har lagrats med en nyckel som servern inte har: se --identity-keys.");

    internal static ImmutableArray<Message> All =>
        [NotValid, CenturyDiffers, SystemMissing, IsNoId, InAddress, NoKeys, KeyUnknown];
}
