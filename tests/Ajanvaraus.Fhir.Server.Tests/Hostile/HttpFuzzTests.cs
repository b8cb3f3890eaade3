using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;

using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Server.Security;
using Ajanvaraus.Fhir.Server.Tests.Security;

using Xunit.Abstractions;

namespace Ajanvaraus.Fhir.Server.Tests.Hostile;

/// <summary>Requests by the grammar of the CapabilityStatement, damaged at random, as callers of every kind.</summary>
/// <remarks>As many as <c>AJANVARAUS_FUZZ_COUNT</c> says, 20 000 where it says nothing; <c>./test.sh fuzz</c> sends 200 000.</remarks>
public sealed class HttpFuzzTests(ITestOutputHelper output)
{
    private const int Seed = 20261123;
    private const int AtOnce = 4;

    [Fact]
    public async Task G40_No_request_whatever_it_holds_and_whoever_sends_it_makes_a_fault()
    {
        var clock = new FakeClock("2026-11-23T08:00:00+02:00");
        await using var issuer = await TestIssuer.StartAsync(clock);
        await using var guarded = await FhirServer.StartAsync(DatabaseEngine.Sqlite, with: options => options with
        {
            IsOpen = false, Tokens = new TokenOptions { Issuers = [new IssuerOptions(issuer.Name)], Audiences = [TestIssuer.Audience] },
        });
        await using var open = await FhirServer.StartAsync(DatabaseEngine.Sqlite);
        var grammar = await RequestGrammar.OfAsync(open.Http);
        (string Name, HttpClient Http, string? Token)[] callers =
        [
            ("open", open.Http, null), ("open", open.Http, null), ("anonymous", guarded.Http, null), ("citizen", guarded.Http, issuer.Sign(issuer.Citizen())),
            ("professional", guarded.Http, issuer.Sign(issuer.Claims("user/*.rs user/Appointment.cu user/Slot.u"))), ("desk", guarded.Http, issuer.Sign(issuer.Claims())),
            ("system", guarded.Http, issuer.Sign(issuer.Program())),
        ];
        var runs = callers.DistinctBy(caller => caller.Http).ToDictionary(caller => caller.Http, caller => new HostileRun(caller.Http));
        var time = Stopwatch.StartNew();

        await Parallel.ForEachAsync(Enumerable.Range(0, AtOnce), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (part, _) =>
        {
            var requests = grammar.From(Seed + part);
            for (var n = part; n < FuzzRun.Count; n += AtOnce)
            {
                var (name, http, token) = callers[n / AtOnce % callers.Length];
                var request = requests.Next();
                if (token is not null)
                    request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
                await runs[http].SendAsync($"{n} of seed {Seed}, {name}: {request.Method} {request.RequestUri}", request);
            }
        });

        foreach (var run in runs.Values)
        {
            output.WriteLine($"{run.Count} requests: {string.Join(", ", run.Statuses.Select(s => $"{s.Value} of {s.Key}"))}");
            await run.FinishAsync(atLeast: FuzzRun.Count / 4);
            run.Statuses.Should().ContainKeys(400, 404);
        }
        runs[open.Http].Statuses.Should().ContainKeys([200, 201, 422], "not everything is refused at the door");
        runs[guarded.Http].Statuses.Should().ContainKeys([200, 401, 403]);
        output.WriteLine($"{FuzzRun.Count} requests of seed {Seed} in {time.Elapsed.TotalSeconds:F0} s");
    }
}

/// <summary>What can be asked of a server, as its CapabilityStatement tells, and damage to it.</summary>
internal sealed class RequestGrammar
{
    private static readonly string[] Values =
    [
        "a", "1", "-1", "booked", "2026-11-23", "ge2026-11-23", "2026-11-23T10:00:00+02:00", "2026-13-45", "Patient/f1", "urn:a|b", "|", "a|", "|a", ",", "a,b,,c", "\\", "\\,", "$", "*", "%", "_", "'", "\"",
        "true", "http://a/b", "1e999", "9999-12-31", "0001-01-01", "60.1|24.9|10|km", "()", "name eq a", "NOT", "\u0000", "\ud83d\ude00", "é", "a b", "", " ", "{{}}", "null", "99999999999999999999", "+358", "&", "=", "#", "?", ";",
    ];

    private static readonly string[] Modifiers = ["", "", "", "", ":exact", ":contains", ":not", ":missing", ":text", ":above", ":below", ":in", ":of-type", ":identifier", ":Patient", ".name", ":nonsense", ":iterate", ".", ":"];

    private static readonly string[] Results =
        ["_count", "_sort", "_summary", "_elements", "_include", "_revinclude", "_total", "_cursor", "_format", "_pretty", "_filter", "_text", "_content", "_has:Appointment:patient:status", "_since", "_at", "_lastUpdated", "_id", "_tag", "_profile", "_list", "_type", "_offset", "_contained"];

