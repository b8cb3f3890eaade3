namespace Ajanvaraus.Fhir.Core.Issues;

/// <summary><c>AJV-14xx</c>: what invariants, profiles and extension definitions ask.</summary>
/// <remarks>The last argument is the canonical of the profile that states the rule.</remarks>
public static class ProfileMessages
{
    public static readonly Message UnknownProfile = new("AJV-1401", IssueType.NotFound,
        "The profile {0} is not known here: store its StructureDefinition first.",
        "Profiilia {0} ei tunneta: tallenna ensin sen StructureDefinition.",
        "Profilen {0} är inte känd här: spara först dess StructureDefinition.");

    public static readonly Message UnknownMetaProfile = new("AJV-1402", IssueType.NotFound,
        "The profile {0} that the resource claims is not known here and was not checked.",
        "Resurssin ilmoittamaa profiilia {0} ei tunneta, eikä sitä tarkistettu.",
        "Profilen {0} som resursen anger är inte känd här och kontrollerades inte.")
        { Severity = IssueSeverity.Warning };

    public static readonly Message ProfileOfOtherType = new("AJV-1403", IssueType.Invalid,
        "The element is of type {0}; the profile {2} is for {1}.",
        "Elementti on tyyppiä {0}; profiili {2} on tyypille {1}.",
        "Elementet är av typen {0}; profilen {2} gäller {1}.");

    public static readonly Message FaultyProfile = new("AJV-1404", IssueType.Processing,
        "A part of the profile {1} cannot be checked: {0}.",
        "Osaa profiilista {1} ei voi tarkistaa: {0}.",
        "En del av profilen {1} kan inte kontrolleras: {0}.") { Severity = IssueSeverity.Warning };

    public static readonly Message TooFew = new("AJV-1405", IssueType.Required,
        "The element {0} occurs {1} times; at least {2} is required by the profile {3}.",
        "Elementti {0} esiintyy {1} kertaa; profiili {3} vaatii vähintään {2}.",
        "Elementet {0} förekommer {1} gånger; profilen {3} kräver minst {2}.");

    public static readonly Message TooMany = new("AJV-1406", IssueType.Structure,
        "The element {0} occurs {1} times; at most {2} is allowed by the profile {3}.",
        "Elementti {0} esiintyy {1} kertaa; profiili {3} sallii enintään {2}.",
        "Elementet {0} förekommer {1} gånger; profilen {3} tillåter högst {2}.");

    public static readonly Message ImposedUnknown = new("AJV-1407", IssueType.NotFound,
        "The profile {0}, which {1} asks for besides, is not known here and was not checked.",
        "Profiilia {0}, jota {1} edellyttää lisäksi, ei tunneta, eikä sitä tarkistettu.",
        "Profilen {0}, som {1} dessutom kräver, är inte känd här och kontrollerades inte.")
        { Severity = IssueSeverity.Information };

    public static readonly Message TypeNotAllowed = new("AJV-1408", IssueType.Structure,
        "The type {0} is not allowed here; the profile {2} allows: {1}.",
        "Tyyppi {0} ei ole tässä sallittu; profiili {2} sallii: {1}.",
        "Typen {0} är inte tillåten här; profilen {2} tillåter: {1}.");

    public static readonly Message FixedDiffers = new("AJV-1409", IssueType.Value,
        "The value must be exactly {0}, as the profile {1} fixes it.",
        "Arvon on oltava täsmälleen {0}, kuten profiili {1} sen kiinnittää.",
        "Värdet måste vara exakt {0}, så som profilen {1} fastställer det.");

    public static readonly Message PatternDiffers = new("AJV-1410", IssueType.Value,
        "The value does not have what the profile {1} asks for: {0}.",
        "Arvosta puuttuu, mitä profiili {1} vaatii: {0}.",
        "Värdet saknar det som profilen {1} kräver: {0}.");

    public static readonly Message BelowLeast = new("AJV-1411", IssueType.Value,
        "The value is below {0}, the least that the profile {1} allows.",
        "Arvo on pienempi kuin {0}, pienin profiilin {1} sallima.",
        "Värdet är lägre än {0}, det minsta som profilen {1} tillåter.");

