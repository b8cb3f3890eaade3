using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Server.Security;
using Ajanvaraus.Fhir.Server.Tests.Hostile;

namespace Ajanvaraus.Fhir.Server.Tests.Security;

/// <summary>How much one caller may ask: docs/security.md, Limits.</summary>
public sealed class RateTests
{
    private readonly FakeClock _clock = new("2026-11-23T08:00:00+02:00");

    [Fact]
    public async Task G57_One_who_asks_too_much_is_429_with_the_seconds_to_wait_and_others_are_served()
    {
        await using var issuer = await TestIssuer.StartAsync(_clock);
        await using var server = await ServerAsync(issuer, new RateOptions(Requests: 20, SystemRequests: 50));
        var (worker, other, program) = (issuer.Sign(issuer.Claims()), issuer.Sign(Of(issuer.Claims(), "worker-2")), issuer.Sign(issuer.Program()));

        var served = await CountAsync(server, worker, "Slot", 20);
        var start = Stopwatch.GetTimestamp();
        using var refused = await GetAsync(server, "Slot", worker, "fi");
        var took = Stopwatch.GetElapsedTime(start);
        // Another token of the same person makes no new allowance.
        var renewed = await CountAsync(server, issuer.Sign(With(issuer.Claims(), "jti", "t2")), "Slot", 1);
        var others = await CountAsync(server, other, "Slot", 20);
        var programs = await CountAsync(server, program, "Slot", 51);
        server.Clock.Advance(TimeSpan.FromSeconds(59));
        var early = await CountAsync(server, worker, "Slot", 1);
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        var later = await CountAsync(server, worker, "Slot", 21);

        (served, renewed, others, programs, early, later).Should().Be((20, 0, 20, 50, 0, 20));
        refused.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta.Should().Be(TimeSpan.FromSeconds(60));
        took.Should().BeLessThan(TimeSpan.FromSeconds(1));
        var body = await refused.Content.ReadAsStringAsync();
        HostileRun.OutcomeFault(body).Should().BeNull();
        body.Should().Contain("throttled").And.Contain("liikaa");
    }

    [Fact]
    public async Task G57_Bookings_of_a_citizen_are_counted_in_Bundles_too_and_whomever_they_are_for()
    {
        await using var issuer = await TestIssuer.StartAsync(_clock);
        await using var server = await ServerAsync(issuer, new RateOptions(Bookings: 5));
        var citizen = issuer.Sign(issuer.Citizen());
        var statuses = new List<int>();

        for (var n = 0; n < 3; n++)
            statuses.Add(await PostAsync(server, citizen, "Appointment", "{}"));
        statuses.Add(await PostAsync(server, citizen, "Appointment/$book", "{}"));
        statuses.Add(await PostAsync(server, citizen, "Appointment/$hold", "{}"));
        statuses.Add(await PostAsync(server, citizen, "Appointment", "{}"));
        var batch = await BodyAsync(server, citizen, """
            {"resourceType":"Bundle","type":"batch","entry":[{"request":{"method":"POST","url":"Appointment"},"resource":{"resourceType":"Appointment"}},{"request":{"method":"GET","url":"Slot"}}]}
            """);
        var reads = await CountAsync(server, citizen, "Slot", 1);

        statuses.Take(5).Should().OnlyContain(status => status != 429);
        statuses[5].Should().Be(429);
        batch["entry"]!.AsArray().Select(entry => ((string)entry!["response"]!["status"]!)[..3]).Should().Equal("429", "200");
        reads.Should().Be(1);
    }

    [Fact]
    public async Task G57_Identifiers_that_a_worker_tries_are_counted_one_by_one_in_lists_and_chains()
    {
        await using var issuer = await TestIssuer.StartAsync(_clock);
        await using var server = await ServerAsync(issuer, new RateOptions(LookUps: 30));
        var worker = issuer.Sign(issuer.Claims());

        var list = await StatusAsync(server, worker, "Patient?identifier=" + string.Join(',', Enumerable.Range(0, 25)));
        var chain = await StatusAsync(server, worker, "Appointment?patient.identifier=a,b,c");
        var reference = await StatusAsync(server, worker, "Appointment?patient:identifier=a");
        var filter = await StatusAsync(server, worker, "Patient?_filter=identifier eq a");
        var last = await StatusAsync(server, worker, "Patient?identifier=a");
        var otherThings = await StatusAsync(server, worker, "Organization?identifier=a");
        var otherWorker = await StatusAsync(server, issuer.Sign(Of(issuer.Claims(), "worker-2")), "Patient?identifier=a");
        var program = await StatusAsync(server, issuer.Sign(issuer.Program()), "Patient?identifier=" + string.Join(',', Enumerable.Range(0, 60)));

        (list, chain, reference, filter).Should().Be((200, 200, 200, 200));
        last.Should().Be(429);
        (otherThings, otherWorker, program).Should().Be((200, 200, 200));
    }

