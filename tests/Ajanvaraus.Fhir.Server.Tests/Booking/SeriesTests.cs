using System.Text.Json.Nodes;

using static Ajanvaraus.Fhir.Server.Tests.Dialects.DialectOffice;

namespace Ajanvaraus.Fhir.Server.Tests.Booking;

/// <summary>Whole series: booked, cancelled and moved, with a report of every time.</summary>
public sealed class SeriesTests
{
    private static readonly string[] Weeks = ["2027-02-01", "2027-02-08", "2027-02-15", "2027-02-22"];

    [DatabaseTheory, EachDatabase]
    public async Task N2_A_series_is_booked_in_one_call_and_found_by_its_identifier(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);

        var booked = await BookAsync(office, "fail");

        booked.Status.Should().Be(201, booked.Text);
        booked.Body["total"]!.GetValue<int>().Should().Be(4);
        var appointments = AppointmentsOf(booked);
        appointments.Select(a => a["start"]!.ToString()).Should().Equal(Weeks.Select(w => $"{w}T09:00:00+02:00"));
        appointments.Select(a => a["slot"]![0]!["reference"]!.ToString()).Should().Equal(Weeks.Select(w => $"Slot/{w}-9"));
        var series = appointments[0]["identifier"]![0]!["value"]!.ToString();
        (await office.CountAsync($"Appointment?identifier=https://ajanvaraus.example/fhir/sid/series|{series}")).Should().Be(4);
    }

    [DatabaseTheory, EachDatabase]
    public async Task R54_R55_Every_time_is_checked_and_told_under_each_policy(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        await office.PostAsync("Appointment/$book", Office.Parameters(("slot", $"Slot/{Weeks[2]}-9"), ("patient", "Patient/p9")));

        var failed = await BookAsync(office, "fail");
        var none = await office.CountAsync("Appointment?patient=Patient/p1");
        var reported = await BookAsync(office, "report");
        var stillNone = await office.CountAsync("Appointment?patient=Patient/p1");
        var skipped = await BookAsync(office, "skip");

        failed.Status.Should().Be(409, failed.Text);
        failed.Rules.Should().Contain("slot-unavailable");
        none.Should().Be(0, "all or none");
        (reported.Status, reported.Body["total"]!.GetValue<int>()).Should().Be((200, 0), reported.Text);
        stillNone.Should().Be(0, "a report books nothing");
        (skipped.Status, skipped.Body["total"]!.GetValue<int>()).Should().Be((201, 3), skipped.Text);
        foreach (var answer in new[] { reported, skipped })
        {
            var issues = answer.Body["entry"]!.AsArray()[^1]!["resource"]!["issue"]!.AsArray();
            issues.Select(i => i!["severity"]!.ToString()).Should().Equal("information", "information", "warning", "information");
            issues[2]!["details"]!["text"]!.ToString().Should().Contain(Weeks[2]);
        }
        (await office.CountAsync("Appointment?patient=Patient/p1&status=booked")).Should().Be(3);
    }

    [DatabaseTheory, EachDatabase]
    public async Task R56_A_series_skips_a_day_that_is_closed_and_says_so(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        await office.SendAsync(HttpMethod.Delete, $"Slot/{Weeks[1]}-9", null);

        var booked = await BookAsync(office, "skip");

        booked.Body["total"]!.GetValue<int>().Should().Be(3);
        booked.Body["entry"]!.AsArray()[^1]!["resource"]!["issue"]![1]!["details"]!["coding"]!.AsArray()
            .Select(c => c!["code"]!.ToString()).Should().Contain("outside-availability");
    }

    [DatabaseTheory, EachDatabase]
    public async Task This_following_or_all_times_are_cancelled(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        var ids = AppointmentsOf(await BookAsync(office, "fail")).Select(a => a["id"]!.ToString()).ToList();

        var one = await office.PostAsync($"Appointment/{ids[0]}/$cancel", Parameters());
        var following = await office.PostAsync($"Appointment/{ids[2]}/$cancel", Parameters(Value("scope", "Code", "following")));
        var left = await office.CountAsync("Appointment?patient=Patient/p1&status=booked");
        var all = await office.PostAsync($"Appointment/{ids[1]}/$cancel", Parameters(Value("scope", "Code", "all")));
        var wrong = await office.PostAsync($"Appointment/{ids[1]}/$cancel", Parameters(Value("scope", "Code", "some")));

        one.Status.Should().Be(200, one.Text);
        following.Body["total"]!.GetValue<int>().Should().Be(2, following.Text);
        left.Should().Be(1);
        all.Status.Should().Be(200, all.Text);
        (await office.CountAsync("Appointment?patient=Patient/p1&status=booked")).Should().Be(0);
        wrong.Status.Should().Be(422);
    }

    [DatabaseTheory, EachDatabase]
    public async Task The_following_times_move_by_as_much_local_time_or_none_of_them(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        var ids = AppointmentsOf(await BookAsync(office, "fail")).Select(a => a["id"]!.ToString()).ToList();
        await office.PostAsync("Appointment/$book", Office.Parameters(("slot", $"Slot/{Weeks[3]}-10"), ("patient", "Patient/p9")));

        var refused = await MoveAsync(office, ids[1], $"{Weeks[1]}T10:00:00+02:00", "following");
        var stays = await office.GetAsync($"Appointment/{ids[1]}");
        var moved = await MoveAsync(office, ids[0], $"{Weeks[1]}T09:00:00+02:00", "all");

        refused.Status.Should().Be(409, refused.Text);
        stays.Body["start"]!.ToString().Should().StartWith($"{Weeks[1]}T09:00");
        moved.Status.Should().Be(200, moved.Text);
        AppointmentsOf(moved).Select(a => a["start"]!.ToString()[..16]).Should().BeEquivalentTo(
            "2027-02-08T09:00", "2027-02-15T09:00", "2027-02-22T09:00", "2027-03-01T09:00");
    }

    [DatabaseTheory, EachDatabase]
    public async Task R25_A_series_moves_by_the_local_hours_of_its_calendar(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        await office.PutAsync("""
            {"resourceType":"Schedule","id":"a","active":true,"actor":[{"reference":"Practitioner/a"}],
             "extension":[{"url":"http://hl7.org/fhir/StructureDefinition/timezone","valueCode":"America/New_York"}]}
            """);
        // New York changes its clocks on 14 March, Helsinki on the 28th.
        var booked = await office.PostAsync("Appointment/$book", Parameters(
            Resource("appointment", JsonNode.Parse("""
                {"resourceType":"Appointment","status":"proposed","start":"2027-03-08T09:00:00-05:00","end":"2027-03-08T10:00:00-05:00",
                 "participant":[{"actor":{"reference":"Patient/p1"},"status":"accepted"}]}
                """)!),
            Reference("schedule", "Schedule/a"), Value("occurrence-count", "PositiveInt", 2)));
        var ids = AppointmentsOf(booked).Select(a => a["id"]!.ToString()).ToList();

        var moved = await MoveAsync(office, ids[0], "2027-03-08T11:00:00-05:00", "all");
        var intoTheGap = await MoveAsync(office, ids[0], "2027-03-07T02:30:00-05:00", "all");

        AppointmentsOf(booked).Select(a => a["start"]!.ToString())
            .Should().Equal("2027-03-08T09:00:00-05:00", "2027-03-15T09:00:00-04:00");
        AppointmentsOf(moved).Select(a => a["start"]!.ToString())
            .Should().BeEquivalentTo(["2027-03-08T11:00:00-05:00", "2027-03-15T11:00:00-04:00"], moved.Text);
        intoTheGap.Status.Should().Be(422, "the second would be on 14 March at half past two, which New York leaves out");
    }

    [DatabaseTheory, EachDatabase]
    public async Task A_series_with_a_key_is_booked_once_and_what_cannot_be_is_422(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);

        var first = await office.SendAsync(HttpMethod.Post, "Appointment/$book", Body("skip"), ("Idempotency-Key", "k"));
        var again = await office.SendAsync(HttpMethod.Post, "Appointment/$book", Body("skip"), ("Idempotency-Key", "k"));
        var wrong = await BookAsync(office, "perhaps");
        var hour = await office.PostAsync("Appointment/$book", Parameters(
            Resource("appointment", JsonNode.Parse("""
                {"resourceType":"Appointment","status":"proposed","start":"2027-03-21T03:30:00+02:00","end":"2027-03-21T04:00:00+02:00",
                 "participant":[{"actor":{"reference":"Patient/p1"},"status":"accepted"}]}
                """)!),
            Reference("schedule", "Schedule/a"), Value("occurrence-count", "PositiveInt", 2)));

        first.Status.Should().Be(201, first.Text);
        again.IsReplayed.Should().BeTrue();
        (await office.CountAsync("Appointment?patient=Patient/p1")).Should().Be(4);
        wrong.Status.Should().Be(422);
        hour.Status.Should().Be(422, hour.Text);
    }

    private static Task<Answer> MoveAsync(Office office, string id, string start, string scope) => office.PostAsync(
        $"Appointment/{id}/$reschedule", Parameters(Value("start", "DateTime", start), Value("scope", "Code", scope)));

    private static Task<Answer> BookAsync(Office office, string policy) => office.PostAsync("Appointment/$book", Body(policy));

    private static string Body(string policy) => Parameters(
        Reference("slot", $"Slot/{Weeks[0]}-9"), Reference("patient", "Patient/p1"),
        Value("occurrence-count", "PositiveInt", 4), Value("on-conflict", "Code", policy));

    private static JsonNode[] AppointmentsOf(Answer answer) =>
        [.. Resources(answer).Where(r => r["resourceType"]!.ToString() == "Appointment")];

    /// <summary>Each Monday of four weeks: Slots of Schedule/a at nine and at ten.</summary>
    private static async Task<Office> OpenAsync(FhirServer server)
    {
        var office = await Office.OpenAsync(server.Http);
        foreach (var day in Weeks)
            foreach (var hour in new[] { 9, 10 })
                await office.PutAsync($$"""
                    {"resourceType":"Slot","id":"{{day}}-{{hour}}","schedule":{"reference":"Schedule/a"},"status":"free",
                     "start":"{{day}}T{{hour:00}}:00:00+02:00","end":"{{day}}T{{hour + 1:00}}:00:00+02:00"}
                    """);
        return office;
    }
}
