using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

using Ajanvaraus.Fhir.DevelopmentIssuer;
using Ajanvaraus.Fhir.Server.Security;

using Microsoft.AspNetCore.Builder;

namespace Ajanvaraus.Fhir.Server.Tests.Security;

/// <summary>The issuer for development, with a server that takes its tokens.</summary>
public sealed class DevelopmentIssuerTests : IAsyncLifetime
{
    private const string Verifier = "a-verifier-of-forty-three-characters-or-more-0123456789";
    private const string Redirect = "http://127.0.0.1:9/app";

    private readonly FakeClock _clock = new("2026-11-23T08:00:00+02:00");
    private readonly TestKey _client = TestIssuer.Ec("client-key", "ES384");
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ajanvaraus-issuer-");

    private IssuerSettings _settings = null!;
    private WebApplication _issuer = null!;
    private FhirServer _server = null!;

    private static string Challenge => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    public async Task InitializeAsync()
    {
        var keys = new JsonObject { ["keys"] = new JsonArray(_client.Public()) }.ToJsonString();
        _settings = new IssuerSettings($"http://127.0.0.1:{FreePort()}", TestIssuer.Audience, _folder.FullName)
        {
            Clients = new Dictionary<string, string> { ["feed"] = keys },
        };
        _issuer = IssuerApplication.Build(_settings, _clock);
        await _issuer.StartAsync();
        _server = await FhirServer.StartAsync(DatabaseEngine.Sqlite, with: options => options with
        {
            IsOpen = false,
            Tokens = new TokenOptions { Issuers = [new IssuerOptions(_settings.Url)], Audiences = [TestIssuer.Audience] },
        });
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _issuer.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("citizen")]
    [InlineData("guardian")]
    [InlineData("professional")]
    [InlineData("desk")]
    [InlineData("lead")]
    [InlineData("administrator")]
    [InlineData("system")]
    public async Task Command_prints_a_token_of_each_role_that_the_server_takes(string role)
    {
        var output = new StringWriter();

        var code = await IssuerCommands.Root().Parse(
            ["token", "--role", role, "--url", _settings.Url, "--audience", _settings.Audience, "--folder", _settings.Folder])
            .InvokeAsync(new System.CommandLine.InvocationConfiguration { Output = output });

        // The clock of the command is the real one.
        _server.Clock.Now = TimeProvider.System.GetUtcNow();
        code.Should().Be(0);
        (await StatusAsync(output.ToString().Trim(), "Slot/$find?start=2026-11-24")).Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Citizen_logs_in_on_the_page_and_gets_a_token_for_themselves()
    {
        using var http = Client();
        using var page = await http.GetAsync(AuthorizeUrl());
        var html = await page.Content.ReadAsStringAsync();
        using var login = await http.PostAsync("authorize", Form(html, ("role", "citizen"), ("patient", "7")));
        var back = login.Headers.Location!;
        var code = Regex.Match(back.Query, "code=([^&]+)").Groups[1].Value;

        using var exchanged = await http.PostAsync("token", Exchange(code, Verifier));
        var answer = JsonNode.Parse(await exchanged.Content.ReadAsStringAsync())!;
        using var again = await http.PostAsync("token", Exchange(code, Verifier));

        login.StatusCode.Should().Be(HttpStatusCode.Redirect);
        (back.GetLeftPart(UriPartial.Path), Regex.Match(back.Query, "state=([^&]+)").Groups[1].Value).Should().Be((Redirect, "s%20t"));
        exchanged.Headers.CacheControl!.NoStore.Should().BeTrue();
        ((string)answer["patient"]!).Should().Be("7");
        (await StatusAsync((string)answer["access_token"]!, "Slot")).Should().Be(HttpStatusCode.OK);
        (await StatusAsync((string)answer["id_token"]!, "Slot")).Should().Be(HttpStatusCode.Unauthorized);
        again.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("code_challenge_method", "plain")]
    [InlineData("code_challenge", "")]
    [InlineData("response_type", "token")]
    [InlineData("redirect_uri", "https://evil.example/app")]
    [InlineData("redirect_uri", "javascript:alert(1)")]
    [InlineData("aud", "https://else.example/fhir")]
    [InlineData("client_id", "")]
    public async Task Login_that_is_asked_wrongly_is_told_on_a_page_and_redirects_nowhere(string name, string value)
    {
        using var http = Client();
        var url = Regex.Replace(AuthorizeUrl(), $"(?<=[?&]){name}=[^&]*", $"{name}={Uri.EscapeDataString(value)}");

        using var response = await http.GetAsync(url);

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        response.Headers.Location.Should().BeNull();
    }

    [Fact]
    public async Task Code_is_exchanged_by_who_knows_the_verifier_within_a_minute()
    {
        using var http = Client();
        var wrong = await CodeAsync(http);
        using var refused = await http.PostAsync("token", Exchange(wrong, Verifier + "x"));
        using var spent = await http.PostAsync("token", Exchange(wrong, Verifier));
        var late = await CodeAsync(http);
        _clock.Advance(TimeSpan.FromMinutes(1));
        using var over = await http.PostAsync("token", Exchange(late, Verifier));

        new[] { refused.StatusCode, spent.StatusCode, over.StatusCode }.Should().OnlyContain(s => s == HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Program_with_a_key_gets_a_token_and_each_assertion_counts_once_over_all_processes()
    {
        await using var second = IssuerApplication.Build(_settings with { Url = $"http://127.0.0.1:{FreePort()}" }, _clock);
        await second.StartAsync();
        using var http = Client();
        using var other = new HttpClient { BaseAddress = new Uri(second.Urls.Single() + "/") };
        var assertion = Assertion();

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => http.PostAsync("token", Credentials(assertion))));
        using var elsewhere = await other.PostAsync("token", Credentials(assertion));

        var accepted = answers.Where(a => a.IsSuccessStatusCode).ToList();
        accepted.Should().ContainSingle();
        elsewhere.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        var token = (string)JsonNode.Parse(await accepted[0].Content.ReadAsStringAsync())!["access_token"]!;
        (await StatusAsync(token, "Slot")).Should().Be(HttpStatusCode.OK);
        (await StatusAsync(token, "Patient")).Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Processes_that_share_a_folder_spend_a_name_once()
    {
        var until = _clock.Now + TimeSpan.FromMinutes(1);
        var rooms = Enumerable.Range(0, 3).Select(_ => new SpentNames(Path.Combine(_folder.FullName, "shared"), _clock)).ToList();

        var spent = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => Task.Run(() => rooms[i % 3].TrySpend("name", until))));

        spent.Count(s => s).Should().Be(1);
        _clock.Advance(TimeSpan.FromMinutes(2));
        rooms[0].TrySpend("other", _clock.Now).Should().BeTrue();
        Directory.GetFiles(Path.Combine(_folder.FullName, "shared")).Should().ContainSingle("what is over is forgotten");
    }

