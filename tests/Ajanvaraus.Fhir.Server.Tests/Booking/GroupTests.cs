using System.Text.Json.Nodes;

using static Ajanvaraus.Fhir.Server.Tests.Dialects.DialectOffice;

namespace Ajanvaraus.Fhir.Server.Tests.Booking;

/// <summary>Groups: enrolled once each, left one by one, called off when too few have come.</summary>
public sealed class GroupTests
{
    private const string Deadline = "2027-01-30T12:00:00+02:00";

    [DatabaseTheory, EachDatabase]
    public async Task R61_A_group_below_its_minimum_is_called_off_at_the_deadline_and_everybody_is_told_once(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server, minimum: 3);
        var first = await EnrolAsync(office, "p1");
        var second = await EnrolAsync(office, "p2");

        var early = await office.PostAsync("Slot/g/$call-off", Parameters());
        server.Clock.Now = DateTimeOffset.Parse(Deadline, System.Globalization.CultureInfo.InvariantCulture);
        var due = await office.PostAsync("Slot/$call-off", Parameters());
        var again = await office.PostAsync("Slot/g/$call-off", Parameters());
        var none = await office.PostAsync("Slot/$call-off", Parameters());
        var late = await EnrolAsync(office, "p3");

        early.Status.Should().Be(409, early.Text);
        early.Rules.Should().Contain("group-not-due");
        due.Status.Should().Be(200, due.Text);
        Outcomes(due).Should().Equal("called-off");
        Outcomes(again).Should().Equal("called-off");
        none.Body["parameter"].Should().BeNull("it is decided once");
        late.Status.Should().Be(409, late.Text);
        (await office.SlotStatusAsync("g")).Should().Be("busy-unavailable");
        foreach (var (answer, client, other) in new[] { (first, "p1", "p2"), (second, "p2", "p1") })
        {
            var appointment = await office.GetAsync($"Appointment/{answer.Id}");
            appointment.Body["status"]!.ToString().Should().Be("cancelled");
            appointment.Text.Should().Contain("group-called-off");
            var told = Resources(await office.GetAsync($"CommunicationRequest?recipient=Patient/{client}"));
            told.Should().ContainSingle();
            told[0]["status"]!.ToString().Should().Be("active");
            told[0]["about"]!.AsArray().Select(a => a!["reference"]!.ToString()).Should().Equal($"Appointment/{answer.Id}");
            told[0].ToJsonString().Should().NotContain($"Patient/{other}", "no attendee sees another's data");
        }
        (await office.CountAsync("CommunicationRequest?recipient=Practitioner/a")).Should().Be(1);
    }

    [DatabaseTheory, EachDatabase]
    public async Task R61_The_server_decides_by_itself_within_a_minute_of_the_deadline(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine, movesTimers: true);
        var office = await OpenAsync(server, minimum: 2);
        await office.PutAsync(GroupAppointment(capacity: 5, "p3", "p4").Replace("Practitioner/a", "Practitioner/b", StringComparison.Ordinal));
        var enrolled = await EnrolAsync(office, "p1");
        var deadline = DateTimeOffset.Parse(Deadline, System.Globalization.CultureInfo.InvariantCulture);

        server.Clock.Now = deadline.AddSeconds(-1);
        var early = await office.GetAsync($"Appointment/{enrolled.Id}");
        server.Clock.Advance(TimeSpan.FromMinutes(1));
        var (seat, group) = ("booked", "booked");
        for (var n = 0; n < 300 && (seat, group) != ("cancelled", "cancelled"); n++)
        {
            await Task.Delay(100);
            seat = (await office.GetAsync($"Appointment/{enrolled.Id}")).Body["status"]!.ToString();
            group = (await office.GetAsync("Appointment/group")).Body["status"]!.ToString();
        }
        server.Clock.Advance(TimeSpan.FromMinutes(1));

        early.Body["status"]!.ToString().Should().Be("booked");
        (seat, group).Should().Be(("cancelled", "cancelled"), "nobody has asked for it");
        (await office.SlotStatusAsync("g")).Should().Be("busy-unavailable");
        foreach (var client in new[] { "p1", "p3", "p4" })
            (await office.CountAsync($"CommunicationRequest?recipient=Patient/{client}")).Should().Be(1);
    }

    [DatabaseTheory, EachDatabase]
    public async Task R61_A_group_that_has_its_minimum_at_the_deadline_takes_place(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server, minimum: 2);
        var first = await EnrolAsync(office, "p1");
        await EnrolAsync(office, "p2");
        // A hold is nobody's yet: it does not count.
        await office.PostAsync("Appointment/$hold", Office.Parameters(("slot", "Slot/g"), ("patient", "Patient/p3")));
        server.Clock.Now = DateTimeOffset.Parse(Deadline, System.Globalization.CultureInfo.InvariantCulture);

        var decided = await office.PostAsync("Slot/$call-off", Parameters());
        await office.PostAsync($"Appointment/{first.Id}/$cancel", Parameters());
        var afterwards = await office.PostAsync("Slot/g/$call-off", Parameters());
        var forced = await office.PostAsync("Slot/g/$call-off", Parameters(
            Value("force", "Boolean", true), Value("reason", "String", "the leader is ill")));

        Outcomes(decided).Should().Equal(["takes-place"], decided.Text);
        Outcomes(afterwards).Should().Equal(["takes-place"], "what was decided stays decided");
        Outcomes(forced).Should().Equal(["called-off"], forced.Text);
        (await office.CountAsync("Appointment?slot=Slot/g&status=booked")).Should().Be(0);
        (await office.GetAsync("Appointment?patient=Patient/p2")).Text.Should().Contain("the leader is ill");
    }

    [DatabaseTheory, EachDatabase]
    public async Task R59_R60_A_client_enrols_once_and_leaves_without_touching_the_others(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server, minimum: 1);
        var first = await EnrolAsync(office, "p1");
        var second = await EnrolAsync(office, "p2");

        var twice = await EnrolAsync(office, "p1");
        var posted = await office.PostAsync("Appointment", Office.Appointment("p1", "g", "09:00", "10:00"));
        await EnrolAsync(office, "p3");
        var full = await EnrolAsync(office, "p4");
        var shownFull = await office.GetAsync($"Appointment/$find?start={Office.Day}&end={Office.Day}&schedule=Schedule/a");
        await office.PostAsync($"Appointment/{first.Id}/$cancel", Parameters());
        var shown = await office.GetAsync($"Appointment/$find?start={Office.Day}&end={Office.Day}&schedule=Schedule/a");
        var again = await EnrolAsync(office, "p1");

        foreach (var refused in new[] { twice, posted })
        {
            refused.Status.Should().Be(409, refused.Text);
            refused.Rules.Should().Contain("enrolled-already");
            refused.Text.Should().NotContain("p2");
        }
        full.Status.Should().Be(409, full.Text);
        shownFull.Body["total"]!.GetValue<int>().Should().Be(0, "a full group disappears");
        shown.Body["total"]!.GetValue<int>().Should().Be(1, "a seat is free again");
        (await office.GetAsync($"Appointment/{second.Id}")).ETag.Should().Be("W/\"1\"", "the others are not touched");
        again.Status.Should().Be(201, again.Text);
    }

    [DatabaseTheory, EachDatabase]
    public async Task R60_Clients_of_one_group_appointment_leave_it_and_come_back(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        await office.PutAsync(GroupAppointment(capacity: 3, "p1", "p2"));

        var left = await office.PostAsync("Appointment/group/$cancel", Parameters(Reference("patient", "Patient/p1")));
        var stranger = await office.PostAsync("Appointment/group/$cancel", Parameters(Reference("patient", "Patient/p9")));
        var full = await office.SendAsync(HttpMethod.Put, "Appointment/group", GroupAppointment(3, "p1", "p2", "p3", "p4"));
        var twice = await office.SendAsync(HttpMethod.Put, "Appointment/group", GroupAppointment(3, "p2", "p2"));
        var back = await office.SendAsync(HttpMethod.Put, "Appointment/group", GroupAppointment(3, "p1", "p2", "p3"));
        await office.PutAsync(Office.Appointment("p5", null, "12:00", "13:00", id: "single", actors: "Practitioner/b"));
        var single = await office.PostAsync("Appointment/single/$cancel", Parameters(Reference("patient", "Patient/p5")));

        left.Status.Should().Be(200, left.Text);
        left.Body["status"]!.ToString().Should().Be("booked", "one client's cancellation leaves the group");
        left.Body["participant"]!.AsArray().Select(p => (p!["actor"]!["reference"]!.ToString(), p["status"]!.ToString()))
            .Should().Contain(("Patient/p1", "declined")).And.Contain(("Patient/p2", "accepted"));
        stranger.Status.Should().Be(422, stranger.Text);
        full.Status.Should().Be(409, full.Text);
        full.Rules.Should().Contain("slot-unavailable");
        twice.Rules.Should().Contain("enrolled-already");
        back.Status.Should().Be(200, back.Text);
        single.Body["status"]!.ToString().Should().Be("cancelled", "nobody is left");
    }

    [DatabaseTheory, EachDatabase]
    public async Task R61_One_group_appointment_below_its_minimum_is_called_off(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        await office.PutAsync(GroupAppointment(capacity: 5, "p1", "p2"));
        server.Clock.Now = DateTimeOffset.Parse(Deadline, System.Globalization.CultureInfo.InvariantCulture);

        var due = await office.PostAsync("Appointment/$call-off", Parameters());
        var noGroup = await office.PostAsync("Slot/missing/$call-off", Parameters());
        var appointment = await office.GetAsync("Appointment/group");

        Outcomes(due).Should().Equal(["called-off"], due.Text);
        appointment.Body["status"]!.ToString().Should().Be("cancelled");
        foreach (var recipient in new[] { "Patient/p1", "Patient/p2", "Practitioner/a" })
            (await office.CountAsync($"CommunicationRequest?recipient={recipient}")).Should().Be(1, recipient);
        noGroup.Status.Should().Be(404);
    }

    [DatabaseTheory, EachDatabase]
    public async Task R10_Many_who_enrol_while_the_group_is_called_off_end_up_cancelled_or_refused(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server, minimum: 9, capacity: 12);
        var calls = Enumerable.Range(0, 8).Select(i => EnrolAsync(office, $"p{i}"))
            .Append(office.PostAsync("Slot/g/$call-off", Parameters(Value("force", "Boolean", true))))
            .Concat(Enumerable.Range(8, 2).Select(i => EnrolAsync(office, $"p{i}")));

        var answers = await Task.WhenAll(calls.Select(c => Task.Run(() => c)));

        answers.Should().AllSatisfy(a => a.Status.Should().BeOneOf(200, 201, 409));
        (await office.CountAsync("Appointment?slot=Slot/g&status=booked,pending")).Should().Be(0, "nobody is left in a closed group");
        (await office.SlotStatusAsync("g")).Should().Be("busy-unavailable");
    }

    private static IEnumerable<string> Outcomes(Answer answer) => answer.Body["parameter"]!.AsArray()
        .Where(p => p!["name"]!.ToString() == "group")
        .Select(g => g!["part"]!.AsArray().Single(p => p!["name"]!.ToString() == "outcome")!["valueCode"]!.ToString());

    private static Task<Answer> EnrolAsync(Office office, string patient) => office.PostAsync(
        "Appointment/$book", Office.Parameters(("slot", "Slot/g"), ("patient", $"Patient/{patient}")));

    private static string Minimum(int clients) => $$"""
        {"url":"https://ajanvaraus.example/fhir/StructureDefinition/group-minimum","extension":[
         {"url":"clients","valuePositiveInt":{{clients}}},{"url":"deadline","valueInstant":"{{Deadline}}"}]}
        """;

    private static string GroupAppointment(int capacity, params string[] patients)
    {
        var appointment = JsonNode.Parse(
            Office.Appointment(patients[0], null, "09:00", "10:00", id: "group", actors: "Practitioner/a"))!.AsObject();
        foreach (var patient in patients[1..])
            appointment["participant"]!.AsArray().Add(new JsonObject
            {
                ["actor"] = new JsonObject { ["reference"] = $"Patient/{patient}" }, ["status"] = "accepted",
            });
        appointment["extension"] = new JsonArray(
            new JsonObject
            {
                ["url"] = "https://ajanvaraus.example/fhir/StructureDefinition/group-capacity", ["valuePositiveInt"] = capacity,
            },
            JsonNode.Parse(Minimum(4)));
        return appointment.ToJsonString();
    }

    /// <summary>Slot/g of Schedule/a from nine to ten.</summary>
    private static async Task<Office> OpenAsync(FhirServer server, int minimum, int capacity = 3)
    {
        var office = await Office.OpenAsync(server.Http);
        await office.PutAsync($$"""
            {"resourceType":"Slot","id":"g","schedule":{"reference":"Schedule/a"},"status":"free","start":"{{Office.At("09:00")}}",
             "end":"{{Office.At("10:00")}}","extension":[{{Minimum(minimum)}},
             {"url":"http://fhir-registry.smarthealthit.org/StructureDefinition/slot-capacity","valueInteger":{{capacity}}}]}
            """);
        return office;
    }
}
