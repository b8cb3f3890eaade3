using System.Text.RegularExpressions;

using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Architecture.Tests;

public sealed class DocumentTests
{
    private static readonly Regex Link = new(@"\]\((?!https?:|#|mailto:)([^)#\s]+)");

    [Theory]
    [InlineData("README.md")]
    [InlineData("CONTRIBUTING.md")]
    [InlineData("CHANGELOG.md")]
    public void Repository_has_the_documents_that_a_reader_looks_for(string name)
    {
        var document = new FileInfo(Repository.Find(name));

        document.Exists.Should().BeTrue();
        document.Length.Should().BePositive();
    }

    [Fact]
    public void Index_of_decisions_lists_each_record_that_exists_and_no_other()
    {
        var folder = Repository.Find("docs", "adr");

        var listed = Link.Matches(File.ReadAllText(Path.Combine(folder, "README.md")))
            .Select(match => match.Groups[1].Value);

        listed.Should().BeEquivalentTo(Directory.EnumerateFiles(folder, "*.md")
            .Select(path => Path.GetFileName(path)).Where(name => name != "README.md"));
    }

    [Fact]
    public void Decisions_are_numbered_once_each()
    {
        var numbers = Directory.EnumerateFiles(Repository.Find("docs", "adr"), "*.md")
            .Select(path => Path.GetFileName(path)).Where(name => name != "README.md").Select(name => name[..4]);

        numbers.Should().OnlyHaveUniqueItems().And.OnlyContain(number => number.All(char.IsAsciiDigit));
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("CONTRIBUTING.md")]
    [InlineData("CHANGELOG.md")]
    public void Links_between_documents_lead_somewhere(string name)
    {
        var links = Link.Matches(File.ReadAllText(Repository.Find(name))).Select(match => match.Groups[1].Value);

        var dead = links.Where(link => !Path.Exists(Repository.Find(link)));

        dead.Should().BeEmpty();
    }
}
