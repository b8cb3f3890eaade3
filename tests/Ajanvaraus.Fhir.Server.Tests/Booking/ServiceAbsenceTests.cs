using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Server.Tests.Operations;

using static Ajanvaraus.Fhir.Server.Tests.Dialects.DialectOffice;

namespace Ajanvaraus.Fhir.Server.Tests.Booking;

/// <summary>
/// An absence from one service, of a worker who gives others at the same hours in other calendars: docs/scheduling-rules.md, Absence.
/// </summary>
public sealed class ServiceAbsenceTests
{
    private static readonly string[] Hours = ["08", "09", "10", "11", "12"];

    [DatabaseTheory, EachDatabase]
    public async Task R41_absence_from_one_service_leaves_the_others_of_the_worker_offered_and_booked_at_the_same_hours(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        var before = (await Found.FindAsync(office, "schedule=home")).Times;

        await AbsenceAsync(office);
        var (visits, guidance) = (await Found.FindAsync(office, "schedule=home"), await Found.FindAsync(office, "schedule=a"));
        var closed = new[]
        {
            await office.PostAsync("Appointment", Office.Appointment("p0", "g08", "08:00", "09:00")),
            await office.PostAsync("Appointment", For("advice", Office.Appointment("p0", "g08", "08:00", "09:00"))),
            await office.PostAsync("Appointment/$hold", Office.Parameters(("slot", "Slot/coded"), ("patient", "Patient/p0"))),
            await office.PostAsync("Appointment/$book?schedule=Schedule/a", Office.Appointment("p0", null, "08:00", "09:00", "proposed")),
        };
        var booked = new[]
        {
            await office.PostAsync("Appointment", Office.Appointment("p1", "v08", "08:00", "09:00")),
            await office.PostAsync("Appointment/$book", Office.Parameters(("slot", "Slot/v09"), ("patient", "Patient/p2"))),
            await office.PostAsync("Appointment/$book?schedule=Schedule/home", Office.Appointment("p3", null, "10:15", "10:45", "proposed")),
            await office.PostAsync("Appointment/$hold", Office.Parameters(("slot", "Slot/v11"), ("patient", "Patient/p4"))),
            await office.PostAsync(
                "Appointment/$book?schedule=Schedule/a", For("advice", Office.Appointment("p5", null, "12:00", "13:00", "proposed"))),
        };

        before.Should().HaveCount(Hours.Length);
        visits.Times.Should().Equal(before);
        guidance.Times.Should().BeEmpty();
        foreach (var answer in closed)
        {
            answer.Status.Should().Be(409, answer.Text);
            answer.Rules.Should().Contain("outside-availability");
        }
        foreach (var answer in booked)
            answer.Status.Should().Be(201, answer.Text);
    }

