using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace Ajanvaraus.Fhir.Server.Tests.Security;

/// <summary>Guardians, holders of mandates and minors, over HTTP: what the registers tell decides, and no answer says why.</summary>
public sealed class RepresentationTests
{
    private const string Labels = "https://ajanvaraus.example/fhir/CodeSystem/security-label";

    private const string NonDisclosure =
        "\"meta\":{\"security\":[{\"system\":\"https://hl7.fi/fhir/finnish-base-profiles/CodeSystem/fi-base-security-label-cs\",\"code\":\"TURVAKIELTO\"}]},";

    private const string Hidden = """
        {"resourceType":"Parameters","parameter":[{"name":"meta","valueMeta":{"security":[{"system":"https://ajanvaraus.example/fhir/CodeSystem/security-label","code":"hidden-from-representative"}]} }]}
        """;

    [DatabaseTheory, EachDatabase]
    public async Task R22_R24_Registers_decide_who_acts_for_whom_and_refusals_are_the_same_bytes(DatabaseEngine engine)
    {
        await using var world = await AccessWorld.StartAsync(engine);
        // Each row has a client of its own: what is told of them, of the guardian who is Patient 1, and what else there is.
        (string Name, string? Client, string? Guardian, (string Reference, string Body)[] More, bool May)[] rows =
        [
            ("a guardian", Born("2016-05-02"), "", [], true),
            ("no relation", Born("2016-05-02"), null, [], false),
            ("no client", null, "", [], false),
            ("relation not active", Born("2016-05-02"), "\"active\":false,", [], false),
            ("relation over", Born("2016-05-02"), "\"period\":{\"end\":\"2026-11-22\"},", [], false),
            ("relation until today", Born("2016-05-02"), "\"period\":{\"start\":\"2016-05-02\",\"end\":\"2026-11-23\"},", [], true),
            ("relation not begun", Born("2016-05-02"), "\"period\":{\"start\":\"2026-11-24\"},", [], false),
            ("child under non-disclosure", NonDisclosure + Born("2016-05-02"), "", [], false),
            ("client dead", "\"deceasedBoolean\":true," + Born("2016-05-02"), "", [], false),
            ("client dead since", "\"deceasedDateTime\":\"2026-01-01\"," + Born("2016-05-02"), "", [], false),
            ("client alive", "\"deceasedBoolean\":false," + Born("2016-05-02"), "", [], true),
            ("client not active", "\"active\":false," + Born("2016-05-02"), "", [], false),
            ("taken into care", Born("2016-05-02"), $$"""
                "meta":{"security":[{"system":"{{Labels}}","code":"taken-into-care"}]},
                """, [], false),
            ("guardian under non-disclosure, alone", Born("2016-05-02"), NonDisclosure, [], false),
            ("guardian under non-disclosure, one of two", Born("2016-05-02"), NonDisclosure, [("RelatedPerson/other14", Related("other14", "c14", ""))], true),
            ("other guardian under non-disclosure", Born("2016-05-02"), "", [("RelatedPerson/other15", Related("other15", "c15", NonDisclosure))], false),
            ("other guardian is a client under non-disclosure", Born("2016-05-02"), "",
            [
                ("RelatedPerson/other16", Related("other16", "c16", "")),
                ("Person/other16", """{"resourceType":"Person","id":"other16","link":[{"target":{"reference":"RelatedPerson/other16"} },{"target":{"reference":"Patient/3"} }]}"""),
            ], false),
            ("18 today", Born("2008-11-23"), "", [], false),
            ("18 tomorrow", Born("2008-11-24"), "", [], true),
            ("birth date not told", "", "", [], false),
            ("right taken away", Born("2016-05-02"), "", [("Consent/c20", AccessWorld.Mandate("c20", "c20", provision: "\"type\":\"deny\"", basis: "guardian"))], false),
            ("mandate of an adult", Born("1990-01-01"), null, [("Consent/c21", AccessWorld.Mandate("c21", "c21"))], true),
            ("mandate to who is a relative here", Born("1990-01-01"), "", [("Consent/c22", AccessWorld.Mandate("c22", "c22", actor: "RelatedPerson/c22"))], true),
            ("entry of a register", Born("1990-01-01"), null, [("Consent/c23", AccessWorld.Mandate("c23", "c23", basis: "register"))], true),
            ("custody of an adult", Born("1990-01-01"), "", [], false),
            ("mandate of another basis", Born("1990-01-01"), null, [("Consent/c25", AccessWorld.Mandate("c25", "c25", basis: "guardian"))], false),
            ("mandate not in force", Born("1990-01-01"), null, [("Consent/c26", AccessWorld.Mandate("c26", "c26").Replace("\"active\"", "\"inactive\""))], false),
            ("mandate over", Born("1990-01-01"), null,
                [("Consent/c27", AccessWorld.Mandate("c27", "c27", provision: "\"type\":\"permit\",\"period\":{\"end\":\"2026-11-22\"}"))], false),
            ("mandate of a part", Born("1990-01-01"), null,
                [("Consent/c28", AccessWorld.Mandate("c28", "c28", provision: "\"type\":\"permit\",\"purpose\":[{\"code\":\"TREAT\"}]"))], false),
            ("mandate to another", Born("1990-01-01"), null, [("Consent/c29", AccessWorld.Mandate("c29", "c29", actor: "Patient/2"))], false),
            ("mandate confirmed by all guardians", Born("2016-05-02"), null,
                [("RelatedPerson/other30", Related("other30", "c30", "")), ("Consent/c30", AccessWorld.Mandate("c30", "c30", Verified("other30")))], true),
            ("mandate confirmed by one of two", Born("2016-05-02"), null,
            [
                ("RelatedPerson/other31", Related("other31", "c31", "")), ("RelatedPerson/third31", Related("third31", "c31", "")),
                ("Consent/c31", AccessWorld.Mandate("c31", "c31", Verified("other31"))),
            ], false),
        ];
        foreach (var (row, n) in rows.Select((row, n) => (row, n)))
        {
            if (row.Client is { } client)
                await world.LoadAsync($"Patient/c{n}", $$"""{"resourceType":"Patient","id":"c{{n}}",{{client}}"name":[{"family":"Child{{n}}"}]}""");
            if (row is { Guardian: { } guardian, Client: not null })
                await world.LoadAsync($"RelatedPerson/c{n}", Related($"c{n}", $"c{n}", guardian));
            foreach (var (reference, body) in row.More)
                await world.LoadAsync(reference, body);
        }
        var links = rows.Select((row, n) => row is { Guardian: not null, Client: not null } ? $$"""{"target":{"reference":"RelatedPerson/c{{n}}"} },""" : "");
        await world.LoadAsync("Person/1", $$"""{"resourceType":"Person","id":"1","link":[{{string.Concat(links)}}{"target":{"reference":"Patient/1"} }]}""");
        var wrong = new List<string>();
        var refusals = new HashSet<string>();

        foreach (var (row, n) in rows.Select((row, n) => (row, n)))
            foreach (var url in (string[])[$"Patient/c{n}", "Slot?_count=1", "Appointment"])
            {
                var (status, body) = await world.GetAsync(world.Representative($"c{n}"), url);
                if (status != (row.May ? 200 : 403))
                    wrong.Add($"{row.Name} {url}: {status}");
                if (!row.May)
                    refusals.Add(body);
            }
        var asRelative = await world.GetAsync(world.Representative("c0", "RelatedPerson/c0"), "Patient/c0");
        var asPerson = await world.GetAsync(world.Representative("c0", "Person/1"), "Patient/c0");
        var asOther = await world.GetAsync(world.Representative("c0", "Patient/2"), "Patient/c0");
        var withoutPrincipal = await world.GetAsync(world.Citizen("1"), "Patient/c0");
        using var written = await world.SendAsync(world.Representative("c1"), HttpMethod.Post, "Appointment", AccessWorld.Appointment("x", "c1", "1", "a", "lapsiperheet", "30"));
        await world.LoadAsync("Person/1", """{"resourceType":"Person","id":"1","active":false,"link":[{"target":{"reference":"RelatedPerson/c0"} },{"target":{"reference":"Patient/1"} }]}""");
        var unlinked = await world.GetAsync(world.Representative("c0"), "Patient/c0");
        refusals.UnionWith([asOther.Body, unlinked.Body, await written.Content.ReadAsStringAsync()]);

        wrong.Should().BeEmpty();
        refusals.Should().ContainSingle("nobody is told why");
        (asRelative.Status, asPerson.Status, asOther.Status, withoutPrincipal.Status, unlinked.Status, (int)written.StatusCode).Should().Be((200, 200, 403, 404, 403, 403));
    }