    public static readonly Message AboveMost = new("AJV-1412", IssueType.Value,
        "The value is above {0}, the most that the profile {1} allows.",
        "Arvo on suurempi kuin {0}, suurin profiilin {1} sallima.",
        "Värdet är högre än {0}, det högsta som profilen {1} tillåter.");

    public static readonly Message TextTooLong = new("AJV-1413", IssueType.TooLong,
        "The text has {0} characters; the profile {2} allows {1}.",
        "Tekstissä on {0} merkkiä; profiili {2} sallii {1}.",
        "Texten har {0} tecken; profilen {2} tillåter {1}.");

    public static readonly Message NotInRequired = new("AJV-1414", IssueType.CodeInvalid,
        "No code is from the value set {0}, which is required by {1}.",
        "Yksikään koodi ei ole koodijoukosta {0}, jonka {1} vaatii.",
        "Ingen kod är från kodmängden {0}, som {1} kräver.");

    public static readonly Message NotInExtensible = new("AJV-1415", IssueType.CodeInvalid,
        "No code is from the value set {0}; {1} asks for one of it unless none fits.",
        "Yksikään koodi ei ole koodijoukosta {0}; {1} pyytää siitä koodin, ellei mikään sovi.",
        "Ingen kod är från kodmängden {0}; {1} ber om en därifrån om inte ingen passar.")
        { Severity = IssueSeverity.Warning };

    public static readonly Message BindingNotChecked = new("AJV-1416", IssueType.NotSupported,
        "The code was not checked: the value set {0} of {1}, or a code system of it, is not known here.",
        "Koodia ei tarkistettu: koodijoukkoa {0} ({1}) tai sen koodistoa ei tunneta.",
        "Koden kontrollerades inte: kodmängden {0} i {1} eller ett kodsystem i den är inte känd här.")
        { Severity = IssueSeverity.Warning };

    public static readonly Message RuleBroken = new("AJV-1417", IssueType.Invariant,
        "The rule {0} of {2} is not met: {1}",
        "Sääntö {0} ({2}) ei täyty: {1}",
        "Regeln {0} i {2} är inte uppfylld: {1}");

    public static readonly Message AdviceNotFollowed = new("AJV-1418", IssueType.Invariant,
        "The advice {0} of {2} is not followed: {1}",
        "Ohjetta {0} ({2}) ei noudateta: {1}",
        "Rådet {0} i {2} följs inte: {1}") { Severity = IssueSeverity.Warning };

    public static readonly Message BestPractice = new("AJV-1419", IssueType.BusinessRule,
        "Best practice {0} of {2}, not required: {1}",
        "Hyvä käytäntö {0} ({2}), ei pakollinen: {1}",
        "God praxis {0} i {2}, inte obligatorisk: {1}") { Severity = IssueSeverity.Warning };

    public static readonly Message RuleNotChecked = new("AJV-1420", IssueType.Processing,
        "The rule {0} of {2} could not be checked: {1}",
        "Sääntöä {0} ({2}) ei voitu tarkistaa: {1}",
        "Regeln {0} i {2} kunde inte kontrolleras: {1}") { Severity = IssueSeverity.Warning };

    public static readonly Message SliceTooFew = new("AJV-1421", IssueType.Required,
        "The slice {0} occurs {1} times; at least {2} is required by the profile {3}.",
        "Viipale {0} esiintyy {1} kertaa; profiili {3} vaatii vähintään {2}.",
        "Delmängden {0} förekommer {1} gånger; profilen {3} kräver minst {2}.");

    public static readonly Message SliceTooMany = new("AJV-1422", IssueType.Structure,
        "The slice {0} occurs {1} times; at most {2} is allowed by the profile {3}.",
        "Viipale {0} esiintyy {1} kertaa; profiili {3} sallii enintään {2}.",
        "Delmängden {0} förekommer {1} gånger; profilen {3} tillåter högst {2}.");

    public static readonly Message SlicingClosed = new("AJV-1423", IssueType.Structure,
        "The element is none of the slices {0}, and the profile {1} allows no others.",
        "Elementti ei ole mikään viipaleista {0}, eikä profiili {1} salli muita.",
        "Elementet är ingen av delmängderna {0}, och profilen {1} tillåter inga andra.");

