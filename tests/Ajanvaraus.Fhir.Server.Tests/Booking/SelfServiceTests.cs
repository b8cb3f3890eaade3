using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Server.Tests.Security;

namespace Ajanvaraus.Fhir.Server.Tests.Booking;

/// <summary>What a service asks of citizens who book themselves, and not of its staff.</summary>
public sealed class SelfServiceTests
{
    private const string Base = "https://ajanvaraus.example/fhir/StructureDefinition/";

    [DatabaseTheory, EachDatabase]
    public async Task R51_Follow_up_times_are_for_clients_of_their_own_worker(DatabaseEngine engine)
    {
        await using var world = await AccessWorld.StartAsync(engine);
        await OfServiceAsync(world, $$"""{"url":"{{Base}}own-clients-only","valueBoolean":true}""");
        await world.LoadAsync("Patient/1", """{"resourceType":"Patient","id":"1","generalPractitioner":[{"reference":"Practitioner/1"}]}""");
        await world.LoadAsync("Patient/2", """{"resourceType":"Patient","id":"2","generalPractitioner":[{"reference":"Practitioner/2"}]}""");
        await world.LoadAsync("Patient/4", """{"resourceType":"Patient","id":"4","birthDate":"2001-01-04","generalPractitioner":[{"reference":"PractitionerRole/1"}]}""");
        var (own, other) = (world.Citizen("1"), world.Citizen("2"));

        var offeredToOther = await FindAsync(world, other);
        var heldByOther = await SendAsync(world, other, "Slot/$hold", Slot("1"));
        var bookedByOther = await SendAsync(world, other, "Appointment/$book", Slot("1"));
        var writtenByOther = await SendAsync(world, other, "Appointment", AccessWorld.Appointment("x", "2", "1", "a", "lapsiperheet", "30", ",\"slot\":[{\"reference\":\"Slot/f1\"}]").Replace("\"id\":\"x\",", ""));
        var offeredToOwn = await FindAsync(world, own);
        var bookedByOwn = await SendAsync(world, own, "Appointment/$book", Slot("1"));
        var offeredForOwn = await FindAsync(world, world.Representative("4"));
        var bookedForOwn = await SendAsync(world, world.Representative("4"), "Appointment/$book", Slot("1b"));
        var offeredToDesk = await FindAsync(world, world.Staff("ajanvaraus", "9", "a", "lapsiperheet"));
        var bookedByProgram = await SendAsync(world, world.Loader, "Appointment/$book", Slot("1c", "2"));

        (offeredToOther.Offers, offeredToOther.Text.Contains("AJV-4178")).Should().Be((0, true), offeredToOther.Text);
        foreach (var refused in (Answer[])[heldByOther, bookedByOther, writtenByOther])
        {
            refused.Status.Should().Be(403, refused.Text);
            refused.Text.Should().Contain("own-clients-only");
        }
        (offeredToOwn.Offers, offeredForOwn.Offers, offeredToDesk.Offers).Should().Be((3, 2, 1));
        bookedByOwn.Status.Should().Be(201, bookedByOwn.Text);
        bookedForOwn.Status.Should().Be(201, bookedForOwn.Text);
        bookedByProgram.Status.Should().Be(201, "the service's own program books for whom it likes: " + bookedByProgram.Text);
    }

    [DatabaseTheory, EachDatabase]
    public async Task R63_Clients_and_staff_have_deadlines_of_their_own_to_move_and_to_cancel(DatabaseEngine engine)
    {
        await using var world = await AccessWorld.StartAsync(engine);
        await OfServiceAsync(world, $$"""
            {"url":"{{Base}}change-deadlines","extension":[{"url":"clientCancel","valueDuration":{{Hours(24)}}},
            {"url":"clientMove","valueDuration":{{Hours(48)}}},{"url":"staffCancel","valueDuration":{{Hours(1)}}}]}
            """);
        foreach (var slot in (string[])["1", "1b"])
            (await SendAsync(world, world.Citizen("1"), "Appointment/$book", Slot(slot))).Status.Should().Be(201);
        var booked = await world.FoundAsync(world.Loader, "Appointment?date=2026-11-30&patient=Patient/1&_sort=date");
        var (first, second) = (await IdAtAsync(world, "09:00"), await IdAtAsync(world, "10:00"));

        world.MoveTo("2026-11-28T09:30:00+02:00");
        var inTime = await SendAsync(world, world.Citizen("1"), $"Appointment/{second}/$reschedule", Slot("1d"));
        var tooLateToMove = await SendAsync(world, world.Citizen("1"), $"Appointment/{first}/$reschedule", Slot("1c"));
        var written = await PutStartAsync(world, first, "2026-11-30T11:00:00+02:00");
        world.MoveTo("2026-11-29T09:30:00+02:00");
        var tooLateToCancel = await SendAsync(world, world.Citizen("1"), $"Appointment/{first}/$cancel", "");
        var movedByStaff = await SendAsync(world, Worker(world), $"Appointment/{first}/$reschedule", Slot("1c"));
        var cancelledInTime = await SendAsync(world, world.Citizen("1"), $"Appointment/{first}/$cancel", "");
        world.MoveTo("2026-12-01T08:30:00+02:00");
        var tooLateForStaff = await SendAsync(world, Worker(world), $"Appointment/{second}/$cancel", "");
        var deleted = await SendAsync(world, Worker(world), $"Appointment/{second}", "", HttpMethod.Delete);

        booked.Should().HaveCount(2);
        inTime.Status.Should().Be(200, inTime.Text);
        foreach (var (late, minutes) in ((Answer, int)[])[(tooLateToMove, 2880), (written, 2880), (tooLateToCancel, 1440), (tooLateForStaff, 60), (deleted, 60)])
        {
            late.Status.Should().Be(409, late.Text);
            late.Text.Should().Contain("change-deadline").And.Contain($"{minutes} minut");
        }
        movedByStaff.Status.Should().Be(200, movedByStaff.Text);
        cancelledInTime.Status.Should().Be(200, "24 hours before its new time: " + cancelledInTime.Text);
    }

