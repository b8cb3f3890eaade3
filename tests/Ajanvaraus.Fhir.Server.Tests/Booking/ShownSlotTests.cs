using System.Text;
using System.Text.Json.Nodes;

using static Ajanvaraus.Fhir.Server.Tests.Booking.BufferTests;

namespace Ajanvaraus.Fhir.Server.Tests.Booking;

/// <summary>Free Slots beside bookings that keep buffers, whatever changed: docs/adr/0020-buffers.md.</summary>
public sealed class ShownSlotTests
{
    /// <summary>The other calendar keeps none itself, and its times are the same worker's.</summary>
    [DatabaseTheory, EachDatabase]
    public async Task Slot_written_in_another_calendar_of_the_same_worker_is_closed_beside_a_booking(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server, "Schedule");
        await office.PutAsync("""{"resourceType":"Schedule","id":"home","active":true,"actor":[{"reference":"Practitioner/a"}]}""");
        await Book(office, "p0", "10:00", "10:30");

        await office.PutSlotAsync("beside", "home", "10:30", "11:00");
        await office.PutSlotAsync("later", "home", "11:00", "11:30");
        var refused = await office.PostAsync("Appointment", Office.Appointment("p1", "beside", "10:30", "11:00"));
        var booked = await office.PostAsync("Appointment", Office.Appointment("p1", "later", "11:00", "11:30"));

        (await office.SlotStatusAsync("beside")).Should().Be("busy-unavailable");
        refused.Status.Should().Be(409, refused.Text);
        booked.Status.Should().Be(201, booked.Text);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Long_slot_that_is_written_again_is_cut_into_the_same_pieces(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server, "Schedule");
        await Book(office, "p0", "10:00", "10:30");

        await office.PutSlotAsync("day", "a", "09:00", "16:00");
        var once = await office.CountAsync("Slot?schedule=Schedule/a");
        await office.PutSlotAsync("day", "a", "09:00", "16:00");

        (await office.CountAsync("Slot?schedule=Schedule/a")).Should().Be(once);
        (await FreeAsync(office, "a")).Should().Equal("09:00-09:45", "10:45-16:00");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Import_that_moves_a_booking_closes_and_opens_the_slots_beside_it(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server, "Schedule");
        for (var n = 0; n < 6; n++)
            await office.PutSlotAsync($"s{n}", "a", Clock((9 * 60) + (30 * n)), Clock((9 * 60) + (30 * (n + 1))));
        await office.PutAsync(Office.Appointment("p0", "s0", "09:00", "09:30", id: "visit"));
        var before = await FreeAsync(office, "a");

        await ImportAsync(office,
            Office.Appointment("p0", "s5", "11:30", "12:00", id: "visit"),
            $$"""{"resourceType":"Slot","id":"late","schedule":{"reference":"Schedule/a"},"status":"free","start":"{{Office.At("12:05")}}","end":"{{Office.At("12:20")}}"}""");
        var after = await FreeAsync(office, "a");

        before.Should().Equal("10:00-10:30", "10:30-11:00", "11:00-11:30", "11:30-12:00");
        after.Should().Equal("09:00-09:30", "09:30-10:00", "10:00-10:30", "10:30-11:00");
        (await office.SlotStatusAsync("s4")).Should().Be("busy-unavailable");
        (await office.SlotStatusAsync("late")).Should().Be("busy-unavailable");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Service_that_is_deleted_or_comes_back_opens_and_closes_the_slots_beside_bookings(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server, "HealthcareService");
        await office.PutSlotAsync("beside", "a", "10:30", "11:00");
        await Book(office, "p0", "10:00", "10:30");
        var closed = await office.SlotStatusAsync("beside");

        var deleted = await office.SendAsync(HttpMethod.Delete, "HealthcareService/advice", null);
        var open = await office.SlotStatusAsync("beside");
        await office.PutAsync($$"""{"resourceType":"HealthcareService","id":"advice","active":true,"extension":[{{Buffer("after", 10)}}]}""");

