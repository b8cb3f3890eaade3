namespace Ajanvaraus.Fhir.Core.Issues;

/// <summary><c>AJV-20xx</c>: writes and the references in them, http://hl7.org/fhir/R4/http.html.</summary>
public static class WriteMessages
{
    public static readonly Message NoSuchResource = new("AJV-2001", IssueType.NotFound,
        "There is no such resource.",
        "Resurssia ei ole.",
        "Resursen finns inte.");

    public static readonly Message SeveralMatches = new("AJV-2002", IssueType.MultipleMatches,
        "More than one resource meets the condition: make it more exact.",
        "Ehdon täyttää useampi kuin yksi resurssi: tarkenna ehtoa.",
        "Mer än en resurs uppfyller villkoret: precisera det.");

    public static readonly Message IdDiffersFromMatch = new("AJV-2003", IssueType.Value,
        "The resource that meets the condition has another id than the body.",
        "Ehdon täyttävällä resurssilla on eri id kuin lähetetyllä resurssilla.",
        "Resursen som uppfyller villkoret har ett annat id än den sända resursen.");

    public static readonly Message AlreadyExists = new("AJV-2004", IssueType.Duplicate,
        "The resource exists already.",
        "Resurssi on jo olemassa.",
        "Resursen finns redan.");

    public static readonly Message VersionDiffers = new("AJV-2005", IssueType.Conflict,
        "The resource has changed since the version that If-Match names: read it and try again.",
        "Resurssi on muuttunut If-Match-otsakkeessa nimetyn version jälkeen: lue se ja yritä uudelleen.",
        "Resursen har ändrats efter den version som If-Match anger: läs den och försök igen.");

    public static readonly Message ReferenceUnresolved = new("AJV-2006", IssueType.NotFound,
        "No entry of the Bundle has the fullUrl that this reference names.",
        "Millään Bundlen osalla ei ole tämän viittauksen nimeämää fullUrl-osoitetta.",
        "Ingen post i denna Bundle har den fullUrl som referensen anger.");

    public static readonly Message NoMatchOfReference = new("AJV-2007", IssueType.NotFound,
        "No resource meets the search of this reference.",
        "Mikään resurssi ei vastaa tämän viittauksen hakua.",
        "Ingen resurs motsvarar sökningen i denna referens.");

    public static readonly Message ResourceGone = new("AJV-2008", IssueType.Deleted,
        "The resource has been deleted.",
        "Resurssi on poistettu.",
        "Resursen har raderats.");

    public static readonly Message NoVersionToMatch = new("AJV-2009", IssueType.Conflict,
        "The resource does not exist, so no version of it can match.",
        "Resurssia ei ole, joten mikään sen versio ei voi täsmätä.",
        "Resursen finns inte, så ingen version av den kan stämma.");

    public static readonly Message SeveralMatchesOfReference = new("AJV-2010", IssueType.MultipleMatches,
        "More than one resource meets the search of this reference.",
        "Useampi kuin yksi resurssi vastaa tämän viittauksen hakua.",
        "Mer än en resurs motsvarar sökningen i denna referens.");

    internal static ImmutableArray<Message> All =>
    [
        NoSuchResource, SeveralMatches, IdDiffersFromMatch, AlreadyExists, VersionDiffers, ReferenceUnresolved,
        NoMatchOfReference, ResourceGone, NoVersionToMatch, SeveralMatchesOfReference,
    ];
}
