using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;

using Ajanvaraus.Fhir.Server.Conformance;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Server.Tests.Profiles;

/// <summary>The guide: its requests run, its tables are whole, and all of it is served under <c>/profiles</c>.</summary>
public sealed partial class ProfileGuideTests
{
    private static string Guide(string name) => File.ReadAllText(Repository.Find("profiles", "guide", name));

    [Fact]
    public async Task Page_for_those_who_know_FHIR_runs_as_it_stands()
    {
        var (exitCode, output) = await DemoTour.RunAsync(Guide("booking-in-fhir.md"));

        exitCode.Should().Be(0, output);
        output.Should().ContainAll("fsa-2", "422", "\"status\":\"booked\"", "fi-social-client-appointment");
    }

    [Fact]
    public async Task Page_for_those_who_know_social_care_runs_as_it_stands()
    {
        var (exitCode, output) = await DemoTour.RunAsync(Guide("varaaminen.md"));

        exitCode.Should().Be(0, output);
        output.Should().ContainAll(
            "\"status\":\"booked\"", "\"code\":\"conflict\"", "\"status\":\"cancelled\"", "\"status\":\"free\"");
    }

    [Theory]
    [InlineData("booking-in-fhir.md", "varaaminen-fhir.md")]
    [InlineData("varaaminen.md", "booking-in-social-care.md")]
    public void Page_in_the_other_language_has_the_requests_that_run(string page, string other)
    {
        var requests = Commands().Matches(Guide(page)).Select(m => m.Value).ToList();

        requests.Should().HaveCountGreaterThan(3);
        Commands().Matches(Guide(other)).Select(m => m.Value).Should().Equal(requests);
    }

    [Theory]
    [InlineData("guide.en.md")]
    [InlineData("guide.fi.md")]
    public void Guide_lists_every_profile_and_extension(string name)
    {
        var guide = Guide(name);

        var missing = ProfilePackage.Instance.Files.Where(f => f.ResourceType == "StructureDefinition")
            .Where(f => !guide.Contains($"({f.Name})", StringComparison.Ordinal)).Select(f => f.Id);

        missing.Should().BeEmpty();
    }

    [Theory]
    [InlineData("", "text/html")]
    [InlineData("/guide.en.md", "text/markdown")]
    [InlineData("/guide.fi.md", "text/markdown")]
    [InlineData("/booking-in-fhir.md", "text/markdown")]
    [InlineData("/booking-in-social-care.md", "text/markdown")]
    [InlineData("/varaaminen-fhir.md", "text/markdown")]
    [InlineData("/varaaminen.md", "text/markdown")]
    [InlineData("/StructureDefinition-fi-social-slot.json", "application/fhir+json")]
    [InlineData("/package.tgz", "application/gzip")]
    public async Task Page_is_served(string path, string type)
    {
        await using var server = await FhirServer.StartAsync(DatabaseEngine.Sqlite);

        using var response = await server.Http.GetAsync(new Uri(server.Http.BaseAddress!, "/profiles" + path));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.Should().Be(type);
    }

    [Theory]
    [InlineData("/nothing.md")]
    [InlineData("/nothing.json")]
    [InlineData("/..%2Fappsettings.json")]
    public async Task Page_that_does_not_exist_is_404(string path)
    {
        await using var server = await FhirServer.StartAsync(DatabaseEngine.Sqlite);

        using var response = await server.Http.GetAsync(new Uri(server.Http.BaseAddress!, "/profiles" + path));

        response.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Package_holds_manifest_index_and_every_resource()
    {
        await using var server = await FhirServer.StartAsync(DatabaseEngine.Sqlite);

        var bytes = await server.Http.GetByteArrayAsync(new Uri(server.Http.BaseAddress!, "/profiles/package.tgz"));

        Names(bytes).Should().BeEquivalentTo(
            ProfilePackage.Instance.Files.Select(f => f.Name).Concat(["package.json", ".index.json"])
                .Select(name => "package/" + name));
    }

    [GeneratedRegex("^```bash\\n.*?^```$", RegexOptions.Multiline | RegexOptions.Singleline, 1000)]
    private static partial Regex Commands();

    private static List<string> Names(byte[] package)
    {
        var names = new List<string>();
        using var tar = new TarReader(new GZipStream(new MemoryStream(package), CompressionMode.Decompress));
        while (tar.GetNextEntry() is { } entry)
            names.Add(entry.Name);
        return names;
    }
}