    private static readonly string[] Headers =
        ["If-Match: W/\"1\"", "If-Match: x", "If-None-Match: *", "If-None-Exist: _id=a", "If-Modified-Since: x", "Prefer: return=minimal", "Prefer: handling=strict", "Prefer: respond-async", "Accept: application/fhir+xml", "Accept: text/html", "Accept: x", "Accept-Language: sv", "Idempotency-Key: a", "X-Request-Id: a"];

    private readonly List<(string Type, string[] Parameters)> _types = [];
    private readonly List<(string Type, string Name)> _operations = [];

    public static async Task<RequestGrammar> OfAsync(HttpClient http)
    {
        var grammar = new RequestGrammar();
        var rest = FhirJson.Parse(await http.GetByteArrayAsync("metadata")).Resource!["rest"]!;
        foreach (var resource in rest.All("resource"))
        {
            var type = resource.Text("type")!;
            grammar._types.Add((type, [.. resource.All("searchParam").Select(p => p.Text("name")!)]));
            grammar._operations.AddRange(resource.All("operation").Select(o => (type, o.Text("name")!)));
        }
        grammar._operations.AddRange(rest.All("operation").Select(o => ("", o.Text("name")!)));
        return grammar;
    }

    public Requests From(int seed) => new(this, seed);

    internal sealed class Requests(RequestGrammar grammar, int seed)
    {
        /// <summary>Types that rules hold for are asked for more often than by chance.</summary>
        private static readonly string[] Favoured = ["Appointment", "Slot", "Schedule", "Patient", "Bundle", "Consent", "HealthcareService"];

        private readonly Random _random = new(seed);
        private readonly RandomResource _resources = new(seed);
        private readonly ByteMutation _bytes = new(seed, Corpus());

        public HttpRequestMessage Next()
        {
            (string Method, string Url, byte[]? Body) asked = _random.Next(12) switch
            {
                0 or 1 => ("GET", $"{Type()}/{Id()}", null),
                2 => ("GET", $"{Type()}/{Id()}/_history{(_random.Next(2) == 0 ? "/" + Uri.EscapeDataString(Value()) : "")}", null),
                3 or 4 => ("GET", Search(), null),
                5 => ("POST", Type() + "/_search", Encoding.UTF8.GetBytes(Query())),
                6 => ("POST", Type(), Resource()),
                7 => ("PUT", $"{Type()}/{Id()}", Resource()),
                8 => ("PATCH", $"{Type()}/{Id()}", Patch()),
                9 => ("DELETE", _random.Next(2) == 0 ? $"{Type()}/{Id()}" : Search(), null),
                10 => Operation(),
                _ => ("POST", "", Bundle()),
            };
            return Request(asked.Method, Damaged(asked.Url), asked.Body);
        }

        private HttpRequestMessage Request(string method, string url, byte[]? body)
        {
            if (_random.Next(25) == 0)
                method = Any(["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"]);
            if (method is "GET" or "HEAD" or "TRACE")
                body = null;
            var mediaType = url.Contains("/_search", StringComparison.Ordinal) ? "application/x-www-form-urlencoded"
                : method == "PATCH" && _random.Next(2) == 0 ? "application/json-patch+json" : "application/fhir+json";
            if (_random.Next(25) == 0)
                mediaType = Any(["application/fhir+xml", "text/plain", "application/json", "x", "application/x-www-form-urlencoded", "application/fhir+ndjson"]);
            // A slash at the beginning would leave the FHIR API, and two would name another host.
            if (url is ['/' or '\\', ..])
                url = "." + url;
            if (!Uri.TryCreate(url, UriKind.Relative, out _))
                url = "Patient/" + Uri.EscapeDataString(url);
            var request = HostileRun.Request(method, url, body, mediaType);
            for (var times = _random.Next(3); times > 0; times--)
            {
                var header = Any(Headers).Split(": ");
                request.Headers.TryAddWithoutValidation(header[0], header[1]);
            }
            return request;
        }

        private (string Method, string Url, byte[]? Body) Operation()
        {
            var (type, name) = Any(grammar._operations);
            var at = type.Length == 0 ? "" : type + "/" + (_random.Next(2) == 0 ? Id() + "/" : "");
            return _random.Next(2) == 0
                ? ("GET", $"{at}${name}?{Query()}", null)
                : ("POST", $"{at}${name}", Mutated(Parameters()));
        }

        private byte[] Parameters()
        {
            string[] names = ["start", "end", "slot", "schedule", "patient", "service-type", "appt-resource", "appt-id", "resource", "url", "code", "system", "expression", "status", "reason", "scope", "template", "input", "meta", "mode", "occurrence-count", "recurrence"];
            string[] kinds = ["valueString", "valueDateTime", "valueCode", "valueUri", "valueInteger", "valueBoolean", "valueId"];
            var parts = Enumerable.Range(0, _random.Next(5)).Select(_ => _random.Next(3) == 0
                ? $$$"""{"name":"{{{Any(names)}}}","resource":{{{Json(_resources.Next(Type()))}}}}"""
                : $$$"""{"name":"{{{Any(names)}}}","{{{Any(kinds)}}}":{{{System.Text.Json.JsonSerializer.Serialize(Value())}}}}""");
            return Encoding.UTF8.GetBytes($$$"""{"resourceType":"Parameters","parameter":[{{{string.Join(',', parts)}}}]}""");
        }

