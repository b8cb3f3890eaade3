using System.Net;

using Ajanvaraus.Fhir.Server.Tests.Rest;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Server.Tests.Jobs;

/// <summary>SearchParameters that are stored, and what a reindexing makes of them.</summary>
public sealed class StoredSearchParameterTests(TestServer server) : IClassFixture<TestServer>
{
    private static string Parameter(string id, string code, string type, string expression, string status = "active") => $$"""
        {"resourceType":"SearchParameter","id":"{{id}}","url":"http://example.org/SearchParameter/{{id}}","name":"P",
        "status":"{{status}}","description":"d","code":"{{code}}","base":["Patient"],"type":"{{type}}","expression":"{{expression}}"}
        """;

    private static string Patient(string id, string place) => $$"""
        {"resourceType":"Patient","id":"{{id}}","extension":[{"url":"http://example.org/place","valueString":"{{place}}"}]}
        """;

    private static async Task<List<string?>> FoundAsync(TestServer here, string query)
    {
        using var response = await here.SendAsync("GET", query, null, "Prefer: handling=strict");
        response.StatusCode.Should().Be(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return [.. (await TestServer.ResourceOf(response)).All("entry").Select(e => e["resource"]!.Id)];
    }

    private static async Task<string> ReindexAsync(TestServer here)
    {
        using var response = await Work.ResultAsync(here, await Work.StartAsync(here, "POST", "$reindex"));
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        return await response.Content.ReadAsStringAsync();
    }

    [DatabaseTheory, EachDatabase]
    public async Task Stored_parameter_is_searched_by_after_a_reindexing_and_told(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);
        using var before = await here.SendAsync("PUT", "Patient/sp-1", Patient("sp-1", "Joensuu"));
        using var put = await here.SendAsync(
            "PUT", "SearchParameter/sp-place",
            Parameter("sp-place", "place", "string", "Patient.extension.where(url = 'http://example.org/place').value"));
        put.StatusCode.Should().Be(HttpStatusCode.Created);
        using var unknown = await here.SendAsync("GET", "Patient?place=joensuu", null, "Prefer: handling=strict");

        await ReindexAsync(here);
        using var after = await here.SendAsync("PUT", "Patient/sp-2", Patient("sp-2", "Joensuun keskusta"));
        using var metadata = await here.SendAsync("GET", "metadata");

        unknown.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await FoundAsync(here, "Patient?place=joensuu&_sort=place")).Should().Equal("sp-1", "sp-2");
        (await FoundAsync(here, "Patient?place:exact=Joensuu")).Should().Equal("sp-1");
        (await TestServer.ResourceOf(metadata))["rest"]!.All("resource").Single(r => r.Text("type") == "Patient")
            .All("searchParam").Should().Contain(p =>
                p.Text("name") == "place" && p.Text("definition") == "http://example.org/SearchParameter/sp-place");
        using var deleted = await here.SendAsync("DELETE", "SearchParameter/sp-place");
        await ReindexAsync(here);
        using var gone = await here.SendAsync("GET", "Patient?place=joensuu", null, "Prefer: handling=strict");
        gone.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task What_cannot_be_searched_by_is_told_and_harms_nothing()
    {
        using var syntax = await server.SendAsync("PUT", "SearchParameter/sp-a", Parameter("sp-a", "a-a", "string", "Patient.("));
        using var taken = await server.SendAsync("PUT", "SearchParameter/sp-b", Parameter("sp-b", "gender", "string", "Patient.id"));
        using var draft = await server.SendAsync("PUT", "SearchParameter/sp-c", Parameter("sp-c", "draft", "string", "Patient.id", "draft"));

        var told = await ReindexAsync(server);
        using var search = await server.SendAsync("GET", "Patient?gender=female", null, "Prefer: handling=strict");

        told.Should().Contain("AJV-3418").And.Contain("SearchParameter/sp-a").And.Contain("AJV-3420").And.Contain("SearchParameter/sp-b")
            .And.NotContain("sp-c");
        search.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [DatabaseTheory]
    [InlineData(DatabaseEngine.PostgreSql)]
    public async Task Another_process_indexes_and_searches_by_it_too(DatabaseEngine engine)
    {
        await using var one = await FhirServer.StartAsync(engine);
        await using var other = await one.StartBesideAsync();
        async Task PutAsync(FhirServer at, string url, string body)
        {
            using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/fhir+json");
            using var response = await at.Http.PutAsync(url, content);
            response.IsSuccessStatusCode.Should().BeTrue();
        }

        await PutAsync(one, "SearchParameter/sp-d", Parameter(
            "sp-d", "place", "string", "Patient.extension.where(url = 'http://example.org/place').value"));
        using var accepted = await one.Http.PostAsync("$reindex", null);
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while ((await other.Http.GetAsync(accepted.Content.Headers.ContentLocation, late.Token)).StatusCode == HttpStatusCode.Accepted)
            await Task.Delay(50, late.Token);
        await PutAsync(other, "Patient/sp-3", Patient("sp-3", "Lieksa"));

        foreach (var at in (FhirServer[])[one, other])
        {
            // The other process looks once a second.
            while (!(await at.Http.GetStringAsync("Patient?place=lieksa&_summary=count", late.Token))
                .Contains("\"total\":1,", StringComparison.Ordinal)
                || (await at.Http.GetStringAsync("Patient?place=lieksa", late.Token)).Contains("\"outcome\"", StringComparison.Ordinal))
                await Task.Delay(50, late.Token);
        }
    }
}
