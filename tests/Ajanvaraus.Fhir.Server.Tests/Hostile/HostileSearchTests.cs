namespace Ajanvaraus.Fhir.Server.Tests.Hostile;

/// <summary>Searches that cost too much, times that do not exist, and patterns that never end.</summary>
public sealed class HostileSearchTests
{
    [DatabaseTheory, EachDatabase]
    public async Task Searches_that_cost_too_much_are_400_or_cut_and_none_takes_long(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var run = new HostileRun(server.Http);

        foreach (var (form, expected) in Costly())
            await run.PostAsync(form[..Math.Min(70, form.Length)], "Appointment/_search",
                System.Text.Encoding.UTF8.GetBytes(form), "application/x-www-form-urlencoded", expected);

        await run.FinishAsync();
    }

    [DatabaseTheory, EachDatabase]
    public async Task Times_that_do_not_exist_are_refused_and_odd_ones_are_kept_exactly(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var run = new HostileRun(server.Http);
        (await server.Http.PutAsync("Schedule/time", new StringContent(
            """{"resourceType":"Schedule","id":"time","actor":[{"reference":"Practitioner/1"}]}""", null, "application/fhir+json"))).EnsureSuccessStatusCode();

        foreach (var (start, end) in Times())
        {
            foreach (var resource in (string[])
            [
                $$$"""{"resourceType":"Slot","schedule":{"reference":"Schedule/time"},"status":"free","start":"{{{start}}}","end":"{{{end}}}"}""",
                $$$"""{"resourceType":"Appointment","status":"booked","start":"{{{start}}}","end":"{{{end}}}","participant":[{"status":"accepted","actor":{"reference":"Practitioner/1"}}]}""",
                $$$"""{"resourceType":"Appointment","status":"proposed","requestedPeriod":[{"start":"{{{start}}}","end":"{{{end}}}"}],"participant":[{"status":"accepted","actor":{"reference":"Practitioner/1"}}]}""",
            ])
                await run.PostAsync($"{start} to {end}", resource.Contains("\"Slot\"", StringComparison.Ordinal) ? "Slot" : "Appointment", resource, 201, 400, 409, 422);
            var (from, to) = (Uri.EscapeDataString(start), Uri.EscapeDataString(end));
            foreach (var url in (string[])
            [
                $"Slot?start=ge{from}&start=le{to}", $"Slot?start={from}", $"Appointment?date=ap{to}", $"Appointment/$find?start={from}&end={to}&schedule=Schedule/time",
                $"Schedule/time/$week?start={from}", $"Patient?_lastUpdated=sa{from}", $"Patient/_history?_since={from}", $"Slot?start=eb{to}&_sort=-start",
            ])
                await run.GetAsync(url, url, 200, 400, 404, 405, 422);
        }

        await run.FinishAsync(300);
    }

    [Fact]
    public async Task Texts_that_make_patterns_try_for_ever_are_answered_at_once()
    {
        await using var server = await FhirServer.StartAsync(DatabaseEngine.Sqlite);
        var run = new HostileRun(server.Http);
        string[] fills = ["a", "0", "-", "+", ".", " ", "2026-", "1.", "T00:", "((", "a@", "%", "\\", "_", "!", "é", "/", ":", "|", ","];

        foreach (var text in fills.Select(fill => string.Concat(Enumerable.Repeat(fill, 100_000 / fill.Length)) + "!"))
        {
            var json = System.Text.Json.JsonEncodedText.Encode(text);
            foreach (var element in (string[])["\"birthDate\":\"?\"", "\"id\":\"?\"", "\"gender\":\"?\"", "\"telecom\":[{\"system\":\"email\",\"value\":\"?\"}]", "\"language\":\"?\"", "\"identifier\":[{\"system\":\"?\"}]"])
                await run.PostAsync(element + text[..5], "Patient", $$"""{"resourceType":"Patient",{{element.Replace("?", json.ToString())}}}""", 201, 400, 422);
            foreach (var name in (string[])["birthdate", "identifier", "name", "_lastUpdated", "_id", "_filter", "_text", "telecom", "general-practitioner"])
                await run.SendAsync($"{name}={text[..5]}", HostileRun.Request("POST", "Patient/_search",
                    System.Text.Encoding.UTF8.GetBytes($"{name}={Uri.EscapeDataString(text)}"), "application/x-www-form-urlencoded"), 200, 400);
        }
        foreach (var pattern in (string[])["(a+)+$", "(a|a)*$", "(a|aa)+$", "(.*a){20}", "^(([a-z])+.)+[A-Z]([a-z])+$", "([a-zA-Z]+)*$", "(x+x+)+y", "(?=(a+))a*b\\\\1", "(a)\\\\1{1000}", "[[[[", "a{1,99999}"])
            await run.PostAsync("matches " + pattern, "$fhirpath", $$$"""
                {"resourceType":"Parameters","parameter":[{"name":"expression","valueString":"'{{{new string('a', 30_000)}}}!'.matches('{{{pattern}}}')"},
                {"name":"resource","resource":{"resourceType":"Patient"}}]}
                """, 200, 400, 422);

        await run.FinishAsync(300);
    }

