namespace Ajanvaraus.Fhir.Core.Issues;

/// <summary><c>AJV-33xx</c>: what the commands tell an operator.</summary>
public static class CommandMessages
{
    public static readonly Message ArchiveDamaged = new("AJV-3301", IssueType.Invalid,
        "The archive is damaged or is no backup of this server ({0}): nothing was restored.",
        "Varmuuskopio on vioittunut tai se ei ole tämän palvelimen varmuuskopio ({0}): mitään ei palautettu.",
        "Säkerhetskopian är skadad eller hör inte till den här servern ({0}): ingenting återställdes.");

    public static readonly Message ArchiveOtherVersion = new("AJV-3302", IssueType.Invalid,
        "The archive is of schema {0} and the database of schema {1}: restore it with the version that wrote it, "
        + "then upgrade.",
        "Varmuuskopion rakenne on {0} ja tietokannan {1}: palauta se versiolla, joka sen teki, ja päivitä sitten.",
        "Säkerhetskopian har schema {0} och databasen {1}: återställ den med versionen som skrev den och uppgradera "
        + "sedan.");

    public static readonly Message ArchiveOtherTables = new("AJV-3303", IssueType.Invalid,
        "The archive has other tables than the database: restore it with the version that wrote it, then upgrade.",
        "Varmuuskopiossa on muita tauluja kuin tietokannassa: palauta se versiolla, joka sen teki, ja päivitä sitten.",
        "Säkerhetskopian har andra tabeller än databasen: återställ den med versionen som skrev den och uppgradera "
        + "sedan.");

    public static readonly Message DatabaseNotEmpty = new("AJV-3304", IssueType.Conflict,
        "The database is not empty (table {0}): a backup is restored into an empty database only.",
        "Tietokanta ei ole tyhjä (taulu {0}): varmuuskopio palautetaan vain tyhjään tietokantaan.",
        "Databasen är inte tom (tabell {0}): en säkerhetskopia återställs bara i en tom databas.");

    public static readonly Message ArchiveRefused = new("AJV-3305", IssueType.Processing,
        "The database does not take the archive, nothing was restored: {0}",
        "Tietokanta ei hyväksy varmuuskopiota, mitään ei palautettu: {0}",
        "Databasen tar inte emot säkerhetskopian, ingenting återställdes: {0}");

    public static readonly Message NoResourceInEntry = new("AJV-3306", IssueType.Required,
        "The entry has no resource to import.",
        "Merkinnässä ei ole tuotavaa resurssia.",
        "Posten har ingen resurs att importera.");

    public static readonly Message NoId = new("AJV-3307", IssueType.Required,
        "A resource to import has an id of 1 to 64 letters, digits, hyphens and dots.",
        "Tuotavalla resurssilla on tunniste (id), jossa on 1–64 kirjainta, numeroa, yhdysmerkkiä tai pistettä.",
        "En resurs som importeras har ett id med 1–64 bokstäver, siffror, bindestreck eller punkter.");

    public static readonly Message TooLong = new("AJV-3308", IssueType.TooLong,
        "The resource has more than {0} bytes.",
        "Resurssissa on yli {0} tavua.",
        "Resursen har fler än {0} byte.");

    internal static ImmutableArray<Message> All =>
    [
        ArchiveDamaged, ArchiveOtherVersion, ArchiveOtherTables, DatabaseNotEmpty, ArchiveRefused, NoResourceInEntry,
        NoId, TooLong,
    ];
}
