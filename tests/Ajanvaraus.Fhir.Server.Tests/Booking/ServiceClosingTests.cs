using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Server.Tests.Operations;

using static Ajanvaraus.Fhir.Server.Tests.Dialects.DialectOffice;

namespace Ajanvaraus.Fhir.Server.Tests.Booking;

/// <summary>Times closed for one service alone: docs/scheduling-rules.md, Closed time.</summary>
public sealed class ServiceClosingTests
{
    private const string Mark = "https://ajanvaraus.example/fhir/StructureDefinition/closes-service-only";

    [DatabaseTheory, EachDatabase]
    public async Task R41_closed_time_of_one_service_leaves_the_others_of_the_worker_open(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        await office.PutAsync(Slot("closed", "busy-unavailable", "08:00", "16:00", "guidance", isMarked: true));

        var found = await Found.FindAsync(office, "schedule=a&explain=true");
        var refused = new[]
        {
            await office.PostAsync("Appointment", Office.Appointment("p0", "guidance", "09:00", "10:00")),
            await office.PostAsync("Appointment/$hold", Office.Parameters(("slot", "Slot/guidance"), ("patient", "Patient/p0"))),
            await office.PostAsync("Appointment", For("guidance", Office.Appointment("p0", "visit", "12:00", "13:00"))),
        };
        var advice = await office.PostAsync("Appointment", Office.Appointment("p1", "advice", "10:00", "11:00"));
        var visit = await office.PostAsync("Appointment", Office.Appointment("p2", "visit", "12:00", "13:00"));

        found.Times.Should().Equal("10:00-11:00");
        found.Remarks.Should().Contain("AJV-4166");
        foreach (var answer in refused)
        {
            answer.Status.Should().Be(409, answer.Text);
            answer.Rules.Should().Contain("outside-availability");
        }
        advice.Status.Should().Be(201, advice.Text);
        visit.Status.Should().Be(201, visit.Text);
    }

    [DatabaseTheory, EachDatabase]
    public async Task R41_closed_time_that_names_a_service_and_has_no_mark_closes_all_as_before(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        await office.PutAsync(Slot("closed", "busy-unavailable", "08:00", "16:00", "guidance", isMarked: false));

        var found = await Found.FindAsync(office, "schedule=a");
        var advice = await office.PostAsync("Appointment", Office.Appointment("p1", "advice", "10:00", "11:00"));
        var visit = await office.PostAsync("Appointment", Office.Appointment("p2", "visit", "12:00", "13:00"));

        found.Times.Should().BeEmpty();
        (advice.Status, visit.Status).Should().Be((409, 409));
    }

    [DatabaseTheory, EachDatabase]
    public async Task R41_absence_from_one_service_closes_its_times_and_its_end_opens_them(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        var period = Value("period", "Period", new JsonObject { ["start"] = Office.Day, ["end"] = Office.Day });
        var service = Value("service-type", "String", "urn:services|guidance");

        var recorded = await office.PostAsync("Schedule/a/$absence", Parameters(period.DeepClone().AsObject(), service.DeepClone().AsObject()));
        var during = (await office.SlotStatusAsync("guidance"), await office.SlotStatusAsync("advice"), await office.SlotStatusAsync("visit"));
        var found = await Found.FindAsync(office, "schedule=a");
        var booked = await office.PostAsync("Appointment", Office.Appointment("p1", "advice", "10:00", "11:00"));
        var ended = await office.PostAsync("Schedule/a/$end-absence", Parameters(period.DeepClone().AsObject(), service.DeepClone().AsObject()));
        var vague = await office.PostAsync("Schedule/a/$absence", Parameters(period, Value("service-type", "String", "guidance")));

        recorded.Status.Should().Be(200, recorded.Text);
        during.Should().Be(("busy-unavailable", "free", "free"));
        found.Times.Should().Equal("10:00-11:00");
        booked.Status.Should().Be(201, booked.Text);
        ended.Status.Should().Be(200, ended.Text);
        (await office.SlotStatusAsync("guidance")).Should().Be("free");
        vague.Status.Should().Be(422, "a code without its system closes nothing");
    }

    [DatabaseTheory, EachDatabase]
    public async Task R41_times_by_template_stay_open_for_the_services_that_are_not_closed(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        await office.PutAsync(ApplyTemplateTests.Template("week", ApplyTemplateTests.Entry("mon", "09:00", "12:00")));
        await office.PutAsync(Schedule("a", "advice", """
            "extension":[{"url":"https://ajanvaraus.example/fhir/StructureDefinition/availability-template","valueReference":{"reference":"Basic/week"} }],
            """));
        var open = await Found.FindAsync(office, "schedule=a");

        await office.PutAsync(Slot("closed", "busy-unavailable", "08:00", "16:00", "guidance", isMarked: true));
        var others = await Found.FindAsync(office, "schedule=a");
        var searched = await office.CountAsync($"Slot?schedule=Schedule/a&status=free&start={Office.Day}");
        await office.PutAsync(Slot("closed", "busy-unavailable", "08:00", "16:00", "advice", isMarked: true));
        var own = await Found.FindAsync(office, "schedule=a");

        open.Times.Should().NotBeEmpty();
        others.Times.Should().Equal(open.Times);
        searched.Should().Be(open.Times.Length);
        own.Times.Should().BeEmpty();
    }

    [DatabaseTheory, EachDatabase]
    public async Task Search_for_a_service_that_is_closed_finds_no_time_that_is_open_to_any(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        await office.PutSlotAsync("any", "a", "09:00", "10:00");
        await office.PutAsync(Slot("closed", "busy-unavailable", "08:00", "16:00", "guidance", isMarked: true));

        var guidance = await Found.FindAsync(office, "schedule=a&service-type=urn:services|guidance");
        var advice = await Found.FindAsync(office, "schedule=a&service-type=urn:services|advice");

        guidance.Times.Should().BeEmpty();
        advice.Times.Should().Equal("09:00-10:00");
    }

    private static string Concept(string code) => $$"""[{"coding":[{"system":"urn:services","code":"{{code}}"}]}]""";

    private static string For(string code, string appointment)
    {
        var node = JsonNode.Parse(appointment)!;
        node["serviceType"] = JsonNode.Parse(Concept(code));
        return node.ToJsonString();
    }

    private static string Slot(string id, string status, string from, string to, string code, bool isMarked = false) => $$"""
        {"resourceType":"Slot","id":"{{id}}",{{(isMarked ? $"\"extension\":[{{\"url\":\"{Mark}\",\"valueBoolean\":true}}]," : "")}}
         "schedule":{"reference":"Schedule/a"},"serviceType":{{Concept(code)}},"status":"{{status}}","start":"{{Office.At(from)}}","end":"{{Office.At(to)}}"}
        """;

    private static string Schedule(string id, string code, string extension = "") => $$"""
        {"resourceType":"Schedule","id":"{{id}}",{{extension}}"active":true,"serviceType":{{Concept(code)}},"actor":[{"reference":"Practitioner/a"}]}
        """;

    /// <summary>Worker a gives guidance and advice in one calendar, visits in another.</summary>
    private static async Task<Office> OpenAsync(FhirServer server)
    {
        var office = await Office.OpenAsync(server.Http);
        await office.PutAsync(Schedule("home", "visits"));
        await office.PutAsync(Slot("guidance", "free", "09:00", "10:00", "guidance"));
        await office.PutAsync(Slot("advice", "free", "10:00", "11:00", "advice"));
        await office.PutSlotAsync("visit", "home", "12:00", "13:00");
        return office;
    }
}
