using System.Net;
using System.Text.Json.Nodes;

namespace Ajanvaraus.Fhir.Server.Tests.Security;

/// <summary>What is written must be the caller's to write: as it was, and as it becomes.</summary>
public sealed class AccessWriteTests
{
    private const string Security =
        "\"security\":[{\"system\":\"https://hl7.fi/fhir/finnish-base-profiles/CodeSystem/fi-base-security-label-cs\",\"code\":\"TURVAKIELTO\"}]";

    private const string Label = "\"meta\":{" + Security + "},";

    [DatabaseTheory, EachDatabase]
    public async Task G53_Nobody_writes_themselves_into_what_is_not_theirs(DatabaseEngine engine)
    {
        await using var world = await AccessWorld.StartAsync(engine);
        var citizen = world.Citizen("1");
        var professional = world.Staff("ammattilainen", "1", "a", "lapsiperheet");
        var statuses = new Dictionary<string, int>();
        async Task TryAsync(string name, string token, string method, string url, string? body, Action<HttpRequestMessage>? edit = null)
        {
            using var response = await world.SendAsync(token, new HttpMethod(method), url, body, edit);
            statuses[name] = (int)response.StatusCode;
        }
        var foreign = AccessWorld.Appointment("x", "2", "1", "a", "lapsiperheet", "27").Replace("\"id\":\"x\",", "");
        var own = AccessWorld.Appointment("x", "1", "1", "a", "lapsiperheet", "30").Replace("\"id\":\"x\",", "");
        var joint = own.Replace("\"participant\":[", "\"participant\":[{\"actor\":{\"reference\":\"Patient/2\"},\"status\":\"accepted\"},");
        var moved = AccessWorld.Appointment("a1", "2", "1", "a", "lapsiperheet", "24");
        var otherTask = AccessWorld.Appointment("a5", "4", "3", "a", "lastensuojelu", "27");

        await TryAsync("for another", citizen, "POST", "Appointment", foreign);
        await TryAsync("with another", citizen, "POST", "Appointment", joint);
        await TryAsync("moved to another", citizen, "PUT", "Appointment/a1", moved);
        await TryAsync("of another", citizen, "PUT", "Appointment/a2", AccessWorld.Appointment("a2", "1", "2", "b", "lastensuojelu", "24"));
        await TryAsync("under a chosen id", citizen, "PUT", "Appointment/mine", AccessWorld.Appointment("mine", "1", "1", "a", "lapsiperheet", "30"));
        await TryAsync("guessed by patch", citizen, "PATCH", "Appointment/a2", """[{"op":"test","path":"/status","value":"booked"}]""", Patch);
        await TryAsync("guessed by patch, absent", citizen, "PATCH", "Appointment/a9", """[{"op":"test","path":"/status","value":"booked"}]""", Patch);
        await TryAsync("guessed by version", citizen, "PUT", "Appointment/a2", moved.Replace("\"a1\"", "\"a2\""), r => r.Headers.TryAddWithoutValidation("If-Match", "W/\"1\""));
        await TryAsync("guessed by condition", citizen, "PUT", "Appointment?patient=Patient/2", foreign);
        await TryAsync("made unless it is there", citizen, "POST", "Appointment", own, r => r.Headers.TryAddWithoutValidation("If-None-Exist", "patient=Patient/2"));
        await TryAsync("in a transaction", citizen, "POST", "", Transaction(foreign));
        await TryAsync("cancelled for another", citizen, "POST", "Appointment/a2/$cancel", null);
        await TryAsync("cancelled, absent", citizen, "POST", "Appointment/a9/$cancel", null);
        await TryAsync("booked for another", citizen, "POST", "Appointment/$book", """
            {"resourceType":"Parameters","parameter":[{"name":"slot","valueReference":{"reference":"Slot/1"}},{"name":"patient","valueReference":{"reference":"Patient/2"}}]}
            """);
        await TryAsync("offered the template", citizen, "PUT", "Slot/1", """{"resourceType":"Slot","id":"1"}""");
        await TryAsync("own client's service task changed to another's", world.Staff("ajanvaraus", "9", "b", "lapsiperheet"), "PUT", "Appointment/a5", otherTask);
        await TryAsync("colleague's calendar", professional, "PUT", "Schedule/3", """{"resourceType":"Schedule","id":"3","actor":[{"reference":"Practitioner/1"}]}""");
        await TryAsync("client of nobody", professional, "POST", "Patient", """{"resourceType":"Patient","name":[{"family":"New"}]}""");
        await TryAsync("R21 label set", world.Staff("ajanvaraus", "9", "b", "lapsiperheet"), "POST", "Patient", $$"""{"resourceType":"Patient",{{Label}}"name":[{"family":"New"}]}""");
        await TryAsync("R21 label removed by who sees all", world.Staff("esihenkilo", "3", "a", "lapsiperheet"), "PUT", "Patient/3", """{"resourceType":"Patient","id":"3"}""");
        await TryAsync("R21 label removed by operation", world.Staff("esihenkilo", "3", "a", "lapsiperheet"), "POST", "Patient/3/$meta-delete", $$$"""
            {"resourceType":"Parameters","parameter":[{"name":"meta","valueMeta":{ {{{Security}}} } }]}
            """);
        await TryAsync("drawn into a care team", professional, "POST", "Flag", """{"resourceType":"Flag","status":"active","code":{"text":"a"},"subject":{"reference":"Patient/2"} }""");
        await TryAsync("made one's client by a team", professional, "POST", "CareTeam", """{"resourceType":"CareTeam","subject":{"reference":"Patient/2"},"participant":[{"member":{"reference":"Practitioner/1"} }]}""");
        await TryAsync("made one's client by a booking", professional, "POST", "Appointment", foreign);
        await TryAsync("made one's client by a booking in a transaction", professional, "POST", "", Transaction(foreign));
        await TryAsync("made the unit's client", world.Staff("esihenkilo", "2", "b", "lapsiperheet"), "POST", "Appointment",
            AccessWorld.Appointment("x", "3", "2", "b", "lapsiperheet", "30").Replace("\"id\":\"x\",", ""));
        await TryAsync("under an id beside a condition", citizen, "PUT", "Appointment?identifier=urn:x|none", AccessWorld.Appointment("a2", "1", "1", "a", "lapsiperheet", "30"));
        await TryAsync("under an id beside a condition, absent", citizen, "PUT", "Appointment?identifier=urn:x|none", AccessWorld.Appointment("a9", "1", "1", "a", "lapsiperheet", "30"));
        await TryAsync("meta of a version", professional, "POST", "Patient/2/_history/1/$meta-add", """{"resourceType":"Parameters","parameter":[{"name":"meta","valueMeta":{"tag":[{"code":"a"}]} }]}""");
        await TryAsync("meta of a version, absent", professional, "POST", "Patient/none/_history/1/$meta-add", """{"resourceType":"Parameters","parameter":[{"name":"meta","valueMeta":{"tag":[{"code":"a"}]} }]}""");
        await TryAsync("R63 said to have taken place", citizen, "PUT", "Appointment/a1", AccessWorld.Appointment("a1", "1", "1", "a", "lapsiperheet", "24").Replace("\"booked\"", "\"fulfilled\""));
        await TryAsync("R63 said so by operation", citizen, "POST", "Appointment/a1/$no-show", null);
        await TryAsync("G10 booked over others", citizen, "POST", "Appointment/$book", """
            {"resourceType":"Parameters","parameter":[{"name":"slot","valueReference":{"reference":"Slot/1"} },{"name":"override","part":[{"name":"reason","valueString":"because"}]}]}
            """);
        await TryAsync("masked written back", world.Staff("ajanvaraus", "9", "b", "lapsiperheet"), "PUT", "Patient/3", $$"""{"resourceType":"Patient","id":"3",{{Label}}"name":[{"family":"Client3"}]}""");

        statuses.Should().BeEquivalentTo(new Dictionary<string, int>
        {
            ["for another"] = 403, ["with another"] = 403, ["moved to another"] = 403, ["of another"] = 404, ["under a chosen id"] = 404,
            ["guessed by patch"] = 404, ["guessed by patch, absent"] = 404, ["guessed by version"] = 404, ["guessed by condition"] = 403,
            ["made unless it is there"] = 201, ["in a transaction"] = 403, ["cancelled for another"] = 404, ["cancelled, absent"] = 404, ["booked for another"] = 403,
            ["offered the template"] = 403, ["own client's service task changed to another's"] = 403, ["colleague's calendar"] = 403, ["client of nobody"] = 403,
            ["R21 label set"] = 403, ["R21 label removed by who sees all"] = 403, ["R21 label removed by operation"] = 403, ["masked written back"] = 403,
            ["drawn into a care team"] = 403, ["made one's client by a team"] = 403, ["made one's client by a booking"] = 403,
            ["made one's client by a booking in a transaction"] = 403, ["made the unit's client"] = 403,
            ["under an id beside a condition"] = 404, ["under an id beside a condition, absent"] = 404,
            ["meta of a version"] = 404, ["meta of a version, absent"] = 404, ["R63 said to have taken place"] = 403, ["R63 said so by operation"] = 403, ["G10 booked over others"] = 403,
        });
        (await world.GetAsync(professional, "Patient/2")).Status.Should().Be(404);
        (await world.FoundAsync(world.Loader, "Appointment?patient=Patient/2")).Should().Equal("Appointment/a2");
        (await world.GetAsync(world.Loader, "Appointment/a1")).Body.Should().Contain("Patient/1").And.Contain("\"versionId\":\"1\"");
        (await world.GetAsync(world.Loader, "Patient/3")).Body.Should().Contain("TURVAKIELTO").And.Contain("Canarycity3");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Each_does_their_own_work(DatabaseEngine engine)
    {
        await using var world = await AccessWorld.StartAsync(engine);
        var citizen = world.Citizen("1");

        using var booked = await world.SendAsync(citizen, HttpMethod.Post, "Appointment/$book", """
            {"resourceType":"Parameters","parameter":[{"name":"slot","valueReference":{"reference":"Slot/1"}}]}
            """);
        var appointment = (string)JsonNode.Parse(await booked.Content.ReadAsStringAsync())!["entry"]?[0]?["resource"]?["id"]!
            ?? (string)JsonNode.Parse(await booked.Content.ReadAsStringAsync())!["id"]!;
        var mine = await world.FoundAsync(citizen, "Appointment?date=2026-11-30");
        var others = await world.FoundAsync(world.Citizen("2"), "Appointment?date=2026-11-30");
        using var cancelled = await world.SendAsync(citizen, HttpMethod.Post, $"Appointment/{appointment}/$cancel");
        using var held = await world.SendAsync(citizen, HttpMethod.Post, "Slot/$hold", """
            {"resourceType":"Parameters","parameter":[{"name":"slot","valueReference":{"reference":"Slot/2"}}]}
            """);
        using var made = await world.SendAsync(world.Staff("ammattilainen", "1", "a", "lapsiperheet"), HttpMethod.Post, "Patient", """
            {"resourceType":"Patient","name":[{"family":"New"}],"managingOrganization":{"reference":"Organization/a"}}
            """);
        using var absent = await world.SendAsync(world.Staff("ammattilainen", "3", "a", "lapsiperheet"), HttpMethod.Post, "Schedule/3/$absence", """
            {"resourceType":"Parameters","parameter":[{"name":"period","valuePeriod":{"start":"2026-11-27T00:00:00+02:00","end":"2026-12-02T00:00:00+02:00"}}]}
            """);
        var week = await world.FoundAsync(world.Staff("ammattilainen", "1", "a", "lapsiperheet"), "Schedule/$week?schedule=3&schedule=2&start=2026-11-23");
        using var relabelled = await world.SendAsync(world.Program("vaestotiedot"), HttpMethod.Put, "Patient/3", """{"resourceType":"Patient","id":"3"}""");

        booked.StatusCode.Should().Be(HttpStatusCode.Created);
        (mine.Length, others.Length).Should().Be((1, 0));
        new[] { cancelled, held, made, absent, relabelled }.Select(r => (int)r.StatusCode / 100).Should().AllBeEquivalentTo(2);
        week.Where(r => r.StartsWith("Appointment")).Should().Equal(["Appointment/a5"], "others' bookings are busy time and no more");
    }

    private static string Transaction(string appointment) => $$"""
        {"resourceType":"Bundle","type":"transaction","entry":[{"resource":{{appointment}},"request":{"method":"POST","url":"Appointment"} }]}
        """;

    private static void Patch(HttpRequestMessage request) => request.Content!.Headers.ContentType = new("application/json-patch+json");
}
