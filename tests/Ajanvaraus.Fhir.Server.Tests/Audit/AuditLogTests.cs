using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Server.Tests.Security;

namespace Ajanvaraus.Fhir.Server.Tests.Audit;

/// <summary>Who did what to whose data is written down: docs/security.md, the log.</summary>
public sealed class AuditLogTests
{
    [DatabaseTheory, EachDatabase]
    public async Task G59_Every_access_has_one_entry_that_names_each_client(DatabaseEngine engine)
    {
        await using var world = await AccessWorld.StartAsync(engine);
        var asked = new Dictionary<string, Asked>();
        foreach (var (who, token) in Callers(world))
            foreach (var url in AccessRequests.Reads().Concat(AccessRequests.OfClient("1")))
            {
                var id = $"r{asked.Count.ToString(CultureInfo.InvariantCulture)}";
                using var response = await world.SendAsync(token, HttpMethod.Get, url, edit: r => AuditWorld.Named(r, id));
                asked[id] = new Asked(who, url, response.StatusCode, ClientsIn(await response.Content.ReadAsStringAsync()));
            }

        var log = (await world.EventsAsync(world.Officer(), "AuditEvent?_count=200")).ToLookup(AuditWorld.RequestOf);

        var entryOf = await world.EntriesAsync();
        asked.Should().HaveCountGreaterThan(500);
        foreach (var (id, request) in asked)
        {
            var events = log[id].ToList();
            if (request.Status == HttpStatusCode.Forbidden)
                events.Should().OnlyContain(e => (string)e["outcome"]! == "8").And.NotBeEmpty(request.Url);
            else if (request.Clients.Count > 0)
                events.Select(AuditWorld.ClientOf).OfType<string>().Should().BeEquivalentTo(request.Clients, $"{request.Who} asked {request.Url}");
            events.Select(entryOf).Distinct().Count().Should().BeLessThanOrEqualTo(1, request.Url);
        }
    }

    [DatabaseTheory, EachDatabase]
    public async Task Writes_are_in_the_log_with_who_by_what_right_and_each_client(DatabaseEngine engine)
    {
        await using var world = await AccessWorld.StartAsync(engine);
        var professional = world.Staff("ammattilainen", "1", "a", "lapsiperheet", reason: "3");
        var booking = AccessWorld.Appointment("new", "1", "1", "a", "lapsiperheet", "30");

        using var created = await world.SendAsync(professional, HttpMethod.Put, "Appointment/new", booking, r => AuditWorld.Named(r, "created"));
        using var posted = await world.SendAsync(
            professional, HttpMethod.Post, "Appointment", booking.Replace("2026-11-30", "2026-12-01"), r => AuditWorld.Named(r, "posted"));
        var reference = posted.Headers.Location!.AbsolutePath.Split("/fhir/")[1].Split("/_history")[0];
        using var cancelled = await world.SendAsync(
            professional, HttpMethod.Post, reference + "/$cancel", """
            {"resourceType":"Parameters","parameter":[{"name":"reason","valueCodeableConcept":{"text":"ill"} }]}
            """, r => AuditWorld.Named(r, "cancelled"));
        using var refused = await world.SendAsync(
            world.Staff("ammattilainen", "1", "a", "lapsiperheet"), HttpMethod.Post, "Appointment", booking.Replace("Patient/1", "Patient/2"), r => AuditWorld.Named(r, "refused"));

        posted.StatusCode.Should().Be(HttpStatusCode.Created);
        var (post, cancel, denied) = (await world.EventsOfAsync("posted"), await world.EventsOfAsync("cancelled"), await world.EventsOfAsync("refused"));
        var told = post.Should().ContainSingle(string.Join('\n', post.Select(e => e["entity"]!.ToJsonString()))).Subject;
        ((string)told["action"]!, AuditWorld.ClientOf(told), AuditWorld.DataOf(told)).Should().Be(("C", "1", reference + "/_history/1"));
        var user = told["agent"]!.AsArray().Single(a => (bool)a!["requestor"]!)!;
        ((string)user["who"]!["reference"]!).Should().Be("Practitioner/1");
        user["role"]!.ToJsonString().Should().Contain("ammattilainen").And.Contain("lapsiperheet");
        user["extension"]!.ToJsonString().Should().Contain("audit-unit").And.Contain("Organization/a");
        ((string)told["purposeOfEvent"]![0]!["coding"]![0]!["code"]!).Should().Be("3");
        ((string)cancel.Should().ContainSingle().Subject["action"]!).Should().Be("U");
        refused.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        ((string)denied.Should().ContainSingle().Subject["outcome"]!).Should().Be("8");
        (await world.EventsOfAsync("created")).Should().NotBeEmpty();
    }