        deleted.Status.Should().BeInRange(200, 204, deleted.Text);
        (closed, open).Should().Be(("busy-unavailable", "free"));
        (await office.SlotStatusAsync("beside")).Should().Be("busy-unavailable");
    }

    /// <summary>Changed calendars are read twenty at a time: 45 are more than two such handfuls.</summary>
    [DatabaseTheory, EachDatabase]
    public async Task Service_of_many_calendars_closes_and_opens_the_slots_beside_bookings_in_all_of_them(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server, "HealthcareService");
        await office.PutAsync("""{"resourceType":"HealthcareService","id":"advice","active":true}""");
        for (var n = 0; n < 45; n++)
        {
            await office.PutAsync($$"""{"resourceType":"Practitioner","id":"w{{n}}","active":true}""");
            await office.PutAsync($$"""
                {"resourceType":"Schedule","id":"w{{n}}","active":true,"actor":[{"reference":"Practitioner/w{{n}}"},{"reference":"HealthcareService/advice"}]}
                """);
            await office.PutSlotAsync($"visit{n}", $"w{n}", "10:00", "10:30");
            await office.PutSlotAsync($"beside{n}", $"w{n}", "10:30", "11:00");
            (await office.PostAsync("Appointment", Office.Appointment("p0", $"visit{n}", "10:00", "10:30"))).Status.Should().Be(201);
        }

        await office.PutAsync($$"""{"resourceType":"HealthcareService","id":"advice","active":true,"extension":[{{Buffer("after", 10)}}]}""");
        var closed = await office.CountAsync("Slot?status=busy-unavailable");
        await office.PutAsync("""{"resourceType":"HealthcareService","id":"advice","active":true}""");

        closed.Should().Be(45);
        (await office.CountAsync("Slot?status=busy-unavailable")).Should().Be(0);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Week_of_a_team_tells_times_by_template_as_they_can_be_booked(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server, "Schedule", templateMinutes: 180);
        var whole = await WeekAsync(office);
        await Book(office, "p0", "10:00", "10:30");

        whole.Should().Equal("09:00-12:00");
        (await WeekAsync(office)).Should().Equal("09:00-09:45", "10:45-12:00").And.Equal(await FreeAsync(office, "a"));
    }

    [DatabaseTheory]
    [EachDatabase("limit")]
    [EachDatabase("buffer")]
    public async Task Closed_slot_that_brings_the_tag_of_a_rule_is_closed_and_not_bookable(DatabaseEngine engine, string tag)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);

        await office.PutAsync($$"""
            {"resourceType":"Slot","id":"away","meta":{"tag":[{"system":"{{Core.Model.Canonicals.SlotTagSystem}}","code":"{{tag}}"}]},
             "schedule":{"reference":"Schedule/a"},"status":"busy-unavailable","start":"{{Office.At("10:00")}}","end":"{{Office.At("10:30")}}"}
            """);
        var refused = await office.PostAsync("Appointment", Office.Appointment("p0", "away", "10:00", "10:30"));

        refused.Status.Should().Be(409, refused.Text);
        var stored = (await office.GetAsync("Slot/away")).Body;
        (stored["status"]!.ToString(), stored["meta"]!["tag"]).Should().Be(("busy-unavailable", null));
    }

    /// <summary>A booking that was made while the buffers came closes what is beside it all the same.</summary>
    [DatabaseTheory, EachDatabase]
    public async Task R46_buffers_that_come_beside_bookings_in_flight_leave_no_slot_free_that_is_refused(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server, "HealthcareService");
        for (var round = 0; round < 12; round++)
        {
            await office.PutAsync("""{"resourceType":"HealthcareService","id":"advice","active":true}""");
            var from = (8 * 60) + (round * 60);
            await office.PutSlotAsync($"v{round}", "a", Clock(from), Clock(from + 20));
            await office.PutSlotAsync($"n{round}", "a", Clock(from + 20), Clock(from + 40));

            var visit = office.PostAsync("Appointment", Office.Appointment("p0", $"v{round}", Clock(from), Clock(from + 20)));
            await Task.WhenAll(visit, office.PutAsync(
                $$"""{"resourceType":"HealthcareService","id":"advice","active":true,"extension":[{{Buffer("after", 10)}}]}"""));

            (await visit).Status.Should().Be(201, (await visit).Text);
            (await office.SlotStatusAsync($"n{round}")).Should().Be("busy-unavailable", "round {0}", round);
        }
    }

    private static async Task<string[]> WeekAsync(Office office) =>
    [
        .. (await office.GetAsync($"Schedule/a/$week?start={Office.Day}")).Body["entry"]!.AsArray().Select(e => e!["resource"]!)
            .Where(r => r["resourceType"]!.ToString() == "Slot" && r["status"]!.ToString() == "free").Select(Span).Order(),
    ];

    private static async Task<string[]> FreeAsync(Office office, string schedule) =>
    [
        .. ((await office.GetAsync($"Slot?schedule=Schedule/{schedule}&status=free&start={Office.Day}&_sort=start")).Body["entry"] as JsonArray ?? [])
            .Select(e => Span(e!["resource"]!)),
    ];

    private static async Task ImportAsync(Office office, params string[] resources)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "$import")
        {
            Content = new StringContent(
                string.Join('\n', resources.Select(r => JsonNode.Parse(r)!.ToJsonString())), Encoding.UTF8, "application/fhir+ndjson"),
        };
        request.Headers.TryAddWithoutValidation("Prefer", "respond-async");
        using var accepted = await office.Http.SendAsync(request);
        accepted.StatusCode.Should().Be(System.Net.HttpStatusCode.Accepted, await accepted.Content.ReadAsStringAsync());
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            using var state = await office.Http.GetAsync(accepted.Content.Headers.ContentLocation, late.Token);
            if (state.StatusCode == System.Net.HttpStatusCode.OK)
            {
                (await state.Content.ReadAsStringAsync()).Should().Contain("\"error\":[]");
                return;
            }
            await Task.Delay(20, late.Token);
        }
    }
}
