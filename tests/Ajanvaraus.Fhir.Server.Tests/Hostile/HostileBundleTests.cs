using System.Diagnostics;
using System.Text;

namespace Ajanvaraus.Fhir.Server.Tests.Hostile;

/// <summary>Bundles that are crowded, circular or nested.</summary>
public sealed class HostileBundleTests
{
    [DatabaseTheory, EachDatabase]
    public async Task Bundles_that_are_crowded_circular_or_nested_are_refused_or_done_in_time(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var run = new HostileRun(server.Http);

        foreach (var (name, entries) in Refused())
            foreach (var type in (string[])["transaction", "batch"])
                await run.PostAsync($"{type} of {name}", "", Bundle(type, entries), type == "batch" ? [200, 400, 413, 422] : [400, 404, 405, 409, 412, 413, 422]);
        foreach (var (name, entries) in Taken())
            await run.PostAsync(name, "", Bundle("transaction", entries), 200);
        foreach (var type in (string[])["searchset", "collection", "history", "document", "message", "nonsense", "", "batch-response"])
            await run.PostAsync("a Bundle of " + type, "", Bundle(type, Put("x")), 400, 422);
        foreach (var count in (int[])[10_001, 20_000, 100_000])
            await run.PostAsync($"{count} entries", "", Bundle("batch", Many(count, n => "{}")), 400, 413, 422);
        await run.PostAsync("100 000 conditional entries", "", Bundle("transaction", Many(100_000,
            n => $$$"""{"resource":{"resourceType":"Patient"},"request":{"method":"POST","url":"Patient","ifNoneExist":"_id=c{{{n}}}"}}""")), 400, 413, 422);
        foreach (var include in (string[])["Patient:link", "Appointment:patient", "*", "Patient:general-practitioner", "Slot:schedule"])
        {
            await run.GetAsync("self include " + include, $"Patient?_include:iterate={include}&_revinclude:iterate={include}&_id=ring-0", 200, 400);
            await run.GetAsync("self include and all " + include, $"Patient?_include:iterate={include}&_include:iterate=Patient:link&_id=ring-0", 200, 400);
        }

        await run.FinishAsync(50);
    }

    /// <summary>Ten times the references take no more than some ten times the time.</summary>
    [Fact]
    public async Task Time_for_references_grows_with_their_number()
    {
        await using var server = await FhirServer.StartAsync(DatabaseEngine.Sqlite);
        await TimeAsync(server.Http, 100);
        var little = TimeSpan.MaxValue;
        for (var again = 0; again < 3; again++)
            little = await TimeAsync(server.Http, 300) is var time && time < little ? time : little;

        var much = await TimeAsync(server.Http, 3_000);

        much.Should().BeLessThan((little * 60) + TimeSpan.FromSeconds(1));
    }

    private static async Task<TimeSpan> TimeAsync(HttpClient http, int count)
    {
        var start = Stopwatch.GetTimestamp();
        using var content = new StringContent(Bundle("transaction", Ring(count)), Encoding.UTF8, "application/fhir+json");
        using var response = await http.PostAsync("", content);
        ((int)response.StatusCode).Should().Be(200);
        return Stopwatch.GetElapsedTime(start);
    }

