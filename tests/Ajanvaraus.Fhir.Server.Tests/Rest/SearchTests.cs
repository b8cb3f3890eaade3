using System.Buffers.Text;
using System.Net;
using System.Text;

using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Server.Tests.Rest;

public sealed class SearchTests(TestServer server) : IClassFixture<TestServer>
{
    [DatabaseTheory]
    [EachDatabase("GET", "Patient?name=hakunimi")]
    [EachDatabase("POST", "Patient/_search")]
    [EachDatabase("GET", "?_type=Patient,Practitioner&_id=search-1")]
    [Rule("http", "search", "Search by GET, by POST _search, and over types with _type.")]
    [Rule("search", "Introduction", "A search is a GET on a type or on the server, or a POST to _search, and answers with a Bundle.")]
    public async Task Search_finds_by_get_by_form_and_over_types(DatabaseEngine engine, string method, string url)
    {
        var here = await server.OnAsync(engine);
        using var _ = await here.PutPatientAsync("search-1", "Hakunimi");

        using var found = await here.SendAsync(
            method, url, method == "POST" ? "name=hakunimi" : null,
            method == "POST" ? ["Content-Type: application/x-www-form-urlencoded"] : []);

        found.StatusCode.Should().Be(HttpStatusCode.OK);
        var bundle = await TestServer.ResourceOf(found);
        bundle.Text("type").Should().Be("searchset");
        var entry = bundle.All("entry").Should().ContainSingle().Subject;
        entry.Text("fullUrl").Should().EndWith("/fhir/Patient/search-1");
        entry["search"]!.Text("mode").Should().Be("match");
    }

    [DatabaseTheory, EachDatabase]
    [Rule("http", "paging", "The next link leads through all matches, each once.")]
    [Rule("search", "count", "The next link leads from page to page until each match was seen once.")]
    public async Task Search_pages_by_its_next_link_until_every_match_was_seen_once(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);
        for (var i = 0; i < 5; i++)
            (await here.PutPatientAsync($"page-{i}", "Sivuttaja")).Dispose();

        var seen = new List<string>();
        for (var url = "Patient?name=sivuttaja&_count=2"; url is not null;)
        {
            using var page = await here.SendAsync("GET", url);
            var bundle = await TestServer.ResourceOf(page);
            seen.AddRange(bundle.All("entry").Select(e => e["resource"]!.Id!));
            url = bundle.All("link").FirstOrDefault(l => l.Text("relation") == "next")?.Text("url");
        }

