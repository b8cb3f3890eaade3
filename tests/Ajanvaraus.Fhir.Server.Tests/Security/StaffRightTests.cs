using System.Text.Json.Nodes;

namespace Ajanvaraus.Fhir.Server.Tests.Security;

/// <summary>The rights of booking that not everybody has who may write an Appointment.</summary>
public sealed class StaffRightTests
{
    private const string Book = "Appointment/$book";

    [DatabaseTheory, EachDatabase]
    public async Task G10_Only_who_has_the_right_books_over_others(DatabaseEngine engine)
    {
        await using var world = await AccessWorld.StartAsync(engine);
        var professional = world.Staff("ammattilainen", "1", "a", "lapsiperheet");
        var central = world.Staff("ajanvaraus", "9", "a", "lapsiperheet");

        var first = await SendAsync(world, central, Book, Booking("1"));
        var overByCentral = await SendAsync(world, central, Book, Booking("2", isOver: true));
        var freeByCentral = await SendAsync(world, central, Book, Booking("2", "2", isOver: true));
        var overByAnother = await SendAsync(world, world.Staff("ammattilainen", "3", "b", "lapsiperheet"), Book, Booking("4", isOver: true));
        var overByOwner = await SendAsync(world, professional, Book, Booking("1", isOver: true));
        var overByLead = await SendAsync(world, world.Staff("esihenkilo", "3", "a", "lapsiperheet"), Book, Booking("4", isOver: true));

        first.Status.Should().Be(201, first.Text);
        overByCentral.Status.Should().Be(403, overByCentral.Text);
        freeByCentral.Status.Should().Be(201, "with nothing in the way nothing is overridden: " + freeByCentral.Text);
        overByAnother.Status.Should().Be(403, overByAnother.Text);
        overByOwner.Status.Should().Be(201, overByOwner.Text);
        overByLead.Status.Should().Be(201, overByLead.Text);
        (await world.FoundAsync(world.Loader, "Appointment?date=2026-11-30&actor=Practitioner/1")).Should().HaveCount(3);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Only_who_has_the_right_answers_for_a_professional(DatabaseEngine engine)
    {
        await using var world = await AccessWorld.StartAsync(engine);
        await world.LoadAsync("Schedule/1", """
            {"resourceType":"Schedule","id":"1","actor":[{"reference":"Practitioner/1"}],
            "extension":[{"url":"https://ajanvaraus.example/fhir/StructureDefinition/requires-approval","valueBoolean":true}]}
            """);
        var central = world.Staff("ajanvaraus", "9", "a", "lapsiperheet");
        var professional = world.Staff("ammattilainen", "1", "a", "lapsiperheet");

        var asked = await SendAsync(world, central, Book, Booking("1"));
        var id = (await world.FoundAsync(world.Loader, "Appointment?date=2026-11-30"))[0].Split('/')[1];
        var told = JsonNode.Parse((await world.GetAsync(central, "Appointment/" + id)).Body)!;
        foreach (var participant in told["participant"]!.AsArray())
            participant!["status"] = "accepted";
        told["status"] = "booked";
        var byCentral = await SendAsync(world, central, "Appointment/" + id, told.ToJsonString(), HttpMethod.Put);
        var waiting = (await world.GetAsync(central, "Appointment/" + id)).Body;
        var byOther = await SendAsync(world, world.Staff("ammattilainen", "3", "b", "lapsiperheet"), "AppointmentResponse", Answer(id, "3"));
        var byProfessional = await SendAsync(world, professional, "AppointmentResponse", Answer(id, "1"));
        var booked = (await world.GetAsync(professional, "Appointment/" + id)).Body;

        asked.Status.Should().Be(202, asked.Text);
        byCentral.Status.Should().Be(403, byCentral.Text);
        waiting.Should().Contain("\"status\":\"pending\"");
        byOther.Status.Should().BeOneOf(403, 404);
        byProfessional.Status.Should().Be(201, byProfessional.Text);
        booked.Should().Contain("\"status\":\"booked\"");
    }

    private static string Booking(string patient, string slot = "1", bool isOver = false)
    {
        var over = isOver ? """,{"name":"override","part":[{"name":"reason","valueString":"urgent"}]}""" : "";
        return $$"""
            {"resourceType":"Parameters","parameter":[{"name":"slot","valueReference":{"reference":"Slot/{{slot}}" } },
            {"name":"appointment","resource":{"resourceType":"Appointment","status":"proposed",
            "serviceCategory":[{"coding":[{"system":"https://ajanvaraus.example/fhir/CodeSystem/palvelutehtava","code":"lapsiperheet"}]}],
            "participant":[{"actor":{"reference":"Patient/{{patient}}" },"status":"accepted"},{"actor":{"reference":"Location/a"},"status":"accepted"}]} }{{over}}]}
            """;
    }

    private static string Answer(string appointment, string practitioner) => $$"""
        {"resourceType":"AppointmentResponse","appointment":{"reference":"Appointment/{{appointment}}" },
        "actor":{"reference":"Practitioner/{{practitioner}}" },"participantStatus":"accepted"}
        """;

    private static async Task<(int Status, string Text)> SendAsync(
        AccessWorld world, string token, string url, string body, HttpMethod? method = null)
    {
        using var response = await world.SendAsync(token, method ?? HttpMethod.Post, url, body);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
