using System.Text.RegularExpressions;

using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Architecture.Tests.Conformance;

/// <summary>A rule that a test shows.</summary>
/// <param name="File">Of the test, from the root of the repository, with slashes.</param>
internal sealed record ShownRule(string Page, string Section, string Text, string Test, string File);

/// <summary>Finds the <c>[Rule]</c> attributes in the source of the tests.</summary>
internal static class RuleSource
{
    private const string Literal = """
        "(?:[^"\\]|\\.)*"
        """;

    private static readonly Regex Attribute = new(
        $@"\[Rule\(\s*({Literal}),\s*({Literal}),\s*((?:{Literal})(?:\s*\+\s*(?:{Literal}))*)\s*\)\]");

    private static readonly Regex Opening = new(@"\[Rule\(");

    private static readonly Regex Next = new(@"\n *public (?:static )?(?:async )?[\w<>]+ (\w+)\(");

    /// <summary>In the order of files and lines.</summary>
    public static IEnumerable<ShownRule> All()
    {
        var tests = Repository.Find("tests");
        foreach (var path in Directory.EnumerateFiles(tests, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var name = Path.GetRelativePath(Repository.Root, path).Replace('\\', '/');
            if (name.Contains("/obj/") || name.Contains("/bin/") || name.Contains("/Conformance/RuleSource"))
                continue;
            foreach (var rule in In(File.ReadAllText(path), name))
                yield return rule;
        }
    }

    /// <summary>The rules of one file.</summary>
    public static IEnumerable<ShownRule> In(string source, string file)
    {
        var matches = Attribute.Matches(source);
        if (matches.Count != Opening.Count(source))
            throw new FormatException($"{file}: a Rule that is not three texts");
        foreach (Match match in matches)
        {
            var method = Next.Match(source, match.Index + match.Length);
            if (!method.Success)
                throw new FormatException($"{file}: a Rule without a test method after it");
            yield return new ShownRule(
                Unquoted(match.Groups[1].Value), Unquoted(match.Groups[2].Value), Unquoted(match.Groups[3].Value),
                method.Groups[1].Value, file);
        }
    }

    private static string Unquoted(string literals) =>
        Regex.Unescape(string.Concat(Regex.Matches(literals, Literal).Select(part => part.Value[1..^1])));
}
