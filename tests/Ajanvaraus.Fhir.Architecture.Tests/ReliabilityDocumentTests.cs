using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Architecture.Tests;

/// <summary><c>docs/reliability.md</c>: its figures come from runs, for each goal on each database.</summary>
public sealed class ReliabilityDocumentTests
{
    private static readonly string[] Goals =
        ["G03", "G04", "G05", "G06", "G07", "G08", "G10", "G11", "G13", "G33", "G34"];

    private static readonly string Document = File.ReadAllText(Repository.Find("docs", "reliability.md"));

    [Fact]
    public void Each_goal_has_figures_from_each_database_and_what_is_asked()
    {
        var rows = Reliability.Rows(Document).Select(r => $"{r[0]} {r[1].Split(',')[0]}").ToHashSet();
        var asked = Document.Split('\n').Select(line => line.Split('|')).Where(c => c.Length == 5).Select(c => c[1].Trim()).ToHashSet();

        rows.Should().Contain(["G01 SQLite", "G02 PostgreSQL"]);
        rows.Should().Contain(Goals.SelectMany(g => new[] { $"{g} SQLite", $"{g} PostgreSQL" }));
        asked.Should().Contain(["G01", "G02", .. Goals]);
    }

    [Fact]
    public void Rows_name_tests_that_exist()
    {
        var sources = string.Concat(Directory.EnumerateFiles(Repository.Find("tests"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}"))
            .Select(File.ReadAllText));

        foreach (var row in Reliability.Rows(Document))
        {
            var test = row[4].Split(' ')[0].Split('.');
            sources.Should().Contain($"class {test[0]}", Exactly(row)).And.Contain($" {test[1]}(", Exactly(row));
        }
    }

    [Fact]
    public void A_run_replaces_the_row_of_its_goal_engine_and_test_and_leaves_the_rest()
    {
        const string before = $"| G01 | asked | whole |\n{Reliability.TableStart}\n\n| G02 | a | x | y | T.m | then |\n| G01 | a | x | y | T.m | then |\n\n{Reliability.TableEnd}\nend\n";

        var after = Reliability.WithRow(before, "G01", "a", "T.m", "| G01 | a | new | y | T.m | now |");
        var more = Reliability.WithRow(after, "G01", "b", "T.m", "| G01 | b | x | y | T.m | now |");

        Reliability.Rows(more).Select(r => $"{r[0]} {r[1]} {r[2]}").Should().Equal("G01 a new", "G01 b x", "G02 a x");
        more.Should().StartWith("| G01 | asked | whole |\n").And.EndWith("end\n");
    }

    private static string Exactly(string[] row) => $"the row of {row[0]} on {row[1]} names it";
}