    [Theory]
    [InlineData("iss", "another")]
    [InlineData("sub", "another")]
    [InlineData("aud", "http://127.0.0.1:1/token")]
    [InlineData("jti", "")]
    [InlineData("exp", "0")]
    [InlineData("exp", "361")]
    [InlineData("exp", "86400")]
    public async Task Assertion_that_is_not_as_it_must_be_gets_nothing(string claim, string value)
    {
        using var http = Client();

        using var answer = await http.PostAsync("token", Credentials(Assertion(claims => claims[claim] =
            claim == "exp" ? _clock.Now.ToUnixTimeSeconds() + long.Parse(value) : value)));
        using var forged = await http.PostAsync("token", Credentials(Assertion(key: TestIssuer.Ec("client-key", "ES384"))));

        (answer.StatusCode, forged.StatusCode).Should().Be((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest));
    }

    [Theory]
    [InlineData("{\"sub\":\"\\ud800\",\"iss\":\"feed\"}")]
    [InlineData("{\"sub\":\"feed\",\"iss\":\"\\udc00\"}")]
    [InlineData("{\"\\ud800\":1}")]
    [InlineData("{\"sub\":\"feed\",\"sub\":\"feed\"}")]
    [InlineData("")]
    public async Task Assertion_that_cannot_be_read_gets_nothing(string claims)
    {
        using var http = Client();

        using var answer = await http.PostAsync("token", Credentials(
            TestIssuer.Sign($$"""{"alg":"ES384","kid":"{{_client.Id}}","typ":"JWT"}""", claims, _client)));

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("http://127.0.0.1:8090", true)]
    [InlineData("http://localhost:8090", true)]
    [InlineData("http://0.0.0.0:8090", false)]
    [InlineData("http://10.0.0.1:8090", false)]
    [InlineData("https://id.example.org", false)]
    [InlineData("http://127.0.0.1:8090/realm", false)]
    public void Development_issuer_is_on_this_machine_alone(string url, bool mayStart) =>
        (new IssuerSettings(url, TestIssuer.Audience, "x").Refusal() is null).Should().Be(mayStart);