    [DatabaseTheory, EachDatabase]
    public async Task R41_absence_from_one_service_leaves_times_by_template_of_another_open_at_the_hours_of_its_slots(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        await office.PutAsync(ApplyTemplateTests.Template("week", ApplyTemplateTests.Entry("mon", "08:00", "11:00")));
        await office.PutAsync(Schedule("advice", "advice", """
            "extension":[{"url":"https://ajanvaraus.example/fhir/StructureDefinition/availability-template","valueReference":{"reference":"Basic/week"} }],
            """));
        var before = (await Found.FindAsync(office, "schedule=advice")).Times;

        await AbsenceAsync(office);
        var during = await Found.FindAsync(office, "schedule=advice");
        var slots = await office.GetAsync($"Slot?schedule=Schedule/advice&status=free&start={Office.Day}");
        var booked = await office.PostAsync("Appointment/$book", Office.Parameters(
            ("slot", $"Slot/{slots.Body["entry"]![0]!["resource"]!["id"]}"), ("patient", "Patient/p1")));

        before.Should().NotBeEmpty();
        during.Times.Should().Equal(before);
        booked.Status.Should().Be(201, booked.Text);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Computed_slot_that_a_closing_leaves_open_is_read_as_free(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        await office.PutAsync(ApplyTemplateTests.Template("week", ApplyTemplateTests.Entry("mon", "13:00", "15:00")));
        await office.PutAsync(Schedule("advice", "advice", """
            "extension":[{"url":"https://ajanvaraus.example/fhir/StructureDefinition/availability-template","valueReference":{"reference":"Basic/week"} }],
            """));
        var found = await office.GetAsync($"Slot?schedule=Schedule/advice&status=free&start={Office.Day}");
        var id = found.Body["entry"]![0]!["resource"]!["id"]!.ToString();

        await AbsenceAsync(office, "advice", "guidance");
        var other = await office.SlotStatusAsync(id);
        await AbsenceAsync(office, "advice", "advice");
        var own = await office.SlotStatusAsync(id);

        (other, own).Should().Be(("free", "busy-unavailable"));
    }

    [DatabaseTheory, EachDatabase]
    public async Task R41_end_of_an_absence_from_one_service_opens_all_but_what_others_have_booked_by_then(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        await AbsenceAsync(office);
        var whole = await office.PostAsync("Appointment", Office.Appointment("p1", "v09", "09:00", "10:00"));
        await office.PostAsync("Appointment/$book?schedule=Schedule/home", Office.Appointment("p2", null, "10:15", "10:45", "proposed"));

        var ended = await office.PostAsync("Schedule/a/$end-absence", Period("guidance"));
        var opened = await OpenedAsync(office, "a");
        var offered = (await Found.FindAsync(office, "schedule=a")).Times;
        await office.PostAsync($"Appointment/{whole.Id}/$cancel", Parameters());

        ended.Status.Should().Be(200, ended.Text);
        opened.Should().BeEquivalentTo(["08:00-09:00", "10:00-10:15", "10:45-11:00", "11:00-12:00", "12:00-13:00", "14:00-15:00"]);
        offered.Should().BeEquivalentTo(opened);
        (await office.SlotStatusAsync("g09")).Should().Be("free");
        (await office.GetAsync("Slot/g08")).Text.Should().NotContain("closed-by");
        (await office.CountAsync($"Slot?schedule=Schedule/a&status=busy-unavailable")).Should().Be(0);
    }

    [DatabaseTheory, EachDatabase]
    public async Task R41_end_of_one_absence_leaves_closed_what_a_whole_one_covers(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        await AbsenceAsync(office);
        await office.PostAsync("Schedule/a/$absence", Period());

        await office.PostAsync("Schedule/a/$end-absence", Period("guidance"));
        var (visits, guidance) = (await Found.FindAsync(office, "schedule=home"), await Found.FindAsync(office, "schedule=a"));
        var refused = await office.PostAsync("Appointment/$book?schedule=Schedule/home", Office.Appointment("p3", null, "10:15", "10:45", "proposed"));
        await office.PostAsync("Schedule/a/$end-absence", Period());
        var after = await Found.FindAsync(office, "schedule=a");

        visits.Times.Should().BeEmpty();
        guidance.Times.Should().BeEmpty();
        refused.Status.Should().Be(409, refused.Text);
        after.Times.Should().HaveCount(Hours.Length + 1);
    }

    private static async Task AbsenceAsync(Office office, string schedule = "a", string service = "guidance")
    {
        var recorded = await office.PostAsync($"Schedule/{schedule}/$absence", Period(service));
        recorded.Status.Should().Be(200, recorded.Text);
    }

    private static string Period(string? service = null)
    {
        var period = Value("period", "Period", new JsonObject { ["start"] = Office.Day, ["end"] = Office.Day });
        return service is null ? Parameters(period) : Parameters(period, Value("service-type", "String", $"urn:services|{service}"));
    }

    /// <summary>Clock times of the free Slots that are stored.</summary>
    private static async Task<string[]> OpenedAsync(Office office, string schedule) =>
    [
        .. Resources(await office.GetAsync($"Slot?schedule=Schedule/{schedule}&status=free&_sort=start"))
            .Select(s => $"{s["start"]!.ToString()[11..16]}-{s["end"]!.ToString()[11..16]}"),
    ];

    private static string Concept(string code) => $$"""[{"coding":[{"system":"urn:services","code":"{{code}}"}]}]""";

    private static string For(string code, string appointment)
    {
        var node = JsonNode.Parse(appointment)!;
        node["serviceType"] = JsonNode.Parse(Concept(code));
        return node.ToJsonString();
    }

    private static string Schedule(string id, string code, string extension = "") => $$"""
        {"resourceType":"Schedule","id":"{{id}}",{{extension}}"active":true,"serviceType":{{Concept(code)}},"actor":[{"reference":"Practitioner/a"}]}
        """;

    /// <summary>Worker a gives guidance in one calendar and, at the same hours, visits in another; one Slot says its service itself.</summary>
    private static async Task<Office> OpenAsync(FhirServer server)
    {
        var office = await Office.OpenAsync(server.Http);
        await office.PutAsync(Schedule("a", "guidance"));
        await office.PutAsync(Schedule("home", "visits"));
        foreach (var hour in Hours)
            foreach (var (slot, schedule) in new[] { ("g", "a"), ("v", "home") })
                await office.PutSlotAsync(slot + hour, schedule, $"{hour}:00", $"{int.Parse(hour) + 1:00}:00");
        await office.PutAsync($$"""
            {"resourceType":"Slot","id":"coded","schedule":{"reference":"Schedule/a"},"serviceType":{{Concept("guidance")}},"status":"free",
             "start":"{{Office.At("14:00")}}","end":"{{Office.At("15:00")}}"}
            """);
        return office;
    }
}
