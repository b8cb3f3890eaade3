using System.Text;

namespace Ajanvaraus.Fhir.Server.Tests.Booking;

/// <summary>A patched Appointment is a change of a booking: docs/scheduling-rules.md.</summary>
public sealed class PatchedBookingTests
{
    [DatabaseTheory, EachDatabase]
    public async Task Patch_of_the_time_moves_and_of_the_status_frees_the_time(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var (office, booked) = await BookedAsync(server);
        await office.PutSlotAsync("later", "a", "14:00", "15:00");

        var moved = await PatchAsync(server, booked.Id, $$"""
            [{"op":"replace","path":"/start","value":"{{Office.At("14:00")}}"},
             {"op":"replace","path":"/end","value":"{{Office.At("15:00")}}"},
             {"op":"replace","path":"/slot/0/reference","value":"Slot/later"}]
            """);
        var afterMove = (await office.SlotStatusAsync("s"), await office.SlotStatusAsync("later"));
        var cancelled = await PatchAsync(
            server, booked.Id, """[{"op":"replace","path":"/status","value":"cancelled"}]""");
        var booksAgain = await PatchAsync(
            server, booked.Id, """[{"op":"replace","path":"/status","value":"booked"}]""");

        moved.Status.Should().Be(200, moved.Text);
        afterMove.Should().Be(("free", "busy"));
        cancelled.Status.Should().Be(200, cancelled.Text);
        (await office.SlotStatusAsync("later")).Should().Be("free");
        booksAgain.Status.Should().Be(409, booksAgain.Text);
        booksAgain.Rules.Should().Contain("wrong-status");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Patch_to_a_taken_time_is_refused_and_the_booking_stays(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var (office, booked) = await BookedAsync(server);
        await office.PutSlotAsync("taken", "a", "14:00", "15:00");
        await office.PostAsync("Appointment", Office.Appointment("p1", "taken", "14:00", "15:00"));

        var refused = await PatchAsync(server, booked.Id, $$"""
            [{"op":"replace","path":"/start","value":"{{Office.At("14:00")}}"},
             {"op":"replace","path":"/end","value":"{{Office.At("15:00")}}"}]
            """);

        refused.Status.Should().Be(409, refused.Text);
        (await office.SlotStatusAsync("s")).Should().Be("busy");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Patch_of_what_a_booking_fixes_is_400(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var (_, booked) = await BookedAsync(server);
        var client = booked.Appointment["participant"]!.AsArray()
            .Select((p, i) => (p, i)).Single(x => x.p!["actor"]!["reference"]!.ToString() == "Patient/p0").i;

        var refused = await PatchAsync(server, booked.Id,
            $$"""[{"op":"replace","path":"/participant/{{client}}/actor/reference","value":"Patient/p1"}]""");

        refused.Status.Should().Be(400, refused.Text);
        refused.Rules.Should().Contain("immutable-element");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Patch_of_a_slot_under_a_booking_is_refused(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var (office, _) = await BookedAsync(server);

        var refused = await PatchAsync(
            server, "s", """[{"op":"replace","path":"/status","value":"free"}]""", type: "Slot");

        refused.Status.Should().Be(409, refused.Text);
        (await office.SlotStatusAsync("s")).Should().Be("busy");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Patch_with_an_idempotency_key_is_done_once(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var (office, booked) = await BookedAsync(server);
        const string Append = """[{"op":"add","path":"/identifier","value":[{"value":"x"}]}]""";

        var first = await PatchAsync(server, booked.Id, Append, key: "patch-once");
        var undone = await PatchAsync(server, booked.Id, """[{"op":"remove","path":"/identifier"}]""");
        var again = await PatchAsync(server, booked.Id, Append, key: "patch-once");

        (first.Status, undone.Status, again.Status).Should().Be((200, 200, 200));
        again.IsReplayed.Should().BeTrue();
        (await office.GetAsync($"Appointment/{booked.Id}")).Body["identifier"].Should().BeNull();
    }

    [DatabaseTheory, EachDatabase]
    public async Task Parallel_patches_all_take_effect(DatabaseEngine engine)
    {
        const int Writers = 12;
        await using var server = await FhirServer.StartAsync(engine);
        var office = new Office(server.Http);
        await office.PutAsync("""{"resourceType":"Patient","id":"many","identifier":[{"value":"0"}]}""");

        var answers = await Task.WhenAll(Enumerable.Range(1, Writers).Select(i => PatchAsync(
            server, "many", $$"""[{"op":"add","path":"/identifier/-","value":{"value":"{{i}}"} }]""", type: "Patient")));

        answers.Should().OnlyContain(a => a.Status == 200);
        var patient = await office.GetAsync("Patient/many");
        patient.ETag.Should().Be($"W/\"{Writers + 1}\"");
        patient.Body["identifier"]!.AsArray().Select(i => (string)i!["value"]!)
            .Should().BeEquivalentTo(Enumerable.Range(0, Writers + 1).Select(i => $"{i}"));
    }

    private static async Task<(Office Office, Answer Booked)> BookedAsync(FhirServer server)
    {
        var office = await Office.OpenAsync(server.Http);
        await office.PutSlotAsync("s", "a", "09:00", "10:00");
        var booked = await office.PostAsync("Appointment", Office.Appointment("p0", "s", "09:00", "10:00"));
        booked.Status.Should().Be(201, booked.Text);
        return (office, booked);
    }

    private static async Task<Answer> PatchAsync(
        FhirServer server, string id, string patch, string type = "Appointment", string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"{type}/{id}")
        {
            Content = new StringContent(patch, Encoding.UTF8, "application/json-patch+json"),
        };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        using var response = await server.Http.SendAsync(request);
        return new Answer(response, await response.Content.ReadAsStringAsync());
    }
}