    public static readonly Message SlicesOutOfOrder = new("AJV-1424", IssueType.Structure,
        "The slice {0} stands after a later one; the profile {1} asks for the order of its slices.",
        "Viipale {0} on myöhemmän jälkeen; profiili {1} vaatii viipaleidensa järjestyksen.",
        "Delmängden {0} står efter en senare; profilen {1} kräver sin ordning.");

    public static readonly Message SliceAfterOthers = new("AJV-1425", IssueType.Structure,
        "The slice {0} stands after elements of no slice; the profile {1} allows these only at the end.",
        "Viipale {0} on viipaleisiin kuulumattomien jälkeen; profiili {1} sallii ne vain lopussa.",
        "Delmängden {0} står efter element utan delmängd; profilen {1} tillåter dem bara i slutet.");

    public static readonly Message SliceAmbiguous = new("AJV-1426", IssueType.Structure,
        "The element is of two slices, {0} and {1}, of the profile {2}.",
        "Elementti kuuluu kahteen viipaleeseen, {0} ja {1}, profiilissa {2}.",
        "Elementet hör till två delmängder, {0} och {1}, i profilen {2}.");

    public static readonly Message ConformsToNone = new("AJV-1430", IssueType.Structure,
        "The element conforms to none of the profiles that {1} allows: {0}.",
        "Elementti ei noudata mitään profiileista, jotka {1} sallii: {0}.",
        "Elementet följer ingen av profilerna som {1} tillåter: {0}.");

    public static readonly Message TargetTypeNotAllowed = new("AJV-1431", IssueType.Structure,
        "The reference points to {0}; the profile {2} allows: {1}.",
        "Viittaus osoittaa tyyppiin {0}; profiili {2} sallii: {1}.",
        "Referensen pekar på {0}; profilen {2} tillåter: {1}.");

    public static readonly Message TargetConformsToNone = new("AJV-1432", IssueType.Structure,
        "The resource referred to conforms to none of the profiles that {1} allows: {0}.",
        "Viitattu resurssi ei noudata mitään profiileista, jotka {1} sallii: {0}.",
        "Resursen som refereras följer ingen av profilerna som {1} tillåter: {0}.");

    public static readonly Message AggregationNotAllowed = new("AJV-1433", IssueType.Structure,
        "The reference is {0}; the profile {2} allows: {1}.",
        "Viittaus on {0}; profiili {2} sallii: {1}.",
        "Referensen är {0}; profilen {2} tillåter: {1}.");

    public static readonly Message ReferenceVersioning = new("AJV-1434", IssueType.Structure,
        "The profile {1} asks for a reference that is {0}.",
        "Profiili {1} vaatii viittauksen, joka on {0}.",
        "Profilen {1} kräver en referens som är {0}.");

    public static readonly Message UnknownExtension = new("AJV-1440", IssueType.Extension,
        "The extension {0} is not known here and was not checked.",
        "Laajennusta {0} ei tunneta, eikä sitä tarkistettu.",
        "Tillägget {0} är inte känt här och kontrollerades inte.") { Severity = IssueSeverity.Information };

    public static readonly Message UnknownModifierExtension = new("AJV-1441", IssueType.Extension,
        "The modifier extension {0} is not known here: it may change the meaning of what it stands on.",
        "Merkitystä muuttavaa laajennusta {0} ei tunneta: se voi muuttaa kohteensa merkityksen.",
        "Det modifierande tillägget {0} är inte känt här: det kan ändra betydelsen av det som det står på.");

    public static readonly Message ExtensionOutOfPlace = new("AJV-1442", IssueType.Extension,
        "The extension {0} may not stand here; its definition allows: {1}.",
        "Laajennus {0} ei saa olla tässä; sen määritelmä sallii: {1}.",
        "Tillägget {0} får inte stå här; dess definition tillåter: {1}.");

    public static readonly Message ExtensionIsModifier = new("AJV-1443", IssueType.Extension,
        "The extension {0} is a modifier and belongs in modifierExtension.",
        "Laajennus {0} muuttaa merkitystä ja kuuluu elementtiin modifierExtension.",
        "Tillägget {0} är modifierande och hör hemma i modifierExtension.");

