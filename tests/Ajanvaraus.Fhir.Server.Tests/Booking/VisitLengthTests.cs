using Ajanvaraus.Fhir.Server.Tests.Operations;

using static Ajanvaraus.Fhir.Server.Tests.Dialects.DialectOffice;

namespace Ajanvaraus.Fhir.Server.Tests.Booking;

/// <summary>Lengths of visits that a calendar gives: docs/scheduling-rules.md, Lengths.</summary>
public sealed class VisitLengthTests
{
    private const string Url = "https://ajanvaraus.example/fhir/StructureDefinition/visit-length";

    [DatabaseTheory]
    [EachDatabase("Schedule")]
    [EachDatabase("HealthcareService")]
    public async Task Find_offers_the_usual_length_or_one_that_is_given_and_explains_the_others(DatabaseEngine engine, string whose)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server, whose);

        var usual = await Found.FindAsync(office, "schedule=a&patient=Patient/p0");
        var hour = await Found.FindAsync(office, "schedule=a&duration=60");
        var other = await Found.FindAsync(office, "schedule=a&duration=45&explain=true");
        var booked = await office.PostAsync("Appointment/$book", usual.Matches[1].ToJsonString());
        var rest = await Found.FindAsync(office, "schedule=a");

        usual.Times.Should().Equal("09:00-09:30", "09:30-10:00", "10:00-10:30", "10:30-11:00");
        hour.Times.Should().Equal("09:00-10:00", "09:30-10:30", "10:00-11:00");
        other.Times.Should().BeEmpty();
        other.Remarks.Should().Contain("AJV-4176");
        booked.Status.Should().Be(201, booked.Text);
        rest.Times.Should().Equal("09:00-09:30", "10:00-10:30", "10:30-11:00");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Offered_time_is_booked_in_one_of_the_lengths_or_as_a_slot_whole(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server, "Schedule");
        await office.PutSlotAsync("call", "a", "12:00", "12:15");

        var part = await office.PostAsync("Appointment", Office.Appointment("p0", "day", "09:00", "09:45"));
        var whole = await office.PostAsync("Appointment", Office.Appointment("p0", "call", "12:00", "12:15"));
        var hour = await office.PostAsync("Appointment", Office.Appointment("p1", "day", "09:00", "10:00"));
        var own = await office.PostAsync("Appointment/$book", Parameters(
            Resource("appt-resource", System.Text.Json.Nodes.JsonNode.Parse(Office.Appointment("p2", null, "14:00", "14:50"))!),
            Reference("schedule", "Schedule/a")));

        part.Status.Should().Be(409, part.Text);
        part.IssueCodes.Should().Equal("business-rule");
        part.Rules.Should().Contain(["AJV-4009", "visit-length"]);
        whole.Status.Should().Be(201, whole.Text);
        hour.Status.Should().Be(201, hour.Text);
        own.Status.Should().Be(201, "a professional books any span: {0}", own.Text);
    }

    [DatabaseTheory]
    [EachDatabase("0.0000001")]
    [EachDatabase("0.5")]
    [EachDatabase("1441")]
    [EachDatabase("1e30")]
    public async Task R31_lengths_that_are_no_whole_minutes_of_a_day_are_as_if_not_said(DatabaseEngine engine, string minutes)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server, "Schedule");
        await office.PutAsync($$"""
            {"resourceType":"Schedule","id":"a","active":true,"actor":[{"reference":"Practitioner/a"}],
             "extension":[{"url":"{{Url}}","valueDuration":{"value":{{minutes}},"system":"http://unitsofmeasure.org","code":"min"} }]}
            """);

        var found = await Found.FindAsync(office, "schedule=a");

        found.Times.Should().Equal("09:00-11:00");
    }

    /// <summary>Half an hour and an hour, whoever says it; the service says 20 minutes where the calendar speaks for itself.</summary>
    private static async Task<Office> OpenAsync(FhirServer server, string whose)
    {
        var office = await Office.OpenAsync(server.Http);
        var (ofSchedule, ofService) = whose == "Schedule"
            ? ($",\"extension\":[{Length(30)},{Length(60)}]", $",\"extension\":[{Length(20)}]")
            : ("", $",\"extension\":[{Length(30)},{Length(60)}]");
        await office.PutAsync($$"""{"resourceType":"HealthcareService","id":"advice","active":true{{ofService}} }""");
        await office.PutAsync($$"""
            {"resourceType":"Schedule","id":"a","active":true{{ofSchedule}},
             "actor":[{"reference":"Practitioner/a"},{"reference":"HealthcareService/advice"}]}
            """);
        await office.PutSlotAsync("day", "a", "09:00", "11:00");
        return office;
    }

    private static string Length(int minutes) =>
        $$"""{"url":"{{Url}}","valueDuration":{"value":{{minutes}},"system":"http://unitsofmeasure.org","code":"min"} }""";
}