        seen.Should().HaveCount(5).And.OnlyHaveUniqueItems();
    }

    [DatabaseTheory, EachDatabase]
    [Rule("search", "errors", "An unknown parameter is left out, with a warning, unless the client prefers strict handling.")]
    [Rule("search", "errors", "With Prefer: handling=strict an unknown parameter is an error.")]
    public async Task An_unknown_parameter_is_left_out_and_told_or_refused_when_strict(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);

        using var lenient = await here.SendAsync("GET", "Patient?name=x&colour=red");
        using var strict = await here.SendAsync("GET", "Patient?colour=red", null, "Prefer: handling=strict");

        var bundle = await TestServer.ResourceOf(lenient);
        bundle["link"]!.Text("url").Should().EndWith("/fhir/Patient?name=x");
        bundle["entry"]!["resource"]!["issue"]!.Text("severity").Should().Be("warning");
        strict.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [DatabaseTheory, EachDatabase]
    public async Task A_page_link_that_was_tampered_with_is_refused(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);

        using var refused = await here.SendAsync("GET", "Patient?_cursor=nonsense");

        refused.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await TestServer.IssueOf(refused)).Expression.Should().Be("_cursor");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Links_of_a_search_by_POST_work_and_show_no_criteria(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);
        for (var i = 0; i < 5; i++)
            (await here.PutPatientAsync($"sealed-{i}", "Sinetöity")).Dispose();
        using var first = await here.SendAsync(
            "POST", "Patient/_search", "name=sinet%C3%B6ity&_count=2&_sort=name",
            "Content-Type: application/x-www-form-urlencoded");

        var bundle = await TestServer.ResourceOf(first);
        using var again = await here.SendAsync("GET", Link(bundle, "self")!);
        var seen = bundle.All("entry").Select(e => e["resource"]!.Id!).ToList();
        for (var url = Link(bundle, "next"); url is not null;)
        {
            using var page = await here.SendAsync("GET", url);
            var following = await TestServer.ResourceOf(page);
            seen.AddRange(following.All("entry").Select(e => e["resource"]!.Id!));
            Readable(url).Should().NotContain("sinet").And.NotContain("name=");
            url = Link(following, "next");
        }

        seen.Should().HaveCount(5).And.OnlyHaveUniqueItems();
        Readable(Link(bundle, "self")!).Should().NotContain("sinet").And.NotContain("name=");
        (await TestServer.ResourceOf(again)).All("entry").Select(e => e["resource"]!.Id!).Should().Equal(seen.Take(2));
    }

    [DatabaseTheory, EachDatabase]
    public async Task A_page_link_shows_no_value_that_was_sorted_by_and_is_of_its_own_search_only(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);
        for (var i = 0; i < 3; i++)
            (await here.PutPatientAsync($"sorted-{i}", "Salasukunimi")).Dispose();

        using var page = await here.SendAsync("GET", "Patient?_sort=family&_count=1&_id=sorted-0,sorted-1,sorted-2");
        var next = Link(await TestServer.ResourceOf(page), "next")!;
        using var elsewhere = await here.SendAsync("GET", next.Replace("/Patient?", "/Practitioner?", StringComparison.Ordinal));
        using var changed = await here.SendAsync("GET", next[..^8] + (next[^8] == 'A' ? 'B' : 'A') + next[^7..]);

        Readable(next).Should().NotContain("salasukunimi");
        elsewhere.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        changed.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [DatabaseTheory, EachDatabase]
    [Rule("search", "token", ":in and :not-in ask a value set, :above and :below a code system, as they are stored here.")]
    public async Task Tokens_are_compared_with_the_value_sets_and_code_systems_that_are_stored(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);
        string[] json = ["Content-Type: application/fhir+json"];
        (await here.SendAsync("PUT", "CodeSystem/care", """
            {"resourceType":"CodeSystem","id":"care","url":"urn:care","status":"active","content":"complete",
             "concept":[{"code":"home","concept":[{"code":"home-night"}]},{"code":"office"}]}
            """, json)).Dispose();
        (await here.SendAsync("PUT", "ValueSet/out", """
            {"resourceType":"ValueSet","id":"out","url":"urn:out","status":"active",
             "compose":{"include":[{"system":"urn:care","concept":[{"code":"home-night"}]}]}}
            """, json)).Dispose();
        (await here.SendAsync("PUT", "HealthcareService/night", """
            {"resourceType":"HealthcareService","id":"night","type":[{"coding":[{"system":"urn:care","code":"home-night"}]}]}
            """, json)).Dispose();

        using var among = await here.SendAsync("GET", "HealthcareService?service-type:in=urn:out");
        using var below = await here.SendAsync("GET", "HealthcareService?service-type:below=urn:care|home");
        using var others = await here.SendAsync("GET", "HealthcareService?_id=night&service-type:not-in=urn:out");
        using var unknown = await here.SendAsync("GET", "HealthcareService?service-type:in=urn:unknown");

        (await TestServer.ResourceOf(among)).All("entry").Should().ContainSingle();
        (await TestServer.ResourceOf(below)).All("entry").Should().ContainSingle();
        (await TestServer.ResourceOf(others)).All("entry").Should().BeEmpty();
        unknown.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    private static string? Link(ElementNode bundle, string relation) =>
        bundle.All("link").FirstOrDefault(l => l.Text("relation") == relation)?.Text("url");

    /// <summary>A URL with what its cursor is when decoded.</summary>
    private static string Readable(string url)
    {
        var cursor = url[(url.IndexOf("_cursor=", StringComparison.Ordinal) + "_cursor=".Length)..];
        return (Uri.UnescapeDataString(url) + Encoding.Latin1.GetString(Base64Url.DecodeFromChars(cursor)))
            .ToLowerInvariant();
    }

    [DatabaseTheory, EachDatabase]
    public async Task Search_with_summary_count_answers_the_total_alone(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);
        using var _ = await here.PutPatientAsync("count-1", "Laskettava");

        using var found = await here.SendAsync("GET", "Patient?name=laskettava&_summary=count");

        var bundle = await TestServer.ResourceOf(found);
        bundle.Text("total").Should().Be("1");
        bundle["entry"].Should().BeNull();
    }

    [DatabaseTheory, EachDatabase]
    [Rule("http", "delete", "What is deleted keeps its history.")]
    [Rule("http", "history",
        "The newest version comes first; each entry tells its method, status and ETag, deletions too.")]
    public async Task History_tells_how_each_version_came_about_newest_first(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);
        using var put = await here.PutPatientAsync("history-1", "A");
        using var again = await here.PutPatientAsync("history-1", "B");
        using var deleted = await here.SendAsync("DELETE", "Patient/history-1");

        using var history = await here.SendAsync("GET", "Patient/history-1/_history");
        using var type = await here.SendAsync("GET", "Patient/_history?_count=1");
        using var system = await here.SendAsync("GET", "_history?_since=2100-01-01");
        using var never = await here.SendAsync("GET", "Patient/never-was/_history");

        var bundle = await TestServer.ResourceOf(history);
        bundle.Text("type").Should().Be("history");
        bundle.All("entry").Select(e => e["request"]!.Text("method")).Should().Equal("DELETE", "PUT", "PUT");
        bundle.All("entry").Select(e => e["response"]!.Text("etag")).Should().Equal("W/\"3\"", "W/\"2\"", "W/\"1\"");
        (await TestServer.ResourceOf(type)).All("entry").Should().ContainSingle();
        (await TestServer.ResourceOf(system)).All("entry").Should().BeEmpty();
        never.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }
}
