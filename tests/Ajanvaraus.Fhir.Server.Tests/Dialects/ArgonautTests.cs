using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Server.Tests.Booking;

namespace Ajanvaraus.Fhir.Server.Tests.Dialects;

/// <summary>Argonaut Scheduling, release 1: find, hold and book by the id of what was offered.</summary>
public sealed class ArgonautTests
{
    [DatabaseTheory, EachDatabase]
    public async Task Offer_is_held_by_its_id_and_booked_by_the_id_of_the_hold(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await DialectOffice.OpenAsync(server);
        var offers = await DialectOffice.FindAsync(office, "practitioner=Practitioner/a&visit-type=ohjaus");

        var held = await office.PostAsync("Appointment/$hold", Ids(("appt-id", $"Appointment/{offers[0]["id"]}")));
        var again = await DialectOffice.FindAsync(office, "practitioner=Practitioner/a");
        var booked = await office.PostAsync("Appointment/$book", Ids(
            ("appt-id", $"Appointment/{held.Id}"), ("patient-id", "Patient/p1")));

        offers.Select(o => o["start"]!.ToString()).Should().Equal(Office.At("09:00"), Office.At("10:00"));
        held.Status.Should().Be(201, held.Text);
        held.Appointment["status"]!.ToString().Should().Be("pending");
        held.Expires.Should().NotBeNull();
        again.Select(o => o["start"]!.ToString()).Should().Equal(Office.At("10:00"));
        booked.Status.Should().Be(200, booked.Text);
        booked.Body["type"]!.ToString().Should().Be("searchset");
        booked.Appointment["status"]!.ToString().Should().Be("booked");
        (await office.SlotStatusAsync("a1")).Should().Be("busy");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Offer_of_two_kinds_of_actors_is_booked_by_its_id_in_both_calendars(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await DialectOffice.OpenAsync(server);
        var offers = await DialectOffice.FindAsync(
            office, "practitioner=Practitioner/b&location-reference=Location/room&duration=60");

        var booked = await office.PostAsync("Appointment/$book", Ids(
            ("appt-id", offers.Single()["id"]!.ToString()), ("patient-id", "Patient/p1"), ("comment", "call first")));

        booked.Status.Should().Be(201, booked.Text);
        booked.Appointment["comment"]!.ToString().Should().Be("call first");
        booked.Appointment["serviceType"]![0]!["coding"]![0]!["code"]!.ToString().Should().Be("ohjaus");
        booked.Appointment["participant"]!.AsArray().Select(p => p!["actor"]!["reference"]!.ToString())
            .Should().BeEquivalentTo("Patient/p1", "Practitioner/b", "Location/room");
        (await office.SlotStatusAsync("b1")).Should().Be("busy");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Offer_that_is_gone_is_refused_and_an_unknown_one_not_found(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await DialectOffice.OpenAsync(server);
        var offer = (await DialectOffice.FindAsync(office, "practitioner=Practitioner/a"))[0]["id"]!.ToString();
        await office.PostAsync("Appointment/$book", Ids(("appt-id", offer), ("patient-id", "Patient/p1")));

        var taken = await office.PostAsync("Appointment/$book", Ids(("appt-id", offer), ("patient-id", "Patient/p2")));
        var unknown = await office.PostAsync("Appointment/$book", Ids(
            ("appt-id", offer[..offer.LastIndexOf('-')] + "-7fffffff"), ("patient-id", "Patient/p2")));

        taken.Status.Should().Be(409, taken.Text);
        unknown.Status.Should().Be(404, unknown.Text);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Hold_is_released_by_a_JSON_patch_of_its_status(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await DialectOffice.OpenAsync(server);
        var held = await office.PostAsync("Appointment/$hold", Office.Parameters(("slot", "Slot/a1")));

        using var request = new HttpRequestMessage(HttpMethod.Patch, $"Appointment/{held.Id}")
        {
            Content = new StringContent(
                """[{"op":"replace","path":"/status","value":"cancelled"}]""",
                System.Text.Encoding.UTF8, "application/json-patch+json"),
        };
        using var released = await office.Http.SendAsync(request);

        released.StatusCode.Should().Be(System.Net.HttpStatusCode.OK);
        (await office.SlotStatusAsync("a1")).Should().Be("free");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Prefetch_gives_Slots_and_all_operations_are_told(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await DialectOffice.OpenAsync(server);

        var slots = DialectOffice.Resources(await office.GetAsync(
            $"Slot/$find?start={Office.Day}&end={Office.Day}&practitioner=Practitioner/a"));
        var told = await DialectOffice.OperationsAsync(office);

        slots.Select(s => s["id"]!.ToString()).Should().Equal("a1", "a2");
        foreach (var name in new[] { "find", "hold", "book" })
            told[name].Should().Contain($"http://fhir.org/guides/argonaut-scheduling/OperationDefinition/appointment-{name}");
    }

    private static string Ids(params (string Name, string Value)[] values) => DialectOffice.Parameters(
        [.. values.Select(v => DialectOffice.Value(
            v.Name, v.Name == "comment" ? "String" : "Uri", JsonValue.Create(v.Value)))]);
}
