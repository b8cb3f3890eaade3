using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Terminology;
using Ajanvaraus.Fhir.Core.Tests.Json;
using Ajanvaraus.Fhir.Core.Validation;

using static Ajanvaraus.Fhir.Core.Tests.Terminology.Services;

namespace Ajanvaraus.Fhir.Core.Tests.Terminology;

public sealed class ExpansionTests
{
    [Theory]
    [InlineData("concept", "is-a", "palvelu", "palvelu tehostettu kotipalvelu")]
    [InlineData("code", "is-a", "palvelu", "palvelu tehostettu kotipalvelu")]
    [InlineData("concept", "descendent-of", "palvelu", "tehostettu kotipalvelu")]
    [InlineData("concept", "is-a", "perhe", "kotipalvelu perhe sovittelu isyys")]
    [InlineData("concept", "is-not-a", "asuminen", "perhe sovittelu isyys")]
    [InlineData("concept", "generalizes", "kotipalvelu", "asuminen palvelu kotipalvelu perhe")]
    [InlineData("concept", "=", "tuettu", "tuettu")]
    [InlineData("concept", "in", "tuettu, perhe,nothing", "tuettu perhe")]
    [InlineData("concept", "not-in", "tuettu,perhe,asuminen,palvelu,tehostettu", "kotipalvelu sovittelu isyys")]
    [InlineData("concept", "regex", "t.*", "tuettu tehostettu")]
    [InlineData("concept", "regex", "e", "")]
    [InlineData("display", "regex", ".*asuminen|Asuminen", "asuminen tuettu palvelu tehostettu")]
    [InlineData("display", "=", "Kotipalvelu", "kotipalvelu")]
    [InlineData("unit", "=", "B", "palvelu tehostettu")]
    [InlineData("unit", "in", "A,B", "tuettu palvelu tehostettu")]
    [InlineData("unit", "not-in", "A,B", "asuminen kotipalvelu perhe sovittelu isyys")]
    [InlineData("unit", "exists", "true", "tuettu palvelu tehostettu")]
    [InlineData("minutes", "exists", "false", "asuminen palvelu perhe sovittelu isyys")]
    [InlineData("minutes", "regex", "[36]0", "tuettu tehostettu")]
    [InlineData("parent", "=", "palvelu", "tehostettu kotipalvelu")]
    [InlineData("parent", "exists", "false", "asuminen perhe")]
    [InlineData("child", "=", "kotipalvelu", "palvelu perhe")]
    [InlineData("child", "exists", "true", "asuminen palvelu perhe")]
    [InlineData("inactive", "=", "true", "isyys")]
    [InlineData("notSelectable", "=", "false", "tuettu palvelu tehostettu kotipalvelu perhe sovittelu isyys")]
    public void Filter_chooses_concepts(string property, string op, string value, string codes)
    {
        var set = Set(All(Filter(property, op, value)));

        var expansion = Expand(set);

        string.Join(' ', Codes(expansion)).Should().Be(codes);
    }

    [Theory]
    [InlineData("concept", "is-a", "nothing", "AJV-5114")]
    [InlineData("unit", "is-a", "B", "AJV-5113")]
    [InlineData("unit", "exists", "maybe", "AJV-5114")]
    [InlineData("colour", "=", "red", "AJV-5113")]
    [InlineData("concept", "regex", "(a", "AJV-5114")]
    [InlineData("concept", "regex", "(?=a)a", "AJV-5114")]
    [InlineData("concept", "child-of", "perhe", "AJV-5113")]
    public void Filter_that_makes_no_sense_is_refused(string property, string op, string value, string id)
    {
        var set = Set(All(Filter(property, op, value)));

        var expansion = Expand(set);

        expansion.Problem!.Kind.Should().Be(ProblemKind.Unprocessable);
        expansion.Problem.Issues.Single().Id.Should().Be(id);
        Service(set).Contains(SetUrl, Services.System, "perhe").Should().BeNull();
    }

    [Fact]
    public void Regular_expression_that_would_run_for_ever_is_answered_at_once()
    {
        var set = Set(All(Filter("display", "regex", "(a*)*(a*)*(a*)*b")));

        var expansion = Expand(set);

        Codes(expansion).Should().BeEmpty();
    }

    [Fact]
    public void Filters_of_one_include_must_all_hold_and_includes_are_joined_without_repetition()
    {
        var both = All(Filter("concept", "is-a", "palvelu") + "," + Filter("unit", "=", "B"));
        var listed = """{"system":"urn:test:services","concept":[{"code":"palvelu"},{"code":"perhe"}]}""";

        var expansion = Expand(Set($"{both},{listed}"));

        Codes(expansion).Should().Equal("palvelu", "tehostettu", "perhe");
    }