        private byte[] Bundle()
        {
            var entries = Enumerable.Range(0, _random.Next(4)).Select(n =>
            {
                var (type, id) = (Type(), Id());
                var method = Any(["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD"]);
                var url = method switch { "POST" => type, "GET" when _random.Next(2) == 0 => Search(), _ => $"{type}/{id}" };
                return $$$"""{"fullUrl":"urn:uuid:6e0a5f4e-9f0f-4f0c-9d55-00000000000{{{n}}}","request":{"method":"{{{method}}}","url":{{{System.Text.Json.JsonSerializer.Serialize(url)}}}},"resource":{{{Json(_resources.Next(type))}}}}""";
            });
            return Mutated(Encoding.UTF8.GetBytes($$$"""{"resourceType":"Bundle","type":"{{{Any(["batch", "transaction", "transaction", "collection"])}}}","entry":[{{{string.Join(',', entries)}}}]}"""));
        }

        private byte[] Patch() => Mutated(Encoding.UTF8.GetBytes(Any(
        [
            """[{"op":"add","path":"/active","value":true}]""", """[{"op":"remove","path":"/name/0"}]""", """[{"op":"replace","path":"/status","value":"cancelled"}]""",
            """[{"op":"test","path":"/id","value":"f1"},{"op":"move","from":"/name","path":"/contact"}]""", """[{"op":"copy","from":"","path":"/contained/-"}]""",
            """{"resourceType":"Parameters","parameter":[{"name":"operation","part":[{"name":"type","valueCode":"replace"},{"name":"path","valueString":"Patient.active"},{"name":"value","valueBoolean":true}]}]}""",
            """{"resourceType":"Parameters","parameter":[{"name":"operation","part":[{"name":"type","valueCode":"delete"},{"name":"path","valueString":"Appointment.descendants()"}]}]}""",
        ])));

        private byte[] Resource() => _random.Next(4) switch
        {
            0 => _bytes.Next(),
            1 => Mutated(Encoding.UTF8.GetBytes(Json(_resources.Next(Type())))),
            2 => Encoding.UTF8.GetBytes(Any(Sound)),
            _ => Encoding.UTF8.GetBytes(Json(_resources.Next(Type()))),
        };

        private byte[] Mutated(byte[] body) => _random.Next(3) == 0 ? new ByteMutation(_random.Next(), [body]).Next() : body;

        private string Search() => $"{Type()}?{Query()}";

        private string Query() => string.Join('&', Enumerable.Range(0, _random.Next(1, 4)).Select(_ =>
        {
            var parameters = Any(grammar._types).Parameters;
            var name = _random.Next(3) == 0 || parameters.Length == 0 ? Any(Results) : Any(parameters);
            return $"{name}{Any(Modifiers)}={Uri.EscapeDataString(Value())}";
        }));

        private string Damaged(string url)
        {
            if (_random.Next(8) != 0 || url.Length == 0)
                return url;
            var at = _random.Next(url.Length);
            return url.Insert(at, Uri.EscapeDataString(Value()) + Any(["", "/", "%00", "%", "..", "//", "?", "%ff", "$"]));
        }

        private string Type() => _random.Next(2) == 0 ? Any(Favoured) : Any(grammar._types).Type;

        private string Id() => _random.Next(4) == 0 ? Uri.EscapeDataString(Value()) : "f" + _random.Next(9);

        private string Value() => Any(Values);

        private T Any<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];

        private static string Json(Core.Model.ElementNode node) => Encoding.UTF8.GetString(FhirJson.ToBytes(node));

        private static readonly string[] Sound =
        [
            """{"resourceType":"Patient","id":"f1","name":[{"family":"A"}]}""", """{"resourceType":"Patient","name":[{"family":"B"}],"birthDate":"2000-01-01"}""",
            """{"resourceType":"Schedule","id":"f2","actor":[{"reference":"Practitioner/f1"}]}""",
            """{"resourceType":"Slot","id":"f3","schedule":{"reference":"Schedule/f2"},"status":"free","start":"2026-12-01T10:00:00Z","end":"2026-12-01T10:30:00Z"}""",
            """{"resourceType":"Appointment","id":"f4","status":"booked","slot":[{"reference":"Slot/f3"}],"start":"2026-12-01T10:00:00Z","end":"2026-12-01T10:30:00Z","participant":[{"status":"accepted","actor":{"reference":"Patient/f1"}}]}""",
        ];

        private static byte[][] Corpus() => [.. Sound.Select(Encoding.UTF8.GetBytes)];
    }
}