    [Theory]
    [InlineData("/authorize")]
    [InlineData("/token")]
    [InlineData("/keys")]
    [InlineData("/introspect")]
    [InlineData("/.well-known/openid-configuration")]
    public async Task Server_itself_gives_no_tokens(string path)
    {
        using var got = await _server.Http.GetAsync(path);
        using var posted = await _server.Http.PostAsync(path, new FormUrlEncodedContent([new("grant_type", "client_credentials")]));

        (got.StatusCode, posted.StatusCode).Should().Be((HttpStatusCode.NotFound, HttpStatusCode.NotFound));
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private HttpClient Client() =>
        new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(_settings.Url + "/") };

    private string AuthorizeUrl() =>
        $"authorize?response_type=code&client_id=app&redirect_uri={Uri.EscapeDataString(Redirect)}&scope="
        + Uri.EscapeDataString("openid fhirUser launch/patient patient/*.cruds")
        + $"&state=s%20t&aud={Uri.EscapeDataString(TestIssuer.Audience)}&code_challenge={Challenge}&code_challenge_method=S256";

    private async Task<string> CodeAsync(HttpClient http)
    {
        using var page = await http.GetAsync(AuthorizeUrl());
        using var login = await http.PostAsync(
            "authorize", Form(await page.Content.ReadAsStringAsync(), ("role", "citizen"), ("patient", "7")));
        return Regex.Match(login.Headers.Location!.Query, "code=([^&]+)").Groups[1].Value;
    }

    /// <summary>As a browser fills the page: what is hidden goes along.</summary>
    private static FormUrlEncodedContent Form(string html, params (string Name, string Value)[] filled) => new(
        Regex.Matches(html, "type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")
            .Select(m => KeyValuePair.Create(m.Groups[1].Value, WebUtility.HtmlDecode(m.Groups[2].Value)))
            .Concat(filled.Select(f => KeyValuePair.Create(f.Name, f.Value))));

    private static FormUrlEncodedContent Exchange(string code, string verifier) => new(
    [
        new("grant_type", "authorization_code"), new("code", code), new("client_id", "app"), new("redirect_uri", Redirect),
        new("code_verifier", verifier),
    ]);

    private static FormUrlEncodedContent Credentials(string assertion) => new(
    [
        new("grant_type", "client_credentials"), new("scope", "system/Slot.rs user/*.cruds"),
        new("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"), new("client_assertion", assertion),
    ]);

    private string Assertion(Action<JsonObject>? change = null, TestKey? key = null)
    {
        var claims = new JsonObject
        {
            ["iss"] = "feed", ["sub"] = "feed", ["aud"] = _settings.Url + "/token", ["jti"] = "once",
            ["exp"] = _clock.Now.ToUnixTimeSeconds() + 300,
        };
        change?.Invoke(claims);
        key ??= _client;
        return TestIssuer.Sign($$"""{"alg":"ES384","kid":"{{key.Id}}","typ":"JWT"}""", claims.ToJsonString(), key);
    }

    private async Task<HttpStatusCode> StatusAsync(string token, string url)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await _server.Http.SendAsync(request);
        return response.StatusCode;
    }
}
