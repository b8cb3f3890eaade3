using Ajanvaraus.Fhir.Server.Tests.Booking;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Server.Tests.Rest;

/// <summary>A server started with <c>--require-if-match</c>: http://hl7.org/fhir/R4/http.html#concurrency.</summary>
public sealed class RequiredIfMatchTests
{
    private const string Known = """{"resourceType":"Patient","id":"known","identifier":[{"value":"k"}]}""";

    [DatabaseTheory, EachDatabase]
    [Rule("http", "concurrency", "Where If-Match is required, a change without it is refused.")]
    public async Task What_exists_is_changed_by_its_id_only_with_If_Match(DatabaseEngine engine)
    {
        await using var server = await StartAsync(engine);
        var office = new Office(server.Http);
        var created = await office.SendAsync(HttpMethod.Put, "Patient/known", Known);

        var update = await office.SendAsync(HttpMethod.Put, "Patient/known", Known);
        var delete = await office.SendAsync(HttpMethod.Delete, "Patient/known", null);
        var stale = await office.SendAsync(HttpMethod.Put, "Patient/known", Known, ("If-Match", "W/\"7\""));
        var right = await office.SendAsync(HttpMethod.Put, "Patient/known", Known, ("If-Match", "W/\"1\""));
        var gone = await office.SendAsync(HttpMethod.Delete, "Patient/known", null, ("If-Match", "W/\"2\""));
        var back = await office.SendAsync(HttpMethod.Put, "Patient/known", Known);

        created.Status.Should().Be(201, created.Text);
        foreach (var refused in new[] { update, delete })
        {
            refused.Status.Should().Be(428, refused.Text);
            refused.IssueCodes.Should().Equal("required");
            refused.Rules.Should().Contain("if-match-required");
        }
        stale.Status.Should().Be(412, stale.Text);
        right.Status.Should().Be(200, right.Text);
        gone.Status.Should().Be(204, gone.Text);
        back.Status.Should().Be(201, back.Text);
    }

    [DatabaseTheory, EachDatabase]
    public async Task What_does_not_exist_or_is_named_by_a_condition_needs_none(DatabaseEngine engine)
    {
        await using var server = await StartAsync(engine);
        var office = new Office(server.Http);
        await office.SendAsync(HttpMethod.Put, "Patient/known", Known);

        var absent = await office.SendAsync(HttpMethod.Delete, "Patient/never-was", null);
        var conditional = await office.SendAsync(HttpMethod.Put, "Patient?identifier=k", Known);
        var createOnly = await office.SendAsync(HttpMethod.Put, "Patient/known", Known, ("If-None-Match", "*"));

        absent.Status.Should().Be(204, absent.Text);
        conditional.Status.Should().Be(200, conditional.Text);
        createOnly.Status.Should().Be(412, createOnly.Text);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Entries_of_a_transaction_need_ifMatch_too(DatabaseEngine engine)
    {
        await using var server = await StartAsync(engine);
        var office = new Office(server.Http);
        await office.SendAsync(HttpMethod.Put, "Patient/known", Known);

        var refused = await office.PostAsync("", Transaction(""));
        var done = await office.PostAsync("", Transaction(""","ifMatch":"W/\"1\"" """));

        refused.Status.Should().Be(428, refused.Text);
        refused.Rules.Should().Contain("if-match-required");
        refused.Body["issue"]![0]!["expression"]![0]!.ToString().Should().StartWith("Bundle.entry[1]");
        done.Status.Should().Be(200, done.Text);
        (await office.CountAsync("Patient?name=Uusi")).Should().Be(1);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Operations_change_the_version_that_they_lock_and_need_none(DatabaseEngine engine)
    {
        await using var server = await StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        await office.PutSlotAsync("s", "a", "09:00", "10:00");

        var held = await office.PostAsync(
            "Appointment/$hold", Office.Parameters(("slot", "Slot/s"), ("patient", "Patient/p0")));
        var booked = await office.PostAsync($"Appointment/{held.Id}/$book", Office.Parameters());
        var cancelled = await office.PostAsync($"Appointment/{held.Id}/$cancel", Office.Parameters());

        booked.Status.Should().Be(200, booked.Text);
        cancelled.Status.Should().Be(200, cancelled.Text);
    }

    private static Task<FhirServer> StartAsync(DatabaseEngine engine) =>
        FhirServer.StartAsync(engine, with: options => options with { RequiresIfMatch = true });

    private static string Transaction(string condition) =>
        """
        {"resourceType":"Bundle","type":"transaction","entry":[
         {"resource":{"resourceType":"Patient","name":[{"family":"Uusi"}]},"request":{"method":"POST","url":"Patient"}},
         {"resource":{"resourceType":"Patient","id":"known"},"request":{"method":"PUT","url":"Patient/known"@condition}}]}
        """.Replace("@condition", condition, StringComparison.Ordinal);
}