    [Fact]
    public async Task G57_Failed_tokens_of_an_address_are_429_and_good_ones_of_the_same_address_are_served()
    {
        await using var issuer = await TestIssuer.StartAsync(_clock);
        await using var server = await ServerAsync(issuer, new RateOptions(Failures: 10));
        var statuses = new List<int>();

        for (var n = 0; n < 12; n++)
            statuses.Add(await StatusAsync(server, n % 2 == 0 ? "a.b.c" : "opaque", "Slot"));
        var good = await StatusAsync(server, issuer.Sign(issuer.Claims()), "Slot");

        statuses.Take(10).Should().OnlyContain(status => status == 401);
        statuses.Skip(10).Should().OnlyContain(status => status == 429);
        good.Should().Be(200);
    }

    [Fact]
    public async Task G57_One_client_whom_many_look_for_is_429_for_all_and_other_clients_are_found()
    {
        await using var issuer = await TestIssuer.StartAsync(_clock);
        await using var server = await ServerAsync(issuer, new RateOptions(LookUps: 30, LookedUp: 6));
        var statuses = new List<int>();

        string[] ways =
        [
            "Patient?identifier=urn:a|target", "Patient?identifier=target", "Appointment?patient.identifier=urn:a|target", "Person?identifier=x,urn:b|target",
            "Appointment?patient:identifier=urn:a|target", "Patient?_filter=identifier eq target",
        ];
        for (var n = 0; n < 8; n++)
            statuses.Add(await StatusAsync(server, issuer.Sign(Of(issuer.Claims(), $"worker-{n}")), ways[n % ways.Length]));
        var program = await StatusAsync(server, issuer.Sign(issuer.Program()), "Patient?identifier=target");
        var other = await StatusAsync(server, issuer.Sign(issuer.Claims()), "Patient?identifier=another");
        server.Clock.Advance(TimeSpan.FromMinutes(1));
        var later = await StatusAsync(server, issuer.Sign(issuer.Claims()), "Patient?identifier=target");

        statuses.Should().Equal(200, 200, 200, 200, 200, 200, 429, 429);
        (program, other, later).Should().Be((429, 200, 200));
    }

    [Theory]
    [InlineData("", "198.51.100.7", "a header of anybody is not believed")]
    [InlineData("192.0.2.9", "198.51.100.7", "another is the proxy")]
    public async Task G57_Failures_count_for_the_address_of_the_connection_whoever_the_caller_says_to_be(string proxy, string said, string because)
    {
        await using var issuer = await TestIssuer.StartAsync(_clock);
        await using var server = await ServerAsync(issuer, new RateOptions(Failures: 5), proxy);
        var statuses = new List<int>();

        for (var n = 0; n < 7; n++)
            statuses.Add(await FailAsync(server, $"{said}{n}"));

        statuses.Should().Equal([401, 401, 401, 401, 401, 429, 429], because);
    }

    [Fact]
    public async Task G57_Failures_behind_known_proxies_count_for_the_last_address_that_is_none_of_them()
    {
        await using var issuer = await TestIssuer.StartAsync(_clock);
        await using var server = await ServerAsync(issuer, new RateOptions(Failures: 3), "127.0.0.1", "192.0.2.9");
        var statuses = new List<int>();

        // What the caller itself wrote stands to the left, and changes nothing.
        foreach (var said in (string[])["198.51.100.1", "203.0.113.5, 198.51.100.1", "203.0.113.6, 198.51.100.1, 192.0.2.9", "198.51.100.1"])
            statuses.Add(await FailAsync(server, said));
        var another = await FailAsync(server, "198.51.100.1, 198.51.100.2");
        var unreadable = new List<int>();
        for (var n = 0; n < 4; n++)
            unreadable.Add(await FailAsync(server, $"nobody{n}"));

        statuses.Should().Equal(401, 401, 401, 429);
        another.Should().Be(401);
        unreadable.Should().Equal([401, 401, 401, 429], "then it is the proxy's own address");
    }