    [Theory]
    [InlineData("""{"valueSet":["urn:a"]}""", "tuettu palvelu tehostettu")]
    [InlineData("""{"valueSet":["urn:a","urn:b"]}""", "tehostettu")]
    [InlineData("""{"valueSet":["urn:a"]},{"valueSet":["urn:b"]}""", "tuettu palvelu tehostettu kotipalvelu")]
    [InlineData("""{"system":"urn:test:services","valueSet":["urn:b"]}""", "tehostettu kotipalvelu")]
    [InlineData("""{"system":"urn:test:services","concept":[{"code":"kotipalvelu"},{"code":"perhe"}],"valueSet":["urn:b"]}""", "kotipalvelu")]
    public void Imported_value_sets_are_met_within_an_include_and_joined_between_includes(string include, string codes)
    {
        var service = Service(
            Set(include), Set(All(Filter("unit", "exists", "true")), url: "urn:a"),
            Set(All(Filter("minutes", "in", "45,60")), url: "urn:b"));

        var expansion = service.Expand(SetUrl, new ExpansionRequest());

        string.Join(' ', Codes(expansion)).Should().Be(codes);
    }

    [Theory]
    [InlineData(""" "exclude":[{"system":"urn:test:services","concept":[{"code":"tuettu"},{"code":"perhe"}]}]""", "asuminen palvelu tehostettu kotipalvelu sovittelu isyys")]
    [InlineData(""" "exclude":[{"system":"urn:test:services","filter":[{"property":"concept","op":"is-a","value":"asuminen"}]}]""", "perhe sovittelu isyys")]
    [InlineData(""" "exclude":[{"system":"urn:test:services"}]""", "")]
    [InlineData(""" "inactive":false""", "asuminen tuettu palvelu kotipalvelu perhe")]
    [InlineData(""" "inactive":true""", "asuminen tuettu palvelu tehostettu kotipalvelu perhe sovittelu isyys")]
    [InlineData(""" "inactive":false,"lockedDate":"2022-06-01" """, "asuminen tuettu palvelu tehostettu kotipalvelu perhe")]
    [InlineData(""" "inactive":false,"lockedDate":"2027-06-01" """, "asuminen tuettu palvelu kotipalvelu perhe sovittelu")]
    public void Composition_leaves_out_what_it_excludes_and_what_is_inactive(string more, string codes)
    {
        var set = Set(All(), "," + more);

        var expansion = Expand(set);

        string.Join(' ', Codes(expansion)).Should().Be(codes);
    }

    [Theory]
    [InlineData("2022-12-31", "asuminen tuettu palvelu tehostettu kotipalvelu perhe")]
    [InlineData("2023-01-01", "asuminen tuettu palvelu kotipalvelu perhe")]
    [InlineData("2026-12-31", "asuminen tuettu palvelu kotipalvelu perhe")]
    [InlineData("2027-01-01", "asuminen tuettu palvelu kotipalvelu perhe sovittelu")]
    [InlineData(null, "asuminen tuettu palvelu kotipalvelu perhe")]
    public void Active_codes_are_those_of_the_date(string? date, string codes)
    {
        var request = new ExpansionRequest { IsActiveOnly = true, Date = date };

        var expansion = Expand(Set(All()), request);

        string.Join(' ', Codes(expansion)).Should().Be(codes);
    }

    [Theory]
    [InlineData("asuminen", "asuminen tuettu palvelu tehostettu")]
    [InlineData("PALVELU teh", "tehostettu")]
    [InlineData("perhety", "perhe")]
    [InlineData("perhetyo", "perhe")]
    [InlineData("boende", "asuminen tuettu")]
    [InlineData("kotip", "kotipalvelu")]
    [InlineData("nothing", "")]
    [InlineData("  ", "asuminen tuettu palvelu tehostettu kotipalvelu perhe sovittelu isyys")]
    public void Filter_text_is_looked_for_in_every_text_of_a_code(string filter, string codes)
    {
        var expansion = Expand(Set(All()), new ExpansionRequest { Filter = filter });

        string.Join(' ', Codes(expansion)).Should().Be(codes);
    }

