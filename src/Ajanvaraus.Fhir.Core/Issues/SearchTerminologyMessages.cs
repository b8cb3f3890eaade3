namespace Ajanvaraus.Fhir.Core.Issues;

/// <summary><c>AJV-211x</c>: searches that ask what codes mean, http://hl7.org/fhir/R4/search.html#token.</summary>
/// <remarks>{0} is the name of a parameter.</remarks>
public static class SearchTerminologyMessages
{
    public static readonly Message UnknownCodes = new("AJV-2113", IssueType.NotFound,
        "A value of {0} names a value set, code system or code that this server does not know or cannot list.",
        "Parametrin {0} arvo nimeää arvojoukon, koodiston tai koodin, jota palvelin ei tunne tai voi luetella.",
        "Ett värde för {0} anger en värdemängd, ett kodsystem eller en kod som servern inte känner till eller kan räkna upp.");

    public static readonly Message NoTerminology = new("AJV-2114", IssueType.NotSupported,
        "{0} asks what codes mean, which cannot be answered here.",
        "Parametri {0} kysyy koodien merkitystä; siihen ei voi vastata tässä.",
        "{0} frågar vad koder betyder, vilket inte kan besvaras här.");

    public static ImmutableArray<Message> All { get; } = [UnknownCodes, NoTerminology];
}
