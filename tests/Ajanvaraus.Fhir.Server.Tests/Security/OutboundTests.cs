using System.Net;
using System.Net.Sockets;

using Ajanvaraus.Fhir.Server.Security;

namespace Ajanvaraus.Fhir.Server.Tests.Security;

/// <summary>Whom the server itself calls, and nobody else.</summary>
public sealed class OutboundTests
{
    [Theory]
    [InlineData("93.184.215.14", true, true)]
    [InlineData("2a00:1450:4026:805::200e", true, true)]
    [InlineData("10.1.2.3", false, true)]
    [InlineData("172.16.0.1", false, true)]
    [InlineData("172.31.255.255", false, true)]
    [InlineData("172.32.0.1", true, true)]
    [InlineData("192.168.1.1", false, true)]
    [InlineData("100.64.0.1", false, true)]
    [InlineData("fd00::1", false, true)]
    [InlineData("::ffff:10.0.0.1", false, true)]
    [InlineData("64:ff9b::a00:1", false, true)]
    [InlineData("2002:7f00:1::", false, true)]
    [InlineData("127.0.0.1", false, false)]
    [InlineData("127.255.0.9", false, false)]
    [InlineData("::1", false, false)]
    [InlineData("::ffff:127.0.0.1", false, false)]
    [InlineData("169.254.169.254", false, false)]
    [InlineData("::ffff:169.254.169.254", false, false)]
    [InlineData("fe80::1", false, false)]
    [InlineData("0.0.0.0", false, false)]
    [InlineData("::", false, false)]
    [InlineData("224.0.0.1", false, false)]
    [InlineData("255.255.255.255", false, false)]
    [InlineData("ff02::1", false, false)]
    public void Address_is_reached_only_where_it_is_public_or_its_host_was_named(string address, bool ofAnybody, bool ofNamed)
    {
        var at = IPAddress.Parse(address);

        (OutboundConnections.MayReach(at, "id.example", isNamed: false), OutboundConnections.MayReach(at, "id.example", isNamed: true))
            .Should().Be((ofAnybody, ofNamed));
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]")]
    public void Host_that_was_named_as_this_machine_is_reached_on_it_and_not_when_somebody_else_names_it(string host)
    {
        OutboundConnections.MayReach(IPAddress.Loopback, host, isNamed: true).Should().BeTrue();
        OutboundConnections.MayReach(IPAddress.Loopback, host, isNamed: false).Should().BeFalse();
    }

    /// <summary>A name whose address changed after it was looked at, written in ways that filters of text do not know.</summary>
    [Theory]
    [InlineData("http://localhost:{0}/")]
    [InlineData("http://127.0.0.1:{0}/")]
    [InlineData("http://[::ffff:127.0.0.1]:{0}/")]
    [InlineData("http://2130706433:{0}/")]
    [InlineData("http://0177.0.0.1:{0}/")]
    [InlineData("http://0x7f.1:{0}/")]
    [InlineData("http://127.1:{0}/")]
    [InlineData("http://0.0.0.0:{0}/")]
    [InlineData("http://user@127.0.0.1:{0}/")]
    [InlineData("http://id.example@127.0.0.1:{0}/")]
    public async Task Connection_is_refused_by_its_address_however_that_is_written(string url)
    {
        using var canary = new TcpListener(IPAddress.Loopback, 0);
        canary.Start();
        using var http = new HttpClient(OutboundConnections.Handler(["id.example"]));

        var call = () => http.GetStringAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, url, ((IPEndPoint)canary.LocalEndpoint).Port));

        await call.Should().ThrowAsync<HttpRequestException>();
        canary.Pending().Should().BeFalse();
    }

    [Fact]
    public async Task Issuer_that_points_elsewhere_on_this_machine_makes_503_and_nobody_is_called()
    {
        var clock = new FakeClock("2026-11-23T08:00:00+02:00");
        using var canary = new TcpListener(IPAddress.Loopback, 0);
        canary.Start();
        await using var issuer = await TestIssuer.StartAsync(clock);
        issuer.KeysUrl = $"http://localhost:{((IPEndPoint)canary.LocalEndpoint).Port}/keys";
        await using var server = await FhirServer.StartAsync(DatabaseEngine.Sqlite, with: options => options with
        {
            IsOpen = false, Tokens = new TokenOptions { Issuers = [new IssuerOptions(issuer.Name)], Audiences = [TestIssuer.Audience] },
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, "Slot");
        request.Headers.Authorization = new("Bearer", issuer.Sign(issuer.Claims()));

        using var response = await server.Http.SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        response.Headers.RetryAfter.Should().NotBeNull();
        canary.Pending().Should().BeFalse();
    }

    /// <summary>Addresses in resources are kept and given back, and never asked.</summary>
    [Fact]
    public async Task Addresses_in_resources_and_parameters_are_never_called()
    {
        await using var server = await FhirServer.StartAsync(DatabaseEngine.Sqlite);
        using var canary = new TcpListener(IPAddress.Loopback, 0);
        canary.Start();
        var place = $"http://127.0.0.1:{((IPEndPoint)canary.LocalEndpoint).Port}/a";
        (string Method, string Url, string Body)[] requests =
        [
            ("POST", "Patient", $$$"""{"resourceType":"Patient","photo":[{"contentType":"image/png","url":"{{{place}}}"}],"meta":{"profile":["{{{place}}}"]},"link":[{"other":{"reference":"{{{place}}}/Patient/1"},"type":"seealso"}]}"""),
            ("POST", "Patient/$validate?profile=" + place, """{"resourceType":"Patient"}"""),
            ("POST", "Subscription", $$$"""{"resourceType":"Subscription","status":"requested","reason":"a","criteria":"Patient?","channel":{"type":"rest-hook","endpoint":"{{{place}}}"}}"""),
            ("GET", "ValueSet/$expand?url=" + place, ""),
            ("GET", "CodeSystem/$lookup?code=a&system=" + place, ""),
            ("POST", "Binary", $$$"""{"resourceType":"Binary","contentType":"text/plain","securityContext":{"reference":"{{{place}}}"}}"""),
            ("POST", "$import", $$$"""{"resourceType":"Parameters","parameter":[{"name":"input","part":[{"name":"type","valueCode":"Patient"},{"name":"url","valueUrl":"{{{place}}}"}]}]}"""),
            ("POST", "$fhirpath", $$$"""{"resourceType":"Parameters","parameter":[{"name":"expression","valueString":"'{{{place}}}'.resolve()"},{"name":"resource","resource":{"resourceType":"Patient"}}]}"""),
        ];

        foreach (var (method, url, body) in requests)
        {
            using var request = Hostile.HostileRun.Request(method, url, body.Length == 0 ? null : System.Text.Encoding.UTF8.GetBytes(body));
            request.Headers.Add("Prefer", "respond-async");
            using var response = await server.Http.SendAsync(request);
            ((int)response.StatusCode).Should().BeLessThan(500);
        }
        await Task.Delay(TimeSpan.FromSeconds(2));

        canary.Pending().Should().BeFalse();
    }
}
