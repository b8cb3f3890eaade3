using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Server.Tests.Booking;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Server.Tests.Security;

/// <summary>Codes that nobody has are sent in at every door; none may be seen where it does not belong.</summary>
public sealed class IdentityCanaryTests
{
    private const string System = "urn:oid:1.2.246.21";

    private readonly List<string> _canaries = [];
    private readonly List<string> _seen = [];

    [DatabaseTheory, EachDatabase]
    public async Task R27_No_code_stands_in_the_database_in_logs_links_locations_and_messages(DatabaseEngine engine)
    {
        var console = new StringWriter();
        var before = Console.Out;
        Console.SetOut(TextWriter.Synchronized(console));
        await using var server = await FhirServer.StartAsync(engine);
        Console.SetOut(before);
        var office = await Office.OpenAsync(server.Http);

        await WriteAsync(office);
        await BundlesAsync(office);
        await SearchesAsync(server.Http);
        await JobsAsync(server.Http);
        await ErrorsAsync(office);

        _canaries.Should().HaveCountGreaterThan(30);
        Leaks(string.Join('\n', _seen)).Should().BeEmpty();
        var database = await DatabaseText.OfAsync(server.StoredIn);
        database.Should().Contain("Patient");
        Leaks(database).Should().BeEmpty();
        await Task.Delay(TimeSpan.FromMilliseconds(200));
        console.ToString().Should().Contain("Wrote");
        Leaks(console.ToString()).Should().BeEmpty();
    }

    private async Task WriteAsync(Office office)
    {
        Look(await office.PostAsync("Patient", IdentityTests.Patient("x", Next())));
        Look(await office.SendAsync(HttpMethod.Put, "Patient/put", IdentityTests.Patient("put", Next())));
        Look(await office.SendAsync(HttpMethod.Put, "Patient/put", IdentityTests.Patient("put", Next())));
        Look(await office.PatchAsync("Patient/put", $$"""[{"op":"replace","path":"/identifier/0/value","value":"{{Next()}}"}]"""));
        Look(await office.SendAsync(
            HttpMethod.Post, "Patient", IdentityTests.Patient("x", Again()), ("If-None-Exist", $"identifier={System}|{Again()}")));
        Look(await office.SendAsync(HttpMethod.Post, "Patient", IdentityTests.Patient("x", Next()), ("Idempotency-Key", "\"k\"")));
        Look(await office.SendAsync(HttpMethod.Put, "Patient/text", $$"""
            {"resourceType":"Patient","id":"text","text":{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\">{{Next()}}</div>"},
             "name":[{"family":"{{Next()}}"}],"identifier":[{"system":"urn:own","value":"{{Next()}}"}]}
            """));
        Look(await office.SendAsync(HttpMethod.Put, "Appointment/c", $$"""
            {"resourceType":"Appointment","id":"c","status":"proposed","comment":"{{Next()}}","contained":[
              {"resourceType":"Patient","id":"in","identifier":[{"system":"{{System}}","value":"{{Next()}}"}]}],
             "participant":[{"status":"accepted","actor":{"reference":"#in"} },
              {"status":"accepted","actor":{"type":"Patient","identifier":{"system":"{{System}}","value":"{{Next()}}"} } }]}
            """));
        await office.PutSlotAsync("s", "a", "09:00", "10:00");
        Look(await office.PostAsync("Appointment", Office.Appointment("p1", "s", "09:00", "10:00", id: "booked")
            .Replace("\"status\":\"booked\"", $"\"comment\":\"{Next()}\",\"status\":\"booked\"")));
        Look(await office.PostAsync("Patient/put/$meta-add", """
            {"resourceType":"Parameters","parameter":[{"name":"meta","valueMeta":{"tag":[{"system":"urn:t","code":"a"}]}}]}
            """));
        Look(await office.GetAsync("Patient/put/_history"));
        Look(await office.GetAsync("Patient/_history"));
        Look(await office.GetAsync("Patient/put/$everything"));
        Look(await office.SendAsync(HttpMethod.Delete, "Patient/put", null));
    }

