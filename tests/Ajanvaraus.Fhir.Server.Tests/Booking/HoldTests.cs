using System.Text.Json.Nodes;

namespace Ajanvaraus.Fhir.Server.Tests.Booking;

/// <summary>Holds, over HTTP, on a clock that the test moves.</summary>
public sealed class HoldTests
{
    private static string Hold(string patient, int seconds = 300) =>
        Office.Parameters(("slot", "Slot/s"), ("patient", $"Patient/{patient}"), ("hold-seconds", seconds));

    private static string Book(string patient) => Office.Parameters(("slot", "Slot/s"), ("patient", $"Patient/{patient}"));

    [DatabaseTheory, EachDatabase]
    public async Task R12_A_held_time_is_refused_to_others_and_not_offered(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        await office.PutSlotAsync("s", "a", "09:00", "10:00");

        var held = await office.PostAsync("Appointment/$hold", Hold("p0"));
        var other = await office.PostAsync("Appointment/$book", Book("p1"));
        var offers = await office.GetAsync($"Appointment/$find?start={Office.Day}&end=2027-02-02&schedule=Schedule/a");

        held.Status.Should().Be(201, held.Text);
        held.Appointment["status"]!.ToString().Should().Be("pending");
        other.Status.Should().Be(409);
        offers.Body["total"]!.GetValue<int>().Should().Be(0);
        (await office.SlotStatusAsync("s")).Should().Be("busy-tentative");
    }

    [DatabaseTheory, EachDatabase]
    public async Task R13_The_end_of_a_hold_is_told_and_kept_to_the_second(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        await office.PutSlotAsync("s", "a", "09:00", "10:00");

        var held = await office.PostAsync("Appointment/$hold", Hold("p0", 60));
        var until = held.Appointment["extension"]!.AsArray()
            .Single(e => e!["url"]!.ToString().EndsWith("/held-until"))!["valueInstant"]!.ToString();
        server.Clock.Advance(TimeSpan.FromSeconds(59));
        var before = await office.SlotStatusAsync("s");
        server.Clock.Advance(TimeSpan.FromSeconds(2));
        var after = await office.SlotStatusAsync("s");

        DateTimeOffset.Parse(until).Should().Be(DateTimeOffset.Parse(held.Expires!));
        before.Should().Be("busy-tentative");
        after.Should().Be("free");
        var ended = (await office.GetAsync($"Appointment/{held.Id}")).Appointment;
        ended["status"]!.ToString().Should().Be("cancelled");
        ended["cancelationReason"]!["coding"]![0]!["code"]!.ToString().Should().Be("hold-expired");
        (await office.PostAsync("Appointment/$book", Book("p1"))).Status.Should().Be(201);
    }

    [DatabaseTheory, EachDatabase]
    public async Task R14_A_released_time_is_offered_again_at_once(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        await office.PutSlotAsync("s", "a", "09:00", "10:00");
        var held = await office.PostAsync("Appointment/$hold", Hold("p0"));

        var released = await office.PostAsync($"Appointment/{held.Id}/$release", Office.Parameters());
        var offers = await office.GetAsync($"Appointment/$find?start={Office.Day}&end=2027-02-02&schedule=Schedule/a");

        released.Status.Should().Be(200, released.Text);
        offers.Body["total"]!.GetValue<int>().Should().Be(1);
        (await office.PostAsync("Appointment/$book", Book("p1"))).Status.Should().Be(201);
    }

    [DatabaseTheory, EachDatabase]
    public async Task R15_The_holder_books_what_it_holds(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        await office.PutSlotAsync("s", "a", "09:00", "10:00");
        await office.PutSlotAsync("t", "a", "10:00", "11:00");
        var held = await office.PostAsync("Appointment/$hold", Hold("p0"));
        await office.PostAsync(
            "Appointment/$hold", Office.Parameters(("slot", "Slot/t"), ("patient", "Patient/p0")));

        var offers = await office.GetAsync(
            $"Appointment/$find?start={Office.Day}&end=2027-02-02&schedule=Schedule/a&patient=Patient/p0");
        var byId = await office.PostAsync($"Appointment/{held.Id}/$book", Office.Parameters());
        var anew = await office.PostAsync(
            "Appointment/$book", Office.Parameters(("slot", "Slot/t"), ("patient", "Patient/p0")));

        offers.Body["total"]!.GetValue<int>().Should().Be(2);
        byId.Status.Should().Be(200, byId.Text);
        byId.Id.Should().Be(held.Id);
        byId.Appointment["status"]!.ToString().Should().Be("booked");
        byId.Text.Should().NotContain("held-until");
        anew.Status.Should().BeOneOf(200, 201);
        (await office.SlotStatusAsync("s")).Should().Be("busy");
        (await office.SlotStatusAsync("t")).Should().Be("busy");
    }

    [DatabaseTheory, EachDatabase]
    public async Task R16_Two_callers_cannot_hold_the_same_time(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        await office.PutSlotAsync("s", "a", "09:00", "10:00");

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(i => office.PostAsync("Appointment/$hold", Hold($"p{i}"))));