    [DatabaseTheory, EachDatabase]
    public async Task Entries_of_a_batch_are_accesses_of_their_own(DatabaseEngine engine)
    {
        await using var world = await AccessWorld.StartAsync(engine);
        const string batch = """
            {"resourceType":"Bundle","type":"batch","entry":[{"request":{"method":"GET","url":"Patient/1"} },
            {"request":{"method":"GET","url":"Slot?status=free"} },{"request":{"method":"GET","url":"Patient/2"} },{"request":{"method":"GET","url":"Patient/none"} }]}
            """;
        var transaction = batch.Replace("batch", "transaction").Replace("Patient/none", "Patient/4");

        using var ofBatch = await world.SendAsync(world.Loader, HttpMethod.Post, "", batch, r => AuditWorld.Named(r, "batch"));
        using var ofTransaction = await world.SendAsync(world.Loader, HttpMethod.Post, "", transaction, r => AuditWorld.Named(r, "transaction"));

        var (one, other) = (await world.EventsOfAsync("batch"), await world.EventsOfAsync("transaction"));
        var entryOf = await world.EntriesAsync();
        one.Select(AuditWorld.ClientOf).Should().BeEquivalentTo(["1", "2", "none"]);
        one.Select(entryOf).Distinct().Should().HaveCount(3);
        one.Single(e => AuditWorld.ClientOf(e) == "none")["outcome"]!.ToString().Should().Be("4");
        other.Select(AuditWorld.ClientOf).Should().BeEquivalentTo(["1", "2", "4"]);
    }

    [DatabaseTheory, EachDatabase]
    public async Task G59_Log_is_read_by_its_own_role_and_by_clients_what_concerns_them(DatabaseEngine engine)
    {
        await using var world = await AccessWorld.StartAsync(engine);
        foreach (var token in (string[])[world.Staff("ammattilainen", "1", "a", "lapsiperheet"), world.Citizen("4")])
            foreach (var url in (string[])["Patient?_id=1,4&_count=10", "Patient/1", "Patient/4", "Appointment"])
                _ = await world.GetAsync(token, url);
        string[] others =
        [
            world.Staff("ammattilainen", "1", "a", "lapsiperheet"), world.Staff("ajanvaraus", "9", "a", "lapsiperheet"),
            world.Staff("esihenkilo", "3", "a", "lapsiperheet"), world.Staff("paakayttaja", "9", "a", "lapsiperheet"), world.Loader,
            world.Representative("4"),
        ];

        var own = await world.EventsAsync(world.Citizen("4"), "AuditEvent");
        var whole = await world.EventsAsync(world.Officer(), "AuditEvent?entity=Patient/4");
        var seen = new List<int>();
        foreach (var token in others)
            seen.Add((await world.GetAsync(token, "AuditEvent?entity=Patient/4")).Status is var status && status == 200
                ? (await world.EventsAsync(token, "AuditEvent?entity=Patient/4")).Count
                : 0);
        var foreign = own[0];
        var byStranger = await world.GetAsync(world.Citizen("1"), $"AuditEvent/{foreign["id"]}");

        own.Should().NotBeEmpty().And.OnlyContain(e => AuditWorld.ClientOf(e) == "4");
        own.Select(e => e.ToJsonString()).Should().NotContain(e => e.Contains("\"query\"") || e.Contains("XrequestId") || e.Contains("127.0.0.1"));
        whole.Should().HaveCountGreaterThanOrEqualTo(own.Count).And.OnlyContain(e => AuditWorld.ClientOf(e) == "4");
        seen.Should().AllBeEquivalentTo(0);
        byStranger.Status.Should().Be(404);
        (await world.GetAsync(world.Officer(), $"AuditEvent/{foreign["id"]}")).Status.Should().Be(200);
        (await world.EventsAsync(world.Citizen("4"), "Patient/4/AuditEvent")).Should().HaveCountGreaterThanOrEqualTo(own.Count)
            .And.OnlyContain(e => AuditWorld.ClientOf(e) == "4");
        (await world.EventsAsync(world.Officer(), "Patient/4/AuditEvent")).Should().NotBeEmpty()
            .And.OnlyContain(e => e.ToJsonString().Contains("\"Patient/4\""), "who acts belongs to the compartment, too");
        (await world.EventsAsync(world.Citizen("1"), "Patient/4/AuditEvent")).Should().OnlyContain(
            e => AuditWorld.ClientOf(e) == "1", "what Patient 4 did to their own data is all that they are told");
    }

