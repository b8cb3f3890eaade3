using System.Text.Json;

namespace Ajanvaraus.Fhir.Server.Tests.Hostile;

/// <summary>Texts that a browser or a log would take for more than text.</summary>
public sealed class HostileTextTests
{
    [DatabaseTheory, EachDatabase]
    public async Task Narratives_with_more_than_formatting_are_422_and_not_stored(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var run = new HostileRun(server.Http);

        foreach (var inside in Scripts())
        {
            var div = $"<div xmlns=\"http://www.w3.org/1999/xhtml\">x{inside}</div>";
            var body = $$$"""{"resourceType":"Patient","id":"xss","text":{"status":"generated","div":{{{JsonSerializer.Serialize(div)}}}}}""";
            await run.PostAsync(inside, "Patient", body, 422);
            await run.SendAsync(inside, HostileRun.Request("PUT", "Patient/xss", System.Text.Encoding.UTF8.GetBytes(body)), 422);
            await run.PostAsync(inside, "", $$$"""
                {"resourceType":"Bundle","type":"transaction","entry":[{"resource":{{{body}}},"request":{"method":"PUT","url":"Patient/xss"}}]}
                """, 422);
        }
        await run.GetAsync("nothing was stored", "Patient/xss", 404);

        await run.FinishAsync(150);
    }

    [Fact]
    public async Task Answers_say_what_they_are_and_load_nothing_and_what_was_read_with_a_token_is_not_kept()
    {
        await using var server = await FhirServer.StartAsync(DatabaseEngine.Sqlite);
        const string echoed = "<script>alert(1)</script>";

        foreach (var (method, url) in new[]
        {
            ("GET", "metadata"), ("GET", "Patient"), ("GET", "Patient/none"), ("GET", $"Patient?{Uri.EscapeDataString(echoed)}=1"), ("POST", "Patient"), ("DELETE", "metadata"),
            ("GET", "/"), ("GET", "/health/live"), ("GET", "/health/ready"), ("GET", "/profiles"), ("GET", "/nowhere"), ("GET", $"$convert?_format={Uri.EscapeDataString(echoed)}"), ("OPTIONS", "Patient"),
        })
        {
            using var request = HostileRun.Request(method, url);
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer abc");
            using var response = await server.Http.SendAsync(request);

            Header("X-Content-Type-Options").Should().Be("nosniff", url);
            Header("Content-Security-Policy").Should().StartWith("default-src ").And.Contain("frame-ancestors 'none'", url);
            if (!request.RequestUri!.ToString().Contains("swagger"))
                Header("Content-Security-Policy").Should().StartWith("default-src 'none'", url);
            if (url != "/")
                Header("Cache-Control").Should().Be("no-store", url);
            Header("Referrer-Policy").Should().Be("no-referrer");
            response.Headers.Contains("Server").Should().BeFalse();
            response.Headers.Contains("X-Powered-By").Should().BeFalse();
            if ((await response.Content.ReadAsStringAsync()).Contains(echoed, StringComparison.Ordinal))
                response.Content.Headers.ContentType!.MediaType.Should().BeOneOf("application/fhir+json", "application/json");

            string Header(string name) => response.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : "";
        }
        using var page = await server.Http.GetAsync("/swagger/index.html");
        ((int)page.StatusCode).Should().Be(200);
        page.Headers.GetValues("Content-Security-Policy").Single().Should().StartWith("default-src 'self'").And.NotContain("script-src");
        using var open = await server.Http.GetAsync("metadata");
        open.Headers.CacheControl.Should().BeNull("without a token there is nothing to hide");
    }

    private static IEnumerable<string> Scripts()
    {
        foreach (var element in (string[])
            ["script", "style", "iframe", "object", "embed", "form", "input", "button", "svg", "math", "link", "meta", "base", "video", "audio", "template", "frameset", "applet", "textarea", "noscript", "select", "SCRIPT", "x", "canvas", "details", "marquee", "body", "head", "title", "xmp"])
            yield return $"<{element}>a</{element}>";
        foreach (var handler in (string[])["onclick", "onload", "onerror", "onmouseover", "onfocus", "ONCLICK", "formaction", "srcdoc", "background", "ping", "data-x", "xlink:href", "is", "slot", "contenteditable", "autofocus"])
            yield return $"<p {handler}=\"alert(1)\">a</p>";
        foreach (var link in (string[])
            ["javascript:alert(1)", "JAVASCRIPT:alert(1)", " javascript:alert(1)", "java&#10;script:alert(1)", "java&#9;script:alert(1)", "&#106;avascript:alert(1)", "vbscript:a", "data:text/html,a"])
        {
            yield return $"<a href=\"{link}\">a</a>";
            // What an image shows is not run.
            if (!link.StartsWith("data:", StringComparison.Ordinal))
                yield return $"<img src=\"{link}\" alt=\"a\"/>";
        }
        yield return "<p><script xmlns=\"\">a</script></p>";
        yield return "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"a\"/>";
        yield return "<p style=\"background:url(javascript:a)\" onclick=\"a\">a</p>";
        yield return "<![CDATA[a]]><script/>";
        yield return "<p>";
        yield return "&unknown;";
        yield return "<!DOCTYPE a>";
        yield return "</div><div xmlns=\"http://www.w3.org/1999/xhtml\">";
    }
}
