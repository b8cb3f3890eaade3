using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Server.Commands;
using Ajanvaraus.Fhir.Server.Tests.Commands;

using static Ajanvaraus.Fhir.Server.Tests.Dialects.DialectOffice;

namespace Ajanvaraus.Fhir.Server.Tests.Booking;

/// <summary>Time that is booked twice on purpose, with a reason.</summary>
public sealed class OverbookingTests
{
    private const string Override = "https://ajanvaraus.example/fhir/StructureDefinition/override";

    [DatabaseTheory, EachDatabase]
    public async Task R45_N6_Taken_and_closed_time_is_booked_over_with_a_reason_that_is_recorded(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        await BookAsync(office, "p1", "09:00", "10:00");
        await office.PutSlotAsync("away", "a", "12:00", "13:00", "busy-unavailable");

        var refused = await BookAsync(office, "p2", "09:00", "10:00");
        var withoutReason = await BookAsync(office, "p2", "09:00", "10:00", "");
        var over = await BookAsync(office, "p2", "09:00", "10:00", "the child is in danger");
        var third = await BookAsync(office, "p3", "09:30", "10:30", "and the mother");
        var closed = await BookAsync(office, "p4", "12:00", "12:30", "only time that suits");
        var free = await BookAsync(office, "p5", "14:00", "15:00", "not needed");

        refused.Status.Should().Be(409, refused.Text);
        withoutReason.Status.Should().Be(400, withoutReason.Text);
        foreach (var (answer, reason) in new[] { (over, "the child is in danger"), (third, "and the mother"), (closed, "only time that suits") })
        {
            answer.Status.Should().Be(201, answer.Text);
            ReasonOf(answer.Appointment).Should().Be(reason);
            var recorded = Resources(await office.GetAsync($"Provenance?target=Appointment/{answer.Id}"));
            recorded.Should().ContainSingle();
            recorded[0]["reason"]![0]!["text"]!.ToString().Should().Be(reason);
            recorded[0]["agent"]!.AsArray().Should().ContainSingle();
        }
        ReasonOf(free.Appointment).Should().BeNull("nothing stood in the way");
        (await office.CountAsync("Provenance?_id:missing=false")).Should().Be(3);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Bookings_that_share_their_time_are_changed_moved_and_cancelled_each_for_itself(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        var first = await BookAsync(office, "p1", "09:00", "10:00");
        var over = await BookAsync(office, "p2", "09:30", "10:30", "urgent");
        var twin = await BookAsync(office, "p3", "09:00", "10:00", "urgent too");

        var commented = await CommentAsync(office, first.Id);
        var commentedOver = await CommentAsync(office, over.Id);
        var checkedIn = await office.PostAsync($"Appointment/{twin.Id}/$check-in", Parameters());
        var moved = await office.PostAsync($"Appointment/{first.Id}/$reschedule", Parameters(
            Value("start", "DateTime", Office.At("14:00"))));
        var stays = await office.GetAsync($"Appointment/{over.Id}");
        var stillTaken = await BookAsync(office, "p4", "09:00", "09:15");
        await office.PostAsync($"Appointment/{over.Id}/$cancel", Parameters());
        var half = await BookAsync(office, "p4", "10:00", "10:30");

        commented.Status.Should().Be(200, commented.Text);
        commentedOver.Status.Should().Be(200, commentedOver.Text);
        checkedIn.Status.Should().Be(200, checkedIn.Text);
        moved.Status.Should().Be(200, moved.Text);
        (stays.Body["status"]!.ToString(), stays.Body["start"]!.ToString()).Should().Be(("booked", Office.At("09:30")));
        stillTaken.Status.Should().Be(409, "the twin has it");
        half.Status.Should().Be(201, half.Text);
        (await AuditAsync(server)).Should().Be(ServerCommand.Success);
    }

    [DatabaseTheory, EachDatabase]
    public async Task When_all_who_share_a_time_have_gone_it_is_offered_again(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        await office.PutSlotAsync("s0", "a", "09:00", "10:00");
        var first = await office.PostAsync("Appointment/$book", Office.Parameters(("slot", "Slot/s0"), ("patient", "Patient/p1")));
        var over = await BookAsync(office, "p2", "09:00", "10:00", "urgent");

        await office.PostAsync($"Appointment/{first.Id}/$cancel", Parameters());
        var shared = await office.SlotStatusAsync("s0");
        await office.PostAsync($"Appointment/{over.Id}/$cancel", Parameters());

        over.Status.Should().Be(201, over.Text);
        shared.Should().Be("busy", "the other has it still");
        (await office.SlotStatusAsync("s0")).Should().Be("free");
        (await AuditAsync(server)).Should().Be(ServerCommand.Success);
    }

    [DatabaseTheory, EachDatabase]
    public async Task A_move_may_be_made_over_others_and_what_is_malformed_may_not(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        await BookAsync(office, "p1", "09:00", "10:00");
        var other = await BookAsync(office, "p2", "11:00", "12:00");
        var to = Value("start", "DateTime", Office.At("09:15"));

        var refused = await office.PostAsync($"Appointment/{other.Id}/$reschedule", Parameters(to));
        var moved = await office.PostAsync($"Appointment/{other.Id}/$reschedule", Parameters(to.DeepClone().AsObject(), Overriding("ill")));
        var backwards = await BookAsync(office, "p3", "11:00", "10:00", "why not");

        refused.Status.Should().Be(409, refused.Text);
        moved.Status.Should().Be(200, moved.Text);
        ReasonOf(moved.Body).Should().Be("ill");
        backwards.Status.Should().Be(422, backwards.Text);
    }

    private static string? ReasonOf(JsonNode appointment) => appointment["extension"]?.AsArray()
        .SingleOrDefault(e => e!["url"]!.ToString() == Override)?["valueString"]?.ToString();

    private static async Task<Answer> CommentAsync(Office office, string id)
    {
        var appointment = (await office.GetAsync($"Appointment/{id}")).Body;
        appointment["comment"] = "noted";
        return await office.SendAsync(HttpMethod.Put, $"Appointment/{id}", appointment.ToJsonString());
    }

    private static JsonObject Overriding(string reason) => new()
    {
        ["name"] = "override",
        ["part"] = reason.Length == 0 ? new JsonArray(Value("other", "String", "x")) : new JsonArray(Value("reason", "String", reason)),
    };

    private static Task<Answer> BookAsync(Office office, string patient, string from, string to, string? reason = null)
    {
        List<JsonObject> parameters =
        [
            Resource("appointment", JsonNode.Parse(Office.Appointment(patient, null, from, to, "proposed"))!),
            Reference("schedule", "Schedule/a"),
        ];
        if (reason is not null)
            parameters.Add(Overriding(reason));
        return office.PostAsync("Appointment/$book", Parameters([.. parameters]));
    }

    /// <summary>Exit code of the check of the database.</summary>
    private static Task<int> AuditAsync(FhirServer server) => DatabaseCommands.CheckAsync(
        new ServerOptions(ServerOptions.DefaultUrls, server.DatabaseOption, IsOpen: true), CommandOffice.English, server.Clock,
        CancellationToken.None);

    private static Task<Office> OpenAsync(FhirServer server) => Office.OpenAsync(server.Http);
}