    [DatabaseTheory, EachDatabase]
    public async Task What_one_client_is_told_names_no_other(DatabaseEngine engine)
    {
        await using var world = await AccessWorld.StartAsync(engine);
        using var linked = await world.SendAsync(world.Program("vaestotiedot"), HttpMethod.Put, "Patient/2", """
            {"resourceType":"Patient","id":"2","link":[{"other":{"reference":"Patient/1"},"type":"seealso"}]}
            """);
        foreach (var url in (string[])["Patient/2", "Patient/2/_history", "Patient/2/$everything", "Patient?_id=1,2"])
            _ = await world.GetAsync(world.Loader, url);
        var ofBoth = (await world.EventsAsync(world.Officer(), "AuditEvent?entity=Patient/2")).Where(e => AuditWorld.ClientOf(e) == "2").ToList();

        var told = await world.EventsAsync(world.Citizen("1"), "AuditEvent");

        linked.IsSuccessStatusCode.Should().BeTrue();
        told.Should().HaveCountGreaterThan(3).And.OnlyContain(e => !e.ToJsonString().Contains("Patient/2"));
        foreach (var other in ofBoth)
            (await world.GetAsync(world.Citizen("1"), $"AuditEvent/{other["id"]}")).Status.Should().Be(404);
    }

    [DatabaseTheory, EachDatabase]
    public async Task What_is_told_in_part_or_by_a_condition_is_an_access_too(DatabaseEngine engine)
    {
        await using var world = await AccessWorld.StartAsync(engine);
        (string Request, HttpMethod Method, string Url, string? Body, string Header, string Value, string[] Clients)[] asked =
        [
            ("part", HttpMethod.Get, "Appointment/a1?_elements=status", null, "Accept-Language", "en", ["1"]),
            ("included", HttpMethod.Get, "Practitioner?_id=1&_revinclude=Appointment:actor&_elements=name", null, "Accept-Language", "en", ["1", "3"]),
            ("unchanged", HttpMethod.Get, "Appointment/a1", null, "If-None-Match", "W/\"1\"", ["1"]),
            ("head", HttpMethod.Head, "Patient/4", null, "Accept-Language", "en", ["4"]),
            ("xml", HttpMethod.Get, "Patient/4?_format=xml&_pretty=true", null, "Accept-Language", "en", ["4"]),
            ("found", HttpMethod.Post, "Patient", """{"resourceType":"Patient"}""", "If-None-Exist", "_id=2", ["2"]),
            ("nobody", HttpMethod.Get, "Appointment?patient=2,4&status=noshow", null, "Accept-Language", "en", ["2", "4"]),
            ("form", HttpMethod.Get, "Patient/1/Flag?_summary=count", null, "Accept-Language", "en", ["1"]),
        ];

        foreach (var (request, method, url, body, header, value, _) in asked)
        {
            using var response = await world.SendAsync(world.Loader, method, url, body, r =>
            {
                AuditWorld.Named(r, request);
                r.Headers.TryAddWithoutValidation(header, value);
            });
            ((int)response.StatusCode).Should().BeLessThan(400, url);
        }

        foreach (var (request, _, url, _, _, _, clients) in asked)
            (await world.EventsOfAsync(request)).Select(AuditWorld.ClientOf).Should().BeEquivalentTo(clients, url);
    }

