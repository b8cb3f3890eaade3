using System.Text.RegularExpressions;

using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Architecture.Tests;

public sealed class SourceTests
{
    /// <summary>Names for things without a room.</summary>
    private static readonly Regex Nameless = new(@"\b(Common|Utils?|Utilities|Helpers?|Managers?)\b");

    private static readonly Regex Unfinished = new(@"\b(TODO|FIXME|HACK|XXX)\b|NotImplementedException");

    private static readonly Regex XmlDoor = new(
        @"\bXml(Text|Validating|Dictionary|Node)?Reader\b\.?(Create)?\b|\bX(Document|Element|PathDocument|slCompiledTransform)\b"
        + @"|\bXml(Document|Serializer|Schema|Resolver|UrlResolver)\b|\bDataContractSerializer\b");

    private static readonly Regex MessageId = new(@"\bAJV-\d{4}\b");

    private static readonly Regex Namespace = new(@"^namespace\s+([\w.]+)", RegexOptions.Multiline);

    [Fact]
    public void Folders_are_named_for_what_they_hold()
    {
        var folders = Sources("src", "tests").Select(path => Path.GetDirectoryName(path)!).Distinct();

        folders.Should().NotContain(folder => Nameless.IsMatch(folder));
    }

    [Fact]
    public void Namespaces_are_named_for_what_they_hold()
    {
        var namespaces = Sources("src", "tests")
            .SelectMany(path => Namespace.Matches(Read(path)).Select(match => match.Groups[1].Value));

        namespaces.Should().NotBeEmpty().And.NotContain(name => Nameless.IsMatch(name));
    }

    [Fact]
    public void Production_code_is_finished()
    {
        var unfinished = Sources("src").Where(path => Unfinished.IsMatch(Read(path)));

        unfinished.Should().BeEmpty();
    }

    [Fact]
    public void Message_ids_stand_once_each_and_only_among_the_messages()
    {
        var ids = Sources("src")
            .SelectMany(path => MessageId.Matches(string.Join('\n', CodeLines(path))).Select(match => (path, match.Value)))
            .ToList();

        ids.Should().NotBeEmpty().And.OnlyContain(id => id.path.StartsWith("src/Ajanvaraus.Fhir.Core/Issues/"));
        ids.Select(id => id.Value).Should().OnlyHaveUniqueItems();
    }

    /// <summary>The same hole comes back on a second path: there is none.</summary>
    [Fact]
    public void Xml_from_outside_is_read_at_one_place()
    {
        var doors = Sources("src").Where(path => XmlDoor.IsMatch(string.Join('\n', CodeLines(path)))).Order();

        doors.Should().Equal(
            "src/Ajanvaraus.Fhir.Core/Xml/NarrativeReader.cs", "src/Ajanvaraus.Fhir.Core/Xml/XmlResourceReader.cs");
    }

    private static IEnumerable<string> CodeLines(string path) =>
        Read(path).Split('\n').Where(line => !line.TrimStart().StartsWith("//"));

    /// <summary>Relative paths of hand-written C# files.</summary>
    private static IEnumerable<string> Sources(params string[] roots) => roots
        .SelectMany(root => Directory.EnumerateFiles(Repository.Find(root), "*.cs", SearchOption.AllDirectories))
        .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
        .Where(path => !path.Contains("/bin/") && !path.Contains("/obj/") && !path.EndsWith(".g.cs"));

    private static string Read(string relative) => File.ReadAllText(Repository.Find(relative));
}
