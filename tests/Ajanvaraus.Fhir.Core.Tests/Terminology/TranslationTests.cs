using Ajanvaraus.Fhir.Core.Conformance;
using Ajanvaraus.Fhir.Core.Terminology;
using Ajanvaraus.Fhir.Core.Terminology.Maps;
using Ajanvaraus.Fhir.Core.Tests.Json;

namespace Ajanvaraus.Fhir.Core.Tests.Terminology;

public sealed class TranslationTests
{
    private const string Map = """
        {"resourceType":"ConceptMap","url":"urn:map","version":"1","status":"active","group":[
         {"source":"urn:s","target":"urn:t","element":[
           {"code":"a","target":[{"code":"A","equivalence":"equivalent"},{"code":"A2","display":"Leveämpi","equivalence":"wider"}]},
           {"code":"b","target":[{"equivalence":"unmatched"}]},
           {"code":"c","target":[{"code":"C","equivalence":"equal","dependsOn":[{"property":"urn:age","system":"urn:years","value":"adult"}],
             "product":[{"property":"urn:side","system":"urn:sides","value":"left"}]}]}]},
         {"source":"urn:s","target":"urn:u","element":[{"code":"a","target":[{"code":"U","equivalence":"narrower"}]}],
          "unmapped":{"mode":"fixed","code":"other","display":"Muu"}},
         {"source":"urn:v","target":"urn:t","unmapped":{"mode":"provided"},"element":[{"code":"x","target":[{"code":"X","equivalence":"equal"}]}]},
         {"source":"urn:w","target":"urn:t","unmapped":{"mode":"other-map","url":"urn:map2"},"element":[{"code":"x","target":[{"code":"X","equivalence":"equal"}]}]}]}
        """;

    private const string Second = """
        {"resourceType":"ConceptMap","url":"urn:map2","status":"active","group":[
         {"source":"urn:w","target":"urn:t","unmapped":{"mode":"other-map","url":"urn:map"},"element":[{"code":"y","target":[{"code":"Y","equivalence":"equal"}]}]}]}
        """;

    private static Translation Translate(string system, string code, TranslationRequest? request = null) =>
        new TerminologyService(new ConformanceSet([Parsed.Resource(Map), Parsed.Resource(Second)]), Services.Clock)
            .Translate("urn:map", (request ?? new(null!)) with { Code = new AskedCode(system, null, code, null) }).Value!;

    private static string Told(Translation translation) => string.Join(
        ' ', translation.Matches.Select(m => $"{m.Equivalence}:{m.System}|{m.Code}"));

    [Theory]
    [InlineData("urn:s", "a", true, "equivalent:urn:t|A wider:urn:t|A2 narrower:urn:u|U")]
    [InlineData("urn:s", "b", true, "unmatched:urn:t| inexact:urn:u|other")]
    [InlineData("urn:s", "zzz", true, "inexact:urn:u|other")]
    [InlineData("urn:v", "x", true, "equal:urn:t|X")]
    [InlineData("urn:v", "zzz", true, "equal:urn:t|zzz")]
    [InlineData("urn:w", "y", true, "equal:urn:t|Y")]
    [InlineData("urn:w", "zzz", false, "")]
    [InlineData("urn:none", "a", false, "")]
    public void Code_is_translated_by_every_group_of_its_system(string system, string code, bool isTranslated, string told)
    {
        var translation = Translate(system, code);

        Told(translation).Should().Be(told);
        translation.IsTranslated.Should().Be(isTranslated);
        (translation.Remark is null).Should().Be(isTranslated);
    }

    [Fact]
    public void Target_system_narrows_the_answer()
    {
        Told(Translate("urn:s", "b", new(null!, "urn:t"))).Should().Be("unmatched:urn:t|");
        Translate("urn:s", "b", new(null!, "urn:t")).IsTranslated.Should().BeFalse();
        Told(Translate("urn:s", "a", new(null!, "urn:u"))).Should().Be("narrower:urn:u|U");
    }