    [DatabaseTheory, EachDatabase]
    public async Task R22_Services_say_who_books_for_minors_and_from_which_age_they_book_alone(DatabaseEngine engine)
    {
        await using var world = await AccessWorld.StartAsync(engine);
        await LoadFamilyAsync(world, "2012-02-29");
        var statuses = new List<string>();
        var refusals = new HashSet<string>();
        async Task BookAsync(string who, string token, string slot)
        {
            using var response = await world.SendAsync(token, HttpMethod.Post, "Appointment/$book", Book(slot));
            statuses.Add($"{who} {slot} {(int)response.StatusCode}");
            if (response.StatusCode == HttpStatusCode.Forbidden)
                refusals.Add(await response.Content.ReadAsStringAsync());
        }

        foreach (var slot in (string[])["own-1", "closed-1", "usual-1", "county-1"])
            await BookAsync("guardian", world.Representative("child"), slot);
        foreach (var slot in (string[])["own-2", "closed-2", "usual-2", "county-2"])
            await BookAsync("14", world.Citizen("child"), slot);
        // Until 28 February 2027, in Finland, they are 14.
        world.MoveTo("2027-02-27T23:59:59+02:00");
        await BookAsync("14", world.Citizen("child"), "usual-3");
        world.MoveTo("2027-02-28T00:00:00+02:00");
        await BookAsync("15", world.Citizen("child"), "usual-3");
        await BookAsync("guardian of 15", world.Representative("child"), "own-3");
        var seen = await world.FoundAsync(world.Representative("child"), "Appointment");
        world.MoveTo("2030-02-28T00:00:00+02:00");
        var ofAge = await world.GetAsync(world.Representative("child"), "Appointment");

        statuses.Should().Equal(
            "guardian own-1 201", "guardian closed-1 403", "guardian usual-1 201", "guardian county-1 403",
            "14 own-2 201", "14 closed-2 403", "14 usual-2 403", "14 county-2 201", "14 usual-3 403", "15 usual-3 201", "guardian of 15 own-3 403");
        refusals.Should().ContainSingle();
        seen.Should().HaveCount(3, "the bookings of the service that shows them until 15 are not seen any more");
        ofAge.Status.Should().Be(403);
    }

