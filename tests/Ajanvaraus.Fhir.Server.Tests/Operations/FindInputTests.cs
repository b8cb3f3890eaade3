using Ajanvaraus.Fhir.Server.Tests.Booking;

namespace Ajanvaraus.Fhir.Server.Tests.Operations;

/// <summary>What <c>$find</c> refuses, leaves out or assumes.</summary>
public sealed class FindInputTests
{
    [DatabaseTheory]
    [EachDatabase("start=2027-02-02&end=2027-02-01", "invalid-parameter")]
    [EachDatabase("start=2027-02-01T09:00:00%2B02:00&end=2027-02-01T09:00:00%2B02:00", "INVALID_PARAMETER")]
    [EachDatabase("start=2027-02-01&end=2028-02-15", "invalid-parameter")]
    [EachDatabase("start=soon&end=2028-02-15", "INVALID_PARAMETER")]
    [EachDatabase("start=2027-02-01&duration=0", "invalid-parameter")]
    [EachDatabase("start=2027-02-01&duration=7.5", "invalid-parameter")]
    [EachDatabase("start=2027-02-01&_count=-1", "invalid-parameter")]
    [EachDatabase("start=2027-02-01&first-only=maybe", "invalid-parameter")]
    [EachDatabase("start=2027-02-01&mode=|", "invalid-parameter")]
    [EachDatabase("start=2027-02-01&_cursor=elsewhere", "invalid-parameter")]
    [EachDatabase("start=2027-02-01&practitioner=Practitioner/nobody", "REFERENCE_NOT_FOUND")]
    [EachDatabase("start=2027-02-01&service=HealthcareService/none", "reference-not-found")]
    public async Task What_cannot_be_searched_is_422(DatabaseEngine engine, string query, string rule)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);

        var answer = await office.GetAsync($"Appointment/$find?{query}");

        answer.Status.Should().Be(422, answer.Text);
        answer.Rules.Should().Contain(rule);
    }

    [DatabaseTheory, EachDatabase]
    public async Task A_reference_to_another_type_is_400(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);

        var answer = await office.GetAsync("Appointment/$find?start=2027-02-01&schedule=Slot/s");

        answer.Status.Should().Be(400, answer.Text);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Without_start_and_end_the_horizon_from_now_is_searched_and_told(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine, "2027-02-01T09:30:00+02:00");
        var office = await Office.OpenAsync(server.Http);
        await office.PutSlotAsync("past", "a", "09:00", "10:00");
        await office.PutSlotAsync("next", "a", "10:00", "11:00");

        var found = new Found(await office.GetAsync("Appointment/$find?schedule=a"));

        found.Times.Should().Equal("10:00-11:00");
        found.Remarks.Should().Equal("AJV-4103", "AJV-4104");
        found.Link("self").Should().Contain("start=2027-02-01T09:30:00%2B02:00").And.Contain("end=");
    }

    [DatabaseTheory, EachDatabase]
    public async Task An_unknown_parameter_is_told_and_under_strict_handling_refused(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        var url = $"Appointment/$find?start={Office.Day}&end={Office.Day}&colour=blue&reason=advice";

        var lenient = new Found(await office.GetAsync(url));
        var strict = await office.SendAsync(HttpMethod.Get, url, null, ("Prefer", "handling=strict"));

        lenient.Answer.Status.Should().Be(200);
        lenient.Remarks.Should().Equal("AJV-4101", "AJV-4102");
        lenient.Link("self").Should().NotContain("colour");
        strict.Status.Should().Be(400);
        strict.Rules.Should().Contain("ignored-parameter");
    }
}
