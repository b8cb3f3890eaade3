using Ajanvaraus.Fhir.Server.Tests.Operations;

namespace Ajanvaraus.Fhir.Server.Tests.Booking;

/// <summary>Least notice of a calendar: docs/scheduling-rules.md, Lead time.</summary>
public sealed class LeadTimeTests
{
    private const string Url = "https://ajanvaraus.example/fhir/StructureDefinition/lead-time";

    /// <summary>Five minutes more than a day before the first Slot, in the time of the office.</summary>
    private const string DayBefore = "2027-01-31T08:55:00+02:00";

    [DatabaseTheory]
    [EachDatabase("Schedule")]
    [EachDatabase("HealthcareService")]
    public async Task Time_is_offered_and_booked_only_with_the_notice_that_its_calendar_asks(
        DatabaseEngine engine, string whose)
    {
        await using var server = await FhirServer.StartAsync(engine, DayBefore);
        var office = await OpenAsync(server, whose, value: 25, unit: "h");

        var offered = await Found.FindAsync(office, "schedule=a");
        var hold = await office.PostAsync("Appointment/$hold", Office.Parameters(("slot", "Slot/early"), ("patient", "Patient/p0")));
        var post = await office.PostAsync("Appointment", Office.Appointment("p0", "early", "09:00", "10:00"));
        var late = await office.PostAsync("Appointment", Office.Appointment("p0", "late", "10:00", "11:00"));
        var move = await office.PostAsync($"Appointment/{late.Id}/$reschedule", Office.Parameters(("slot", "Slot/early")));

        offered.Times.Should().Equal("10:00-11:00");
        foreach (var refused in new[] { hold, post, move })
        {
            refused.Status.Should().Be(409, refused.Text);
            refused.IssueCodes.Should().Equal("business-rule");
            refused.Rules.Should().Contain("lead-time");
            refused.Body["issue"]![0]!["expression"]![0]!.ToString().Should().Be("Appointment.start");
        }
        late.Status.Should().Be(201, late.Text);
        (await office.SlotStatusAsync("early")).Should().Be("free");
    }

    [DatabaseTheory, EachDatabase]
    public async Task What_is_held_in_time_is_booked_and_cancelled_also_later(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine, DayBefore);
        var office = await OpenAsync(server, "Schedule", value: 1, unit: "d");
        var held = await office.PostAsync("Appointment/$hold", Office.Parameters(
            ("slot", "Slot/early"), ("patient", "Patient/p0"), ("hold-seconds", 900)));

        server.Clock.Advance(TimeSpan.FromMinutes(10));
        var booked = await office.PostAsync($"Appointment/{held.Id}/$book", Office.Parameters());
        server.Clock.Advance(TimeSpan.FromHours(3));
        var cancelled = await office.PostAsync($"Appointment/{held.Id}/$cancel", Office.Parameters());

        held.Status.Should().Be(201, held.Text);
        booked.Status.Should().Be(200, booked.Text);
        cancelled.Status.Should().Be(200, cancelled.Text);
    }

    private static async Task<Office> OpenAsync(FhirServer server, string whose, int value, string unit)
    {
        var office = await Office.OpenAsync(server.Http);
        var extension = $$"""
            "extension":[{"url":"{{Url}}","valueDuration":{"value":{{value}},"system":"http://unitsofmeasure.org","code":"{{unit}}"} }]
            """;
        var (ofSchedule, ofService) = whose == "Schedule" ? ($",{extension}", "") : ("", $",{extension}");
        await office.PutAsync($$"""{"resourceType":"HealthcareService","id":"advice","active":true{{ofService}} }""");
        await office.PutAsync($$"""
            {"resourceType":"Schedule","id":"a","active":true{{ofSchedule}},
             "actor":[{"reference":"Practitioner/a"},{"reference":"HealthcareService/advice"}]}
            """);
        await office.PutSlotAsync("early", "a", "09:00", "10:00");
        await office.PutSlotAsync("late", "a", "10:00", "11:00");
        return office;
    }
}
