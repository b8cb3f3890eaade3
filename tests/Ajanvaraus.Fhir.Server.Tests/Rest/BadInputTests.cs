using System.Net;

using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Server.Tests.Rest;

public sealed class BadInputTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Sound = """{"resourceType":"Patient"}""";

    /// <summary>Method, URL, body, status, expression of the first issue; null: any.</summary>
    public static TheoryData<string, string, string?, int, string?> Requests => new()
    {
        { "POST", "Patient", """{"resourceType":"Patient","name":[{"fam""", 400, null },
        { "POST", "Patient", "\u0000\u0001garbage", 400, null },
        { "POST", "Patient", "[]", 400, null },
        { "POST", "Patient", "", 400, null },
        { "POST", "Patient", """{"resourceType":"Nonsense"}""", 400, null },
        { "POST", "Patient", """{"resourceType":"Practitioner"}""", 400, "Practitioner" },
        { "POST", "Patient", """{"resourceType":"Patient","colour":"red"}""", 400, "Patient.colour" },
        { "POST", "Patient", """{"resourceType":"Patient","active":"yes"}""", 400, "Patient.active" },
        { "POST", "Patient", """{"resourceType":"Patient","name":{"family":"A"}}""", 400, "Patient.name" },
        { "POST", "Patient", """{"resourceType":"Patient","birthDate":"1.2.2020"}""", 422, "Patient.birthDate" },
        { "POST", "Patient", """{"resourceType":"Patient","gender":"blue"}""", 422, "Patient.gender" },
        { "POST", "Slot", """{"resourceType":"Slot","status":"free"}""", 422, null },
        { "POST", "Nonsense", Sound, 404, null },
        { "POST", "patient", Sound, 404, null },
        { "PUT", "Patient/bad_id", """{"resourceType":"Patient","id":"bad_id"}""", 400, "Patient.id" },
        { "PUT", "Patient", Sound, 412, null },
        { "PUT", "Patient/x", """{"resourceType":"Patient","id":"x","id":"x"}""", 400, "Patient.id" },
        { "GET", "Patient/no-such", null, 404, null },
        { "GET", "Patient/bad_id", null, 404, null },
        { "POST", "Appointment/%C3%A9/$fulfill", null, 404, null },
        { "POST", "Appointment/%7Ca/$cancel", null, 404, null },
        { "GET", "Patient/x/_history/1/2", null, 404, null },
        { "GET", "$nonsense", null, 404, null },
        { "GET", "Appointment/$book", null, 405, null },
        { "GET", "Patient?birthdate=someday", null, 400, null },
        { "GET", "Patient?_count=-1", null, 400, null },
        { "GET", "Patient/_history?_since=yesterday", null, 400, "_since" },
        { "GET", "Patient/_search", null, 405, null },
        { "POST", "Patient/_search", Sound, 415, null },
    };

    [DatabaseTheory]
    [EachDatabaseOf(nameof(Requests))]
    [Rule("http", "Status-Codes",
        "What a client sends wrongly is 4xx with an OperationOutcome that says where and why.")]
    public async Task Bad_input_gets_a_located_outcome_and_harms_nothing(
        DatabaseEngine engine, string method, string url, string? body, int status, string? expression)
    {
        var here = await server.OnAsync(engine);

        using var refused = await here.SendAsync(method, url, body);
        using var after = await here.SendAsync("GET", "Patient?_count=1");

        ((int)refused.StatusCode).Should().Be(status);
        var issue = await TestServer.IssueOf(refused);
        if (expression is not null)
            issue.Expression.Should().Be(expression);
        after.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [DatabaseTheory, EachDatabase]
    [Rule("http", "Status-Codes", "A body beyond the limit is 413.")]
    public async Task A_body_of_three_megabytes_is_413(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);
        var body = """{"resourceType":"Patient","name":[{"family":"X"}]}""".Replace("X", new string('x', 3 * 1024 * 1024));

        using var refused = await here.SendAsync("POST", "Patient", body);

        refused.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
        (await TestServer.IssueOf(refused)).Code.Should().Be("too-long");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Nesting_a_thousand_deep_is_refused(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);
        var open = string.Concat(Enumerable.Repeat("""{"url":"u","extension":[""", 1000));
        var close = string.Concat(Enumerable.Repeat("]}", 1000));

        using var refused = await here.SendAsync(
            "POST", "Patient", $$"""{"resourceType":"Patient","extension":[{{open}}{{close}}]}""");

        refused.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await TestServer.IssueOf(refused)).Code.Should().Be("too-long");
    }
}
