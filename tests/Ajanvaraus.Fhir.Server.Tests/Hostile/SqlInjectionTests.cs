using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Core.Search;

namespace Ajanvaraus.Fhir.Server.Tests.Hostile;

/// <summary>Texts that would be SQL if they were ever read as such: in every place, they are texts.</summary>
public sealed class SqlInjectionTests
{
    private static readonly string[] Payloads = [.. Make().Distinct().Take(300)];

    [DatabaseTheory, EachDatabase]
    public async Task Texts_of_SQL_find_what_is_written_so_and_nothing_else_wherever_they_stand(DatabaseEngine engine)
    {
        Payloads.Should().HaveCount(300);
        await using var server = await FhirServer.StartAsync(engine);
        var run = new HostileRun(server.Http);
        // Every third is somebody's name, so that finding nothing at all would be wrong too.
        var names = Payloads.Where((_, n) => n % 3 == 0).Concat(["Virtanen", "50% off", "a_b", @"back\slash", "x' y"]).ToList();
        await WriteAsync(server.Http, names);
        var miscounted = new List<string>();

        await Parallel.ForEachAsync(Payloads, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (payload, _) =>
        {
            var text = Uri.EscapeDataString(Escaped(payload));
            await CountAsync($"Patient?family:exact={text}", names.Count(name => name == payload));
            await CountAsync($"Patient?family:contains={text}", names.Count(name => Comparable(name).Contains(Comparable(payload), StringComparison.Ordinal)));
            await CountAsync($"Patient?family={text}", names.Count(name => Comparable(name).StartsWith(Comparable(payload), StringComparison.Ordinal)));
            await CountAsync($"Patient?identifier=urn:name|{text}", names.Count(name => name == payload));
            await CountAsync($"Patient?_has:Appointment:patient:identifier={text}", 0);

            async Task CountAsync(string url, int expected)
            {
                var body = await run.SendAsync(url, new HttpRequestMessage(HttpMethod.Get, url + "&_summary=count"), 200);
                var total = (int?)JsonNode.Parse(body)?["total"];
                if (total != expected)
                    lock (miscounted)
                        miscounted.Add($"{url}: {total}, not {expected}");
            }
        });
        await Parallel.ForEachAsync(Payloads, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (payload, _) =>
        {
            var text = Uri.EscapeDataString(payload);
            foreach (var url in (string[])
            [
                $"Patient/{text}", $"Patient?family:{text}=a", $"Patient?{text}=a", $"Patient?_sort={text}", $"Patient?_elements={text}", $"Patient?_filter=family eq {text}",
                $"Patient?_filter={text}", $"Patient?_cursor={text}", $"Patient?_id={text}", $"Patient?birthdate={text}", $"Patient?_include={text}", $"Patient?_text={text}",
                $"Patient?_count={text}", $"Patient?general-practitioner.name={text}", $"Patient?_lastUpdated={text}", $"{text}?name=a", $"Patient/sql-0/_history/{text}",
                $"Appointment/$find?start={text}&end={text}", $"Patient/_history?_since={text}",
            ])
                await run.GetAsync(url, url, 200, 400, 404, 405, 422);
            foreach (var header in (string[])["If-None-Match", "If-Modified-Since", "Prefer", "Accept-Language", "X-Request-Id", "Authorization"])
            {
                var request = HostileRun.Request("GET", "Patient/sql-0");
                if (!request.Headers.TryAddWithoutValidation(header, Ascii(payload)))
                    continue;
                await run.SendAsync($"{header}: {payload}", request, 200, 304, 400);
            }
            var conditional = HostileRun.Request("POST", "Patient", """{"resourceType":"Patient","active":true}"""u8.ToArray());
            conditional.Headers.TryAddWithoutValidation("If-None-Exist", $"_id=sql-0&family={text}");
            await run.SendAsync("If-None-Exist " + payload, conditional, 200, 201, 400);
            await run.SendAsync("Idempotency-Key " + payload, With("Idempotency-Key", payload), 200, 400, 409);
        });

        miscounted.Should().BeEmpty();
        await run.FinishAsync(300 * 30);
        var left = await run.SendAsync("all", new HttpRequestMessage(HttpMethod.Get, "Patient?identifier=urn:name|&_summary=count"), 200);
        ((int)JsonNode.Parse(left)!["total"]!).Should().Be(names.Count, "nothing was dropped");
    }

