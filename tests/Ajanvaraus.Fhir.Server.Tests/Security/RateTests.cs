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
        await using var server = await FhirServer.StartAsync(DatabaseEngine.Sqlite, with: o => o with { Rates = new RateOptions(1, 1, 1, 1, 1) });

        for (var n = 0; n < 5; n++)
            (await StatusAsync(server, "x", "Patient?identifier=a")).Should().Be(200);
    }

    private async Task<FhirServer> ServerAsync(TestIssuer issuer, RateOptions rates) => await FhirServer.StartAsync(
        DatabaseEngine.Sqlite, with: options => options with
        {
            IsOpen = false,
            Rates = rates,
            Tokens = new TokenOptions
            {
                Issuers = [new IssuerOptions(issuer.Name)], Audiences = [TestIssuer.Audience], Policy = TestIssuer.PolicyOfScopesAlone,
            },
        });

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