    [Theory]
    [InlineData("urn:t", "A", "equivalent:urn:s|a")]
    [InlineData("urn:t", "A2", "narrower:urn:s|a")]
    [InlineData("urn:u", "U", "wider:urn:s|a")]
    [InlineData("urn:t", "X", "equal:urn:v|x equal:urn:w|x")]
    [InlineData("urn:t", "zzz", "")]
    public void Reverse_finds_the_sources_and_turns_the_equivalence(string system, string code, string told)
    {
        Told(Translate(system, code, new(null!, IsReverse: true))).Should().Be(told);
    }

    [Theory]
    [InlineData("urn:age", "urn:years", "adult", true)]
    [InlineData("urn:age", null, "adult", true)]
    [InlineData("urn:age", "urn:years", "child", false)]
    [InlineData("urn:sex", "urn:years", "adult", false)]
    public void Mapping_that_depends_on_something_counts_only_with_it(
        string property, string? system, string value, bool isMet)
    {
        var request = new TranslationRequest(
            null!, "urn:t", Dependencies: [new MapDependency(property, system, value, null)]);

        var translation = Translate("urn:s", "c", request);

        translation.IsTranslated.Should().Be(isMet);
        Translate("urn:s", "c", new(null!, "urn:t")).IsTranslated.Should().BeFalse();
        if (isMet)
            translation.Matches.Single().Products.Select(p => p.Value).Should().Equal("left");
    }

    /// <summary>Value sets asked for, whether in reverse, and the maps that answered.</summary>
    [Theory]
    [InlineData("urn:from", "urn:to", false, "urn:one urn:two")]
    [InlineData("urn:from", null, false, "urn:one urn:three urn:two")]
    [InlineData(null, "urn:to|2", false, "urn:one")]
    [InlineData("urn:from", "urn:other", false, "urn:three")]
    [InlineData("urn:to", "urn:from", false, "")]
    [InlineData("urn:to", "urn:from", true, "urn:one urn:two")]
    [InlineData("urn:nowhere", null, false, "")]
    public void Maps_are_found_by_the_value_sets_that_they_join(string? from, string? to, bool isReverse, string maps)
    {
        string Joining(string url, string target, string status) => $$"""
            {"resourceType":"ConceptMap","url":"{{url}}","status":"{{status}}","sourceCanonical":"urn:from","targetCanonical":"{{target}}",
             "group":[{"source":"urn:s","target":"urn:s","element":[{"code":"a","target":[{"code":"a","equivalence":"equal"}]}]}]}
            """;
        var service = new TerminologyService(new ConformanceSet([
            Parsed.Resource(Joining("urn:two", "urn:to|1.5", "active")), Parsed.Resource(Joining("urn:one", "urn:to", "draft")),
            Parsed.Resource(Joining("urn:three", "urn:other", "active")), Parsed.Resource(Joining("urn:old", "urn:to", "retired")),
        ]), Services.Clock);

        var translation = service.Translate(from, to, new(new AskedCode("urn:s", null, "a", null), IsReverse: isReverse));

        string.Join(' ', translation.Matches.Select(m => m.Source)).Should().Be(maps);
        translation.IsTranslated.Should().Be(maps.Length > 0);
        (translation.Remark?.Id).Should().Be(maps.Length > 0 ? null : "AJV-5151");
    }

    [Fact]
    public void Maps_of_R4_are_found_by_their_value_sets()
    {
        var service = new TerminologyService(ConformanceSet.Empty, Services.Clock);

        var translation = service.Translate(
            "http://hl7.org/fhir/ValueSet/address-use", null,
            new(new AskedCode("http://hl7.org/fhir/address-use", null, "home", null)));

        translation.Matches.Should().Contain(m => m.System == "http://terminology.hl7.org/CodeSystem/v3-AddressUse" && m.Code == "H");
    }

    [Fact]
    public void Unknown_map_is_not_found()
    {
        var service = new TerminologyService(ConformanceSet.Empty, Services.Clock);

        var outcome = service.Translate("urn:none", new(new AskedCode("urn:s", null, "a", null)));

        outcome.Problem!.Issues.Single().Id.Should().Be("AJV-5103");
    }
}