        answers.Count(a => a.Status == 201).Should().Be(1);
        answers.Count(a => a.Status == 409).Should().Be(9);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Hold_asked_again_by_its_holder_is_the_same_hold(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        await office.PutSlotAsync("s", "a", "09:00", "10:00");

        var first = await office.PostAsync("Appointment/$hold", Hold("p0"));
        var second = await office.PostAsync("Appointment/$hold", Hold("p0"));

        (first.Status, second.Status).Should().Be((201, 200));
        second.Id.Should().Be(first.Id);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Confirming_after_the_end_books_anew_while_the_time_is_free(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        await office.PutSlotAsync("s", "a", "09:00", "10:00");
        var held = await office.PostAsync("Appointment/$hold", Hold("p0", 60));
        server.Clock.Advance(TimeSpan.FromMinutes(2));

        var late = await office.PostAsync($"Appointment/{held.Id}/$book", Office.Parameters());

        late.Status.Should().Be(200, late.Text);
        (await office.SlotStatusAsync("s")).Should().Be("busy");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Confirming_after_the_end_books_anew_though_others_have_cut_its_slot_meanwhile(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        await office.PutSlotAsync("morning", "a", "08:00", "12:00");
        var held = await office.PostAsync("Appointment/$hold", Office.Parameters(("slot", "Slot/morning"), ("patient", "Patient/p1")));
        server.Clock.Advance(TimeSpan.FromMinutes(6));
        var other = await office.PostAsync("Appointment", Office.Appointment("p2", "morning", "10:00", "11:00"));
        var gone = await office.PostAsync($"Appointment/{held.Id}/$confirm", Office.Parameters());
        await office.PostAsync($"Appointment/{other.Id}/$cancel", Office.Parameters());

        var confirmed = await office.PostAsync($"Appointment/{held.Id}/$confirm", Office.Parameters());

        gone.Status.Should().Be(410, gone.Text);
        confirmed.Status.Should().Be(200, confirmed.Text);
        (confirmed.Appointment["start"]!.ToString(), confirmed.Appointment["end"]!.ToString())
            .Should().Be((Office.At("08:00"), Office.At("12:00")));
    }

    [DatabaseTheory, EachDatabase]
    public async Task Confirming_after_the_end_books_time_anew_that_was_held_by_calendars_and_hours_alone(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        var held = await office.PostAsync("Appointment/$hold", HoldOfHours("09:00", "10:00", "a", "room"));
        server.Clock.Advance(TimeSpan.FromMinutes(6));
        var other = await office.PostAsync("Appointment", Office.Appointment("p2", null, "09:30", "10:30", actors: "Location/room"));
        var gone = await office.PostAsync($"Appointment/{held.Id}/$confirm", Office.Parameters());
        await office.PostAsync($"Appointment/{other.Id}/$cancel", Office.Parameters());

        var confirmed = await office.PostAsync($"Appointment/{held.Id}/$confirm", Office.Parameters());
        var taken = new List<int>();
        foreach (var actor in new[] { "Practitioner/a", "Location/room", "Practitioner/b" })
            taken.Add((await office.PostAsync("Appointment", Office.Appointment("p3", null, "09:30", "10:30", actors: actor))).Status);

        held.Status.Should().Be(201, held.Text);
        other.Status.Should().Be(201, other.Text);
        gone.Status.Should().Be(410, gone.Text);
        gone.Rules.Should().Contain("hold-expired");
        confirmed.Status.Should().Be(200, confirmed.Text);
        confirmed.Id.Should().Be(held.Id);
        confirmed.Appointment["status"]!.ToString().Should().Be("booked");
        taken.Should().Equal(409, 409, 201);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Confirming_after_the_end_does_not_book_beside_open_slots_what_was_held_in_them(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        await office.PutSlotAsync("s", "a", "09:00", "10:00");
        var held = await office.PostAsync("Appointment/$hold", Hold("p0", 60));
        server.Clock.Advance(TimeSpan.FromMinutes(2));
        await office.GetAsync($"Appointment/{held.Id}");
        await office.SendAsync(HttpMethod.Delete, "Slot/s", null);

        var late = await office.PostAsync($"Appointment/{held.Id}/$book", Office.Parameters());

        late.Status.Should().Be(410, late.Text);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Confirming_after_the_end_when_the_time_is_gone_tells_that_the_hold_is_gone(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        await office.PutSlotAsync("s", "a", "09:00", "10:00");
        var held = await office.PostAsync("Appointment/$hold", Hold("p0", 60));
        server.Clock.Advance(TimeSpan.FromMinutes(2));
        await office.PostAsync("Appointment/$book", Book("p1"));

        var late = await office.PostAsync($"Appointment/{held.Id}/$book", Office.Parameters());

        late.Status.Should().Be(410, late.Text);
        late.Rules.Should().Contain("hold-expired");
    }

    [DatabaseTheory]
    [EachDatabase(0)]
    [EachDatabase(-5)]
    [EachDatabase(100000)]
    public async Task Hold_of_an_impossible_length_is_refused(DatabaseEngine engine, int seconds)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await Office.OpenAsync(server.Http);
        await office.PutSlotAsync("s", "a", "09:00", "10:00");

        var answer = await office.PostAsync("Appointment/$hold", Hold("p0", seconds));

        answer.Status.Should().Be(422);
    }

    /// <summary>Calendars and hours, where no Slot is.</summary>
    private static string HoldOfHours(string from, string to, params string[] schedules)
    {
        var parameters = JsonNode.Parse(Office.Parameters([.. schedules.Select(id => ("schedule", (object)$"Schedule/{id}"))]))!;
        parameters["parameter"]!.AsArray().Add(new JsonObject
        {
            ["name"] = "appointment", ["resource"] = JsonNode.Parse(Office.Appointment("p1", null, from, to, "proposed")),
        });
        return parameters.ToJsonString();
    }
}