    [DatabaseTheory, EachDatabase]
    public async Task R23_Booking_that_a_minor_hides_is_not_there_for_who_acts_for_them(DatabaseEngine engine)
    {
        await using var world = await AccessWorld.StartAsync(engine);
        await using var other = await AccessWorld.StartAsync(engine);
        foreach (var one in (AccessWorld[])[world, other])
        {
            await LoadFamilyAsync(one, "2012-02-29");
            // In the other world the time is another client's.
            await one.LoadAsync("Appointment/hid", Visit("hid", one == world ? "child" : "2", "own"));
            await one.LoadAsync("Appointment/seen", Visit("seen", "child", "usual"));
            await one.LoadAsync("AppointmentResponse/hid", $$"""
                {"resourceType":"AppointmentResponse","id":"hid","appointment":{"reference":"Appointment/hid"},"participantStatus":"accepted","actor":{"reference":"Patient/{{(one == world ? "child" : "2")}}"} }
                """);
        }
        var (child, guardian) = (world.Citizen("child"), world.Representative("child"));
        var lead = world.Staff("esihenkilo", "1", "a", "lapsiperheet");
        var statuses = new Dictionary<string, int>();
        async Task TryAsync(string name, string token, HttpMethod method, string url, string? body = null)
        {
            using var response = await world.SendAsync(token, method, url, body);
            statuses[name] = (int)response.StatusCode;
        }

        await TryAsync("guardian sees it before", guardian, HttpMethod.Get, "Appointment/hid");
        await TryAsync("guardian hides", guardian, HttpMethod.Put, "Appointment/hid", Labelled(Visit("hid", "child", "own")));
        await TryAsync("staff hides", lead, HttpMethod.Post, "Appointment/hid/$meta-add", Hidden);
        await TryAsync("child hides where the service does not allow it", child, HttpMethod.Put, "Appointment/seen", Labelled(Visit("seen", "child", "usual")));
        await TryAsync("child hides", child, HttpMethod.Put, "Appointment/hid", Labelled(Visit("hid", "child", "own")));
        await TryAsync("guardian reads", guardian, HttpMethod.Get, "Appointment/hid");
        await TryAsync("guardian cancels", guardian, HttpMethod.Post, "Appointment/hid/$cancel");
        await TryAsync("guardian shows", guardian, HttpMethod.Put, "Appointment/hid", Visit("hid", "child", "own"));
        await TryAsync("staff shows", lead, HttpMethod.Post, "Appointment/hid/$meta-delete", Hidden);
        await TryAsync("staff shows by a new version", lead, HttpMethod.Put, "Appointment/hid", Visit("hid", "child", "own"));
        await TryAsync("staff reads", lead, HttpMethod.Get, "Appointment/hid");
        var requests = AccessRequests.Reads().Concat(AccessRequests.OfClient("child").Select(u => u.Replace("achild", "hid"))).Concat(
        [
            "AppointmentResponse", "AppointmentResponse/hid", "AppointmentResponse?appointment=Appointment/hid", "Slot?_has:Appointment:slot:patient=child", "Slot/own-1",
            "Patient/child/$everything", "Slot/$find?start=2026-11-24&practitioner=1&patient=Patient/child", "Appointment?actor=Patient/child&_total=accurate",
        ]).ToList();
        var different = new List<string>();
        foreach (var url in requests)
        {
            var (first, second) = (await AccessRequests.AnswerAsync(world, guardian, url), await AccessRequests.AnswerAsync(other, other.Representative("child"), url));
            if (first != second)
                different.Add($"{url}: {first} {second}");
        }
        await TryAsync("child shows", child, HttpMethod.Put, "Appointment/hid", Visit("hid", "child", "own"));
        await TryAsync("guardian sees it again", guardian, HttpMethod.Get, "Appointment/hid");

        statuses.Should().BeEquivalentTo(new Dictionary<string, int>
        {
            ["guardian sees it before"] = 200, ["guardian hides"] = 403, ["staff hides"] = 403, ["child hides where the service does not allow it"] = 403,
            ["child hides"] = 200, ["guardian reads"] = 404, ["guardian cancels"] = 404, ["guardian shows"] = 404,
            ["staff shows"] = 403, ["staff shows by a new version"] = 403, ["staff reads"] = 200, ["child shows"] = 200, ["guardian sees it again"] = 200,
        });
        different.Should().BeEmpty();
        requests.Should().HaveCountGreaterThan(150);
    }