    public static readonly Message ExtensionIsNoModifier = new("AJV-1444", IssueType.Extension,
        "The extension {0} is no modifier and belongs in extension.",
        "Laajennus {0} ei muuta merkitystä ja kuuluu elementtiin extension.",
        "Tillägget {0} är inte modifierande och hör hemma i extension.");

    public static readonly Message UnknownCoreExtension = new("AJV-1445", IssueType.Extension,
        "The extension {0} is none of R4, though its address is in HL7's own namespace: mistyped, or of a later version.",
        "Laajennusta {0} ei ole R4:ssä, vaikka osoite on HL7:n omassa nimiavaruudessa: kirjoitusvirhe tai uudempi versio.",
        "Tillägget {0} finns inte i R4, fast adressen är i HL7:s egen namnrymd: felskrivet eller av en senare version.")
    { Severity = IssueSeverity.Warning };

    public static readonly Message TooCostly = new("AJV-1450", IssueType.TooCostly,
        "The resource and its profiles ask for too many checks; the rest was not looked at.",
        "Resurssi ja sen profiilit vaativat liikaa tarkistuksia; loppua ei tutkittu.",
        "Resursen och dess profiler kräver för många kontroller; resten undersöktes inte.");

    public static readonly Message MeetsProfiles = new("AJV-1451", IssueType.Informational,
        "The resource claims no profile of this server. It meets {0}.",
        "Resurssi ei ilmoita mitään palvelimen profiileista. Se täyttää: {0}.",
        "Resursen anger ingen av serverns profiler. Den uppfyller {0}.") { Severity = IssueSeverity.Information };

    public static readonly Message MeetsNoProfile = new("AJV-1452", IssueType.Informational,
        "The resource claims no profile of this server and meets none. Validate it by {0} to see why.",
        "Resurssi ei ilmoita eikä täytä mitään palvelimen profiileista. Syyt saa validoimalla profiililla {0}.",
        "Resursen varken anger eller uppfyller någon av serverns profiler. Validera med {0} för att se varför.")
        { Severity = IssueSeverity.Information };

    public static readonly Message ProfileRequired = new("AJV-1453", IssueType.BusinessRule,
        "This server stores {0} only by one of its profiles, and the resource meets none of them.",
        "Palvelin tallentaa tyypin {0} vain jonkin profiilinsa mukaisena, eikä resurssi täytä niistä mitään.",
        "Servern sparar {0} endast enligt någon av sina profiler, och resursen uppfyller ingen av dem.");

    public static readonly Message UnknownMode = new("AJV-1460", IssueType.Value,
        "The mode of a validation is create, update, delete or profile.",
        "Validoinnin mode on create, update, delete tai profile.",
        "En validerings mode är create, update, delete eller profile.");

    public static readonly Message NothingToValidate = new("AJV-1461", IssueType.Required,
        "There is nothing to validate: give a resource, or call the operation on one.",
        "Validoitavaa ei ole: anna resurssi tai kutsu operaatiota resurssille.",
        "Det finns inget att validera: ange en resurs eller anropa operationen på en.");

    internal static ImmutableArray<Message> All =>
    [
        UnknownProfile, UnknownMetaProfile, ProfileOfOtherType, FaultyProfile, TooFew, TooMany, ImposedUnknown,
        TypeNotAllowed,
        FixedDiffers, PatternDiffers, BelowLeast, AboveMost, TextTooLong, NotInRequired, NotInExtensible,
        BindingNotChecked, RuleBroken, AdviceNotFollowed, BestPractice, RuleNotChecked, SliceTooFew, SliceTooMany,
        SlicingClosed, SlicesOutOfOrder, SliceAfterOthers, SliceAmbiguous, ConformsToNone, TargetTypeNotAllowed,
        TargetConformsToNone, AggregationNotAllowed, ReferenceVersioning, UnknownExtension, UnknownModifierExtension,
        ExtensionOutOfPlace, ExtensionIsModifier, ExtensionIsNoModifier,
        UnknownCoreExtension, TooCostly, MeetsProfiles, MeetsNoProfile, ProfileRequired, UnknownMode, NothingToValidate,
    ];
}
