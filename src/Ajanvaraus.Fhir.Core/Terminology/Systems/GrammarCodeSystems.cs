using System.Collections.Frozen;

using Ajanvaraus.Fhir.Core.Ucum;

namespace Ajanvaraus.Fhir.Core.Terminology.Systems;

/// <summary>The code systems of FHIR whose codes are defined by a grammar: http://hl7.org/fhir/R4/terminologies-systems.html .</summary>
internal static class GrammarCodeSystems
{
    public const string Ucum = "http://unitsofmeasure.org";
    public const string LanguageTags = "urn:ietf:bcp:47";
    public const string MediaTypes = "urn:ietf:bcp:13";
    public const string Uris = "urn:ietf:rfc:3986";

    private static readonly FrozenDictionary<string, GrammarCodeSystem> ByUrl = new[]
    {
        System(Ucum, "UCUM", "Unified Code for Units of Measure", UcumUnits.IsValid),
        System(LanguageTags, "Tags for the Identification of Languages", "BCP 47", LanguageTag.IsValid),
        System(MediaTypes, "Media types", "BCP 13", MediaType.IsValid),
        System(Uris, "URI", "RFC 3986", IsUri),
    }.ToFrozenDictionary(s => s.Url);

    public static IEnumerable<string> Urls => ByUrl.Keys.Order(StringComparer.Ordinal);

    public static GrammarCodeSystem? Find(string url) => ByUrl.GetValueOrDefault(url);

    private static GrammarCodeSystem System(string url, string name, string title, Func<string, bool> isCode) =>
        new(new CodeSystemHead(url, "") { Name = name, Title = title }, isCode);

    private static bool IsUri(string code) =>
        Uri.TryCreate(code, UriKind.Absolute, out _) && !code.AsSpan().ContainsAny(' ', '\t', '\n');
}
