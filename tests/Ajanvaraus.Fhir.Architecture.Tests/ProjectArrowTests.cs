using System.Xml.Linq;

using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Architecture.Tests;

/// <summary>The rooms and the one-way doors between them: ADR 0001.</summary>
public sealed class ProjectArrowTests
{
    private const string Prefix = "Ajanvaraus.Fhir.";

    /// <summary>Each room of <c>src/</c> and the rooms it may refer to.</summary>
    private static readonly Dictionary<string, string[]> Doors = new()
    {
        ["Core"] = [],
        ["Scheduling"] = [],
        ["Persistence"] = ["Core", "Scheduling"],
        ["Persistence.Sqlite"] = ["Persistence"],
        ["Persistence.PostgreSql"] = ["Persistence"],
        ["Persistence.SqlServer"] = ["Persistence"],
        ["Server"] =
        [
            "Core", "Scheduling", "Persistence", "Persistence.Sqlite", "Persistence.PostgreSql",
            "Persistence.SqlServer",
        ],
    };

    public static TheoryData<string> Rooms => [.. Projects("src").Select(NameOf)];

    [Fact]
    public void Rooms_in_src_are_those_of_the_plan()
    {
        var rooms = Projects("src").Select(NameOf);

        rooms.Should().BeEquivalentTo(Doors.Keys);
    }

    [Theory, MemberData(nameof(Rooms))]
    public void Room_refers_only_through_its_own_doors(string room)
    {
        var references = References(Repository.Find("src", Prefix + room, $"{Prefix}{room}.csproj"));

        references.Should().BeSubsetOf(Doors[room]);
    }

    [Theory]
    [InlineData("Core", "EntityFrameworkCore", "AspNetCore", "NodaTime", "Npgsql", "Sqlite", "SqlClient")]
    [InlineData("Scheduling", "EntityFrameworkCore", "AspNetCore", "Npgsql", "Sqlite", "SqlClient")]
    [InlineData("Persistence", "AspNetCore", "Npgsql", "Sqlite", "SqlServer", "SqlClient")]
    public void Room_takes_no_package_of_another_trade(string room, params string[] foreign)
    {
        var project = Repository.Find("src", Prefix + room, $"{Prefix}{room}.csproj");

        var packages = Included(project, "PackageReference").Concat(Included(project, "FrameworkReference"));

        packages.Should().NotContain(package => foreign.Any(package.Contains));
    }

    [Fact]
    public void Production_code_refers_to_no_test_project()
    {
        var references = Projects("src").SelectMany(project => Included(project, "ProjectReference"));

        references.Should().NotContain(path => path.Contains("tests/") || path.Contains("tests\\"));
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(Repository.Find("Ajanvaraus.Fhir.sln")).Replace('\\', '/');

        var missing = Projects("src").Concat(Projects("tests"))
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
            .Where(path => !solution.Contains($"\"{path}\""));

        missing.Should().BeEmpty();
    }

    private static IEnumerable<string> References(string project) =>
        Included(project, "ProjectReference").Select(path => NameOf(path.Replace('\\', '/')));

    private static IEnumerable<string> Included(string project, string item) =>
        XDocument.Load(project).Descendants(item).Select(element => (string?)element.Attribute("Include") ?? "");

    private static IEnumerable<string> Projects(string folder) =>
        Directory.EnumerateFiles(Repository.Find(folder), "*.csproj", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal);

    private static string NameOf(string project) => Path.GetFileNameWithoutExtension(project)[Prefix.Length..];
}