    private async Task BundlesAsync(Office office)
    {
        var code = Next();
        Look(await office.PostAsync("", $$"""
            {"resourceType":"Bundle","type":"transaction","entry":[
             {"fullUrl":"urn:uuid:7f0c7a3e-7d0e-4f6e-9f0c-0b6f4a1c0001","request":{"method":"POST","url":"Patient","ifNoneExist":"identifier={{System}}|{{code}}"},
              "resource":{{IdentityTests.Patient("x", code)}} },
             {"request":{"method":"PUT","url":"Patient?identifier={{System}}|{{Next()}}"},"resource":{{IdentityTests.Patient("own", Again())}} },
             {"request":{"method":"POST","url":"Appointment"},"resource":{"resourceType":"Appointment","status":"proposed","participant":[
              {"status":"accepted","actor":{"reference":"urn:uuid:7f0c7a3e-7d0e-4f6e-9f0c-0b6f4a1c0001"} }]} }]}
            """));
        Look(await office.PostAsync("", $$"""
            {"resourceType":"Bundle","type":"transaction","entry":[{"request":{"method":"POST","url":"Appointment"},
             "resource":{"resourceType":"Appointment","status":"proposed","participant":[{"status":"accepted",
              "actor":{"reference":"Patient?identifier={{System}}|{{code}}"} }]} }]}
            """));
        Look(await office.PostAsync("", $$"""
            {"resourceType":"Bundle","type":"batch","entry":[{"request":{"method":"GET","url":"Patient?identifier={{System}}|{{code}}&_count=1"} },
             {"request":{"method":"GET","url":"Patient/{{Next()}}"} },
             {"request":{"method":"GET","url":"Patient?identifier={{System}}|{{code}}&birthdate={{Next()}}"} },
             {"request":{"method":"DELETE","url":"Patient?identifier={{System}}|{{Next()}}"} }]}
            """));
    }

    private async Task SearchesAsync(HttpClient http)
    {
        foreach (var criteria in new[]
        {
            $"identifier={System}|{_canaries[0]}", $"identifier={Next()}", $"identifier={_canaries[0]},{Next()}&_sort=identifier&_count=1",
            "_sort=-identifier&_count=1&_total=accurate", $"name={Next()}", $"_content={Next()}", $"_text={Next()}",
            $"_filter=identifier eq {Next()}", $"_id={Next()}", $"birthdate={Next()}", $"nonsense={Next()}", $"_sort={Next()}",
            $"identifier:wrong={Next()}", $"{Next()}=x", $"organization={Next()}", $"_include=Patient:{Next()}",
            $"_has:Appointment:patient:identifier={Next()}",
        })
        {
            var found = await IdentityTests.SearchAsync(http, "Patient", criteria);
            Look(found);
            if (found.Status == 200 && found.Body["link"]!.AsArray().FirstOrDefault(l => l!["relation"]!.ToString() == "next") is { } next)
                Look(await new Office(http).GetAsync(next["url"]!.ToString()));
            Look(await IdentityTests.SearchAsync(http, "Patient", criteria, ("Prefer", "handling=strict")));
        }
        Look(await IdentityTests.SearchAsync(http, "Appointment", $"patient.identifier={System}|{_canaries[0]}&_include=Appointment:patient"));
        Look(await IdentityTests.SearchAsync(http, "Appointment", $"actor:identifier={System}|{Next()}&_contained=both"));
    }

    private async Task JobsAsync(HttpClient http)
    {
        Look(await IdentityTests.SearchAsync(http, "Patient", $"identifier={System}|{Next()}", ("Prefer", "respond-async")));
        using var export = new HttpRequestMessage(HttpMethod.Get, "$export?_type=Patient");
        export.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/fhir+json"));
        export.Headers.Add("Prefer", "respond-async");
        using var started = await http.SendAsync(export);
        started.StatusCode.Should().Be(global::System.Net.HttpStatusCode.Accepted);
        for (var look = 0; look < 200; look++)
        {
            using var state = await http.GetAsync(started.Content.Headers.ContentLocation);
            var text = await state.Content.ReadAsStringAsync();
            if (state.StatusCode != global::System.Net.HttpStatusCode.OK)
            {
                await Task.Delay(50);
                continue;
            }
            _seen.Add(text);
            var file = JsonNode.Parse(text)!["output"]![0]!["url"]!.ToString();
            (await http.GetStringAsync(file)).Should().Contain(_canaries[0], "who may export gets what is stored");
            return;
        }
        throw new TimeoutException("The export did not end");
    }

