using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Server.Security.Representation;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ajanvaraus.Fhir.Server.Tests.Security;

/// <summary>A service of the county says whether mandates are in force: at each write, and for reads now and then.</summary>
public sealed class MandateTests
{
    private const string Book = """
        {"resourceType":"Parameters","parameter":[{"name":"slot","valueReference":{"reference":"Slot/1"}}]}
        """;

    [DatabaseTheory, EachDatabase]
    public async Task R24_Only_a_clear_yes_of_the_service_lets_act_by_a_mandate(DatabaseEngine engine)
    {
        await using var service = await FakeService.StartAsync();
        await using var world = await AccessWorld.StartAsync(engine, mandates: service.Options);
        var refused = (await world.GetAsync(world.Representative("3"), "Patient/3")).Body;
        // Name of the answer, what the service does, and what is answered here.
        (string Name, Func<HttpContext, Task> Does, int Status)[] answers =
        [
            ("yes", Tells("""{"allowed":true}"""), 200),
            ("yes and more", Tells("""{"allowed":true,"until":"2027-01-01"}"""), 200),
            ("no", Tells("""{"allowed":false}"""), 403),
            ("yes as a text", Tells("""{"allowed":"true"}"""), 503),
            ("yes and no", Tells("""{"allowed":false,"allowed":true}"""), 503),
            ("nothing of it", Tells("""{"active":true}"""), 503),
            ("a list", Tells("""[{"allowed":true}]"""), 503),
            ("no JSON", Tells("yes"), 503),
            ("nothing", Tells(""), 503),
            ("too much", Tells($$"""{"allowed":true,"x":"{{new string('x', 20_000)}}"}"""), 503),
            ("500", Fails(500, """{"allowed":true}"""), 503),
            ("401", Fails(401, """{"allowed":true}"""), 503),
            ("404", Fails(404, ""), 503),
            ("a redirect", context =>
            {
                context.Response.Redirect(service.Options.Url + "/yes");
                return Task.CompletedTask;
            }, 503),
            ("hangs up", context =>
            {
                context.Abort();
                return Task.CompletedTask;
            }, 503),
        ];

        foreach (var (name, does, status) in answers)
        {
            service.Does = does;
            world.MoveTo((world.Server.Clock.Now + MandateService.Fresh).ToString("O", System.Globalization.CultureInfo.InvariantCulture));
            var (answered, body) = await world.GetAsync(world.Representative("4"), "Patient/4");

            answered.Should().Be(status, $"{name}: {body}");
            if (status == 403)
                body.Should().Be(refused, "nobody is told why");
            if (status == 503)
                body.Should().Contain("AJV-6008");
        }
    }

    [DatabaseTheory, EachDatabase]
    public async Task R24_A_mandate_that_ends_is_asked_anew_at_each_write_and_for_reads_after_half_a_minute(DatabaseEngine engine)
    {
        await using var service = await FakeService.StartAsync();
        await using var world = await AccessWorld.StartAsync(engine, mandates: service.Options);
        var token = world.Representative("4");

        var read = await world.GetAsync(token, "Patient/4");
        var again = await world.GetAsync(token, "Appointment?patient=Patient/4");
        var askedByReads = service.Asked;
        var found = await PostAsync("Appointment/$find", """{"resourceType":"Parameters","parameter":[{"name":"schedule","valueReference":{"reference":"Schedule/1"}}]}""");
        var askedByFind = service.Asked;
        service.Does = Tells("""{"allowed":false}""");
        var kept = await world.GetAsync(token, "Patient/4");
        var booked = await PostAsync("Appointment/$book", Book);
        var forgotten = await world.GetAsync(token, "Patient/4");
        service.Does = Tells("""{"allowed":true}""");
        var bookedLater = await PostAsync("Appointment/$book", Book);
        service.Does = Fails(500, "");
        var later = await world.GetAsync(token, "Patient/4");
        world.Server.Clock.Advance(MandateService.Fresh);
        var tooLate = await world.GetAsync(token, "Patient/4");

        (read.Status, again.Status, askedByReads).Should().Be((200, 200, 1));
        (found, askedByFind).Should().Be((200, 1));
        (kept.Status, booked, forgotten.Status).Should().Be((200, 403, 403));
        (bookedLater, later.Status, tooLate.Status).Should().Be((201, 200, 503));

        async Task<int> PostAsync(string url, string body)
        {
            using var response = await world.SendAsync(token, HttpMethod.Post, url, body);
            return (int)response.StatusCode;
        }
    }