    private static IEnumerable<(string Name, string Entries)> Refused()
    {
        yield return ("a nested transaction", """{"resource":{"resourceType":"Bundle","type":"transaction"},"request":{"method":"POST","url":""}}""");
        yield return ("a nested batch", """{"resource":{"resourceType":"Bundle","type":"batch"},"request":{"method":"POST","url":"/"}}""");
        yield return ("the same fullUrl twice", $"{Entry("urn:uuid:6e0a5f4e-9f0f-4f0c-9d55-0f8f0b8b0001", "{}")},{Entry("urn:uuid:6e0a5f4e-9f0f-4f0c-9d55-0f8f0b8b0001", "{}")}");
        yield return ("the same id twice", $"{Put("twice")},{Put("twice")}");
        yield return ("put and delete of one", $$$"""{{{Put("both")}}},{"request":{"method":"DELETE","url":"Patient/both"}}""");
        foreach (var url in (string[])
        [
            "../Patient/a", "/../../etc/passwd", "http://127.0.0.1:1/fhir/Patient/a", "https://evil.example/fhir/Patient", "file:///etc/passwd", "Patient/..", "Patient/.",
            "Patient/%2e%2e", "Patient/a/b/c/d", "Patient//a", "//Patient/a", "Patient/a?x=%00", "Nonsense/a", "Patient/" + new string('a', 65), "$process", "Patient/a#b",
        ])
            yield return ("url " + url, $$$"""{"resource":{"resourceType":"Patient","id":"a"},"request":{"method":"PUT","url":"{{{url}}}"}}""");
        foreach (var method in (string[])["TRACE", "CONNECT", "get", "OPTIONS", "", "PO ST", "PROPFIND"])
            yield return ("method " + method, $$$"""{"request":{"method":"{{{method}}}","url":"Patient/a"}}""");
        foreach (var entry in (string[])
        [
            "{}", "null", "[]", """{"request":{}}""", """{"request":{"method":"POST"}}""", """{"request":{"url":"Patient"}}""", """{"request":{"method":"POST","url":"Patient"}}""",
            """{"request":{"method":"PUT","url":"Patient/a"},"resource":{"resourceType":"Slot","id":"a"}}""", """{"request":{"method":"PUT","url":"Patient/a"},"resource":{}}""",
            """{"request":{"method":"PUT","url":"Patient/a"},"resource":{"resourceType":"Patient","id":"b"}}""",
            """{"request":{"method":"DELETE","url":"Patient"}}""", """{"request":{"method":"PATCH","url":"Patient/a"},"resource":{"resourceType":"Parameters"}}""",
            """{"request":{"method":"POST","url":"Patient","ifNoneExist":"_has:Patient:link:_has:Patient:link:_has:Patient:link:_has:Patient:link:_has:Patient:link:_has:Patient:link:_has:Patient:link:_has:Patient:link:_has:Patient:link:_id=a"},"resource":{"resourceType":"Patient"}}""",
        ])
            yield return ("entry " + entry, entry);
    }

    private static IEnumerable<(string Name, string Entries)> Taken()
    {
        yield return ("a ring of references", Ring(100));
        yield return ("10 000 references to one", "{\"fullUrl\":\"urn:uuid:6e0a5f4e-9f0f-4f0c-9d55-0f8f0b8b0009\",\"request\":{\"method\":\"PUT\",\"url\":\"Group/many\"},\"resource\":{\"resourceType\":\"Group\",\"id\":\"many\",\"type\":\"person\",\"actual\":true,\"member\":["
            + Many(10_000, _ => """{"entity":{"reference":"urn:uuid:6e0a5f4e-9f0f-4f0c-9d55-0f8f0b8b0008"}}""") + "]}},"
            + """{"fullUrl":"urn:uuid:6e0a5f4e-9f0f-4f0c-9d55-0f8f0b8b0008","request":{"method":"POST","url":"Patient"},"resource":{"resourceType":"Patient"}}""");
    }

    /// <summary>Each links to the next, and the last to the first.</summary>
    private static string Ring(int count) => Many(count, n => Entry(Urn(n),
        $$$"""{"link":[{"type":"seealso","other":{"reference":"{{{Urn((n + 1) % count)}}}"}}]}"""));

    private static string Urn(int n) => $"urn:uuid:6e0a5f4e-9f0f-4f0c-9d55-{n:x12}";

    private static string Entry(string fullUrl, string rest) =>
        $$$"""{"fullUrl":"{{{fullUrl}}}","request":{"method":"POST","url":"Patient"},"resource":{"resourceType":"Patient"{{{(rest == "{}" ? "" : "," + rest[1..^1])}}}}}""";

    private static string Put(string id) =>
        $$$"""{"resource":{"resourceType":"Patient","id":"{{{id}}}"},"request":{"method":"PUT","url":"Patient/{{{id}}}"}}""";

    private static string Many(int count, Func<int, string> entry) => string.Join(',', Enumerable.Range(0, count).Select(entry));

    private static string Bundle(string type, string entries) => $$"""{"resourceType":"Bundle","type":"{{type}}","entry":[{{entries}}]}""";
}
