namespace Ajanvaraus.Fhir.Core.Issues;

/// <summary><c>AJV-50xx</c>: what is wrong with a FHIRPath expression or its evaluation.</summary>
/// <remarks>5001 syntax, 5020 names that are not known, 5030 evaluation, 5050 budget, 5060 static types.</remarks>
public static class FhirPathMessages
{
    public static readonly Message CommentNotClosed = Bad("AJV-5001",
        "The comment is not closed: */ is missing.",
        "Kommenttia ei ole suljettu: */ puuttuu.",
        "Kommentaren är inte avslutad: */ saknas.");

    public static readonly Message UnknownEscape = Bad("AJV-5002",
        "This escape is not known.",
        "Tätä ohjausmerkintää ei tunneta.",
        "Denna escapesekvens är inte känd.");

    public static readonly Message QuoteNotClosed = Bad("AJV-5003",
        "The quote is not closed.",
        "Lainausta ei ole suljettu.",
        "Citatet är inte avslutat.");

    public static readonly Message DateMustFollow = Bad("AJV-5004",
        "A date or time must follow @.",
        "Merkkiä @ on seurattava päivämäärä tai kellonaika.",
        "Efter @ måste ett datum eller en tid stå.");

    public static readonly Message UnknownSpecial = Bad("AJV-5005",
        "Only $this, $index and $total exist.",
        "On olemassa vain $this, $index ja $total.",
        "Endast $this, $index och $total finns.");

    public static readonly Message NameMustFollow = Bad("AJV-5006",
        "A name must follow %.",
        "Merkkiä % on seurattava nimi.",
        "Efter % måste ett namn stå.");

    public static readonly Message UnknownCharacter = Bad("AJV-5007",
        "This character has no meaning here.",
        "Tällä merkillä ei ole tässä merkitystä.",
        "Detta tecken har ingen betydelse här.");

    public static readonly Message EndExpected = Bad("AJV-5008",
        "An operator or the end was expected here.",
        "Tässä odotettiin operaattoria tai lausekkeen loppua.",
        "En operator eller uttryckets slut väntades här.");

    public static readonly Message SymbolExpected = Bad("AJV-5009",
        "{0} was expected here.",
        "Tässä odotettiin merkkiä {0}.",
        "{0} väntades här.");

    public static readonly Message ValueExpected = Bad("AJV-5010",
        "A value or a path was expected here.",
        "Tässä odotettiin arvoa tai polkua.",
        "Ett värde eller en sökväg väntades här.");

    public static readonly Message NameExpected = Bad("AJV-5011",
        "A name was expected here.",
        "Tässä odotettiin nimeä.",
        "Ett namn väntades här.");

    public static readonly Message NumberTooLarge = Bad("AJV-5012",
        "This number is too large: integers go up to 2147483647, decimals up to 28 digits.",
        "Luku on liian suuri: kokonaisluku on enintään 2147483647, desimaaliluvussa on enintään 28 numeroa.",
        "Talet är för stort: heltal går till 2147483647, decimaltal har högst 28 siffror.");

    public static readonly Message NotADate = Bad("AJV-5013",
        "This is no date or time.",
        "Tämä ei ole päivämäärä eikä kellonaika.",
        "Detta är varken datum eller tid.");

    public static readonly Message TooDeep = new("AJV-5014", IssueType.TooLong,
        "The expression is nested too deeply.",
        "Lauseke on liian monella tasolla sisäkkäin.",
        "Uttrycket är för djupt nästlat.");

    public static readonly Message TooLong = new("AJV-5015", IssueType.TooLong,
        "The expression is too long: {0} at most.",
        "Lauseke on liian pitkä: enintään {0}.",
        "Uttrycket är för långt: högst {0}.");

    public static readonly Message TypeNameExpected = Bad("AJV-5016",
        "The function {0} takes a type name.",
        "Funktio {0} ottaa tyypin nimen.",
        "Funktionen {0} tar ett typnamn.");

    public static readonly Message UnknownFunction = Bad("AJV-5020",
        "The function {0} is not known.",
        "Funktiota {0} ei tunneta.",
        "Funktionen {0} är inte känd.");