    [DatabaseTheory, EachDatabase]
    public async Task The_service_is_told_whom_the_token_names_by_body_alone_and_nothing_of_guardians(DatabaseEngine engine)
    {
        await using var service = await FakeService.StartAsync();
        await using var world = await AccessWorld.StartAsync(engine, mandates: service.Options);
        await world.LoadAsync("Patient/child", """{"resourceType":"Patient","id":"child","birthDate":"2016-05-02"}""");
        await world.LoadAsync("RelatedPerson/parent", """
            {"resourceType":"RelatedPerson","id":"parent","patient":{"reference":"Patient/child"},
            "relationship":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-RoleCode","code":"GUARD"}]}]}
            """);
        await world.LoadAsync("Person/1", """{"resourceType":"Person","id":"1","link":[{"target":{"reference":"RelatedPerson/parent"}},{"target":{"reference":"Patient/1"}}]}""");
        await world.LoadAsync("Consent/no", AccessWorld.Mandate("no", "2", provision: "\"type\":\"deny\""));

        var guardian = await world.GetAsync(world.Representative("child"), "Patient/child");
        var denied = await world.GetAsync(world.Representative("2"), "Patient/2");
        var askedBefore = service.Asked;
        var withoutConsent = await world.GetAsync(world.Representative("1", "Patient/2"), "Patient/1");

        (guardian.Status, denied.Status, askedBefore).Should().Be((200, 403, 0));
        withoutConsent.Status.Should().Be(200, "the service knows mandates that nobody stored here");
        service.LastAddress.Should().Be("/mandates");
        service.LastSecret.Should().Be("Bearer s3cret");
        var told = JsonNode.Parse(service.LastBody)!.AsObject();
        told.Select(p => p.Key).Should().Equal("issuer", "subject", "actor", "client");
        (told["subject"]!.ToString(), told["actor"]!.ToString(), told["client"]!.ToString()).Should().Be(("Patient-2", "Patient/2", "Patient/1"));
    }

    [DatabaseTheory, EachDatabase]
    public async Task R24_A_service_that_does_not_answer_makes_nobody_wait_long(DatabaseEngine engine)
    {
        await using var service = await FakeService.StartAsync();
        await using var world = await AccessWorld.StartAsync(engine, mandates: service.Options);
        service.Does = context => Task.Delay(TimeSpan.FromMinutes(5), context.RequestAborted);

        using var response = await world.SendAsync(world.Representative("4"), HttpMethod.Post, "Appointment/$book", Book);

        ((int)response.StatusCode).Should().Be(503);
        response.Headers.RetryAfter.Should().NotBeNull();
        (await world.FoundAsync(world.Loader, "Appointment?date=2026-11-30")).Should().BeEmpty();
    }

    private static Func<HttpContext, Task> Tells(string body) => Fails(200, body);

    private static Func<HttpContext, Task> Fails(int status, string body) => context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body);
    };

    /// <summary>A service of mandates that does what a test wants.</summary>
    private sealed class FakeService : IAsyncDisposable
    {
        private readonly WebApplication _app;

        private FakeService(WebApplication app) => _app = app;

        public MandateOptions Options => new(_app.Urls.Single() + "/mandates") { Secret = "s3cret" };

        public Func<HttpContext, Task> Does { get; set; } = Tells("""{"allowed":true}""");

        public int Asked { get; private set; }

        public string LastAddress { get; private set; } = "";

        public string LastSecret { get; private set; } = "";

        public string LastBody { get; private set; } = "";

        public static async Task<FakeService> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
            var app = builder.Build();
            var service = new FakeService(app);
            app.Run(service.AnswerAsync);
            await app.StartAsync();
            return service;
        }

        public ValueTask DisposeAsync() => _app.DisposeAsync();

        private async Task AnswerAsync(HttpContext context)
        {
            Asked++;
            LastAddress = context.Request.Path + context.Request.QueryString;
            LastSecret = context.Request.Headers.Authorization.ToString();
            using var reader = new StreamReader(context.Request.Body);
            LastBody = await reader.ReadToEndAsync();
            await Does(context);
        }
    }
}
