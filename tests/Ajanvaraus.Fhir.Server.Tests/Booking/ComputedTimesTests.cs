using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Server.Tests.Operations;

namespace Ajanvaraus.Fhir.Server.Tests.Booking;

/// <summary>Times that a calendar's week templates open, without a Slot being stored: docs/adr/0018-computed-times.md.</summary>
public sealed class ComputedTimesTests
{
    private const string Extension = "https://ajanvaraus.example/fhir/StructureDefinition/availability-template";

    [DatabaseTheory, EachDatabase]
    public async Task Template_of_a_calendar_is_offered_held_booked_and_given_back_without_stored_slots(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server, Entry("mon", "09:00", "10:30"));

        var before = await Found.FindAsync(office, "schedule=a&patient=Patient/p0");
        var booked = await office.PostAsync("Appointment/$book", before.Matches[1].ToJsonString());
        var slot = booked.Appointment["slot"]![0]!["reference"]!.ToString();
        var after = await Found.FindAsync(office, "schedule=a&patient=Patient/p1");
        var again = await office.PostAsync("Appointment/$book", before.Matches[1].ToJsonString().Replace("p0", "p1"));
        var taken = await office.GetAsync(slot);
        var cancelled = await office.PostAsync($"Appointment/{booked.Id}/$cancel", Office.Parameters());
        var back = await Found.FindAsync(office, "schedule=a&patient=Patient/p1");

        before.Times.Should().Equal("09:00-09:30", "09:30-10:00", "10:00-10:30");
        booked.Status.Should().Be(201, booked.Text);
        slot.Should().Be(before.Matches[1]["slot"]![0]!["reference"]!.ToString(), "the id stays when it is stored");
        booked.Appointment["serviceType"]![0]!["coding"]![0]!["code"]!.ToString().Should().Be("sosiaalityo");
        again.Status.Should().Be(409, again.Text);
        after.Times.Should().Equal("09:00-09:30", "10:00-10:30");
        taken.Body["status"]!.ToString().Should().Be("busy");
        cancelled.Status.Should().Be(200, cancelled.Text);
        back.Times.Should().Equal(before.Times);
        back.Matches[1]["slot"]![0]!["reference"]!.ToString().Should().Be(slot);
        (await office.GetAsync(slot)).Body["status"]!.ToString().Should().Be("free");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Part_of_a_computed_time_is_booked_and_the_rest_stays_offered(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server, Entry("mon", "09:00", "12:00", minutes: 180));

        var cut = (await Found.FindAsync(office, "schedule=a&patient=Patient/p0&duration=60")).Matches;
        var booked = await office.PostAsync("Appointment/$book", cut[1].ToJsonString());
        var rest = await Found.FindAsync(office, "schedule=a&patient=Patient/p1");
        var moved = await office.PostAsync(
            $"Appointment/{booked.Id}/$reschedule", Office.Parameters(("slot", rest.Matches[0]["slot"]![0]!["reference"]!.ToString())));
        var afterMove = await Found.FindAsync(office, "schedule=a&patient=Patient/p1");

        cut.Should().HaveCount(3);
        booked.Status.Should().Be(201, booked.Text);
        rest.Times.Should().Equal("09:00-10:00", "11:00-12:00");
        moved.Status.Should().Be(200, moved.Text);
        afterMove.Times.Should().Equal("10:00-12:00");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Computed_slot_is_booked_by_its_reference_in_a_plain_create_and_read_before_and_after_it_passes(
        DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server, Entry("mon", "09:00", "10:30"));
        var offered = (await Found.FindAsync(office, "schedule=a")).Matches;
        var (first, second) = (SlotOf(offered[0]), SlotOf(offered[1]));

        var read = await office.GetAsync(first);
        var booked = await office.PostAsync("Appointment", Office.Appointment("p0", second["Slot/".Length..], "09:30", "10:00"));
        var twice = await office.PostAsync("Appointment", Office.Appointment("p1", second["Slot/".Length..], "09:30", "10:00"));
        server.Clock.Advance(TimeSpan.FromDays(800));
        var passed = await office.GetAsync(first);
        await office.PutAsync("""{"resourceType":"Schedule","id":"a","active":true,"actor":[{"reference":"Practitioner/a"}]}""");
        var closed = await office.GetAsync(first);

        read.Body["status"]!.ToString().Should().Be("free");
        read.Body["start"]!.ToString().Should().Be("2027-02-01T09:00:00+02:00");
        read.Body["schedule"]!["reference"]!.ToString().Should().Be("Schedule/a");
        booked.Status.Should().Be(201, booked.Text);
        twice.Status.Should().Be(409, twice.Text);
        passed.Text.Should().Be(read.Text);
        closed.Status.Should().Be(200);
        closed.Body["status"]!.ToString().Should().Be("busy-unavailable");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Id_of_a_time_that_is_taken_in_part_or_no_longer_opened_is_refused_with_409(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server, Entry("mon", "09:00", "12:00", minutes: 180));
        var whole = SlotOf((await Found.FindAsync(office, "schedule=a")).Matches[0])["Slot/".Length..];
        var part = (await Found.FindAsync(office, "schedule=a&patient=Patient/p0&duration=60")).Matches[1];
        await office.PostAsync("Appointment/$book", part.ToJsonString());