    [Theory]
    [InlineData(0, 3, "asuminen tuettu palvelu")]
    [InlineData(6, 3, "sovittelu isyys")]
    [InlineData(8, 3, "")]
    [InlineData(100, null, "")]
    [InlineData(0, 0, "")]
    [InlineData(5, null, "perhe sovittelu isyys")]
    public void Page_is_a_part_of_the_whole_and_tells_the_total(int offset, int? count, string codes)
    {
        var expansion = Expand(Set(All()), new ExpansionRequest { Offset = offset, Count = count });

        string.Join(' ', Codes(expansion)).Should().Be(codes);
        expansion.Value!["expansion"]!.Text("total").Should().Be("8");
        expansion.Value["expansion"]!.Text("offset").Should().Be($"{offset}");
    }

    [Theory]
    [InlineData("sv", "Boende", "Stödboende", "Palveluasuminen")]
    [InlineData("sv-FI", "Boende", "Stödboende", "Palveluasuminen")]
    [InlineData("en", "Housing", "Supported living", "Palveluasuminen")]
    [InlineData("fi-FI", "Asuminen", "Tuettu asuminen", "Palveluasuminen")]
    [InlineData(null, "Asuminen", "Tuettu asuminen", "Palveluasuminen")]
    public void Display_is_in_the_language_where_there_is_one(string? language, params string[] displays)
    {
        var expansion = Expand(Set(All()), new ExpansionRequest { DisplayLanguage = language, Count = 3 });

        expansion.Value!["expansion"]!.All("contains").Select(c => c.Text("display")).Should().Equal(displays);
    }

    [Fact]
    public void Display_and_designations_of_the_value_set_come_first()
    {
        var set = Set("""
            {"system":"urn:test:services","concept":[{"code":"perhe","display":"Perheen tuki",
             "designation":[{"language":"sv","value":"Stöd för familjen"}]}]}
            """);

        var plain = Expand(set).Value!["expansion"]!["contains"]!;
        var swedish = Expand(set, new ExpansionRequest { DisplayLanguage = "sv", IncludesDesignations = true })
            .Value!["expansion"]!["contains"]!;

        plain.Text("display").Should().Be("Perheen tuki");
        plain["designation"].Should().BeNull();
        swedish.Text("display").Should().Be("Stöd för familjen");
        swedish.All("designation").Select(d => d.Text("value")).Should().Equal("Stöd för familjen", "Familjearbete");
    }

    [Fact]
    public void Abstract_and_inactive_codes_are_marked_and_can_be_left_out()
    {
        var whole = Expand(Set(All()));
        var forUsers = Expand(Set(All()), new ExpansionRequest { ExcludesNotForUI = true });

        var contains = whole.Value!["expansion"]!.All("contains").ToList();
        contains.Where(c => c.Text("abstract") == "true").Select(c => c.Text("code")).Should().Equal("asuminen");
        contains.Where(c => c.Text("inactive") == "true").Select(c => c.Text("code"))
            .Should().Equal("tehostettu", "sovittelu", "isyys");
        Codes(forUsers).Should().NotContain("asuminen").And.HaveCount(7);
    }

    [Fact]
    public void Nested_expansion_shows_each_code_once_below_the_first_of_its_parents()
    {
        var expansion = Expand(Set(All()), new ExpansionRequest { IsNested = true }).Value!["expansion"]!;

        expansion.All("contains").Select(c => c.Text("code")).Should().Equal("asuminen", "perhe");
        Contained(expansion).Select(c => c.Text("code")).Should().Equal(
            "asuminen", "tuettu", "palvelu", "tehostettu", "kotipalvelu", "perhe", "sovittelu", "isyys");
    }

    [Fact]
    public void Expansion_is_a_sound_resource_that_tells_its_parameters()
    {
        var request = new ExpansionRequest
        {
            Count = 2, Filter = "asu", IncludesDesignations = true, DisplayLanguage = "sv", IsActiveOnly = true,
        };

        var resource = Expand(Set(All()), request).Value!;

        new StructuralValidator(R4.Definitions).Validate(resource).Should().BeEmpty();
        Parsed.Resource(Parsed.Json(resource)).Should().NotBeNull();
        resource["compose"].Should().BeNull();
        resource["expansion"]!.Text("timestamp").Should().Be("2026-11-23T09:00:00+00:00");
        resource["expansion"]!.All("parameter").Select(p => $"{p.Text("name")}={p.Text("value")}").Should().Equal(
            "filter=asu", "count=2", "displayLanguage=sv", "includeDesignations=true", "activeOnly=true",
            "excludeNested=true", "version=urn:test:services|2.1.0");
    }

