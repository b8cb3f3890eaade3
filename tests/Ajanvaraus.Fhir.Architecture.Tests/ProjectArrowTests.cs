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
        ["DevelopmentIssuer"] = [],
        ["Server"] =
        [
            "Core", "Scheduling", "Persistence", "Persistence.Sqlite", "Persistence.PostgreSql",
            "Persistence.SqlServer",
        ],
    };

    /// <summary>What it takes to make a token.</summary>
    private static readonly string[] Signing =
        ["CreateToken(", "SignData(", "SignHash(", "SigningCredentials", "ImportFromPem", "ImportPkcs8PrivateKey"];

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

    /// <summary>Who gives tokens to anybody must not come along with the server: ADR 0025.</summary>
    [Fact]
    public void Nothing_that_is_published_refers_to_the_development_issuer_or_signs()
    {
        var served = Projects("src").Where(project => NameOf(project) != "DevelopmentIssuer").ToList();

        served.SelectMany(References).Should().NotContain("DevelopmentIssuer");
        File.ReadAllText(Repository.Find("src", Prefix + "DevelopmentIssuer", Prefix + "DevelopmentIssuer.csproj"))
            .Should().Contain("<IsPublishable>false</IsPublishable>");
        served.SelectMany(project => Directory.EnumerateFiles(Path.GetDirectoryName(project)!, "*.cs", SearchOption.AllDirectories))
            .Where(path => !path.Contains("/bin/") && !path.Contains("/obj/"))
            .Where(path => Signing.Any(word => File.ReadAllText(path).Contains(word, StringComparison.Ordinal)))
            .Should().BeEmpty();
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
