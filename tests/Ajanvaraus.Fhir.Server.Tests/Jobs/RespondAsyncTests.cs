using System.Net;

using Ajanvaraus.Fhir.Server.Tests.Rest;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Server.Tests.Jobs;

public sealed class RespondAsyncTests(TestServer server) : IClassFixture<TestServer>
{
    private static string Transaction(string id) => $$$"""
        {"resourceType":"Bundle","type":"transaction","entry":[
        {"resource":{{{TestServer.Patient(id, "Myohemmin")}}},"request":{"method":"PUT","url":"Patient/{{{id}}}"}}]}
        """;

    [DatabaseTheory, EachDatabase]
    [Rule("http", "ops", "Prefer: respond-async is answered 202 with the address of the result.")]
    public async Task Transaction_is_done_in_the_background_and_its_answer_is_the_entry_of_a_Bundle(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);

        var address = await Work.StartAsync(here, "POST", "", Transaction("async-1"));
        using var response = await Work.ResultAsync(here, address);
        using var read = await here.SendAsync("GET", "Patient/async-1");

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        var bundle = await TestServer.ResourceOf(response);
        bundle.Text("type").Should().Be("batch-response");
        var entry = bundle.All("entry").Single();
        entry["response"]!.Text("status").Should().Be("200 OK");
        entry["resource"]!.Text("type").Should().Be("transaction-response");
        read.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Search_and_a_refused_write_tell_what_they_would_have_told_at_once(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);
        using var put = await here.PutPatientAsync("async-2", "Hidas");

        var search = await Work.StartAsync(here, "GET", "Patient?name=hidas");
        var refused = await Work.StartAsync(here, "PUT", "Patient/async-2", TestServer.Patient("async-2", "X"), "If-Match: W/\"9\"");
        using var found = await Work.ResultAsync(here, search);
        using var problem = await Work.ResultAsync(here, refused);

        var entry = (await TestServer.ResourceOf(found)).All("entry").Single();
        entry["resource"]!.All("entry").Select(e => e["resource"]!.Id).Should().Equal("async-2");
        var response = (await TestServer.ResourceOf(problem)).All("entry").Single()["response"]!;
        response.Text("status").Should().StartWith("412");
        response["outcome"]!["issue"]!.Text("code").Should().Be("conflict");
    }

    [DatabaseTheory, EachDatabase]
    [Rule("http", "ops", "DELETE of that address cancels the work.")]
    public async Task Cancelled_work_is_gone(DatabaseEngine engine)
    {
        var here = await server.OnAsync(engine);
        var address = await Work.StartAsync(here, "POST", "", Transaction("async-3"));
        using var done = await Work.ResultAsync(here, address);

        using var cancelled = await here.SendAsync("DELETE", address);
        using var asked = await here.SendAsync("GET", address);
        using var again = await here.SendAsync("DELETE", address);

        cancelled.StatusCode.Should().Be(HttpStatusCode.Accepted);
        asked.StatusCode.Should().Be(HttpStatusCode.NotFound);
        again.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await TestServer.ResourceOf(asked)).Type.Name.Should().Be("OperationOutcome");
    }

    [Theory]
    [InlineData("GET", "_async/none", HttpStatusCode.NotFound)]
    [InlineData("GET", "_async/none/file", HttpStatusCode.NotFound)]
    [InlineData("POST", "_async/none", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "Patient/$nonsense", HttpStatusCode.NotFound)]
    [InlineData("DELETE", "metadata", HttpStatusCode.MethodNotAllowed)]
    public async Task What_is_not_there_is_told_at_once(string method, string url, HttpStatusCode status)
    {
        using var response = await server.SendAsync(method, url, null, "Prefer: respond-async");

        response.StatusCode.Should().Be(status);
        (await TestServer.ResourceOf(response)).Type.Name.Should().Be("OperationOutcome");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Result_expires(DatabaseEngine engine)
    {
        await using var own = await FhirServer.StartAsync(engine);
        using var request = new HttpRequestMessage(HttpMethod.Get, "Patient");
        request.Headers.Add("Prefer", "respond-async");
        using var accepted = await own.Http.SendAsync(request);
        var address = accepted.Content.Headers.ContentLocation;
        using (var late = new CancellationTokenSource(TimeSpan.FromMinutes(1)))
            while ((await own.Http.GetAsync(address, late.Token)).StatusCode == HttpStatusCode.Accepted)
                await Task.Delay(50, late.Token);

        using var before = await own.Http.GetAsync(address);
        own.Clock.Advance(TimeSpan.FromHours(25));
        using var after = await own.Http.GetAsync(address);

        before.StatusCode.Should().Be(HttpStatusCode.OK);
        after.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }
}
