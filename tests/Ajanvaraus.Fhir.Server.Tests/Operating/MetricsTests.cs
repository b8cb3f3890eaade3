using System.Globalization;
using System.Net;

using Ajanvaraus.Fhir.Server.Middleware;
using Ajanvaraus.Fhir.Server.Tests.Booking;

namespace Ajanvaraus.Fhir.Server.Tests.Operating;

/// <summary>What programs that watch the server are told, and what it does with more than it can answer.</summary>
public sealed class MetricsTests
{
    [DatabaseTheory, EachDatabase]
    public async Task Requests_are_counted_by_interaction_and_refusals_by_issue(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        await office.PutSlotAsync("s", "a", "09:00", "10:00");
        for (var n = 0; n < 2; n++)
            await office.PostAsync("Appointment/$book", Office.Parameters(("slot", "Slot/s"), ("patient", "Patient/p1")));
        await office.GetAsync("Slot/s");
        await office.GetAsync("Slot?schedule=Schedule/a");
        await office.GetAsync("Slot/$nothing-of-that-name");

        using var response = await server.Http.GetAsync(new Uri("/metrics", UriKind.Relative));
        var page = await response.Content.ReadAsStringAsync();
        var lines = page.Split('\n').Where(l => l.Length > 0 && l[0] != '#').Select(l => l.Split(' ')).ToDictionary(l => l[0], l => double.Parse(l[1], CultureInfo.InvariantCulture));

        response.Content.Headers.ContentType!.ToString().Should().StartWith("application/openmetrics-text");
        page.Should().EndWith("# EOF\n");
        lines["ajanvaraus_requests_total{interaction=\"operation\",operation=\"book\",status=\"201\"}"].Should().Be(1);
        lines["ajanvaraus_requests_total{interaction=\"operation\",operation=\"book\",status=\"409\"}"].Should().Be(1);
        lines["ajanvaraus_requests_total{interaction=\"operation\",status=\"404\"}"].Should().Be(1, "what a caller makes up is no label");
        lines["ajanvaraus_requests_total{interaction=\"read\",status=\"200\"}"].Should().Be(1);
        lines["ajanvaraus_requests_total{interaction=\"search-type\",status=\"200\"}"].Should().Be(1);
        lines["ajanvaraus_request_seconds_bucket{interaction=\"read\",le=\"+Inf\"}"].Should().Be(1);
        lines["ajanvaraus_request_seconds_count{interaction=\"operation\",operation=\"book\"}"].Should().Be(2);
        lines.Keys.Where(k => k.StartsWith("ajanvaraus_refusals_total", StringComparison.Ordinal)).Should().HaveCount(2);
        lines["ajanvaraus_requests_in_progress"].Should().Be(0);
        lines["ajanvaraus_sql_statements_total"].Should().BeGreaterThan(20);
        lines["ajanvaraus_jobs{state=\"waiting\"}"].Should().Be(0);
        lines["process_resident_memory_bytes"].Should().BePositive();
        page.Should().NotContain("nothing-of-that-name").And.NotContain("Patient/");
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:10.0.0.9", true)]
    [InlineData("10.0.0.9", true)]
    [InlineData("10.0.0.8", false)]
    public async Task Metrics_are_told_to_the_machine_itself_and_to_whom_it_names(string from, bool isTold)
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseEngine.Sqlite);
        await using var store = await Database.OpenAsync(database.Option, TimeProvider.System, default);
        var page = new Metrics.MetricsPage(new Metrics.RequestMetrics(), new Server.Messages.MessageCounts(), store, TimeProvider.System, [IPAddress.Parse("10.0.0.9")]);
        var context = new Microsoft.AspNetCore.Http.DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(from);

        await page.AnswerAsync(context);

        context.Response.StatusCode.Should().Be(isTold ? 200 : 404);
    }

    [DatabaseTheory, EachDatabase]
    public async Task G27_Without_searches_bookings_go_on(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine, with: options => options with { MaxSearches = 0 });
        var office = await Office.OpenAsync(server.Http);
        await office.PutSlotAsync("s", "a", "09:00", "10:00");

        var booked = await office.PostAsync("Appointment/$book", Office.Parameters(("slot", "Slot/s"), ("patient", "Patient/p1")));
        foreach (var url in new[] { "Slot?schedule=Schedule/a", "Slot/s/_history", "_history", "Appointment/$find?schedule=Schedule/a", "Schedule/a/$week" })
        {
            using var refused = await server.Http.GetAsync(new Uri(url, UriKind.Relative));

            ((int)refused.StatusCode).Should().Be(503, url);
            refused.Headers.RetryAfter.Should().NotBeNull();
            (await refused.Content.ReadAsStringAsync()).Should().Contain("AJV-8006").And.Contain("throttled");
        }

        booked.Status.Should().Be(201, booked.Text);
        (await office.GetAsync("Slot/s")).Status.Should().Be(200);
        (await office.GetAsync("metadata")).Status.Should().Be(200);
    }

    [Fact]
    public void Who_leaves_makes_room_and_searches_leave_room_for_others()
    {
        var admission = new Admission(requests: 3, searches: 2);

        admission.Enter(isSearch: true).Should().BeNull();
        admission.Enter(isSearch: true).Should().BeNull();
        admission.Enter(isSearch: true).Should().NotBeNull();
        admission.Enter(isSearch: false).Should().BeNull();
        admission.Enter(isSearch: false)!.RetryAfterSeconds.Should().BePositive();
        admission.Leave(isSearch: true);
        admission.Enter(isSearch: true).Should().BeNull();
        new Admission(requests: 0, searches: 1).Enter(isSearch: false).Should().BeNull("0 is no limit of requests");
    }
}