    [DatabaseTheory, EachDatabase]
    public async Task What_no_name_can_hold_is_an_attempt_like_any_other_and_keeps_nobody_waiting(DatabaseEngine engine)
    {
        await using var world = await AccessWorld.StartAsync(engine);
        var token = world.Staff("ammattilainen", "1", "a", "lapsiperheet");
        var (longest, signs) = (new string('x', 3000), new[] { "%00", "a%00b", "%ED%A0%80", "%F0%9F%98%80", "%EF%BF%BE", "a%20b", "%7F", "%27" });
        string[] urls =
        [
            $"Patient/{longest}", $"Patient/1/_history/{longest}", $"Patient?_id={longest}",
            .. signs.SelectMany(sign => new[]
            {
                $"Patient/{sign}", $"Patient/1/_history/{sign}", $"Patient/1/{sign}", $"Patient?_id={sign}", $"Patient?name={sign}",
                $"Appointment?patient={sign}", $"Appointment?patient=Patient/{sign}", $"Patient/{sign}/$everything", $"Patient/1/$everything?start={sign}",
            }),
        ];

        var statuses = await Task.WhenAll(urls.Select(async url => (Url: url, (await world.GetAsync(token, url)).Status)));
        var batch = """
            {"resourceType":"Bundle","type":"batch","entry":[{"request":{"method":"GET","url":"Patient/\u0000"}},{"request":{"method":"GET","url":"Patient/\ud800"}},
            {"request":{"method":"GET","url":"Patient?name=\ud800x"}},{"request":{"method":"GET","url":"Patient/1"}}]}
            """;
        using var answer = await world.SendAsync(token, HttpMethod.Post, "", batch);

        statuses.Should().OnlyContain(s => s.Status < 500);
        ((int)answer.StatusCode).Should().BeLessThan(500, await answer.Content.ReadAsStringAsync());
        (await answer.Content.ReadAsStringAsync()).Should().NotContain("\"status\":\"5");
        (await world.GetAsync(token, "Patient/1")).Status.Should().Be(200);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Nobody_writes_into_the_log_by_request(DatabaseEngine engine)
    {
        await using var world = await AccessWorld.StartAsync(engine);
        const string made = """
            {"resourceType":"AuditEvent","id":"00112233445566778899aabbccddeeff","type":{"code":"rest"},"recorded":"2026-11-23T08:00:00Z",
            "agent":[{"requestor":true}],"source":{"observer":{"display":"x"} } }
            """;
        var statuses = new List<int>();
        foreach (var token in (string[])[world.Officer(), world.Loader])
            foreach (var (method, url) in ((HttpMethod, string)[])
                [(HttpMethod.Post, "AuditEvent"), (HttpMethod.Put, "AuditEvent/00112233445566778899aabbccddeeff"), (HttpMethod.Delete, "AuditEvent/00112233445566778899aabbccddeeff"), (HttpMethod.Delete, "AuditEvent?_id=00112233445566778899aabbccddeeff")])
            {
                using var response = await world.SendAsync(token, method, url, method == HttpMethod.Delete ? null : made);
                statuses.Add((int)response.StatusCode);
            }
        using var bundle = await world.SendAsync(world.Loader, HttpMethod.Post, "", $$"""
            {"resourceType":"Bundle","type":"transaction","entry":[{"resource":{{made}},"request":{"method":"PUT","url":"AuditEvent/00112233445566778899aabbccddeeff"} }]}
            """);

        statuses.Should().OnlyContain(status => status == 403 || status == 405);
        ((int)bundle.StatusCode).Should().BeInRange(400, 422);
    }

    private sealed record Asked(string Who, string Url, HttpStatusCode Status, IReadOnlySet<string> Clients);

    private static (string Who, string Token)[] Callers(AccessWorld world) =>
    [
        ("professional", world.Staff("ammattilainen", "1", "a", "lapsiperheet")),
        ("desk", world.Staff("ajanvaraus", "9", "b", "lapsiperheet")),
        ("citizen", world.Citizen("1")),
        ("program", world.Loader),
    ];

    /// <summary>Found by reading the JSON, unlike the server does.</summary>
    private static HashSet<string> ClientsIn(string body)
    {
        var clients = new HashSet<string>();
        if (body.StartsWith('{'))
            Gather(JsonNode.Parse(body)!, clients);
        return clients;
    }

    private static void Gather(JsonNode? node, HashSet<string> clients)
    {
        if (node is JsonArray items)
            foreach (var item in items)
                Gather(item, clients);
        if (node is not JsonObject element)
            return;
        if ((string?)element["resourceType"] == "Patient" && (string?)element["id"] is { } id)
            clients.Add(id);
        if (element["reference"] is JsonValue value && ((string)value!).StartsWith("Patient/", StringComparison.Ordinal))
            clients.Add(((string)value!).Split('/')[1]);
        foreach (var (_, child) in element)
            Gather(child, clients);
    }
}
