namespace Ajanvaraus.Fhir.Server.Tests.Booking;

/// <summary>What lies outside the time of a calendar: docs/adr/0006-outside-opening-hours.md.</summary>
public sealed class OutsideHoursTests
{
    [DatabaseTheory, EachDatabase]
    public async Task Who_names_slots_stays_in_them_and_who_names_a_calendar_in_its_horizon(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        await office.PutSlotAsync("s", "a", "09:00", "10:00");

        var beyondSlot = await office.PostAsync("Appointment", Office.Appointment("p0", "s", "09:30", "10:30"));
        var beyondHorizon = await office.PostAsync(
            "Appointment/$book?schedule=Schedule/a", Office.Appointment("p1", null, "19:30", "20:30", "proposed"));
        var free = await office.PostAsync(
            "Appointment/$book?schedule=Schedule/a", Office.Appointment("p1", null, "19:00", "20:00", "proposed"));

        foreach (var refused in new[] { beyondSlot, beyondHorizon })
        {
            refused.Status.Should().Be(409, refused.Text);
            refused.IssueCodes.Should().Equal("business-rule");
            refused.Rules.Should().Contain("outside-availability");
            refused.Body["issue"]![0]!["expression"]![0]!.ToString().Should().Be("Appointment.start");
        }
        free.Status.Should().Be(201, free.Text);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Absence_closes_all_calendars_of_the_professional_and_is_told_apart_from_what_is_taken(
        DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        await office.PutAsync("""
            {"resourceType":"Schedule","id":"a2","active":true,"actor":[{"reference":"Practitioner/a"}]}
            """);
        await office.PutSlotAsync("away", "a", "09:00", "12:00", "busy-unavailable");
        await office.PutSlotAsync("other", "a2", "10:00", "11:00");
        await office.PostAsync("Appointment", InCalendar("13:00", "14:00"));

        var named = await office.PostAsync("Appointment", Office.Appointment("p1", "away", "09:00", "12:00"));
        var inCalendar = await office.PostAsync("Appointment", InCalendar("11:00", "11:30"));
        var elsewhere = await office.PostAsync("Appointment", Office.Appointment("p1", "other", "10:00", "11:00"));
        var taken = await office.PostAsync("Appointment", InCalendar("13:30", "14:30"));

        foreach (var refused in new[] { named, inCalendar, elsewhere })
        {
            refused.Status.Should().Be(409, refused.Text);
            refused.Rules.Should().Contain("outside-availability");
        }
        taken.Status.Should().Be(409, taken.Text);
        taken.Rules.Should().Contain("slot-unavailable").And.NotContain("outside-availability");
    }

    private static string InCalendar(string from, string to) =>
        Office.Appointment("p1", null, from, to, actors: "Practitioner/a");

    /// <summary>The calendar of Practitioner/a is planned until eight in the evening.</summary>
    private static async Task<Office> OpenAsync(FhirServer server)
    {
        var office = await Office.OpenAsync(server.Http);
        await office.PutAsync($$"""
            {"resourceType":"Schedule","id":"a","active":true,"actor":[{"reference":"Practitioner/a"}],
             "planningHorizon":{"start":"{{Office.At("07:00")}}","end":"{{Office.At("20:00")}}"} }
            """);
        return office;
    }
}