    private static IEnumerable<(string Form, int[] Expected)> Costly()
    {
        int[] refused = [400];
        int[] either = [200, 400];
        foreach (var times in (int[])[33, 100, 1000, 10_000])
        {
            foreach (var pair in (string[])["status=booked", "date=gt2026", "patient=1", "_id=a", "identifier=a", "patient.name=a", "_include=Appointment:patient", "_has:Provenance:target:agent=a"])
                yield return (string.Join('&', Enumerable.Repeat(pair, times)), times > 200 || !pair.Contains("include") ? refused : either);
        }
        foreach (var count in (int[])[201, 1_000, 10_000, 100_000])
            foreach (var name in (string[])["status", "_id", "patient", "date", "identifier", "patient.name", "service-type"])
                yield return ($"{name}={string.Join(',', Enumerable.Range(0, count).Select(n => name == "date" ? $"{2000 + (n % 100)}" : "a" + n))}", refused);
        foreach (var depth in (int[])[4, 5, 9, 10, 50, 500])
        {
            yield return ("patient" + string.Concat(Enumerable.Repeat(".link", depth)) + ".name=a", depth > 8 ? refused : either);
            yield return ("actor:Patient" + string.Concat(Enumerable.Repeat(".organization.partof", depth)) + ".name=a", depth > 8 ? refused : either);
            yield return (string.Concat(Enumerable.Repeat("_has:Appointment:based-on:", depth)) + "_id=a", depth > 8 ? refused : either);
            yield return ("_filter=" + string.Concat(Enumerable.Repeat("(", depth * 5)) + "status eq booked" + string.Concat(Enumerable.Repeat(")", depth * 5)), depth > 8 ? refused : either);
        }
        foreach (var value in (string[])["1e9", "1000000000", "99999999999999999999", "-1", "1.5", "a", "", "0x10"])
            yield return ("_count=" + value, either);
        foreach (var form in (string[])["_total=accurate", "_total=nonsense", "patient.name:contains=%25", "_content=a", "_text=*", "_sort=" + string.Join(',', Enumerable.Repeat("date", 300)), "_elements=" + string.Join(',', Enumerable.Repeat("status", 20_000)), "_include=*&_revinclude=*", "_include:iterate=*&_revinclude:iterate=*", "_offset=99999999999"])
            yield return (form, either);
    }

    private static IEnumerable<(string Start, string End)> Times()
    {
        foreach (var time in (string[])
        [
            "2026-12-31T23:59:60Z", "2026-12-01T10:00:60Z", "2016-12-31T23:59:60Z", "0000-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00",
            "2026-12-01T10:00:00+14:59", "2026-12-01T10:00:00+14:00", "2026-12-01T10:00:00-14:00", "2026-12-01T10:00:00+15:00", "2026-12-01T10:00:00+99:99", "2026-12-01T24:00:00Z", "2026-12-01T25:00:00Z", "2026-12-01T10:60:00Z",
            "2026-02-29T10:00:00Z", "2026-13-01T10:00:00Z", "2026-00-10T10:00:00Z", "2026-12-32T10:00:00Z", "2026", "2026-12", "2026-12-01", "2026-12-01T10:00", "2026-12-01T10:00:00", "2026-12-01T10:00:00.000000001Z",
            "2026-12-01T10:00:00." + "1".PadRight(500, '0') + "Z", "2027-03-28T03:30:00+02:00", "2026-10-25T03:30:00+03:00", "2026-10-25T03:30:00+02:00", "10000-01-01T00:00:00Z", "-2026-12-01T10:00:00Z", "٢٠٢٦-١٢-٠١T١٠:٠٠:٠٠Z", "now", "", " ",
        ])
        {
            yield return (time, "2026-12-01T11:00:00Z");
            yield return ("2026-12-01T10:00:00Z", time);
        }
        yield return ("2026-12-01T10:00:00Z", "2026-12-01T10:00:00Z");
        yield return ("2026-12-01T10:00:00Z", "2026-12-01T09:00:00Z");
        yield return ("2026-12-01T10:00:00Z", "2126-12-01T10:00:00Z");
        yield return ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z");
    }
}
