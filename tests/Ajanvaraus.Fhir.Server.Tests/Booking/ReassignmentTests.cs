using System.Text.Json.Nodes;

using static Ajanvaraus.Fhir.Server.Tests.Dialects.DialectOffice;

namespace Ajanvaraus.Fhir.Server.Tests.Booking;

/// <summary>Bookings of somebody who is away: given to those who can take them; and the absence taken back.</summary>
public sealed class ReassignmentTests
{
    private const string Service = "http://t";

    [DatabaseTheory, EachDatabase]
    public async Task R53_N3_Bookings_go_to_those_who_have_what_they_need_and_the_rest_is_listed(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        var swedish = await BookAsync(office, "p1", "09:00", "10:00");
        var advice = await BookAsync(office, "p2", "10:00", "11:00", ("serviceType", "neuvonta"));
        var special = await BookAsync(office, "p3", "11:00", "12:00", ("specialty", "lastensuojelu"));
        var nobody = await BookAsync(office, "p4", "13:00", "14:00", ("serviceType", "neuvonta"), ("specialty", "lastensuojelu"));

        var proposed = await ReassignAsync(office, Value("dry-run", "Boolean", true));
        var toldOfProposal = await office.CountAsync("CommunicationRequest?status=active");
        var moved = await ReassignAsync(office);
        var again = await ReassignAsync(office);

        Plan(proposed).Should().Equal(
            [(swedish.Id, "b", "proposed"), (advice.Id, "c", "proposed"), (special.Id, "b", "proposed"), (nobody.Id, null, "unplaced")],
            proposed.Text);
        toldOfProposal.Should().Be(0, "a proposal is told to nobody");
        Plan(moved).Select(p => p.Outcome).Should().Equal("moved", "moved", "moved", "unplaced");
        Plan(again).Should().Equal([(nobody.Id, null, "unplaced")]);
        (await office.GetAsync($"Appointment/{nobody.Id}")).Body["status"]!.ToString().Should().Be("booked", "nobody is lost");
        foreach (var (recipient, abouts) in new[]
        {
            ("Patient/p1", new[] { swedish.Id }), ("Patient/p2", [advice.Id]), ("Patient/p3", [special.Id]),
            ("Practitioner/b", [swedish.Id, special.Id]), ("Practitioner/c", [advice.Id]),
        })
        {
            var told = Resources(await office.GetAsync($"CommunicationRequest?recipient={recipient}"));
            told.Should().ContainSingle(recipient);
            told[0]["about"]!.AsArray().Select(a => a!["reference"]!.ToString())
                .Should().BeEquivalentTo(abouts.Select(id => $"Appointment/{id}"));
        }
        (await office.CountAsync("CommunicationRequest?recipient=Patient/p4")).Should().Be(0);
    }

    [DatabaseTheory, EachDatabase]
    public async Task R53_The_team_shares_the_load(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        await BookAsync(office, "p9", "15:00", "16:00", schedule: "b");
        foreach (var (patient, hour) in new[] { ("p1", 9), ("p2", 10), ("p3", 11) })
            await BookAsync(office, patient, $"{hour:00}:00", $"{hour + 1:00}:00");

        var moved = await office.PostAsync("Schedule/a/$reassign", Parameters(Period(), Reference("team", "CareTeam/t")));
        var unknown = await office.PostAsync("Schedule/a/$reassign", Parameters(Period(), Reference("team", "CareTeam/x")));
        var wrong = await office.PostAsync("Schedule/a/$reassign", Parameters(Period(), Reference("team", "Patient/p1")));
        var none = await office.PostAsync("Schedule/a/$reassign", Parameters(Period()));

        Plan(moved).Select(p => p.Schedule).Should().Equal(["c", "b", "c"], moved.Text);
        unknown.Status.Should().Be(422, unknown.Text);
        wrong.Status.Should().Be(400, wrong.Text);
        none.Status.Should().Be(400, none.Text);
    }

    [DatabaseTheory, EachDatabase]
    public async Task R35_An_absence_that_is_taken_back_opens_what_it_closed_and_nothing_else(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        await office.PutSlotAsync("nine", "a", "09:00", "10:00");
        await office.PutSlotAsync("ten", "a", "10:00", "11:00");
        await office.PutSlotAsync("byhand", "a", "11:00", "12:00", "busy-unavailable");
        await office.PutSlotAsync("booked", "a", "13:00", "14:00");
        var booked = await office.PostAsync("Appointment/$book", Office.Parameters(("slot", "Slot/booked"), ("patient", "Patient/p1")));
        var morning = Value("period", "Period", new JsonObject { ["start"] = Office.At("08:00"), ["end"] = Office.At("10:00") });
        var whole = await office.PostAsync("Schedule/a/$absence", Parameters(Period()));
        await office.PostAsync("Schedule/a/$absence", Parameters(morning));
        await office.PostAsync($"Appointment/{booked.Id}/$cancel", Parameters());

        var ended = await office.PostAsync("Schedule/a/$end-absence", Parameters(Period()));
        var again = await office.PostAsync("Schedule/a/$end-absence", Parameters(Period()));
        var nine = await office.SlotStatusAsync("nine");
        var ten = await office.SlotStatusAsync("ten");
        var free = await BookAsync(office, "p2", "13:00", "14:00");
        var named = await office.PostAsync("Schedule/a/$end-absence", Parameters(
            Reference("absence", "Slot/byhand")));
        var endedToo = await office.PostAsync("Schedule/a/$end-absence", Parameters(morning.DeepClone().AsObject()));

        whole.Status.Should().Be(200, whole.Text);
        ended.Status.Should().Be(200, ended.Text);
        ended.Body["parameter"]![0]!["valueInteger"]!.GetValue<int>().Should().Be(1);
        again.Status.Should().Be(422, again.Text);
        (nine, ten).Should().Be(("busy-unavailable", "free"), "another absence covers nine");
        (await office.SlotStatusAsync("byhand")).Should().Be("busy-unavailable");
        free.Status.Should().Be(201, free.Text);
        named.Status.Should().Be(422, "what was closed by hand is no absence");
        endedToo.Status.Should().Be(200, endedToo.Text);
        (await office.SlotStatusAsync("nine")).Should().Be("free");
    }