    private static HttpRequestMessage With(string header, string value)
    {
        var request = HostileRun.Request("POST", "Patient/_search", "family=a"u8.ToArray(), "application/x-www-form-urlencoded");
        request.Headers.TryAddWithoutValidation(header, Ascii(value));
        return request;
    }

    /// <summary>What a header can be sent with.</summary>
    private static string Ascii(string text) => string.Concat(text.Where(c => c is >= ' ' and < (char)127));

    private static async Task WriteAsync(HttpClient http, List<string> names)
    {
        var entries = names.Select((name, n) => $$$"""
            {"request":{"method":"PUT","url":"Patient/sql-{{{n}}}"},"resource":{"resourceType":"Patient","id":"sql-{{{n}}}",
            "identifier":[{"system":"urn:name","value":{{{JsonSerializer.Serialize(name)}}}}],"name":[{"family":{{{JsonSerializer.Serialize(name)}}}}]}}
            """);
        using var content = new StringContent(
            $$"""{"resourceType":"Bundle","type":"transaction","entry":[{{string.Join(',', entries)}}]}""", Encoding.UTF8, "application/fhir+json");
        using var response = await http.PostAsync("", content);
        ((int)response.StatusCode).Should().Be(200, await response.Content.ReadAsStringAsync());
    }

    /// <summary>As http://hl7.org/fhir/R4/search.html#escaping asks.</summary>
    private static string Escaped(string text) =>
        text.Replace(@"\", @"\\").Replace(",", @"\,").Replace("|", @"\|").Replace("$", @"\$");

    private static string Comparable(string text) => SearchText.Normalize(text);

    private static IEnumerable<string> Make()
    {
        string[] breaks = ["'", "\"", "')", "'))", "\\'", "%'", "`", "]", "$$", "’", "ʼ", "＇", "%27", "'/**/", "E'\\'", "$a$"];
        string[] ends = ["--", "-- -", "#", "/*", ";", ";--"];
        string[] ideas =
        [
            " OR 1=1", " OR 'a'='a", " OR ''='", " AND 1=0", " UNION SELECT 1", " UNION ALL SELECT NULL, NULL, NULL", "; DROP TABLE resource", "; DELETE FROM resource", "; SELECT pg_sleep(10)",
            "||pg_sleep(10)", " OR randomblob(1000000000)", "; ATTACH DATABASE 'x' AS y", "; PRAGMA writable_schema=1", "; COPY resource TO '/tmp/x'", " OR EXISTS(SELECT 1 FROM sqlite_master)",
            " UNION SELECT sql FROM sqlite_master", " UNION SELECT version()", " OR 1 LIKE 1", " GROUP BY 1", " ORDER BY 99", " LIMIT 1 OFFSET 1", "; VACUUM", " GLOB '*", " COLLATE NOCASE", " IS NOT NULL", " ESCAPE '\\",
        ];
        foreach (var wild in (string[])
            ["%", "_", "%%", "a%", "%a%", "_irtanen", "V_rtanen", "Vir%", "\\", "\\%", "\\_", "[a-z]", "*", "?", "^", "x' y", "a_b", "50%", "ｓｅｌｅｃｔ", "1;1", "@p0", "$1", ":a", "{0}", "NULL", "true", "0x41", "CHAR(65)", "CAST(1 AS int)", "1e309"])
            yield return wild;
        foreach (var idea in ideas)
            foreach (var (at, n) in breaks.Select((at, n) => (at, n)))
                yield return at + idea + ends[n % ends.Length];
    }
}
