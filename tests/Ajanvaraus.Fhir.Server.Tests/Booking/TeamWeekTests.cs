
using Ajanvaraus.Fhir.Server.Tests.Operations;

using static Ajanvaraus.Fhir.Server.Tests.Dialects.DialectOffice;

namespace Ajanvaraus.Fhir.Server.Tests.Booking;

/// <summary>A team's whole week in one request.</summary>
public sealed class TeamWeekTests
{
    [DatabaseTheory, EachDatabase]
    public async Task One_request_tells_bookings_free_times_and_absences_of_the_whole_team(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        var booked = await office.PostAsync("Appointment/$book", Office.Parameters(("slot", "Slot/a9"), ("patient", "Patient/p1")));
        var joint = await office.PostAsync("Appointment", Office.Appointment("p2", "a11", "11:00", "12:00", actors: "Practitioner/b"));
        await office.PutSlotAsync("away", "b", "13:00", "15:00", "busy-unavailable");

        var week = await office.GetAsync($"Schedule/$week?start={Office.Day}&team=CareTeam/t");
        var ofTwo = await office.GetAsync($"Schedule/$week?start={Office.Day}&schedule=Schedule/a&schedule=Schedule/b");
        var ofOne = await office.GetAsync($"Schedule/b/$week?start={Office.Day}&days=1");
        var empty = await office.GetAsync("Schedule/$week?start=2027-03-01&team=CareTeam/t");

        week.Status.Should().Be(200, week.Text);
        week.Body["total"]!.GetValue<int>().Should().Be(2);
        Names(week).Should().BeEquivalentTo(
            "Schedule/a", "Schedule/b", "Slot/a9", "Slot/a10", "Slot/a11", "Slot/away",
            $"Appointment/{booked.Id}", $"Appointment/{joint.Id}");
        Names(ofTwo).Should().BeEquivalentTo(Names(week));
        Names(ofOne).Should().BeEquivalentTo("Schedule/b", "Slot/away", $"Appointment/{joint.Id}");
        Names(empty).Should().BeEquivalentTo("Schedule/a", "Schedule/b");
    }

    [DatabaseTheory, EachDatabase]
    public async Task What_is_asked_wrongly_is_refused(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);

        foreach (var (query, status) in new[]
        {
            ("", 400), ("schedule=Schedule/x", 422), ("team=CareTeam/x", 422), ("schedule=Schedule/a&start=monday", 422),
            ("schedule=Schedule/a&days=32", 422), ("schedule=Patient/p1", 400),
        })
        {
            var answer = await office.GetAsync($"Schedule/$week?{query}");

            answer.Status.Should().Be(status, $"{query}: {answer.Text}");
            answer.Body["resourceType"]!.ToString().Should().Be("OperationOutcome");
        }
        (await office.GetAsync("Schedule/a/$week")).Status.Should().Be(200, "this week is meant");
    }

    [DatabaseTheory]
    [EachDatabase("9999-12-31T23:59:59Z")]
    [EachDatabase("9999-12-30T00:00:00Z")]
    [EachDatabase("9999-12-20")]
    [EachDatabase("0001-01-01T00:00:00Z")]
    public async Task R31_Week_at_the_ends_of_the_calendar_is_told_as_far_as_it_goes(DatabaseEngine engine, string start)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);

        var week = await office.GetAsync($"Schedule/$week?schedule=Schedule/a&start={start}&days=31");
        var offered = await office.GetAsync($"Appointment/$find?schedule=Schedule/a&start={start}");

        week.Status.Should().Be(200, week.Text);
        offered.Status.Should().Be(200, offered.Text);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Times_that_a_template_opens_are_told_while_nobody_has_them(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        await office.PutAsync(ApplyTemplateTests.Template("week", ApplyTemplateTests.Entry("mon", "09:00", "12:00")));
        await office.PutAsync("""
            {"resourceType":"Schedule","id":"b","active":true,"actor":[{"reference":"Practitioner/b"}],"extension":[
             {"url":"https://ajanvaraus.example/fhir/StructureDefinition/availability-template","valueReference":{"reference":"Basic/week"}}]}
            """);

        var open = FreeStarts(await office.GetAsync($"Schedule/b/$week?start={Office.Day}"));
        await office.PostAsync("Appointment", Office.Appointment("p2", "a11", "11:00", "12:00", actors: "Practitioner/b"));
        var left = FreeStarts(await office.GetAsync($"Schedule/b/$week?start={Office.Day}"));

        open.Should().Contain(Office.At("09:00")).And.Contain(Office.At("11:00"));
        left.Should().Contain(Office.At("09:00"))
            .And.NotContain(start => string.CompareOrdinal(start, Office.At("11:00")) >= 0);
    }

    private static string[] FreeStarts(Answer answer) =>
    [
        .. Resources(answer).Where(r => r["status"]?.ToString() == "free").Select(r => r["start"]!.ToString()),
    ];

    [DatabaseTheory, InlineData(DatabaseEngine.PostgreSql)]
    public async Task R82_The_number_of_statements_does_not_grow_with_the_team(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        for (var n = 0; n < 12; n++)
        {
            await office.PutAsync($$"""{"resourceType":"Practitioner","id":"w{{n}}","active":true}""");
            await office.PutAsync($$"""
                {"resourceType":"Schedule","id":"w{{n}}","active":true,"actor":[{"reference":"Practitioner/w{{n}}"}]}
                """);
            await office.PutSlotAsync($"w{n}", $"w{n}", "09:00", "10:00");
            await office.PostAsync("Appointment/$book", Office.Parameters(("slot", $"Slot/w{n}"), ("patient", "Patient/p1")));
        }

        var few = await CountAsync(server, office, 2);
        var many = await CountAsync(server, office, 12);

        few.Statements.Should().BePositive().And.BeLessThan(20);
        many.Statements.Should().Be(few.Statements);
        (few.Resources, many.Resources).Should().Be((6, 36));
    }

    private static async Task<(int Statements, int Resources)> CountAsync(FhirServer server, Office office, int team)
    {
        var schedules = string.Join('&', Enumerable.Range(0, team).Select(n => $"schedule=Schedule/w{n}"));
        var (statements, week) = await StatementCount.OfAsync(server, () => office.GetAsync($"Schedule/$week?start={Office.Day}&{schedules}"));
        return (statements, Resources(week).Length);
    }

    private static IEnumerable<string> Names(Answer answer) =>
        Resources(answer).Select(r => $"{r["resourceType"]}/{r["id"]}");

    private static async Task<Office> OpenAsync(FhirServer server)
    {
        var office = await Office.OpenAsync(server.Http);
        foreach (var hour in new[] { 9, 10, 11 })
            await office.PutSlotAsync($"a{hour}", "a", $"{hour:00}:00", $"{hour + 1:00}:00");
        await office.PutAsync("""
            {"resourceType":"CareTeam","id":"t","status":"active","participant":[
             {"member":{"reference":"Practitioner/a"}},{"member":{"reference":"Practitioner/b"}},{"member":{"reference":"Patient/p1"}}]}
            """);
        return office;
    }
}