    [Fact]
    public async Task G57_One_who_floods_does_not_keep_others_from_being_answered()
    {
        await using var issuer = await TestIssuer.StartAsync(_clock);
        await using var server = await ServerAsync(issuer, new RateOptions(Requests: 40));
        var flooding = issuer.Sign(issuer.Claims());
        var quiet = issuer.Sign(Of(issuer.Claims(), "worker-2"));

        var flood = Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => CountAsync(server, flooding, "Slot", 100))));
        var served = await CountAsync(server, quiet, "Slot", 40);

        served.Should().Be(40);
        (await flood).Sum().Should().Be(40);
    }

    [Fact]
    public void Counts_take_no_more_memory_than_their_keys_and_forget_minutes_that_are_over()
    {
        var windows = new RateWindows(_clock, most: 100);
        for (var n = 0; n < 10_000; n++)
        {
            windows.Take($"address {n}", 10).Should().BeNull();
            if (n % 50 == 0)
                _clock.Advance(TimeSpan.FromSeconds(31));
        }

        windows.Keys.Should().BeLessThanOrEqualTo(100);
        windows.Take("many", 10, 11).Should().Be(60, "what no minute takes is never taken");
        windows.Take("many", 10, 10).Should().BeNull();
        windows.Take("none", 0).Should().BeNull();
    }

    [Fact]
    public async Task Server_without_issuers_counts_nothing()
    {
        await using var server = await FhirServer.StartAsync(DatabaseEngine.Sqlite, with: o => o with { Rates = new RateOptions(1, 1, 1, 1, 1, 1) });

        for (var n = 0; n < 5; n++)
            (await StatusAsync(server, "x", "Patient?identifier=a")).Should().Be(200);
    }

    private async Task<FhirServer> ServerAsync(TestIssuer issuer, RateOptions rates, params string[] proxies) => await FhirServer.StartAsync(
        DatabaseEngine.Sqlite, with: options => options with
        {
            IsOpen = false,
            Proxies = [.. proxies.Where(proxy => proxy.Length > 0)],
            Rates = rates,
            Tokens = new TokenOptions
            {
                Issuers = [new IssuerOptions(issuer.Name)], Audiences = [TestIssuer.Audience], Policy = TestIssuer.PolicyOfScopesAlone,
            },
        });

    private static async Task<int> FailAsync(FhirServer server, string forwardedFor)
    {
        using var request = HostileRun.Request("GET", "Slot");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "opaque");
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", forwardedFor);
        using var response = await server.Http.SendAsync(request);
        return (int)response.StatusCode;
    }

    private static JsonObject Of(JsonObject claims, string subject) => With(claims, "sub", subject);

    private static JsonObject With(JsonObject claims, string name, string value)
    {
        claims[name] = value;
        return claims;
    }

    private static async Task<int> CountAsync(FhirServer server, string token, string url, int times)
    {
        var served = 0;
        for (var n = 0; n < times; n++)
            served += await StatusAsync(server, token, url) == 200 ? 1 : 0;
        return served;
    }

    private static async Task<int> StatusAsync(FhirServer server, string token, string url)
    {
        using var response = await GetAsync(server, url, token);
        return (int)response.StatusCode;
    }

    private static Task<HttpResponseMessage> GetAsync(FhirServer server, string url, string token, string language = "en")
    {
        var request = HostileRun.Request("GET", url);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.AcceptLanguage.ParseAdd(language);
        return server.Http.SendAsync(request);
    }

    private static async Task<int> PostAsync(FhirServer server, string token, string url, string body)
    {
        using var request = HostileRun.Request("POST", url, System.Text.Encoding.UTF8.GetBytes(body));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await server.Http.SendAsync(request);
        return (int)response.StatusCode;
    }

    private static async Task<JsonNode> BodyAsync(FhirServer server, string token, string body)
    {
        using var request = HostileRun.Request("POST", "", System.Text.Encoding.UTF8.GetBytes(body));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await server.Http.SendAsync(request);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }
}
