using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Server.Tests.Security;

namespace Ajanvaraus.Fhir.Server.Tests.Booking;

/// <summary>Who made, changed or took back a booking, for whom and why: docs/security.md, the log.</summary>
public sealed class BookingProvenanceTests
{
    [DatabaseTheory, EachDatabase]
    public async Task Booking_change_and_cancellation_are_recorded_with_who_and_why(DatabaseEngine engine)
    {
        await using var world = await AccessWorld.StartAsync(engine);
        var professional = world.Staff("ammattilainen", "1", "a", "lapsiperheet");
        var citizen = world.Citizen("1");
        var booking = AccessWorld.Appointment("x", "1", "1", "a", "lapsiperheet", "30").Replace("\"id\":\"x\",", "");

        using var made = await world.SendAsync(professional, HttpMethod.Post, "Appointment", booking);
        var id = made.Headers.Location!.AbsolutePath.Split("/Appointment/")[1].Split('/')[0];
        using var changed = await world.SendAsync(
            professional, HttpMethod.Put, $"Appointment/{id}", booking.Replace("\"status\":\"booked\"", $"\"id\":\"{id}\",\"status\":\"booked\"").Replace("canary-x", "other"));
        using var cancelled = await world.SendAsync(citizen, HttpMethod.Post, $"Appointment/{id}/$cancel", """
            {"resourceType":"Parameters","parameter":[{"name":"reason","valueCodeableConcept":{"text":"ill"} }]}
            """);

        changed.IsSuccessStatusCode.Should().BeTrue(await changed.Content.ReadAsStringAsync());
        cancelled.IsSuccessStatusCode.Should().BeTrue(await cancelled.Content.ReadAsStringAsync());
        var told = (await ProvenancesAsync(world, world.Loader, id)).Select(Text).ToList();
        told.Should().BeEquivalentTo(
            $"CREATE Appointment/{id}/_history/1 by Practitioner/1",
            $"UPDATE Appointment/{id}/_history/2 by Practitioner/1 after Appointment/{id}/_history/1",
            $"UPDATE Appointment/{id}/_history/3 by Patient/1 after Appointment/{id}/_history/2 because ill");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Records_are_seen_by_who_takes_part_and_by_the_lead_of_the_unit(DatabaseEngine engine)
    {
        await using var world = await AccessWorld.StartAsync(engine);
        async Task<int> SeenAsync(string token, string id) => (await ProvenancesAsync(world, token, id)).Count;

        (await SeenAsync(world.Staff("ammattilainen", "1", "a", "lapsiperheet"), "a1")).Should().Be(1);
        (await SeenAsync(world.Citizen("1"), "a1")).Should().Be(1);
        (await SeenAsync(world.Staff("esihenkilo", "3", "a", "lastensuojelu"), "a1")).Should().Be(1);
        (await SeenAsync(world.Staff("ammattilainen", "2", "b", "lapsiperheet"), "a1")).Should().Be(0);
        (await SeenAsync(world.Citizen("2"), "a1")).Should().Be(0);
        (await SeenAsync(world.Staff("esihenkilo", "2", "b", "lastensuojelu"), "a1")).Should().Be(0);
    }

    private static async Task<List<JsonNode>> ProvenancesAsync(AccessWorld world, string token, string appointment)
    {
        var (status, body) = await world.GetAsync(token, $"Provenance?target=Appointment/{appointment}");
        status.Should().Be(200, body);
        return [.. (JsonNode.Parse(body)!["entry"]?.AsArray() ?? []).Select(e => e!["resource"]!)];
    }

    private static string Text(JsonNode provenance)
    {
        var agent = provenance["agent"]![0]!;
        var before = provenance["entity"]?.AsArray().Where(e => (string)e!["role"]! == "revision").Select(e => $" after {e!["what"]!["reference"]}").SingleOrDefault();
        return $"{provenance["activity"]!["coding"]![0]!["code"]} {provenance["target"]![0]!["reference"]} by {agent["who"]!["reference"]}"
            + before
            + (provenance["reason"] is { } reason ? $" because {reason[0]!["text"]}" : "");
    }
}
