using Ajanvaraus.Fhir.Server.Tests.Booking;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Server.Tests.Rest;

/// <summary>http://hl7.org/fhir/R4/http.html#history.</summary>
public sealed class HistoryTests
{
    private const string Start = "2026-11-23T08:00:00+02:00";

    [DatabaseTheory]
    [EachDatabase("_at=2026-11-23T08:30:00%2B02:00", "1")]
    [EachDatabase("_at=2026-11-23T08:30:00+02:00", "1")]
    [EachDatabase("_at=2026-11-23T09:00:00%2B02:00", "2")]
    [EachDatabase("_at=2026-11-23T09:30", "2")]
    [EachDatabase("_at=2026-11-23", "3 2 1")]
    [EachDatabase("_at=2026-11-24", "3")]
    [EachDatabase("_at=2026-11-22", "")]
    [EachDatabase("_since=2026-11-23T09:00:00%2B02:00", "3 2")]
    [EachDatabase("_since=2026-11-24", "")]
    [EachDatabase("_sort=_lastUpdated", "1 2 3")]
    [EachDatabase("_sort=-_lastUpdated", "3 2 1")]
    [EachDatabase("_count=2", "3 2")]
    [EachDatabase("_count=0", "")]
    [Rule("http", "history", "History of a resource, a type and the server, by _since, _at and _count.")]
    public async Task Parameters_choose_the_versions_at_all_three_levels(
        DatabaseEngine engine, string parameters, string expected)
    {
        await using var server = await ThreeVersionsAsync(engine);
        var office = new Office(server.Http);

        foreach (var level in new[] { "Patient/h", "Patient", "" })
        {
            var answer = await office.GetAsync($"{level}{(level.Length > 0 ? "/" : "")}_history?{parameters}");

            answer.Status.Should().Be(200, answer.Text);
            Versions(answer).Should().Be(expected, level);
        }
    }

    [DatabaseTheory, EachDatabase]
    [Rule("http", "paging", "The pages of a history neither repeat nor skip.")]
    public async Task Pages_oldest_first_neither_repeat_nor_skip(DatabaseEngine engine)
    {
        await using var server = await ThreeVersionsAsync(engine);
        var office = new Office(server.Http);
        var seen = new List<string>();

        for (var url = "Patient/h/_history?_sort=_lastUpdated&_count=1"; url is not null;)
        {
            var page = await office.GetAsync(url);
            seen.Add(Versions(page));
            url = page.Body["link"]!.AsArray().FirstOrDefault(l => (string?)l!["relation"] == "next")?["url"]?.ToString();
        }

        seen.Should().Equal("1", "2", "3");
    }

    [Theory]
    [InlineData("_at=soon", "_at")]
    [InlineData("_since=2026-13-01", "_since")]
    [InlineData("_count=-1", "_count")]
    [InlineData("_count=many", "_count")]
    [InlineData("_sort=family", "_sort")]
    [Rule("http", "history", "A parameter that cannot be read is refused.")]
    public async Task Value_that_cannot_be_read_is_told_by_its_parameter(string parameters, string name)
    {
        await using var server = await FhirServer.StartAsync(DatabaseEngine.Sqlite);
        var office = new Office(server.Http);

        foreach (var level in new[] { "Patient/h/", "Patient/", "" })
        {
            var answer = await office.GetAsync($"{level}_history?{parameters}");

            answer.Status.Should().Be(400, answer.Text);
            answer.Body["issue"]![0]!["expression"]![0]!.ToString().Should().EndWith(name);
        }
    }

    [Fact]
    public async Task Unknown_parameter_is_left_out_of_the_self_link_or_refused_when_strict()
    {
        await using var server = await ThreeVersionsAsync(DatabaseEngine.Sqlite);
        var office = new Office(server.Http);

        var lenient = await office.GetAsync("Patient/h/_history?colour=blue&_at=2026-11-23");
        var strict = await office.SendAsync(
            HttpMethod.Get, "Patient/h/_history?colour=blue", null, ("Prefer", "handling=strict"));

        lenient.Body["link"]![0]!["url"]!.ToString().Should().EndWith("/Patient/h/_history?_at=2026-11-23");
        strict.Status.Should().Be(400);
    }

    /// <summary>Patient/h at 8, 9 and 10 o'clock.</summary>
    private static async Task<FhirServer> ThreeVersionsAsync(DatabaseEngine engine)
    {
        var server = await FhirServer.StartAsync(engine, Start);
        var office = new Office(server.Http);
        for (var version = 1; version <= 3; version++)
        {
            await office.PutAsync($$"""{"resourceType":"Patient","id":"h","name":[{"family":"V{{version}}"}]}""");
            server.Clock.Advance(TimeSpan.FromHours(1));
        }
        return server;
    }

    /// <summary>Of the Patient: the server itself stores its definitions when it starts.</summary>
    private static string Versions(Answer answer) => string.Join(' ', (answer.Body["entry"]?.AsArray() ?? [])
        .Where(e => (string)e!["resource"]!["resourceType"]! == "Patient").Select(e => e!["resource"]!["meta"]!["versionId"]!.ToString()));
}
