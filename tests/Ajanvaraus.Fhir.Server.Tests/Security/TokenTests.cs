using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Core.Search.Query;
using Ajanvaraus.Fhir.Server.Security;
using Ajanvaraus.Fhir.Server.Security.Policy;

using Microsoft.Extensions.Logging.Abstractions;

namespace Ajanvaraus.Fhir.Server.Tests.Security;

/// <summary>Who is let in: http://hl7.org/fhir/smart-app-launch/STU2.2/ and RFC 8725.</summary>
public sealed class TokenTests
{
    private static readonly SearchParameterRegistry Parameters = new(R4.Definitions);

    private static readonly SearchQueryParser Searches =
        new(Parameters, new SearchSettings { BaseUrl = TestIssuer.Audience, Clock = TimeProvider.System });

    private static readonly AccessRules Rules = new(
        new SmartScopeParser(R4.Definitions, Searches), new AccessPolicy(PolicyTable.BuiltIn(R4.Definitions), Parameters, Searches));

    private readonly FakeClock _clock = new("2026-11-23T08:00:00+02:00");

    [Fact]
    public async Task G52_No_forged_or_misscoped_token_is_accepted()
    {
        await using var issuer = await IssuerAsync();
        await using var server = await ServerAsync(issuer);
        var forgeries = Forgeries.Of(issuer, TestIssuer.Rsa("rsa", "RS256"));
        var statuses = new Dictionary<string, HttpStatusCode>();
        var bodies = new HashSet<string>();

        foreach (var (name, token) in forgeries)
        {
            // Of what every citizen may look at, so that it is the token that is refused.
            using var response = await GetAsync(server, name.StartsWith("citizen") ? "Slot" : "Appointment", token);
            statuses[name] = response.StatusCode;
            bodies.Add(await response.Content.ReadAsStringAsync());
        }
        foreach (var (name, send) in Forgeries.Transports(issuer.Sign(issuer.Claims())))
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "Appointment");
            send(request);
            using var response = await server.Http.SendAsync(request);
            statuses[name] = response.StatusCode;
        }
        using var accepted = await GetAsync(server, "Appointment", issuer.Sign(issuer.Claims()));
        using var citizen = await GetAsync(server, "Slot", issuer.Sign(issuer.Citizen()));

        statuses.Should().HaveCountGreaterThan(120);
        statuses.Where(s => s.Value is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)).Should().BeEmpty();
        bodies.Should().HaveCountLessOrEqualTo(4, "what is wrong is told to nobody");
        (accepted.StatusCode, citizen.StatusCode).Should().Be(
            (HttpStatusCode.OK, HttpStatusCode.OK), "the same tokens unharmed are good ones");
    }

    [Theory]
    [InlineData("RS256")]
    [InlineData("RS384")]
    [InlineData("PS256")]
    [InlineData("PS384")]
    [InlineData("ES256")]
    [InlineData("ES384")]
    public async Task Token_is_accepted_by_each_algorithm(string algorithm)
    {
        await using var issuer = await TestIssuer.StartAsync(_clock);
        var key = algorithm[0] == 'E' ? TestIssuer.Ec("k", algorithm) : TestIssuer.Rsa("k", algorithm);
        issuer.Keys.Clear();
        issuer.Keys.Add(key);
        using var authentication = Authentication(issuer);

        var identity = await IdentifyAsync(authentication, issuer.Sign(issuer.Claims()));

        identity.Failed.Should().BeFalse();
        (identity.Value!.Kind, identity.Value.FhirUser, identity.Value.WorkTask).Should().Be((CallerKind.Staff, "Practitioner/1", "ohjaus"));
        identity.Value.Units.Should().Equal("Organization/1");
    }

    [Fact]
    public async Task Missing_and_bad_tokens_are_challenged_in_three_languages_and_public_addresses_are_open()
    {
        await using var issuer = await IssuerAsync();
        await using var server = await ServerAsync(issuer);

        using var missing = await server.Http.GetAsync("Appointment/1");
        using var unknownUrl = await server.Http.GetAsync("nowhere");
        using var bad = await GetAsync(server, "Appointment/1", "a.b.c", "sv");
        using var narrow = await GetAsync(server, "Appointment", issuer.Sign(issuer.Claims("user/Slot.rs")), "fi");
        using var metadata = await server.Http.GetAsync("metadata");
        using var versions = await server.Http.GetAsync("$versions");
        using var health = await server.Http.GetAsync("/health/ready");

        (missing.StatusCode, unknownUrl.StatusCode).Should().Be((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized));
        missing.Headers.WwwAuthenticate.ToString().Should().Be("Bearer realm=\"fhir\"");
        (await missing.Content.ReadAsStringAsync()).Should().Contain("OperationOutcome").And.Contain("login").And.Contain("AJV-6001");
        bad.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        bad.Headers.WwwAuthenticate.ToString().Should().Contain("invalid_token");
        (await bad.Content.ReadAsStringAsync()).Should().Contain("godtas inte");
        narrow.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        narrow.Headers.WwwAuthenticate.ToString().Should().Contain("insufficient_scope");
        (await narrow.Content.ReadAsStringAsync()).Should().Contain("Valtuus ei salli");
        (metadata.StatusCode, versions.StatusCode, health.StatusCode)
            .Should().Be((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK));
    }

    [Theory]
    [InlineData("exp", -59, true)]
    [InlineData("exp", -60, false)]
    [InlineData("nbf", 60, true)]
    [InlineData("nbf", 61, false)]
    [InlineData("iat", 60, true)]
    [InlineData("iat", 61, false)]
    public async Task Clocks_may_differ_by_a_minute(string claim, int seconds, bool isAccepted)
    {
        await using var issuer = await IssuerAsync();
        using var authentication = Authentication(issuer);
        var claims = issuer.Claims();
        claims[claim] = _clock.Now.ToUnixTimeSeconds() + seconds;

        var identity = await IdentifyAsync(authentication, issuer.Sign(claims));

        identity.Failed.Should().Be(!isAccepted);
    }

    [Fact]
    public async Task Token_may_end_with_the_calendar()
    {
        await using var issuer = await IssuerAsync();
        await using var server = await ServerAsync(issuer);
        var claims = issuer.Claims();
        claims["exp"] = 253402300799;
        var token = issuer.Sign(claims);

        using var first = await GetAsync(server, "Appointment", token);
        using var known = await GetAsync(server, "Appointment", token);

        (first.StatusCode, known.StatusCode).Should().Be((HttpStatusCode.OK, HttpStatusCode.OK));
    }

    [Fact]
    public async Task Known_token_ends_with_its_time_and_not_a_second_later()
    {
        await using var issuer = await IssuerAsync();
        using var authentication = Authentication(issuer);
        var token = issuer.Sign(issuer.Claims());
        (await IdentifyAsync(authentication, token)).Failed.Should().BeFalse();

        _clock.Advance(TimeSpan.FromSeconds(359));
        var atTheEnd = await IdentifyAsync(authentication, token);
        _clock.Advance(TimeSpan.FromSeconds(1));
        var after = await IdentifyAsync(authentication, token);

        (atTheEnd.Failed, after.Failed).Should().Be((false, true));
        after.Problem!.Issues[0].Id.Should().Be("AJV-6002");
    }

    [Fact]
    public async Task Token_is_checked_once_and_tells_the_same_identity_again()
    {
        await using var issuer = await IssuerAsync();
        using var authentication = Authentication(issuer);
        var token = issuer.Sign(issuer.Claims());

        var first = await IdentifyAsync(authentication, token);
        issuer.IsAway = true;
        var second = await IdentifyAsync(authentication, token);

        second.Value.Should().BeSameAs(first.Value);
        issuer.Fetched.Should().Be(1);
    }

    [Fact]
    public async Task New_key_is_fetched_once_in_a_minute_and_an_old_one_forgotten()
    {
        await using var issuer = await IssuerAsync();
        using var authentication = Authentication(issuer);
        (await IdentifyAsync(authentication, issuer.Sign(issuer.Claims()))).Failed.Should().BeFalse();
        var (old, next) = (issuer.Keys[0], TestIssuer.Rsa("next", "RS256"));
        issuer.Keys[0] = next;

        for (var i = 0; i < 20; i++)
            (await IdentifyAsync(authentication, issuer.Sign(issuer.Claims(), next))).Failed.Should().BeTrue();
        issuer.Fetched.Should().Be(1, "it was asked within the minute");
        _clock.Advance(TimeSpan.FromSeconds(60));
        var accepted = await IdentifyAsync(authentication, issuer.Sign(issuer.Claims(), next));
        var forgotten = await IdentifyAsync(authentication, issuer.Sign(issuer.Claims(), old));

        accepted.Failed.Should().BeFalse();
        forgotten.Failed.Should().BeTrue();
        issuer.Fetched.Should().Be(2);
    }

    [Fact]
    public async Task Keys_are_fetched_again_when_they_are_old_and_used_for_a_day_while_the_issuer_is_away()
    {
        await using var issuer = await IssuerAsync();
        using var authentication = Authentication(issuer);
        (await IdentifyAsync(authentication, issuer.Sign(issuer.Claims()))).Failed.Should().BeFalse();

        _clock.Advance(IssuerKeys.Fresh);
        (await IdentifyAsync(authentication, issuer.Sign(issuer.Claims()))).Failed.Should().BeFalse();
        issuer.Fetched.Should().Be(2);
        issuer.IsAway = true;
        _clock.Advance(IssuerKeys.Usable - TimeSpan.FromSeconds(1));
        var stillKnown = await IdentifyAsync(authentication, issuer.Sign(issuer.Claims()));
        _clock.Advance(TimeSpan.FromSeconds(10));
        var tooOld = await IdentifyAsync(authentication, issuer.Sign(issuer.Claims()));

        stillKnown.Failed.Should().BeFalse();
        tooOld.Problem!.Kind.Should().Be(Core.Issues.ProblemKind.Busy);
    }

    [Fact]
    public async Task Issuer_that_is_away_makes_503_for_what_cannot_be_checked_and_is_asked_again_soon()
    {
        await using var issuer = await IssuerAsync();
        await using var server = await ServerAsync(issuer);
        issuer.IsAway = true;

        using var refused = await GetAsync(server, "Slot", issuer.Sign(issuer.Claims()));
        using var forged = await GetAsync(server, "Slot", issuer.Sign(With(issuer.Claims(), "iss", "https://else.example")));
        issuer.IsAway = false;
        using var tooSoon = await GetAsync(server, "Slot", issuer.Sign(issuer.Claims()));
        server.Clock.Advance(IssuerKeys.PauseWhenAway);
        using var accepted = await GetAsync(server, "Slot", issuer.Sign(issuer.Claims()));

        refused.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        refused.Headers.RetryAfter!.Delta.Should().Be(IssuerKeys.PauseWhenAway);
        (await refused.Content.ReadAsStringAsync()).Should().Contain("AJV-6003");
        forged.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        tooSoon.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        accepted.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Discovery_that_names_another_issuer_is_not_believed()
    {
        await using var issuer = await IssuerAsync();
        issuer.ToldName = "https://else.example";
        using var authentication = Authentication(issuer);

        var identity = await IdentifyAsync(authentication, issuer.Sign(issuer.Claims()));

        identity.Problem!.Kind.Should().Be(Core.Issues.ProblemKind.Busy);
    }

    [Fact]
    public async Task Each_of_several_issuers_signs_for_itself_alone()
    {
        await using var first = await IssuerAsync();
        await using var second = await IssuerAsync();
        using var authentication = Authentication(first, second);

        var own = await IdentifyAsync(authentication, second.Sign(second.Claims()));
        var crossed = await IdentifyAsync(authentication, first.Sign(second.Claims()));

        own.Value!.Issuer.Should().Be(second.Name);
        crossed.Failed.Should().BeTrue();
    }

    [Fact]
    public async Task Opaque_token_is_asked_from_its_issuer_and_believed_for_half_a_minute()
    {
        await using var issuer = await IssuerAsync();
        using var authentication = Authentication(issuer);
        issuer.Introspect = token => token == "good-1" ? With(issuer.Claims(), "active", true) : null;

        var accepted = await IdentifyAsync(authentication, "good-1");
        var unknown = await IdentifyAsync(authentication, "good-2");
        _ = await IdentifyAsync(authentication, "good-1");
        issuer.Asked.Should().Be(2);
        issuer.Introspect = _ => null;
        _clock.Advance(TimeSpan.FromSeconds(30));
        var revoked = await IdentifyAsync(authentication, "good-1");

        (accepted.Failed, unknown.Failed, revoked.Failed).Should().Be((false, true, true));
        accepted.Value!.FhirUser.Should().Be("Practitioner/1");
    }

    [Theory]
    [InlineData("active", "\"true\"")]
    [InlineData("active", "1")]
    [InlineData("iss", "\"https://else.example\"")]
    [InlineData("aud", "\"https://else.example/fhir\"")]
    [InlineData("token_type", "\"DPoP\"")]
    [InlineData("exp", "1")]
    [InlineData("exp", "\"never\"")]
    public async Task Introspection_that_tells_otherwise_lets_nobody_in(string claim, string value)
    {
        await using var issuer = await IssuerAsync();
        using var authentication = Authentication(issuer);
        issuer.Introspect = _ => With(With(issuer.Claims(), "active", true), claim, JsonNode.Parse(value)!);

        var identity = await IdentifyAsync(authentication, "opaque");

        identity.Failed.Should().BeTrue();
    }

    [Fact]
    public async Task Acting_for_another_is_what_the_token_says_outright()
    {
        await using var issuer = await IssuerAsync();
        using var authentication = Authentication(issuer);
        var named = With(With(issuer.Citizen(), "patient", "2"), "principal", "Patient/2");
        var acting = With(issuer.Citizen(), "act", new JsonObject { ["sub"] = "guardian", ["fhirUser"] = "RelatedPerson/9" });

        var byPrincipal = (await IdentifyAsync(authentication, issuer.Sign(named))).Value!;
        var byActor = (await IdentifyAsync(authentication, issuer.Sign(acting))).Value!;
        var alone = (await IdentifyAsync(authentication, issuer.Sign(issuer.Citizen()))).Value!;

        (byPrincipal.FhirUser, byPrincipal.Patient, byPrincipal.OnBehalfOf).Should().Be(("Patient/1", "Patient/2", "Patient/2"));
        (byActor.Subject, byActor.FhirUser, byActor.OnBehalfOf).Should().Be(("guardian", "RelatedPerson/9", "Patient/1"));
        (alone.OnBehalfOf, alone.Kind).Should().Be((null, CallerKind.Citizen));
        new[] { byPrincipal.Principal, byActor.Principal, alone.Principal }.Should().OnlyHaveUniqueItems();
        byPrincipal.MayReach("Slot", ScopeInteractions.Read).Should().BeFalse("the registers have not been asked");
    }

    [Fact]
    public async Task What_is_granted_is_done_and_nothing_else_also_inside_bundles()
    {
        await using var issuer = await IssuerAsync();
        await using var server = await ServerAsync(issuer);
        var token = issuer.Sign(issuer.Program("system/Patient.cr system/Slot.rs system/Schedule.s"));
        using var created = await SendAsync(server, token, HttpMethod.Post, "Patient", """{"resourceType":"Patient"}""");
        var patient = (string)JsonNode.Parse(await created.Content.ReadAsStringAsync())!["id"]!;

        var statuses = new List<(string, int)>();
        foreach (var (method, url) in ((string, string)[])[
            ("GET", $"Patient/{patient}"), ("GET", $"Patient/{patient}/_history"), ("GET", "Slot?status=free"), ("GET", "Slot?schedule.active=true"),
            ("GET", "Slot?_include=Slot:schedule"), ("GET", "Patient?name=a"), ("DELETE", $"Patient/{patient}"), ("GET", "Slot?schedule.actor:Patient.name=a"),
            ("GET", "Schedule?_revinclude=Slot:schedule"), ("GET", "Schedule?_has:Slot:schedule:status=free"), ("GET", "Slot?_has:Appointment:slot:status=booked"),
            ("GET", "_history"), ("GET", "?_type=Slot,Schedule"), ("GET", "?_type=Slot,Patient"), ("GET", $"Patient/{patient}/Slot"), ("GET", $"Patient/{patient}/Appointment"),
            ("GET", $"Patient/{patient}/$everything"), ("GET", "Slot/$find?start=2026-11-24"), ("GET", "$export"), ("GET", "$meta"), ("GET", "Patient/none/$meta")])
        {
            using var response = await SendAsync(server, token, new HttpMethod(method), url);
            statuses.Add((url, (int)response.StatusCode));
        }
        var bundle = """
            {"resourceType":"Bundle","type":"TYPE","entry":[
            {"request":{"method":"GET","url":"Patient/PATIENT"}},
            {"resource":{"resourceType":"Slot","status":"free"},"request":{"method":"POST","url":"Slot"}},
            {"request":{"method":"DELETE","url":"Patient/PATIENT"}},
            {"resource":{"resourceType":"Patient"},"request":{"method":"POST","url":"Patient","ifNoneExist":"name=a"}}]}
            """.Replace("PATIENT", patient);
        using var batch = await SendAsync(server, token, HttpMethod.Post, "", bundle.Replace("TYPE", "batch"));
        using var transaction = await SendAsync(server, token, HttpMethod.Post, "", bundle.Replace("TYPE", "transaction"));
        using var still = await SendAsync(server, token, HttpMethod.Get, $"Patient/{patient}");

        created.StatusCode.Should().Be(HttpStatusCode.Created);
        statuses.Should().Equal(
            ($"Patient/{patient}", 200), ($"Patient/{patient}/_history", 200), ("Slot?status=free", 200), ("Slot?schedule.active=true", 200),
            ("Slot?_include=Slot:schedule", 403), ("Patient?name=a", 403), ($"Patient/{patient}", 403), ("Slot?schedule.actor:Patient.name=a", 403),
            ("Schedule?_revinclude=Slot:schedule", 200), ("Schedule?_has:Slot:schedule:status=free", 200), ("Slot?_has:Appointment:slot:status=booked", 403),
            ("_history", 200), ("?_type=Slot,Schedule", 200), ("?_type=Slot,Patient", 200), ($"Patient/{patient}/Slot", 200), ($"Patient/{patient}/Appointment", 403),
            ($"Patient/{patient}/$everything", 403), ("Slot/$find?start=2026-11-24", 200), ("$export", 403), ("$meta", 403), ("Patient/none/$meta", 404));
        var entries = JsonNode.Parse(await batch.Content.ReadAsStringAsync())!["entry"]!.AsArray();
        entries.Select(e => ((string)e!["response"]!["status"]!)[..3]).Should().Equal("200", "403", "403", "403");
        transaction.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        still.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Reference_by_criteria_asks_as_a_search_does()
    {
        await using var issuer = await IssuerAsync();
        await using var server = await ServerAsync(issuer);
        const string bundle = """
            {"resourceType":"Bundle","type":"transaction","entry":[{"request":{"method":"POST","url":"Basic"},"resource":{"resourceType":"Basic",
            "code":{"text":"a"},"subject":{"reference":"Patient?identifier=urn:x|1"}}}]}
            """;
        var blind = issuer.Sign(issuer.Program("system/Basic.c system/Patient.cr"));
        var seeing = issuer.Sign(issuer.Program("system/Basic.c system/Patient.s"));

        using var refused = await SendAsync(server, blind, HttpMethod.Post, "", bundle);
        using var unresolved = await SendAsync(server, seeing, HttpMethod.Post, "", bundle);
        using var made = await SendAsync(
            server, blind, HttpMethod.Post, "Patient", """{"resourceType":"Patient","identifier":[{"system":"urn:x","value":"1"}]}""");
        using var stillRefused = await SendAsync(server, blind, HttpMethod.Post, "", bundle);
        using var resolved = await SendAsync(server, seeing, HttpMethod.Post, "", bundle);

        made.StatusCode.Should().Be(HttpStatusCode.Created);
        (refused.StatusCode, stillRefused.StatusCode).Should().Be((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden));
        (await stillRefused.Content.ReadAsStringAsync()).Should().Be(await refused.Content.ReadAsStringAsync());
        ((int)unresolved.StatusCode / 100, resolved.StatusCode).Should().Be((4, HttpStatusCode.OK));
    }

    [Fact]
    public async Task Work_in_the_background_may_do_no_more_than_who_began_it()
    {
        await using var issuer = await IssuerAsync();
        await using var server = await ServerAsync(issuer);
        var token = issuer.Sign(issuer.Program("system/Slot.rs"));
        var other = issuer.Sign(With(issuer.Program("system/*.cruds"), "sub", "another"));
        using var begun = await SendAsync(
            server, token, HttpMethod.Post, "", """
            {"resourceType":"Bundle","type":"batch","entry":[{"request":{"method":"GET","url":"Slot"}},{"request":{"method":"GET","url":"Patient"}}]}
            """, "respond-async");

        var status = begun.Content.Headers.ContentLocation!.ToString().Split("/fhir/")[1];
        using var foreign = await SendAsync(server, other, HttpMethod.Get, status);
        string body;
        do
        {
            await Task.Delay(50);
            using var polled = await SendAsync(server, token, HttpMethod.Get, status);
            body = polled.StatusCode == HttpStatusCode.Accepted ? "" : await polled.Content.ReadAsStringAsync();
        }
        while (body.Length == 0);

        begun.StatusCode.Should().Be(HttpStatusCode.Accepted);
        foreign.StatusCode.Should().Be(HttpStatusCode.NotFound);
        body.Should().Contain("\"status\":\"200").And.Contain("\"status\":\"403");
    }

    [Fact]
    public async Task Configuration_and_capability_statement_tell_where_tokens_are_given()
    {
        await using var issuer = await IssuerAsync();
        await using var server = await ServerAsync(issuer);

        using var told = await server.Http.GetAsync(".well-known/smart-configuration");
        var configuration = JsonNode.Parse(await told.Content.ReadAsStringAsync())!;
        var security = JsonNode.Parse(await server.Http.GetStringAsync("metadata"))!["rest"]![0]!["security"]!;

        told.StatusCode.Should().Be(HttpStatusCode.OK);
        told.Content.Headers.ContentType!.MediaType.Should().Be("application/json");
        told.Headers.GetValues("Access-Control-Allow-Origin").Should().Equal("*");
        ((string)configuration["issuer"]!).Should().Be(issuer.Name);
        ((string)configuration["token_endpoint"]!).Should().Be(issuer.Name + "/token");
        configuration["code_challenge_methods_supported"]!.AsArray().Select(m => (string)m!).Should().Equal("S256");
        configuration["capabilities"]!.AsArray().Select(c => (string)c!).Should().Contain(["permission-v2", "permission-v1"]);
        ((string)security["service"]![0]!["coding"]![0]!["code"]!).Should().Be("SMART-on-FHIR");
    }

    [Fact]
    public async Task Configuration_is_503_while_the_issuer_is_away_and_absent_without_issuers()
    {
        await using var issuer = await IssuerAsync();
        await using var server = await ServerAsync(issuer);
        await using var open = await FhirServer.StartAsync(DatabaseEngine.Sqlite);
        issuer.IsAway = true;

        using var away = await server.Http.GetAsync(".well-known/smart-configuration");
        using var absent = await open.Http.GetAsync(".well-known/smart-configuration");

        (away.StatusCode, absent.StatusCode).Should().Be((HttpStatusCode.ServiceUnavailable, HttpStatusCode.NotFound));
    }

    [Theory]
    [InlineData("https://id.example.org", true)]
    [InlineData("https://id.example.org/realms/county", true)]
    [InlineData("http://127.0.0.1:8090", true)]
    [InlineData("http://localhost:8090", true)]
    [InlineData("http://id.example.org", false)]
    [InlineData("https://user:word@id.example.org", false)]
    [InlineData("https://id.example.org/?realm=a", false)]
    [InlineData("https://id.example.org/#a", false)]
    [InlineData("ftp://id.example.org", false)]
    [InlineData("id.example.org", false)]
    [InlineData("", false)]
    public void Server_with_an_issuer_starts_anywhere_and_trusts_safe_addresses_only(string issuer, bool mayStart)
    {
        var options = new ServerOptions("http://0.0.0.0:8080", ServerOptions.DefaultDatabase, IsOpen: false)
        {
            Tokens = new TokenOptions { Issuers = [new IssuerOptions(issuer)] },
        };

        (options.Refusal() is null).Should().Be(mayStart);
        (options with { IsOpen = true }).Refusal().Should().NotBeNull("open and with tokens is neither");
    }

    [Fact]
    public async Task Every_operation_has_its_scopes()
    {
        await using var open = await FhirServer.StartAsync(DatabaseEngine.Sqlite);
        var served = JsonNode.Parse(await open.Http.GetStringAsync("metadata"))!["rest"]![0]!;

        var names = served["resource"]!.AsArray().Append(served)
            .SelectMany(holder => holder!["operation"]?.AsArray() ?? []).Select(o => (string)o!["name"]!).Distinct().ToList();

        names.Should().HaveCountGreaterThan(30);
        names.Except(OperationScopes.Known).Should().BeEmpty();
    }

    private async Task<TestIssuer> IssuerAsync()
    {
        var issuer = await TestIssuer.StartAsync(_clock);
        var encrypting = TestIssuer.Rsa("enc", "RS256").Public();
        encrypting["use"] = "enc";
        issuer.OtherKeys.Add(encrypting);
        issuer.OtherKeys.Add(TestIssuer.Rsa("short", "RS256", 1024).Public());
        issuer.OtherKeys.Add(new JsonObject { ["kty"] = "oct", ["kid"] = "oct", ["k"] = "c2VjcmV0" });
        return issuer;
    }

    private Task<FhirServer> ServerAsync(TestIssuer issuer) => FhirServer.StartAsync(
        DatabaseEngine.Sqlite, with: options => options with { IsOpen = false, Tokens = Options(issuer) });

    private static TokenOptions Options(params TestIssuer[] issuers) => new()
    {
        Issuers = [.. issuers.Select(i => new IssuerOptions(i.Name) { IntrospectionClient = "fhir", IntrospectionSecret = "secret" })],
        Audiences = [TestIssuer.Audience],
        Policy = TestIssuer.PolicyOfScopesAlone,
    };

    private Authentication Authentication(params TestIssuer[] issuers) =>
        new(Options(issuers), [TestIssuer.Audience], () => Rules, _clock, NullLogger.Instance);

    private static async Task<Core.Issues.Outcome<Identity>> IdentifyAsync(Authentication authentication, string token) =>
        await authentication.IdentifyAsync("Bearer " + token, CancellationToken.None);

    private static JsonObject With(JsonObject claims, string name, JsonNode value)
    {
        claims[name] = value;
        return claims;
    }

    private static async Task<HttpResponseMessage> GetAsync(FhirServer server, string url, string token, string language = "en")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        request.Headers.AcceptLanguage.ParseAdd(language);
        return await server.Http.SendAsync(request);
    }

    private static async Task<HttpResponseMessage> SendAsync(
        FhirServer server, string token, HttpMethod method, string url, string? body = null, string? prefer = null)
    {
        using var request = new HttpRequestMessage(method, url);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (prefer is not null)
            request.Headers.Add("Prefer", prefer);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/fhir+json");
        return await server.Http.SendAsync(request);
    }
}
