using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Core.Tests.Search;

/// <summary>The language of <c>_filter</c>: http://hl7.org/fhir/R4/search_filter.html.</summary>
public sealed class FilterTests
{
    private const string Patient = """
        { "resourceType": "Patient", "id": "p1", "name": [{ "family": "Mäkelä", "given": ["Anna", "Liisa"] }],
          "birthDate": "1990-05-17", "identifier": [{ "system": "urn:i", "value": "7" }, { "system": "urn:j", "value": "8" }],
          "gender": "female", "active": true, "managingOrganization": { "reference": "Organization/o1" } }
        """;

    /// <summary>A row per operator of the table, with a value that meets it and one that does not.</summary>
    [Theory]
    [InlineData("family eq \"mäkelä\"", true)]
    [InlineData("family eq mäk", false)]
    [InlineData("given ne anna", true)]
    [InlineData("family ne makela", false)]
    [InlineData("given co nn", true)]
    [InlineData("family co \"x\"", false)]
    [InlineData("family sw mak", true)]
    [InlineData("family sw ela", false)]
    [InlineData("family ew ela", true)]
    [InlineData("family ew mak", false)]
    [InlineData("family gt m", true)]
    [InlineData("family lt m", false)]
    [InlineData("family ge makela", true)]
    [InlineData("family le makela", true)]
    [InlineData("birthdate eq 1990-05", true)]
    [InlineData("birthdate ne 1990-05", false)]
    [InlineData("birthdate gt 1990", false)]
    [InlineData("birthdate ge 1990", true)]
    [InlineData("birthdate lt 1991", true)]
    [InlineData("birthdate sa 1989-12", true)]
    [InlineData("birthdate eb 1990-05", false)]
    [InlineData("birthdate po 1990-05-17T12:00:00+03:00", true)]
    [InlineData("birthdate po 1990-05-18", false)]
    [InlineData("birthdate co 1990-05-17T12:00:00+03:00", true)]
    [InlineData("birthdate co 1990", false)]
    [InlineData("gender eq female", true)]
    [InlineData("gender ne female", false)]
    [InlineData("identifier ne urn:i|7", true)]
    [InlineData("identifier eq urn:i|7", true)]
    [InlineData("death-date pr true", false)]
    [InlineData("birthdate pr true", true)]
    [InlineData("death-date pr false", true)]
    [InlineData("organization re Organization/o1", true)]
    [InlineData("organization re Organization/o2", false)]
    [InlineData("_id eq p1", true)]
    [InlineData("_id ne p1", false)]
    [Rule("search", "filter", "_filter compares by eq ne co sw ew gt lt ge le ap sa eb pr po ss sb in ni re, as each type allows.")]
    public void Operator_compares_as_its_table_says(string filter, bool expected) =>
        Searching.Matches(Patient, "_filter=" + filter).Should().Be(expected);

    [Theory]
    [InlineData("gender eq male or gender eq female and birthdate lt 1980", false)]
    [InlineData("gender eq male or (gender eq female and birthdate gt 1980)", true)]
    [InlineData("gender eq female or gender eq male and birthdate lt 1980", false)]
    [InlineData("not (gender eq male)", true)]
    [InlineData("not (gender eq male or birthdate gt 1980)", false)]
    [InlineData("  ( family co \"k\" )  and  active eq true ", true)]
    [Rule("search", "filter", "and and or of _filter go from left to right without precedence; parentheses and not (…) group.")]
    public void Logic_goes_from_left_to_right(string filter, bool expected) =>
        Searching.Matches(Patient, "_filter=" + filter).Should().Be(expected);

    [Theory]
    [InlineData("family", "AJV-2115")]
    [InlineData("family eq", "AJV-2115")]
    [InlineData("family eq \"open", "AJV-2115")]
    [InlineData("(family eq a", "AJV-2115")]
    [InlineData("family eq a b", "AJV-2115")]
    [InlineData("not family eq a", "AJV-2115")]
    [InlineData("organization[name eq a] re x", "AJV-2115")]
    [InlineData("family zz a", "AJV-2116")]
    [InlineData("birthdate sw 1990", "AJV-2116")]
    [InlineData("gender co fem", "AJV-2116")]
    [InlineData("organization eq Organization/o1", "AJV-2116")]
    [InlineData("birthdate eq yesterday", "AJV-2103")]
    [InlineData("birthdate pr maybe", "AJV-2103")]
    [InlineData("colour eq red", "AJV-2105")]
    [InlineData("family.name eq a", "AJV-2105")]
    [InlineData("gender in urn:set", "AJV-2114")]
    public void What_it_does_not_say_is_refused_and_told(string filter, string id)
    {
        var issue = Searching.Parse("Patient", "_filter=" + filter).Problem!.Issues.Should().ContainSingle().Subject;

        issue.Id.Should().Be(id);
        issue.Expression.Should().StartWith("http._filter");
        issue.Text.Should().NotContain("yesterday");
    }

    [Theory]
    [InlineData(32, true)]
    [InlineData(33, false)]
    public void Many_tests_are_too_costly(int count, bool isTaken)
    {
        var filter = string.Join(" and ", Enumerable.Repeat("family co a", count));

        var outcome = Searching.Parse("Patient", "_filter=" + filter);

        (outcome.Problem?.Issues[0].Id).Should().Be(isTaken ? null : "AJV-2110");
    }

    [Fact]
    public void Deep_nesting_is_refused_and_never_exhausts_the_stack()
    {
        var deep = new string('(', 100_000) + "family eq a" + new string(')', 100_000);

        Searching.Parse("Patient", "_filter=" + deep).Problem!.Issues[0].Id.Should().Be("AJV-2115");
    }
}