    [Fact]
    public void Identifier_is_the_same_for_the_same_question_and_another_for_another()
    {
        string Identifier(ExpansionRequest request) => Expand(Set(All()), request).Value!["expansion"]!.Text("identifier")!;

        var first = Identifier(new ExpansionRequest { Count = 2 });

        Identifier(new ExpansionRequest { Count = 2 }).Should().Be(first).And.StartWith("urn:uuid:");
        Identifier(new ExpansionRequest { Count = 3 }).Should().NotBe(first);
    }

    [Fact]
    public void Definition_is_given_where_it_is_asked_for()
    {
        var resource = Expand(Set(All()), new ExpansionRequest { IncludesDefinition = true }).Value!;

        resource["compose"]!["include"]!.Text("system").Should().Be(Services.System);
    }

    [Fact]
    public void Excluded_system_is_left_out()
    {
        var set = Set(All() + """,{"system":"urn:other","concept":[{"code":"x"}]}""");

        var expansion = Expand(set, new ExpansionRequest { ExcludedSystems = [Services.System + "|2.1.0"] });

        Codes(expansion).Should().Equal("x");
    }

    [Fact]
    public void Circle_of_imports_is_refused_and_told_of_no_code()
    {
        var service = Service(
            Set("""{"valueSet":["urn:a"]}"""), Set("""{"valueSet":["urn:b"]}""", url: "urn:a"),
            Set("""{"valueSet":["urn:test:set"]}""", url: "urn:b"));

        var expansion = service.Expand(SetUrl, new ExpansionRequest());

        expansion.Problem!.Issues.Single().Id.Should().Be("AJV-5110");
        service.Contains("urn:a", Services.System, "perhe").Should().BeNull();
    }

    [Fact]
    public void Tower_of_imports_is_refused()
    {
        var sets = Enumerable.Range(0, 40).Select(i => Set(
            $$"""{"valueSet":["urn:s{{i + 1}}"]},{"valueSet":["urn:s{{i + 1}}"]}""", url: i == 0 ? SetUrl : $"urn:s{i}"));
        var service = Service([.. sets, Set(All(), url: "urn:s40")]);

        var expansion = service.Expand(SetUrl, new ExpansionRequest());

        expansion.Problem!.Issues.Single().Id.Should().Be("AJV-5115");
        service.Contains(SetUrl, Services.System, "perhe").Should().BeNull();
    }

    [Fact]
    public void Value_set_of_too_many_filters_or_repetitions_is_refused()
    {
        var filters = Set(All(string.Join(',', Enumerable.Repeat(Filter("concept", "is-a", "perhe"), 201))));
        var parts = Set(string.Join(',', Enumerable.Repeat(All(), 1001)));
        var repeated = new TerminologyService(
            new Conformance.ConformanceSet([Parsed.Resource(CodeSystem), Parsed.Resource(Set(string.Join(',', Enumerable.Repeat(All(), 10))))]),
            Clock, limits: new TerminologyLimits(MaxCodes: 8));

        Expand(filters).Problem!.Issues.Single().Id.Should().Be("AJV-5115");
        Expand(parts).Problem!.Issues.Single().Id.Should().Be("AJV-5115");
        repeated.Expand(SetUrl, new ExpansionRequest()).Problem!.Issues.Single().Id.Should().Be("AJV-5122");
    }

    [Theory]
    [InlineData("""{"system":"urn:not:here"}""", "AJV-5102")]
    [InlineData("""{"system":"urn:test:services","version":"9"}""", "AJV-5102")]
    [InlineData("""{"valueSet":["urn:not:here"]}""", "AJV-5101")]
    [InlineData("""{"system":"http://unitsofmeasure.org"}""", "AJV-5120")]
    [InlineData("""{"system":"http://snomed.info/sct"}""", "AJV-5105")]
    [InlineData("""{"concept":[{"code":"x"}]}""", "AJV-5112")]
    public void What_cannot_be_listed_is_refused_with_its_reason(string include, string id)
    {
        var expansion = Expand(Set(include));

        expansion.Problem!.Issues.Single().Id.Should().Be(id);
    }

    [Fact]
    public void Listed_codes_of_an_unknown_system_are_expanded()
    {
        var set = Set("""{"system":"urn:not:here","version":"1","concept":[{"code":"x","display":"Iks"},{"code":"y"}]}""");

        var expansion = Expand(set);

        Codes(expansion).Should().Equal("x", "y");
        Service(set).Contains(SetUrl, "urn:not:here", "x").Should().BeTrue();
        Service(set).Contains(SetUrl, "urn:not:here", "z").Should().BeFalse();
    }

