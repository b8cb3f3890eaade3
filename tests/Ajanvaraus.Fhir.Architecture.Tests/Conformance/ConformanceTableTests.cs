using System.Text;

using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Architecture.Tests.Conformance;

/// <summary><c>docs/conformance.md</c>: the rules of the specification, each with the tests that show it.</summary>
public sealed class ConformanceTableTests
{
    [Fact]
    public void Document_is_what_the_tests_say() =>
        Golden.MatchFile(Repository.Find("docs", "conformance.md"), Document([.. RuleSource.All()]));

    [Fact]
    public void Rules_stand_in_sections_that_the_pages_have()
    {
        var used = RuleSource.All().Select(rule => (rule.Page, rule.Section));

        used.Should().BeSubsetOf(Sections);
    }

    [Fact]
    public void Each_section_has_a_rule_that_a_test_shows()
    {
        var shown = RuleSource.All().Select(rule => (rule.Page, rule.Section)).ToHashSet();

        Sections.Where(section => !shown.Contains(section)).Should().BeEmpty();
    }

    [Fact]
    public void Rules_are_read_with_the_method_that_follows_them()
    {
        const string source = """
                [DatabaseTheory, EachDatabase]
                [R~ule("search", "prefix", "One \"text\" "
                    + "in two parts.")]
                [R~ule("http", "read", "Another.")]
                public async Task Name_of_it(DatabaseEngine engine)
            """;

        var rules = RuleSource.In(source.Replace("~", ""), "a.cs");

        rules.Should().Equal(
            new ShownRule("search", "prefix", "One \"text\" in two parts.", "Name_of_it", "a.cs"),
            new ShownRule("http", "read", "Another.", "Name_of_it", "a.cs"));
    }

    private static IEnumerable<(string Page, string Section)> Sections =>
        ConformancePages.All.SelectMany(page => page.Sections.Select(section => (page.Name, section.Anchor)));

    private static string Document(ShownRule[] rules)
    {
        var text = new StringBuilder("""
            # What of FHIR R4 is kept, and which test shows it

            One row for each rule of the pages [http.html](http://hl7.org/fhir/R4/http.html) and
            [search.html](http://hl7.org/fhir/R4/search.html), in words of our own, with the tests that show it. The table is
            made from the `[Rule]` attributes of the tests (`AJANVARAUS_REWRITE_GOLDEN=1`); a test fails while they differ, or
            while a section has no row.

            """);
        foreach (var page in ConformancePages.All)
        {
            text.Append($"\n## {page.Title}\n");
            foreach (var section in page.Sections)
                Append(text, page, section, rules.Where(r => r.Page == page.Name && r.Section == section.Anchor));
        }
        return text.ToString();
    }

    private static void Append(StringBuilder text, RulePage page, RuleSection section, IEnumerable<ShownRule> rules)
    {
        text.Append($"\n### [{section.Number}](http://hl7.org/fhir/R4/{page.Name}.html#{section.Anchor}) {section.Title}\n")
            .Append("\n| rule | shown by |\n|---|---|\n");
        foreach (var rule in rules.GroupBy(r => r.Text))
        {
            var tests = rule.Select(r => (r.Test, r.File)).Distinct()
                .Select(t => $"[{Path.GetFileNameWithoutExtension(t.File)}.{t.Test}](../{t.File})");
            text.Append($"| {rule.Key.Replace("|", "\\|")} | {string.Join("<br>", tests)} |\n");
        }
    }
}