    public static readonly Message WrongArgumentCount = Bad("AJV-5021",
        "The function {0} takes {1} to {2} arguments.",
        "Funktio {0} ottaa {1}–{2} argumenttia.",
        "Funktionen {0} tar {1} till {2} argument.");

    public static readonly Message UnknownType = Bad("AJV-5022",
        "The type {0} is not known.",
        "Tyyppiä {0} ei tunneta.",
        "Typen {0} är inte känd.");

    public static readonly Message OneItemExpected = Run("AJV-5030",
        "One item was expected where the collection has {0}.",
        "Tässä odotettiin yhtä arvoa, mutta kokoelmassa on {0}.",
        "Ett värde väntades där samlingen har {0}.");

    public static readonly Message NoOrder = Run("AJV-5031",
        "Values of the types {0} and {1} have no order.",
        "Tyyppien {0} ja {1} arvoilla ei ole järjestystä.",
        "Värden av typerna {0} och {1} har ingen ordning.");

    public static readonly Message OperatorNotApplicable = Run("AJV-5032",
        "The operator {0} does not apply to {1} and {2}.",
        "Operaattoria {0} ei voi käyttää tyyppeihin {1} ja {2}.",
        "Operatorn {0} kan inte användas på {1} och {2}.");

    public static readonly Message NotANumber = Run("AJV-5033",
        "Only a number can be negated, not {0}.",
        "Vain luvun voi vaihtaa vastaluvuksi, ei tyyppiä {0}.",
        "Endast ett tal kan negeras, inte {0}.");

    public static readonly Message WrongInput = Run("AJV-5034",
        "The function {0} works on {1}, not on {2}.",
        "Funktion {0} kohteen tyyppi on {1}, ei {2}.",
        "Funktionen {0} verkar på {1}, inte på {2}.");

    public static readonly Message WrongArgument = Run("AJV-5035",
        "Argument {1} of the function {0} must be {2}.",
        "Funktion {0} argumentin {1} on oltava {2}.",
        "Argument {1} till funktionen {0} måste vara {2}.");

    public static readonly Message UndefinedVariable = Run("AJV-5036",
        "%{0} has no value.",
        "Muuttujalla %{0} ei ole arvoa.",
        "%{0} har inget värde.");

    public static readonly Message VariableExists = Run("AJV-5037",
        "%{0} is defined already.",
        "Muuttuja %{0} on jo määritelty.",
        "%{0} är redan definierad.");

    public static readonly Message BadPattern = Run("AJV-5038",
        "The pattern is no regular expression.",
        "Malli ei ole säännöllinen lauseke.",
        "Mönstret är inget reguljärt uttryck.");

    public static readonly Message NoCalendarUnit = Run("AJV-5039",
        "A quantity in '{0}' cannot be added to a {1}: calendar words or the UCUM units wk, d, h, min, s, ms can.",
        "Yksikköä '{0}' ei voi lisätä arvoon {1}: kalenterisanat ja UCUM-yksiköt wk, d, h, min, s, ms voi.",
        "En kvantitet i '{0}' kan inte adderas till {1}: kalenderord och UCUM-enheterna wk, d, h, min, s, ms kan.");

    public static readonly Message ServiceMissing = new("AJV-5040", IssueType.NotSupported,
        "The function {0} needs {1}, which is not available here.",
        "Funktio {0} tarvitsee palvelun {1}, jota ei ole tässä käytettävissä.",
        "Funktionen {0} behöver {1}, som inte är tillgänglig här.");

    public static readonly Message UnknownProfile = new("AJV-5041", IssueType.NotFound,
        "The profile {0} is not known here.",
        "Profiilia {0} ei tunneta täällä.",
        "Profilen {0} är inte känd här.");

    public static readonly Message UnexpectedModifier = new("AJV-5042", IssueType.Extension,
        "The modifier extension {0} is not expected here.",
        "Merkitystä muuttavaa laajennusta {0} ei odotettu tässä.",
        "Det betydelseändrande tillägget {0} väntades inte här.");

