using Ajanvaraus.Fhir.Server.Tests.Booking;
using Ajanvaraus.Fhir.Server.Tests.Operations;

namespace Ajanvaraus.Fhir.Server.Tests.Rest;

/// <summary>A request with an Idempotency-Key may be sent again: it is done once and answered as it was.</summary>
public sealed class IdempotencyTests
{
    private const string Transaction = """
        {"resourceType":"Bundle","type":"transaction","entry":[
         {"resource":{"resourceType":"Patient","name":[{"family":"Ville"}]},"request":{"method":"POST","url":"Patient"}},
         {"request":{"method":"PUT","url":"Patient/p3"},"resource":{"resourceType":"Patient","id":"p3"}},
         {"request":{"method":"DELETE","url":"Patient/p9"}}]}
        """;

    private const string Ville = """{"resourceType":"Patient","name":[{"family":"Ville"}]}""";

    [DatabaseTheory, EachDatabase]
    public async Task Every_write_is_done_once_and_answered_as_the_first_time(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        await office.PutSlotAsync("s", "a", "09:00", "10:00");
        await office.PutSlotAsync("t", "a", "10:00", "11:00");
        await office.PutAsync("""{"resourceType":"Patient","id":"gone"}""");

        foreach (var (method, path, body) in new (HttpMethod, string, string?)[]
        {
            (HttpMethod.Post, "Patient", Ville),
            (HttpMethod.Put, "Patient/p0", """{"resourceType":"Patient","id":"p0","active":true}"""),
            (HttpMethod.Delete, "Patient/gone", null),
            (HttpMethod.Delete, "Patient/never-was", null),
            (HttpMethod.Post, "Appointment/$hold", Office.Parameters(("slot", "Slot/s"), ("patient", "Patient/p1"))),
            (HttpMethod.Post, "Appointment/$book", Office.Parameters(("slot", "Slot/t"), ("patient", "Patient/p2"))),
            (HttpMethod.Post, "", Transaction),
        })
        {
            var key = $"key-{method}-{path}";

            var first = await SendAsync(office, method, path, body, key);
            var again = await SendAsync(office, method, path, body, key);

            first.Status.Should().BeInRange(200, 204, first.Text);
            first.IsReplayed.Should().BeFalse(path);
            again.IsReplayed.Should().BeTrue(path);
            (again.Status, again.Text, again.Location, again.ETag, again.Expires)
                .Should().Be((first.Status, first.Text, first.Location, first.ETag, first.Expires), path);
        }

        (await office.CountAsync("Patient?family=Ville")).Should().Be(2);
        (await office.CountAsync("Appointment?status=booked,pending")).Should().Be(2);
        (await office.GetAsync("Patient/p0")).ETag.Should().Be("W/\"2\"");
        (await office.GetAsync("Patient/gone/_history")).Body["total"]!.GetValue<int>().Should().Be(2);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Answer_stays_that_of_the_first_time_when_the_booking_has_changed_since(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        await office.PutSlotAsync("s", "a", "09:00", "10:00");
        var book = Office.Parameters(("slot", "Slot/s"), ("patient", "Patient/p0"));
        var first = await SendAsync(office, HttpMethod.Post, "Appointment/$book", book, "k");
        var cancel = await SendAsync(office, HttpMethod.Post, $"Appointment/{first.Id}/$cancel", null, "c");

        var again = await SendAsync(office, HttpMethod.Post, "Appointment/$book", book, "k");
        var cancelAgain = await SendAsync(office, HttpMethod.Post, $"Appointment/{first.Id}/$cancel", null, "c");

        again.Text.Should().Be(first.Text);
        cancelAgain.Text.Should().Be(cancel.Text);
        (await office.GetAsync($"Appointment/{first.Id}")).Body["status"]!.ToString().Should().Be("cancelled");
        (await office.SlotStatusAsync("s")).Should().Be("free");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Other_body_address_or_condition_under_the_same_key_is_422(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = new Office(server.Http);
        const string lauri = """{"resourceType":"Patient","id":"a","name":[{"family":"Lauri"}]}""";
        var first = await SendAsync(office, HttpMethod.Put, "Patient/a", lauri, "k");

        foreach (var (method, path, body, more) in new (HttpMethod, string, string, (string, string)[])[]
        {
            (HttpMethod.Put, "Patient/a", lauri.Replace("Lauri", "Laura"), []),
            (HttpMethod.Put, "Patient/a?_pretty=true", lauri, []),
            (HttpMethod.Post, "Patient", lauri, []),
            (HttpMethod.Put, "Patient/a", lauri, [("If-Match", "W/\"1\"")]),
        })
        {
            var other = await office.SendAsync(method, path, body, [("Idempotency-Key", "k"), .. more]);

            other.Status.Should().Be(422, other.Text);
            other.IssueCodes.Should().Equal("conflict");
            other.Rules.Should().Contain("key-reuse");
            other.IsReplayed.Should().BeFalse();
        }

        first.Status.Should().Be(201);
        (await office.GetAsync("Patient/a")).ETag.Should().Be("W/\"1\"");
        (await office.CountAsync("Patient?family=Laura")).Should().Be(0);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Same_key_at_the_same_moment_books_once_and_tells_everybody_so(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        await using var beside = engine != DatabaseEngine.Sqlite ? await server.StartBesideAsync() : null;
        var office = await Office.OpenAsync(server.Http);
        var other = new Office((beside ?? server).Http);
        await office.PutSlotAsync("s", "a", "09:00", "10:00");
        var book = Office.Parameters(("slot", "Slot/s"), ("patient", "Patient/p0"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() =>
            SendAsync(i % 2 == 0 ? office : other, HttpMethod.Post, "Appointment/$book", book, "once"))));

        answers.Should().OnlyContain(a => a.Status == 201);
        answers.Select(a => a.Id).Distinct().Should().ContainSingle();
        answers.Should().ContainSingle(a => !a.IsReplayed);
        (await office.CountAsync("Appointment?status=booked")).Should().Be(1);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Refusal_is_not_kept_and_the_same_request_may_succeed_later(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        await office.PutSlotAsync("s", "a", "09:00", "10:00");
        var taken = await office.PostAsync(
            "Appointment/$book", Office.Parameters(("slot", "Slot/s"), ("patient", "Patient/p0")));
        var book = Office.Parameters(("slot", "Slot/s"), ("patient", "Patient/p1"));

        var refused = await SendAsync(office, HttpMethod.Post, "Appointment/$book", book, "k");
        await office.PostAsync($"Appointment/{taken.Id}/$cancel", Office.Parameters());
        var booked = await SendAsync(office, HttpMethod.Post, "Appointment/$book", book, "k");

        refused.Status.Should().Be(409, refused.Text);
        booked.Status.Should().Be(201, booked.Text);
        booked.IsReplayed.Should().BeFalse();
    }

    [DatabaseTheory, EachDatabase]
    public async Task Key_is_forgotten_after_its_time_and_not_before(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = new Office(server.Http);
        var first = await SendAsync(office, HttpMethod.Post, "Patient", Ville, "k");

        server.Clock.Advance(TimeSpan.FromHours(23));
        var within = await SendAsync(office, HttpMethod.Post, "Patient", Ville, "k");
        server.Clock.Advance(TimeSpan.FromHours(2));
        var after = await SendAsync(office, HttpMethod.Post, "Patient", Ville, "k");

        within.Location.Should().Be(first.Location);
        after.IsReplayed.Should().BeFalse();
        after.Location.Should().NotBe(first.Location);
        (await office.CountAsync("Patient?family=Ville")).Should().Be(2);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Entries_of_a_batch_are_done_once_and_a_refused_one_is_tried_again(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = new Office(server.Http);
        const string batch = """
            {"resourceType":"Bundle","type":"batch","entry":[
             {"resource":{"resourceType":"Patient","name":[{"family":"Ville"}]},"request":{"method":"POST","url":"Patient"}},
             {"resource":{"resourceType":"Patient","id":"late"},"request":{"method":"PUT","url":"Patient/late","ifMatch":"W/\"1\""}}]}
            """;

        var first = await SendAsync(office, HttpMethod.Post, "", batch, "k");
        await office.PutAsync("""{"resourceType":"Patient","id":"late","active":true}""");
        var again = await SendAsync(office, HttpMethod.Post, "", batch, "k");

        Statuses(first).Should().Equal("201 Created", "412 Precondition Failed");
        Statuses(again).Should().Equal("201 Created", "200 OK");
        again.Body["entry"]![0]!.ToJsonString().Should().Be(first.Body["entry"]![0]!.ToJsonString());
        (await office.CountAsync("Patient?family=Ville")).Should().Be(1);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Template_is_applied_once_and_its_report_told_again(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        await office.PutAsync(WeekOfMondays());

        var first = await SendAsync(office, HttpMethod.Post, ApplyTo("a"), null, "k");
        var again = await SendAsync(office, HttpMethod.Post, ApplyTo("a"), null, "k");
        var anew = await office.SendAsync(HttpMethod.Post, ApplyTo("a"), null);
        var reused = await SendAsync(office, HttpMethod.Post, ApplyTo("b"), null, "k");

        first.Status.Should().Be(200, first.Text);
        again.Text.Should().Be(first.Text);
        again.IsReplayed.Should().BeTrue();
        anew.Text.Should().NotBe(first.Text);
        reused.Status.Should().Be(422, reused.Text);
        (await office.CountAsync("Slot?schedule=Schedule/b")).Should().Be(0);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Refused_template_leaves_its_key_free(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        await office.PutAsync(WeekOfMondays());

        var refused = await SendAsync(office, HttpMethod.Post, ApplyTo("c"), null, "k");
        await office.PutAsync("""
            {"resourceType":"Schedule","id":"c","active":true,"actor":[{"reference":"Practitioner/a"}]}
            """);
        var done = await SendAsync(office, HttpMethod.Post, ApplyTo("c"), null, "k");

        refused.Status.Should().Be(404, refused.Text);
        done.Status.Should().Be(200, done.Text);
        done.IsReplayed.Should().BeFalse();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(256)]
    public async Task Key_without_characters_or_with_too_many_is_400(int length)
    {
        await using var server = await FhirServer.StartAsync(DatabaseEngine.Sqlite);
        var office = new Office(server.Http);
        var header = ("Idempotency-Key", new string('k', length));

        var refused = await office.SendAsync(HttpMethod.Post, "Patient", Ville, header);
        var read = await office.SendAsync(HttpMethod.Get, "Patient?family=Ville&_summary=count", null, header);

        refused.Status.Should().Be(400, refused.Text);
        refused.IssueCodes.Should().Equal("invalid");
        read.Body["total"]!.GetValue<int>().Should().Be(0);
    }

    [Fact]
    public async Task Longest_key_is_taken()
    {
        await using var server = await FhirServer.StartAsync(DatabaseEngine.Sqlite);

        var created = await SendAsync(
            new Office(server.Http), HttpMethod.Post, "Patient", Ville, new string('~', 255));

        created.Status.Should().Be(201, created.Text);
    }

    private static Task<Answer> SendAsync(Office office, HttpMethod method, string path, string? body, string key) =>
        office.SendAsync(method, path, body, ("Idempotency-Key", key));

    private static IEnumerable<string> Statuses(Answer batch) =>
        batch.Body["entry"]!.AsArray().Select(e => e!["response"]!["status"]!.ToString());

    private static string WeekOfMondays() =>
        ApplyTemplateTests.Template("advice", ApplyTemplateTests.Entry("mon", "09:00", "10:30"));

    private static string ApplyTo(string schedule) =>
        $"Schedule/{schedule}/$apply-template?template=Basic/advice&start=2027-02-01&end=2027-02-14";
}