        var taken = await office.PostAsync("Appointment", Office.Appointment("p1", whole, "09:00", "12:00"));
        var read = await office.GetAsync($"Slot/{whole}");
        await office.PutAsync("""{"resourceType":"Schedule","id":"a","active":true,"actor":[{"reference":"Practitioner/a"}]}""");
        var closed = await office.PostAsync("Appointment", Office.Appointment("p1", whole, "09:00", "09:30"));

        taken.Status.Should().Be(409, taken.Text);
        taken.Rules.Should().Contain("slot-unavailable");
        read.Body["status"]!.ToString().Should().Be("busy");
        closed.Status.Should().Be(409, closed.Text);
        closed.Rules.Should().Contain("outside-availability");
    }

    [DatabaseTheory, EachDatabase]
    public async Task R59_seats_of_a_computed_group_are_counted_and_a_full_one_disappears(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server, Entry("mon", "09:00", "10:00", minutes: 60, capacity: 2));
        var slot = SlotOf((await Found.FindAsync(office, "schedule=a")).Matches[0])["Slot/".Length..];

        var first = await office.PostAsync("Appointment", Office.Appointment("p0", slot, "09:00", "10:00"));
        var half = await Found.FindAsync(office, "schedule=a");
        var second = await office.PostAsync("Appointment", Office.Appointment("p1", slot, "09:00", "10:00"));
        var full = await Found.FindAsync(office, "schedule=a");
        var third = await office.PostAsync("Appointment", Office.Appointment("p2", slot, "09:00", "10:00"));
        var leaves = await office.PostAsync($"Appointment/{first.Id}/$cancel", Office.Parameters());
        var open = await Found.FindAsync(office, "schedule=a");

        first.Status.Should().Be(201, first.Text);
        half.Times.Should().Equal("09:00-10:00");
        second.Status.Should().Be(201, second.Text);
        full.Times.Should().BeEmpty();
        third.Status.Should().Be(409, third.Text);
        leaves.Status.Should().Be(200);
        open.Times.Should().Equal("09:00-10:00");
        SlotOf(open.Matches[0]).Should().Be($"Slot/{slot}");
    }

    [DatabaseTheory, EachDatabase]
    public async Task R35_absences_and_slots_made_by_hand_are_exceptions_to_the_template(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server, Entry("mon", "09:00", "12:00", minutes: 60));
        await office.PutSlotAsync("lunch", "a", "10:15", "10:30", "busy-unavailable");
        await office.PutSlotAsync("evening", "a", "17:00", "18:00");

        var offered = await Found.FindAsync(office, "schedule=a");

        offered.Times.Should().Equal("09:00-10:00", "10:00-10:15", "10:30-11:00", "11:00-12:00", "17:00-18:00");
    }

    [DatabaseTheory, EachDatabase]
    public async Task R08_a_booking_elsewhere_closes_the_computed_times_of_the_same_professional(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server, Entry("mon", "09:00", "10:30"));
        await office.PutAsync($$"""
            {"resourceType":"Schedule","id":"other","active":true,"actor":[{"reference":"Practitioner/a"}],
             "extension":[{"url":"{{Extension}}","valueReference":{"reference":"Basic/week"} }]}
            """);
        var slot = SlotOf((await Found.FindAsync(office, "schedule=other")).Matches[1])["Slot/".Length..];

        var booked = await office.PostAsync("Appointment", Office.Appointment("p0", slot, "09:30", "10:00"));

        booked.Status.Should().Be(201, booked.Text);
        (await Found.FindAsync(office, "schedule=a")).Times.Should().Equal("09:00-09:30", "10:00-10:30");
        (await Found.FindAsync(office, "schedule=other")).Times.Should().Equal("09:00-09:30", "10:00-10:30");
    }

    private static string SlotOf(JsonNode proposal) => proposal["slot"]![0]!["reference"]!.ToString();

    /// <summary>Schedule/a opens by the template Basic/week.</summary>
    private static async Task<Office> OpenAsync(FhirServer server, params JsonObject[] entries)
    {
        var office = await Office.OpenAsync(server.Http);
        await office.PutAsync(ApplyTemplateTests.Template("week", entries));
        await office.PutAsync($$"""
            {"resourceType":"Schedule","id":"a","active":true,"actor":[{"reference":"Practitioner/a"}],
             "extension":[{"url":"{{Extension}}","valueReference":{"reference":"Basic/week"} }]}
            """);
        return office;
    }

    private static JsonObject Entry(string day, string from, string to, int minutes = 30, int capacity = 1)
    {
        var entry = ApplyTemplateTests.Entry(day, from, to);
        var parts = entry["extension"]!.AsArray();
        parts.First(p => p!["url"]!.ToString() == "slotMinutes")!["valueInteger"] = minutes;
        parts.Add(new JsonObject { ["url"] = "capacity", ["valueInteger"] = capacity });
        return entry;
    }
}
