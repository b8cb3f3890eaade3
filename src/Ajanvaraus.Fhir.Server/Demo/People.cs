using NodaTime;

namespace Ajanvaraus.Fhir.Server.Demo;

/// <summary>A made-up person.</summary>
/// <param name="Language">BCP 47: fi, sv, ru or en.</param>
internal sealed record Person(string Given, string Family, bool IsFemale, string Language);

/// <summary>A client of the county.</summary>
/// <param name="Id">Logical id of the Patient.</param>
/// <param name="PersonalIdentityCode">A test code; nobody has it.</param>
internal sealed record Client(string Id, Person Person, LocalDate BirthDate, string PersonalIdentityCode);

/// <summary>Makes up people from common Finnish names; any likeness is chance.</summary>
internal sealed class People(Random random)
{
    private static readonly string[] FinnishWomen =
    [
        "Aino", "Anna", "Eeva", "Elina", "Emilia", "Hanna", "Helmi", "Iida", "Johanna", "Kaisa", "Katri", "Laura",
        "Leena", "Liisa", "Maria", "Minna", "Noora", "Päivi", "Riikka", "Saara", "Sanna", "Tiina", "Tuula", "Venla",
    ];

    private static readonly string[] FinnishMen =
    [
        "Aleksi", "Antti", "Eero", "Eetu", "Hannu", "Ilkka", "Jari", "Juha", "Jukka", "Kalle", "Lauri", "Markku",
        "Matti", "Mika", "Niko", "Oskari", "Pekka", "Petri", "Sami", "Seppo", "Timo", "Tuomas", "Veikko", "Ville",
    ];

    private static readonly string[] FinnishFamilies =
    [
        "Ahonen", "Hakala", "Hämäläinen", "Heikkinen", "Hirvonen", "Jokinen", "Karjalainen", "Kettunen", "Kinnunen",
        "Koivisto", "Korhonen", "Koskinen", "Laine", "Lehtonen", "Leppänen", "Mäkelä", "Mäkinen", "Mustonen", "Niemi",
        "Nieminen", "Nevalainen", "Pitkänen", "Räsänen", "Rantanen", "Saarinen", "Salminen", "Turunen", "Väisänen",
        "Virtanen", "Ylönen",
    ];

    private static readonly string[] SwedishWomen = ["Astrid", "Birgitta", "Ebba", "Ingrid", "Linnéa", "Maj-Britt"];

    private static readonly string[] SwedishMen = ["Anders", "Göran", "Henrik", "Karl-Erik", "Lars", "Åke"];

    private static readonly string[] SwedishFamilies =
        ["Björklund", "Eriksson", "Holmström", "Johansson", "Lindqvist", "Sjöberg", "Söderholm", "Öhman"];

    private readonly HenkilotunnusGenerator _codes = new(random);

    public Person Next()
    {
        var isFemale = random.Next(2) == 0;
        var language = random.Next(100) switch { < 92 => "fi", < 96 => "sv", < 98 => "ru", _ => "en" };
        var given = language == "sv"
            ? (isFemale ? SwedishWomen : SwedishMen)
            : (isFemale ? FinnishWomen : FinnishMen);
        var family = language == "sv" ? SwedishFamilies : FinnishFamilies;
        return new Person(given[random.Next(given.Length)], family[random.Next(family.Length)], isFemale, language);
    }

    /// <param name="id">Logical id of the Patient.</param>
    /// <param name="bornFrom">First year of birth; <paramref name="bornTo"/> is the last.</param>
    public Client NextClient(string id, int bornFrom, int bornTo)
    {
        var person = Next();
        var birth = new LocalDate(random.Next(bornFrom, bornTo + 1), 1, 1).PlusDays(random.Next(365));
        return new Client(id, person, birth, _codes.Next(birth, person.IsFemale));
    }
}