    [DatabaseTheory, EachDatabase]
    public async Task R22_Who_may_act_for_whom_is_written_by_the_register_alone(DatabaseEngine engine)
    {
        await using var world = await AccessWorld.StartAsync(engine);
        await world.LoadAsync("RelatedPerson/g", Related("g", "1", "\"active\":true,"));
        await world.LoadAsync("Consent/c", AccessWorld.Mandate("c", "1"));
        var statuses = new List<string>();
        async Task TryAsync(string who, string token, string method, string url, string? body)
        {
            using var response = await world.SendAsync(token, new HttpMethod(method), url, body);
            statuses.Add($"{who} {method} {url} {(int)response.StatusCode}");
        }
        foreach (var (who, token) in ((string, string)[])[("professional", world.Staff("ammattilainen", "1", "a", "lapsiperheet")), ("program", world.Loader)])
        {
            await TryAsync(who, token, "POST", "RelatedPerson", Related("x", "1", "").Replace("\"id\":\"x\",", ""));
            await TryAsync(who, token, "PUT", "RelatedPerson/1", Related("1", "1", ""));
            await TryAsync(who, token, "PUT", "RelatedPerson/g", Related("g", "1", "\"active\":false,"));
            await TryAsync(who, token, "PUT", "RelatedPerson/g", Related("g", "1", "\"active\":true,\"telecom\":[{\"system\":\"phone\",\"value\":\"" + who + "\"}],"));
            await TryAsync(who, token, "POST", "Person", """{"resourceType":"Person","link":[{"target":{"reference":"Patient/1"} }]}""");
            await TryAsync(who, token, "POST", "Consent", AccessWorld.Mandate("x", "1").Replace("\"id\":\"x\",", ""));
            await TryAsync(who, token, "PUT", "Consent/c", AccessWorld.Mandate("c", "1", actor: "Patient/4"));
        }
        await TryAsync("program", world.Loader, "DELETE", "Consent/c", null);

        statuses.Should().Equal(((string[])["professional", "program"]).SelectMany(who => (string[])[
            $"{who} POST RelatedPerson 403", $"{who} PUT RelatedPerson/1 403", $"{who} PUT RelatedPerson/g 403", $"{who} PUT RelatedPerson/g 200",
            $"{who} POST Person 403", $"{who} POST Consent 403", $"{who} PUT Consent/c 403"]).Append("program DELETE Consent/c 403"));
    }