    public static readonly Message StepsExceeded = Costly("AJV-5050",
        "The evaluation was stopped: it takes more than {0} steps.",
        "Laskenta keskeytettiin: se vaatii yli {0} askelta.",
        "Beräkningen avbröts: den tar mer än {0} steg.");

    public static readonly Message CollectionTooLarge = Costly("AJV-5051",
        "The evaluation was stopped: a collection has more than {0} items.",
        "Laskenta keskeytettiin: kokoelmassa on yli {0} arvoa.",
        "Beräkningen avbröts: en samling har mer än {0} värden.");

    public static readonly Message TextTooLong = Costly("AJV-5052",
        "The evaluation was stopped: a text is longer than {0} characters.",
        "Laskenta keskeytettiin: teksti on pidempi kuin {0} merkkiä.",
        "Beräkningen avbröts: en text är längre än {0} tecken.");

    public static readonly Message PatternTooSlow = Costly("AJV-5053",
        "The evaluation was stopped: a pattern takes more than {0} ms.",
        "Laskenta keskeytettiin: mallin vertaaminen kestää yli {0} ms.",
        "Beräkningen avbröts: ett mönster tar mer än {0} ms.");

    public static readonly Message TooManyTraces = Costly("AJV-5054",
        "The evaluation was stopped: it traces more than {0} times.",
        "Laskenta keskeytettiin: jälkiä on yli {0}.",
        "Beräkningen avbröts: den spårar mer än {0} gånger.");

    public static readonly Message UnknownElement = Bad("AJV-5060",
        "{0} has no element {1}.",
        "Tyypillä {0} ei ole elementtiä {1}.",
        "{0} har inget element {1}.");

    public static readonly Message ChoiceByType = Bad("AJV-5061",
        "{0} has no element {1}: write {2}.ofType({3}).",
        "Tyypillä {0} ei ole elementtiä {1}: kirjoita {2}.ofType({3}).",
        "{0} har inget element {1}: skriv {2}.ofType({3}).");

    public static readonly Message ConditionNotBoolean = Bad("AJV-5062",
        "The condition of {0} must be one Boolean.",
        "Funktion {0} ehdon on oltava yksi totuusarvo.",
        "Villkoret för {0} måste vara ett sanningsvärde.");

    public static readonly Message OrderNotDefined = Bad("AJV-5063",
        "{0} needs an order, which children() and descendants() do not have.",
        "{0} tarvitsee järjestyksen, jota funktioilla children() ja descendants() ei ole.",
        "{0} behöver en ordning, som children() och descendants() inte har.");

    public static readonly Message OtherRoot = Bad("AJV-5064",
        "The path begins with {0}, but the context is {1}.",
        "Polku alkaa tyypillä {0}, mutta kohde on {1}.",
        "Sökvägen börjar med {0}, men kontexten är {1}.");

    internal static ImmutableArray<Message> All =>
    [
        CommentNotClosed, UnknownEscape, QuoteNotClosed, DateMustFollow, UnknownSpecial, NameMustFollow,
        UnknownCharacter, EndExpected, SymbolExpected, ValueExpected, NameExpected, NumberTooLarge, NotADate, TooDeep,
        TooLong, TypeNameExpected, UnknownFunction, WrongArgumentCount, UnknownType, OneItemExpected, NoOrder,
        OperatorNotApplicable, NotANumber, WrongInput, WrongArgument, UndefinedVariable, VariableExists, BadPattern,
        NoCalendarUnit, ServiceMissing, UnknownProfile, UnexpectedModifier, StepsExceeded, CollectionTooLarge,
        TextTooLong, PatternTooSlow, TooManyTraces, UnknownElement, ChoiceByType, ConditionNotBoolean,
        OrderNotDefined, OtherRoot,
    ];

    private static Message Bad(string id, string en, string fi, string sv) => new(id, IssueType.Invalid, en, fi, sv);

    private static Message Run(string id, string en, string fi, string sv) =>
        new(id, IssueType.Processing, en, fi, sv);

    private static Message Costly(string id, string en, string fi, string sv) =>
        new(id, IssueType.TooCostly, en, fi, sv);
}