    [DatabaseTheory, EachDatabase]
    public async Task An_absence_over_bookings_that_stand_may_be_taken_back(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        var booked = await BookAsync(office, "p1", "09:00", "10:00");
        var absent = await office.PostAsync("Schedule/a/$absence", Parameters(Period()));
        var slot = absent.Body["parameter"]!.AsArray().First(p => p!["name"]!.ToString() == "absence")!["valueReference"]!["reference"]!;

        var ended = await office.PostAsync("Schedule/a/$end-absence", Parameters(Reference("absence", slot.ToString())));
        var beside = await BookAsync(office, "p2", "10:00", "11:00");

        ended.Status.Should().Be(200, ended.Text);
        (await office.GetAsync($"Appointment/{booked.Id}")).Body["status"]!.ToString().Should().Be("booked");
        beside.Status.Should().Be(201, beside.Text);
        (await office.GetAsync(slot.ToString())).Status.Should().Be(410);
    }

    private static Task<Answer> ReassignAsync(Office office, params JsonObject[] more) => office.PostAsync(
        "Schedule/a/$reassign", Parameters(
        [
            Period(), Reference("candidate", "Schedule/b"), Reference("candidate", "Schedule/c"),
            Value("policy", "Code", "skills"), .. more,
        ]));

    private static JsonObject Period() =>
        Value("period", "Period", new JsonObject { ["start"] = Office.Day, ["end"] = Office.Day });

    private static (string Appointment, string? Schedule, string Outcome)[] Plan(Answer answer) =>
    [
        .. answer.Body["parameter"]!.AsArray().Select(p =>
        {
            var parts = p!["part"]!.AsArray().ToDictionary(
                x => x!["name"]!.ToString(), x => (x!["valueReference"]?["reference"] ?? x["valueCode"])!.ToString());
            return (parts["appointment"].Split('/')[1], parts.GetValueOrDefault("schedule")?.Split('/')[1], parts["outcome"]);
        }),
    ];

    private static Task<Answer> BookAsync(
        Office office, string patient, string from, string to, params (string Element, string Code)[] needs) =>
        BookAsync(office, patient, from, to, "a", needs);

    private static Task<Answer> BookAsync(
        Office office, string patient, string from, string to, string schedule, params (string Element, string Code)[] needs)
    {
        var appointment = JsonNode.Parse(Office.Appointment(patient, null, from, to, "proposed"))!;
        foreach (var (element, code) in needs)
            appointment[element] = new JsonArray(Concept(code));
        return office.PostAsync("Appointment/$book", Parameters(
            Resource("appointment", appointment), Reference("schedule", $"Schedule/{schedule}")));
    }

    private static JsonObject Concept(string code, string system = Service) =>
        new() { ["coding"] = new JsonArray(new JsonObject { ["system"] = system, ["code"] = code }) };

    /// <summary>
    /// Practitioner/b speaks Swedish, is qualified for child welfare and gives another service; c gives advice. The client p1
    /// speaks Swedish, the others have told nothing. All three are a team.
    /// </summary>
    private static async Task<Office> OpenAsync(FhirServer server)
    {
        var office = await Office.OpenAsync(server.Http);
        await office.PutAsync("""
            {"resourceType":"Practitioner","id":"b","active":true,
             "communication":[{"coding":[{"system":"urn:ietf:bcp:47","code":"sv-FI"}]}],
             "qualification":[{"code":{"coding":[{"system":"http://t","code":"lastensuojelu"}]}}]}
            """);
        await office.PutAsync("""
            {"resourceType":"Schedule","id":"b","active":true,"actor":[{"reference":"Practitioner/b"}],
             "serviceType":[{"coding":[{"system":"http://t","code":"perhetyo"}]}]}
            """);
        await office.PutAsync("""{"resourceType":"Practitioner","id":"c","active":true}""");
        await office.PutAsync("""
            {"resourceType":"Schedule","id":"c","active":true,"actor":[{"reference":"Practitioner/c"}],
             "serviceType":[{"coding":[{"system":"http://t","code":"neuvonta"}]}]}
            """);
        await office.PutAsync("""
            {"resourceType":"Patient","id":"p1","active":true,
             "communication":[{"language":{"coding":[{"system":"urn:ietf:bcp:47","code":"sv"}]},"preferred":true}]}
            """);
        await office.PutAsync("""
            {"resourceType":"CareTeam","id":"t","status":"active","participant":[
             {"member":{"reference":"Practitioner/a"}},{"member":{"reference":"Practitioner/b"}},{"member":{"reference":"Practitioner/c"}}]}
            """);
        return office;
    }
}
