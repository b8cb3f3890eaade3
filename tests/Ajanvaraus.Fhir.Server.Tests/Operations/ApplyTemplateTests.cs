using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Server.Tests.Booking;

namespace Ajanvaraus.Fhir.Server.Tests.Operations;

public sealed class ApplyTemplateTests
{
    private const string Url = "https://ajanvaraus.example/fhir/StructureDefinition/week-template";

    /// <summary>A week around the 1st of January 2027, a Friday.</summary>
    private const string NewYearWeek = "start=2026-12-28&end=2027-01-03";

    [DatabaseTheory, EachDatabase]
    public async Task Template_makes_its_slots_with_their_services_and_nothing_the_second_time(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        await office.PutAsync(Template("advice", Entry("mon", "09:00", "10:30")));

        var first = await ApplyAsync(office, "2027-02-01", "2027-02-14");
        var second = await ApplyAsync(office, "2027-02-01", "2027-02-14");

        Counts(first).Should().Be((6, 0, 0, 0), first.Text);
        Counts(second).Should().Be((0, 6, 0, 0), second.Text);
        var found = await Found.FindAsync(office, "schedule=a&service-type=http://t|sosiaalityo&mode=phone");
        found.Times.Should().Equal("09:00-09:30", "09:30-10:00", "10:00-10:30");
        found.Matches[0]["appointmentType"]!["coding"]![0]!["code"]!.ToString().Should().Be("neuvonta");
        (await office.CountAsync("Slot?schedule=a")).Should().Be(6);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Slots_claim_the_profile_where_they_meet_it_and_are_made_without_it_where_they_do_not(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        var strange = Entry("tue", "09:00", "10:00");
        strange["extension"]!.AsArray().Add(Part("audience", "valueCode", "passers-by"));
        await office.PutAsync(Template("advice", Entry("mon", "09:00", "10:00"), strange));

        var made = await ApplyAsync(office, "2027-02-01", "2027-02-02");
        var slots = (await office.GetAsync("Slot?schedule=a&_sort=start")).Body["entry"]!.AsArray().Select(e => e!["resource"]!);

        Counts(made).Should().Be((4, 0, 0, 0), made.Text);
        slots.Select(s => s["meta"]!["profile"]?[0]!.ToString()).Should().Equal(
            Canonicals.SlotProfile, Canonicals.SlotProfile, null, null);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Public_holidays_are_skipped_and_told(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        await office.PutAsync(Template("advice", Entry("thu", "09:00", "10:00"), Entry("fri", "09:00", "10:00")));
        await office.PutAsync(Template("open", Part("holidays", "valueBoolean", true), Entry("fri", "12:00", "13:00")));

        var closed = await ApplyAsync(office, "2026-12-28", "2027-01-03");
        var open = await office.PostAsync($"Schedule/a/$apply-template?{NewYearWeek}&template=Basic/open", Office.Parameters());

        Counts(closed).Should().Be((2, 0, 0, 2), closed.Text);
        Details(closed).Should().Equal(
            ("Schedule/a", "2027-01-01T09:00:00+02:00", "holiday"), ("Schedule/a", "2027-01-01T09:30:00+02:00", "holiday"));
        Counts(open).Should().Be((2, 0, 0, 0), open.Text);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Changed_template_moves_only_what_is_free(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        await office.PutAsync(Template("advice", Entry("mon", "09:00", "10:30")));
        await ApplyAsync(office, Office.Day, Office.Day);
        var offer = (await Found.FindAsync(office, "schedule=a&patient=Patient/p0")).Matches[1];
        var booked = await office.PostAsync("Appointment/$book", offer.ToJsonString());
        var slot = booked.Appointment["slot"]![0]!["reference"]!.ToString();
        var before = (await office.GetAsync(slot)).Text;

        await office.PutAsync(Template("advice", Entry("mon", "09:15", "10:45")));
        var changed = await ApplyAsync(office, Office.Day, Office.Day);

        booked.Status.Should().Be(201, booked.Text);
        Counts(changed).Should().Be((1, 0, 2, 2), changed.Text);
        Details(changed).Should().OnlyContain(d => d.Reason == "occupied");
        (await office.GetAsync(slot)).Text.Should().Be(before);
        (await Found.FindAsync(office, "schedule=a")).Times.Should().Equal("10:15-10:45");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Absence_is_left_out_and_a_dry_run_makes_nothing(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        await office.PutAsync(Template("advice", Entry("mon", "09:00", "10:30")));
        var parameters = new JsonArray(
            Parameter("template", "valueReference", new JsonObject { ["reference"] = "Basic/advice" }),
            Parameter("schedule", "valueReference", new JsonObject { ["reference"] = "Schedule/a" }),
            Parameter("schedule", "valueReference", new JsonObject { ["reference"] = "Schedule/b" }),
            Parameter("start", "valueDate", Office.Day), Parameter("end", "valueDate", Office.Day),
            Parameter("absence", "valuePeriod", new JsonObject
            {
                ["start"] = Office.At("08:00"), ["end"] = Office.At("09:30"),
            }),
            Parameter("dry-run", "valueBoolean", true));

        var answer = await office.PostAsync(
            "Schedule/$apply-template",
            new JsonObject { ["resourceType"] = "Parameters", ["parameter"] = parameters }.ToJsonString());

        Counts(answer).Should().Be((4, 0, 0, 2), answer.Text);
        Details(answer).Should().OnlyContain(d => d.Reason == "absence");
        (await office.CountAsync("Slot?status=free")).Should().Be(0);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Nine_o_clock_stays_nine_o_clock_when_clocks_change(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        await office.PutAsync(Template("advice", Entry("mon", "09:00", "09:30")));

        await ApplyAsync(office, "2027-03-15", "2027-04-11");
        var found = new Found(await office.GetAsync("Slot/$find?start=2027-03-15&end=2027-04-11&schedule=a"));

        // The Monday after Easter, 29 March, is a holiday; summer time begins on 28 March.
        found.Matches.Select(s => s["start"]!.ToString()).Should().Equal(
            "2027-03-15T09:00:00+02:00", "2027-03-22T09:00:00+02:00", "2027-04-05T09:00:00+03:00");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Invalid_template_is_422_with_every_fault_located(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        var entry = Entry("noday", "10:00", "10:10");
        await office.PutAsync(Template("bad", Part("weeks", "valueInteger", 9), entry));

        var answer = await office.PostAsync($"Schedule/a/$apply-template?{NewYearWeek}&template=Basic/bad", Office.Parameters());

        answer.Status.Should().Be(422, answer.Text);
        answer.Body["issue"]!.AsArray().Select(i => i!["expression"]![0]!.ToString()).Should().BeEquivalentTo(
            "Basic.extension[0].extension[1]", "Basic.extension[0].extension[2].extension[0]",
            "Basic.extension[0].extension[2].extension[3]");
    }

    [DatabaseTheory]
    [EachDatabase("template=Basic/advice&start=2027-02-01", 400)]
    [EachDatabase("start=2027-02-01&end=2027-02-02", 400)]
    [EachDatabase("template=Basic/none&start=2027-02-01&end=2027-02-02", 422)]
    [EachDatabase("template=Basic/advice&start=2027-02-02&end=2027-02-01", 422)]
    [EachDatabase("template=Basic/advice&start=2027-02-01&end=2029-02-01", 422)]
    [EachDatabase("template=Basic/advice&start=2027-02&end=2027-02-01", 422)]
    public async Task What_cannot_be_applied_is_refused(DatabaseEngine engine, string query, int status)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        await office.PutAsync(Template("advice", Entry("mon", "09:00", "10:00")));

        var answer = await office.PostAsync($"Schedule/a/$apply-template?{query}", Office.Parameters());

        answer.Status.Should().Be(status, answer.Text);
    }

    private static Task<Answer> ApplyAsync(Office office, string from, string to) => office.PostAsync(
        $"Schedule/a/$apply-template?template=Basic/advice&start={from}&end={to}", Office.Parameters());

    private static (int Made, int Kept, int Removed, int Skipped) Counts(Answer answer)
    {
        answer.Status.Should().Be(200, answer.Text);
        var counts = answer.Body["parameter"]!.AsArray().Where(p => p!["valueInteger"] is not null)
            .ToDictionary(p => p!["name"]!.ToString(), p => p!["valueInteger"]!.GetValue<int>());
        return (counts["made"], counts["kept"], counts["removed"], counts["skipped"]);
    }

    private static (string Schedule, string Time, string Reason)[] Details(Answer answer) =>
    [
        .. answer.Body["parameter"]!.AsArray().Where(p => p!["name"]!.ToString() == "skipped-detail")
            .Select(p => (p!["part"]![0]!["valueReference"]!["reference"]!.ToString(),
                p["part"]![1]!["valueDateTime"]!.ToString(), p["part"]![2]!["valueCode"]!.ToString())),
    ];

    internal static string Template(string name, params JsonObject[] parts) => new JsonObject
    {
        ["resourceType"] = "Basic",
        ["id"] = name,
        ["extension"] = new JsonArray(new JsonObject
        {
            ["extension"] = new JsonArray([Part("name", "valueString", name), .. parts]),
            ["url"] = Url,
        }),
        ["code"] = new JsonObject
        {
            ["coding"] = new JsonArray(new JsonObject
            {
                ["system"] = "https://ajanvaraus.example/fhir/CodeSystem/basic-type",
                ["code"] = "week-template",
            }),
        },
    }.ToJsonString();

    /// <summary>Half hours of advice by phone.</summary>
    internal static JsonObject Entry(string weekday, string start, string end) => new()
    {
        ["extension"] = new JsonArray(
            Part("weekday", "valueCode", weekday), Part("start", "valueTime", $"{start}:00"),
            Part("end", "valueTime", $"{end}:00"), Part("slotMinutes", "valueInteger", 30),
            Part("serviceType", "valueCodeableConcept", Concept("http://t", "sosiaalityo")),
            Part("appointmentType", "valueCodeableConcept", Concept("http://a", "neuvonta")),
            Part("mode", "valueCode", "phone")),
        ["url"] = "entry",
    };

    private static JsonObject Part(string url, string value, JsonNode content) =>
        new() { ["url"] = url, [value] = content };

    private static JsonObject Parameter(string name, string value, JsonNode content) =>
        new() { ["name"] = name, [value] = content };

    private static JsonObject Concept(string system, string code) =>
        new() { ["coding"] = new JsonArray(new JsonObject { ["system"] = system, ["code"] = code }) };
}
