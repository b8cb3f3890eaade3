using Ajanvaraus.Fhir.Server.Tests.Booking;
using Ajanvaraus.Fhir.Server.Tests.Rest;

namespace Ajanvaraus.Fhir.Server.Tests.Operations;

/// <summary>What is wrong with the input of an operation is told with its place: docs/scheduling-rules.md, Failures.</summary>
public sealed class BadOperationInputTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Apply = "Schedule/a/$apply-template?template=Basic/advice";
    private const string Day = "&start=2027-02-01&end=2027-02-01";
    private const string Find = "Appointment/$find?schedule=Schedule/a";

    /// <summary>Address, body, status, rule code of the first issue, and its expression; null: none.</summary>
    public static TheoryData<string, string?, int, string?, string?> Requests => new()
    {
        { $"{Find}&start=someday", null, 422, "invalid-parameter", "start" },
        { $"{Find}&start=2027-02-02&end=2027-02-01", null, 422, "invalid-parameter", "end" },
        { $"{Find}&start=2027-02-01&end=2029-02-01", null, 422, "invalid-parameter", "end" },
        { $"{Find}&duration=soon", null, 422, "invalid-parameter", "duration" },
        { $"{Find}&duration=0", null, 422, "invalid-parameter", "duration" },
        { $"{Find}&per-day=many", null, 422, "invalid-parameter", "per-day" },
        { $"{Find}&first-only=perhaps", null, 422, "invalid-parameter", "first-only" },
        { $"{Find}&_page=garbage", null, 422, "invalid-parameter", "_page" },
        { "Appointment/$find?schedule=Practitioner/a", null, 400, "bad-request", "schedule" },
        { "Appointment/$find?schedule=Schedule/none", null, 422, "reference-not-found", "schedule" },
        { "Appointment/$find?service=HealthcareService/none", null, 422, "reference-not-found", "service" },
        { "Appointment/$find", Parameters("""{"name":"start","valueBoolean":true}"""), 422, "invalid-parameter", "Parameters.parameter[0]" },
        { "Appointment/$find", Parameters("""{"name":"schedule","valueReference":{"display":"nowhere"}}"""), 400, "bad-request", "Parameters.parameter[0]" },
        { "Appointment/$find", Parameters("""{"name":"_count","valueInteger":1},{"name":"practitioner","valueString":"Practitioner/none"}"""), 422, "reference-not-found", "Parameters.parameter[1]" },
        { "Appointment/$find", Parameters("""{"valueString":"nameless"}"""), 400, "bad-request", "Parameters.parameter[0].name" },
        { "Appointment/$find", """{"resourceType":"Patient"}""", 400, "bad-request", "Patient" },
        { "Appointment/$find", """{"resourceType":"Parameters","parameter":[{"name":""", 400, null, "Parameters.parameter[0]" },

        { "Appointment/$hold", Parameters(""), 400, "bad-request", "Appointment.slot" },
        { "Appointment/$hold", null, 400, "bad-request", "Appointment.slot" },
        { "Appointment/$hold", "garbage", 400, null, null },
        { "Appointment/$hold", Parameters("""{"name":"slot","valueReference":{"reference":"Slot/none"}}"""), 422, "reference-not-found", "Appointment.slot" },
        { "Appointment/$hold", Parameters("""{"name":"slot","valueReference":{"reference":"Schedule/a"}}"""), 400, "bad-request", "Parameters.parameter[0]" },
        { "Appointment/$hold", Parameters("""{"name":"hold-seconds","valueInteger":0}"""), 422, "invalid-parameter", "Parameters.parameter[0]" },
        { "Appointment/$hold", Parameters("""{"name":"hold-seconds","valueString":"long"}"""), 422, "invalid-parameter", "Parameters.parameter[0]" },
        { "Slot/$hold", Parameters("""{"name":"hold-seconds","valueInteger":86400}"""), 422, "invalid-parameter", "Parameters.parameter[0]" },
        { "Slot/$hold", Parameters("""{"name":"slot-reference","valueReference":{"reference":"Slot/none"}}"""), 422, "reference-not-found", "Appointment.slot" },
        { "Slot/$hold", Parameters("""{"name":"slot-status","valueCode":"free"}"""), 400, "bad-request", null },
        { "Slot/$hold", Parameters("""{"name":"slot-status","valueCode":"open"}"""), 422, "invalid-parameter", "Parameters.parameter[0]" },

        { "Appointment/$book", Parameters(""), 400, "bad-request", "Appointment.slot" },
        { "Appointment/$book", """{"resourceType":"Patient"}""", 400, "bad-request", "Patient" },
        { "Appointment/$book", """{"resourceType":"Appointment","status":"proposed","start":"tomorrow"}""", 422, null, "Appointment.start" },
        { "Appointment/$book", """{"resourceType":"Appointment","status":"proposed","minutesDuration":"ten"}""", 400, null, "Appointment.minutesDuration" },
        { "Appointment/$book", """{"resourceType":"Appointment","status":"proposed","colour":"red"}""", 400, null, "Appointment.colour" },
        { "Appointment/$book", Parameters("""{"name":"appt-resource","resource":{"resourceType":"Patient"}}"""), 400, "bad-request", "Parameters.parameter[0]" },
        { "Appointment/$book", Office.Appointment("p0", "s", "10:00", "09:00", "proposed"), 422, "invalid-resource", "Appointment.start" },
        { "Appointment/$book", Office.Appointment("none", "s", "09:00", "10:00", "proposed"), 422, "reference-not-found", "Appointment.participant[0].actor" },
        { "Appointment/$book", Parameters("""{"name":"slot","valueString":"Slot/s"},{"name":"schedule","valueString":"Schedule/none"}"""), 422, "reference-not-found", "Parameters.parameter.where(name = 'schedule')" },
        { "Appointment/$book", Parameters($$"""{"name":"comment","valueString":"{{Long}}"},{"name":"slot","valueString":"Slot/s"}"""), 422, "invalid-parameter", "Parameters.parameter[0]" },
        { "Appointment/$book", Parameters("""{"name":"appointment-reference","valueReference":{"reference":"Appointment/none"}}"""), 404, "no-record", null },
        { "Appointment/$book", Parameters("""{"name":"slot","valueString":"Slot/s"},{"name":"cancelled-appt-id","valueUri":"Appointment/none"}"""), 404, "no-record", null },
        { "Appointment/none/$book", Parameters(""), 404, "no-record", null },
        { "Appointment/none/$confirm", null, 404, "no-record", null },

        { "Appointment/none/$cancel", null, 404, "no-record", null },
        { "Appointment/$cancel", Parameters(""), 400, "bad-request", null },
        { "Appointment/$cancel", Parameters("""{"name":"appointment-reference","valueReference":{"reference":"Slot/s"}}"""), 400, "bad-request", "Parameters.parameter[0]" },
        { "Appointment/x/$cancel", Parameters("""{"name":"reason","valueString":"ill"}"""), 422, "invalid-parameter", "Parameters.parameter[0]" },
        { "Appointment/x/$cancel", Parameters($$"""{"name":"comment","valueString":"{{Long}}"}"""), 422, "invalid-parameter", "Appointment.comment" },
        { "Appointment/$cancel", """{"resourceType":"Patient"}""", 400, "bad-request", "Patient" },
        { "Appointment/none/$release", null, 404, "no-record", null },
        { "Appointment/$release", Parameters(""), 400, "bad-request", null },

        { "Appointment/none/$reschedule", Parameters("""{"name":"slot","valueString":"Slot/s"}"""), 404, "no-record", null },
        { "Appointment/x/$reschedule", Parameters("""{"name":"slot","valueString":"Slot/none"}"""), 422, "reference-not-found", "Appointment.slot" },
        { "Appointment/x/$reschedule", Parameters("""{"name":"start","valueString":"soon"}"""), 422, "invalid-parameter", "Parameters.parameter[0]" },
        { "Appointment/x/$reschedule", Parameters("""{"name":"start","valueDateTime":"2027-02-01"}"""), 422, "invalid-parameter", "Parameters.parameter[0]" },
        { "Appointment/x/$reschedule", Parameters("""{"name":"start","valueDateTime":"2027-02-01T12:00:00+02:00"},{"name":"end","valueDateTime":"2027-02-01T11:00:00+02:00"}"""), 422, null, "Appointment.start" },
        { "Appointment/x/$reschedule", Parameters(""), 400, "bad-request", null },

        { $"Schedule/a/$apply-template?{Day[1..]}", null, 400, "bad-request", null },
        { $"Schedule/a/$apply-template?template=Basic/none{Day}", null, 422, "reference-not-found", "template" },
        { $"Schedule/none/$apply-template?template=Basic/advice{Day}", null, 404, "no-record", null },
        { $"Schedule/$apply-template?template=Basic/advice&schedule=Schedule/none{Day}", null, 422, "reference-not-found", "schedule" },
        { $"Schedule/$apply-template?template=Basic/advice{Day}", null, 400, "bad-request", null },
        { $"{Apply}&end=2027-02-01", null, 400, "bad-request", null },
        { $"{Apply}&start=1.2.2027&end=2027-02-01", null, 422, "invalid-parameter", "start" },
        { $"{Apply}&start=2027-02-02&end=2027-02-01", null, 422, "invalid-parameter", "end" },
        { $"{Apply}&start=2027-02-01&end=2029-02-01", null, 422, "invalid-parameter", "end" },
        { $"{Apply}{Day}&dry-run=maybe", null, 422, "invalid-parameter", "dry-run" },
        { $"{Apply}{Day}&absence=always", null, 422, "invalid-parameter", "absence" },
        { $"Schedule/a/$apply-template?{Day[1..]}", """{"resourceType":"Patient"}""", 400, "bad-request", "Patient" },
    };

    private static string Long => new('x', 4001);

    [DatabaseTheory, EachDatabaseOf(nameof(Requests))]
    public async Task Bad_input_of_an_operation_is_refused_where_it_is_wrong_and_changes_nothing(
        DatabaseEngine engine, string path, string? body, int status, string? rule, string? expression)
    {
        var office = new Office((await server.OnAsync(engine)).Client);
        var known = await OpenAsync(office);
        var isGet = path.Contains("$find?", StringComparison.Ordinal);

        var refused = await office.SendAsync(isGet ? HttpMethod.Get : HttpMethod.Post, path.Replace("/x/", $"/{known}/"), body);

        refused.Status.Should().Be(status, refused.Text);
        var issue = refused.Body["issue"]![0]!;
        issue["expression"]?[0]?.ToString().Should().Be(expression, refused.Text);
        if (rule is not null)
            refused.Rules.Should().Contain(rule);
        (await office.SlotStatusAsync("s")).Should().Be("free");
        (await office.GetAsync($"Appointment/{known}")).ETag.Should().Be("W/\"1\"");
    }

    /// <summary>A free Slot, a booking that nothing here changes, and a week template; made once for each database.</summary>
    private static async Task<string> OpenAsync(Office office)
    {
        const string booked = "bad-input-booked";
        if ((await office.GetAsync($"Appointment/{booked}")).Status == 200)
            return booked;
        await Office.OpenAsync(office.Http);
        await office.PutAsync(ApplyTemplateTests.Template("advice", ApplyTemplateTests.Entry("mon", "09:00", "10:30")));
        await office.PutSlotAsync("s", "a", "09:00", "10:00");
        await office.PutSlotAsync("t", "a", "10:00", "11:00");
        await office.PutAsync(Office.Appointment("p1", "t", "10:00", "11:00", id: booked));
        return booked;
    }

    private static string Parameters(string parameters) =>
        parameters.Length == 0 ? """{"resourceType":"Parameters"}""" : $$"""{"resourceType":"Parameters","parameter":[{{parameters}}]}""";
}