    /// <summary>A child, their guardian Patient 1, and four services with a calendar each.</summary>
    private static async Task LoadFamilyAsync(AccessWorld world, string born)
    {
        await world.LoadAsync("Patient/child", $$"""{"resourceType":"Patient","id":"child","birthDate":"{{born}}"}""");
        await world.LoadAsync("RelatedPerson/parent", Related("parent", "child", ""));
        await world.LoadAsync("Person/parent", """{"resourceType":"Person","id":"parent","link":[{"target":{"reference":"RelatedPerson/parent"} },{"target":{"reference":"Patient/1"} }]}""");
        await world.LoadAsync("Organization/county", $$"""{"resourceType":"Organization","id":"county",{{Rules(false, 12, 18, false)}}"name":"County"}""");
        await world.LoadAsync("Organization/part", """{"resourceType":"Organization","id":"part","name":"Part","partOf":{"reference":"Organization/county"} }""");
        var minute = 0;
        foreach (var (service, rules, unit) in ((string, string, string)[])[
            ("own", Rules(true, 12, 15, true), "a"), ("closed", Rules(false, 18, 18, false), "a"), ("usual", "", "a"), ("county", "", "part")])
        {
            await world.LoadAsync($"HealthcareService/{service}", $$"""
                {"resourceType":"HealthcareService","id":"{{service}}",{{rules}}"providedBy":{"reference":"Organization/{{unit}}"} }
                """);
            await world.LoadAsync($"Schedule/{service}", $$"""
                {"resourceType":"Schedule","id":"{{service}}","actor":[{"reference":"HealthcareService/{{service}}"}]}
                """);
            foreach (var n in (int[])[1, 2, 3])
                await world.LoadAsync($"Slot/{service}-{n}", $$"""
                    {"resourceType":"Slot","id":"{{service}}-{{n}}","schedule":{"reference":"Schedule/{{service}}"},"status":"free",
                    "start":"{{(n == 3 ? "2027-03-01" : "2026-11-30")}}T{{9 + n + minute}}:00:00+02:00","end":"{{(n == 3 ? "2027-03-01" : "2026-11-30")}}T{{10 + n + minute}}:00:00+02:00"}
                    """);
            minute += 3;
        }
    }

    private static string Born(string date) => $"\"birthDate\":\"{date}\",";

    private static string Related(string id, string client, string more) => $$"""
        {"resourceType":"RelatedPerson","id":"{{id}}",{{more}}"patient":{"reference":"Patient/{{client}}"},
        "relationship":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-RoleCode","code":"GUARD"}]}]}
        """;

    private static string Verified(string guardian) =>
        $$""","verification":[{"verified":true,"verifiedWith":{"reference":"RelatedPerson/{{guardian}}"} }]""";

    private static string Rules(bool guardianMayBook, int from, int until, bool mayHide) => $$"""
        "extension":[{"url":"https://ajanvaraus.example/fhir/StructureDefinition/minor-clients","extension":[
        {"url":"guardianMayBook","valueBoolean":{{(guardianMayBook ? "true" : "false")}} },{"url":"minorMayBookFrom","valueUnsignedInt":{{from.ToString(CultureInfo.InvariantCulture)}} },
        {"url":"guardianSeesUntil","valueUnsignedInt":{{until.ToString(CultureInfo.InvariantCulture)}} },{"url":"minorMayHide","valueBoolean":{{(mayHide ? "true" : "false")}} }]}],
        """;

    private static string Book(string slot) => new JsonObject
    {
        ["resourceType"] = "Parameters",
        ["parameter"] = new JsonArray(new JsonObject { ["name"] = "slot", ["valueReference"] = new JsonObject { ["reference"] = "Slot/" + slot } }),
    }.ToJsonString();

    private static string Visit(string id, string client, string service) => $$"""
        {"resourceType":"Appointment","id":"{{id}}","status":"booked","start":"2026-12-0{{(service == "own" ? 1 : 2)}}T09:00:00+02:00","end":"2026-12-0{{(service == "own" ? 1 : 2)}}T10:00:00+02:00",
        "participant":[{"actor":{"reference":"Patient/{{client}}"},"status":"accepted"},{"actor":{"reference":"HealthcareService/{{service}}"},"status":"accepted"},
        {"actor":{"reference":"Location/a"},"status":"accepted"}]}
        """;

    private static string Labelled(string appointment) => appointment.Replace(
        "\"status\":\"booked\"", $$"""
        "meta":{"security":[{"system":"{{Labels}}","code":"hidden-from-representative"}]},"status":"booked"
        """);
}