    private async Task ErrorsAsync(Office office)
    {
        var code = Next();
        foreach (var address in new[] { $"Patient?identifier={code}", $"Patient/{code}", $"{code}", $"Patient/$nothing?x={code}" })
            Look(await office.GetAsync(address));
        foreach (var body in new[]
        {
            $$"""{"resourceType":"Patient","{{code}}":1}""", $$"""{"resourceType":"{{code}}"}""", $$"""{"resourceType":"Patient","gender":"{{code}}"}""",
            $$"""{"resourceType":"Patient","birthDate":"{{code}}"}""", $$"""{"resourceType":"Patient","managingOrganization":{"reference":"{{code}}"} }""",
            $$"""{"resourceType":"Patient","meta":{"profile":["{{code}}"]} }""", $$"""{"resourceType":"Patient" {{code}}""",
        })
        {
            Look(await office.PostAsync("Patient", body));
            Look(await office.PostAsync("Patient/$validate", body));
        }
        Look(await office.PostAsync("Slot/$find", $$"""
            {"resourceType":"Parameters","parameter":[{"name":"start","valueDateTime":"{{Office.Day}}"},{"name":"end","valueDateTime":"{{Office.Day}}"},
             {"name":"patient","valueIdentifier":{"system":"{{System}}","value":"{{_canaries[0]}}"} },{"name":"{{code}}","valueString":"x"}]}
            """));
        Look(await office.SendAsync(HttpMethod.Post, "Patient", "{}", ("If-None-Exist", $"nonsense={code}")));
        Look(await office.SendAsync(HttpMethod.Put, "Patient/p1", """{"resourceType":"Patient","id":"p1"}""", ("If-Match", code)));
    }

    private string Next()
    {
        var birth = new DateOnly(1900, 1, 1).AddDays(_canaries.Count * 97);
        _canaries.Add(Henkilotunnus.Compose(birth, "-YXWVU"[_canaries.Count % 6], Henkilotunnus.FirstTestNumber + (_canaries.Count % 99)));
        return _canaries[^1];
    }

    private string Again() => _canaries[^1];

    /// <summary>What of an answer may hold no code: headers, messages, links, locations; not the resources themselves.</summary>
    private void Look(Answer answer)
    {
        answer.Status.Should().BeLessThan(500, answer.Text);
        _seen.Add($"{answer.Location} {answer.ETag}");
        try
        {
            Look(JsonNode.Parse(answer.Text));
        }
        catch (global::System.Text.Json.JsonException)
        {
            _seen.Add(answer.Text);
        }
    }

    private void Look(JsonNode? node)
    {
        if (node is JsonArray items)
            foreach (var item in items)
                Look(item);
        if (node is not JsonObject parts)
            return;
        if (parts["resourceType"]?.ToString() == "OperationOutcome")
            _seen.Add(Plain(parts));
        foreach (var (name, part) in parts)
            if (name is "link" or "fullUrl" or "location" or "etag" or "expression" or "diagnostics")
                _seen.Add(Plain(part));
            else
                Look(part);
    }

    private static string Plain(JsonNode? node) => node?.ToJsonString(
        new global::System.Text.Json.JsonSerializerOptions { Encoder = global::System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) ?? "";

    /// <summary>The codes that a text holds, as they were sent, in small letters, or as hexadecimal.</summary>
    private IEnumerable<string> Leaks(string text) => _canaries.Where(code =>
        text.Contains(code, StringComparison.OrdinalIgnoreCase)
        || text.Contains(code.Replace("-", "%2D"), StringComparison.OrdinalIgnoreCase)
        || text.Contains(Convert.ToHexString(Encoding.ASCII.GetBytes(code)), StringComparison.OrdinalIgnoreCase));
}