    [Fact]
    public void Without_composition_the_codes_are_those_of_the_expansion()
    {
        const string set = """
            {"resourceType":"ValueSet","url":"urn:test:set","status":"active","expansion":{"timestamp":"2026-01-01",
             "contains":[{"abstract":true,"display":"Ryhmä","contains":[{"system":"urn:test:services","code":"perhe"}]},
              {"system":"urn:x","code":"1"}]}}
            """;

        Codes(Expand(set)).Should().Equal("perhe", "1");
        Expand("""{"resourceType":"ValueSet","url":"urn:test:set","status":"active"}""").Problem!.Issues.Single().Id
            .Should().Be("AJV-5111");
    }

    [Fact]
    public void Fragment_is_expanded_and_marked()
    {
        var service = new TerminologyService(
            new Conformance.ConformanceSet([Parsed.Resource(CodeSystem.Replace("\"complete\"", "\"fragment\"", StringComparison.Ordinal)), Parsed.Resource(Set(All()))]),
            Clock);

        var expansion = service.Expand(SetUrl, new ExpansionRequest()).Value!["expansion"]!;

        expansion.All("parameter").Select(p => p.Text("name")).Should().Contain("fragment");
        service.Contains(SetUrl, Services.System, "perhe").Should().BeTrue();
        service.Contains(SetUrl, Services.System, "unheard-of").Should().BeNull();
    }

    [Fact]
    public void Too_many_codes_at_once_are_refused_and_given_by_pages()
    {
        var source = new Conformance.ConformanceSet([Parsed.Resource(CodeSystem), Parsed.Resource(Set(All()))]);
        var service = new TerminologyService(source, Clock, limits: new TerminologyLimits(MaxPage: 5));
        var small = new TerminologyService(source, Clock, limits: new TerminologyLimits(MaxCodes: 7));

        var whole = service.Expand(SetUrl, new ExpansionRequest());
        var page = service.Expand(SetUrl, new ExpansionRequest { Count = 7 });

        whole.Problem!.Issues.Single().Code.Should().Be(IssueType.TooCostly);
        Codes(page).Should().HaveCount(5);
        page.Value!["expansion"]!.All("parameter").Single(p => p.Text("name") == "count").Text("value").Should().Be("5");
        small.Expand(SetUrl, new ExpansionRequest { Count = 1 }).Problem!.Issues.Single().Id.Should().Be("AJV-5122");
    }

    [Fact]
    public void Supplement_gives_texts_and_properties_to_the_codes_of_R4()
    {
        const string supplement = """
            {"resourceType":"CodeSystem","url":"urn:fi","status":"active","content":"supplement",
             "supplements":"http://terminology.hl7.org/CodeSystem/v2-0276|2.9","property":[{"code":"online","type":"boolean"}],
             "concept":[{"code":"WALKIN","designation":[{"language":"fi","value":"Ilman ajanvarausta"}]},
              {"code":"FOLLOWUP","property":[{"code":"online","valueBoolean":true}]},{"code":"unheard-of"}]}
            """;
        string Named(string include) => Set(include).Replace("\"status\"", """
            "extension":[{"url":"http://hl7.org/fhir/StructureDefinition/valueset-supplement","valueCanonical":"urn:fi"}],"status"
            """, StringComparison.Ordinal);
        var whole = Named("""{"system":"http://terminology.hl7.org/CodeSystem/v2-0276"}""");
        var chosen = Named("""
            {"system":"http://terminology.hl7.org/CodeSystem/v2-0276","filter":[{"property":"online","op":"=","value":"true"}]}
            """);

        var expansion = Service(supplement, whole).Expand(SetUrl, new ExpansionRequest { DisplayLanguage = "fi" });
        var online = Service(supplement, chosen).Expand(SetUrl, new ExpansionRequest());
        var display = Service(supplement, whole).ValidateInSet(
            SetUrl, [new("http://terminology.hl7.org/CodeSystem/v2-0276", null, "WALKIN", "Ilman ajanvarausta")],
            ValidationRequest.Default);

        expansion.Value!["expansion"]!.All("contains").ToDictionary(c => c.Text("code")!, c => c.Text("display"))
            .Should().HaveCount(5).And.Contain("WALKIN", "Ilman ajanvarausta");
        Codes(online).Should().Equal("FOLLOWUP");
        Service(whole).Expand(SetUrl, new ExpansionRequest()).Problem!.Issues.Single().Id.Should().Be("AJV-5102");
        display.Value!.IsValid.Should().BeTrue();
    }
}