    [DatabaseTheory, EachDatabase]
    public async Task R63_What_is_only_held_is_given_back_at_any_time(DatabaseEngine engine)
    {
        await using var world = await AccessWorld.StartAsync(engine);
        await OfServiceAsync(world, $$"""{"url":"{{Base}}change-deadlines","extension":[{"url":"clientCancel","valueDuration":{{Hours(24 * 30)}}}]}""");

        var held = await SendAsync(world, world.Citizen("1"), "Slot/$hold", Slot("1"));
        var id = await IdAtAsync(world, "09:00");
        var released = await SendAsync(world, world.Citizen("1"), $"Appointment/{id}/$cancel", "");

        held.Status.Should().Be(201, held.Text);
        released.Status.Should().Be(200, released.Text);
    }

    private sealed record Answer(int Status, string Text);

    /// <summary>Calendar f of professional 1 belongs to a service with that extension: 09:00, 10:00, 11:00, and 09:00 of the next day.</summary>
    private static async Task OfServiceAsync(AccessWorld world, string extension)
    {
        await world.LoadAsync("HealthcareService/h", $$"""{"resourceType":"HealthcareService","id":"h","extension":[{{extension}}]}""");
        await world.LoadAsync("Schedule/f", """
            {"resourceType":"Schedule","id":"f","actor":[{"reference":"Practitioner/1"},{"reference":"HealthcareService/h"}]}
            """);
        foreach (var (id, start, end) in ((string, string, string)[])[
            ("1", "2026-11-30T09", "2026-11-30T10"), ("1b", "2026-11-30T10", "2026-11-30T11"), ("1c", "2026-11-30T11", "2026-11-30T12"), ("1d", "2026-12-01T09", "2026-12-01T10")])
            await world.LoadAsync($"Slot/f{id}", $$"""
                {"resourceType":"Slot","id":"f{{id}}","schedule":{"reference":"Schedule/f"},"status":"free","start":"{{start}}:00:00+02:00","end":"{{end}}:00:00+02:00"}
                """);
    }

    private static string Worker(AccessWorld world) => world.Staff("esihenkilo", "1", "a", "lapsiperheet");

    private static string Hours(int number) => $$"""{"value":{{number}},"unit":"h","system":"http://unitsofmeasure.org","code":"h"}""";

    private static string Slot(string id, string? patient = null)
    {
        var client = patient is null ? "" : $$""",{"name":"patient","valueReference":{"reference":"Patient/{{patient}}" } }""";
        return $$"""{"resourceType":"Parameters","parameter":[{"name":"slot","valueReference":{"reference":"Slot/f{{id}}" } }{{client}}]}""";
    }

    private static async Task<(int Offers, string Text)> FindAsync(AccessWorld world, string token)
    {
        var (_, text) = await world.GetAsync(token, "Appointment/$find?schedule=f&start=2026-11-30T00:00:00%2B02:00&end=2026-12-01T00:00:00%2B02:00&explain=true");
        return ((JsonNode.Parse(text)!["entry"]?.AsArray() ?? []).Count(e => (string)e!["resource"]!["resourceType"]! == "Appointment"), text);
    }

    private static async Task<string> IdAtAsync(AccessWorld world, string time) =>
        (await world.FoundAsync(world.Loader, $"Appointment?patient=Patient/1&date=2026-11-30T{time}%2B02:00")).Single().Split('/')[1];

    private static async Task<Answer> PutStartAsync(AccessWorld world, string id, string start)
    {
        var appointment = JsonNode.Parse((await world.GetAsync(world.Citizen("1"), "Appointment/" + id)).Body)!.AsObject();
        (appointment["start"], appointment["end"]) = (start, start.Replace("11:00:00", "12:00:00"));
        appointment.Remove("slot");
        return await SendAsync(world, world.Citizen("1"), "Appointment/" + id, appointment.ToJsonString(), HttpMethod.Put);
    }

    private static async Task<Answer> SendAsync(AccessWorld world, string token, string url, string body, HttpMethod? method = null)
    {
        using var response = await world.SendAsync(token, method ?? HttpMethod.Post, url, body.Length == 0 ? null : body);
        return new Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
