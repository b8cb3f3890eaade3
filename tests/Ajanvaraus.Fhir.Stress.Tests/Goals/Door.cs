using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Ajanvaraus.Fhir.Stress.Tests.Goals;

/// <summary>One client at one Slot.</summary>
/// <param name="Own">Another booking of the client, which a door that moves moves; null at the others.</param>
internal sealed record DoorVisit(FhirClient Server, int Client, OpenSlot Slot, JsonNode? Own)
{
    public string Patient => Office.Patient(Client);

    public string Key { get; } = $"{Guid.NewGuid():N}";
}

/// <summary>A way by which time of a calendar is taken.</summary>
/// <param name="Moves">It moves a booking that the client has already.</param>
/// <param name="EnterAsync">Its last answer tells whether the client has the time.</param>
internal sealed record Door(string Name, bool Moves, Func<DoorVisit, Task<Answer>> EnterAsync)
{
    private const string JsonPatch = "application/json-patch+json";

    private const string FhirJson = "application/fhir+json";

    private static readonly Regex AppointmentReference = new("Appointment/([A-Za-z0-9.-]{1,64})");

    public static IReadOnlyList<Door> All { get; } =
    [
        Making("$book of a Slot", v => v.Server.PostAsync("Appointment/$book", BookingLoad.Parameters(v.Client, v.Slot))),
        Making("$book of an Appointment", v => v.Server.PostAsync("Appointment/$book", Json(v))),
        Making("$book of a calendar and time", v => v.Server.PostAsync("Appointment/$book", OfCalendar(v))),
        Making("$book with Idempotency-Key", v => v.Server.PostAsync(
            "Appointment/$book", BookingLoad.Parameters(v.Client, v.Slot), ("Idempotency-Key", v.Key))),
        Making("$find and $book of its proposal", FindAndBookAsync),
        Making("Appointment/$hold and $confirm", v => HoldAndBookAsync(v, "Appointment/$hold", "$confirm")),
        Making("Slot/$hold and $book", v => HoldAndBookAsync(v, "Slot/$hold", "$book")),
        Making("create", v => v.Server.PostAsync("Appointment", Json(v))),
        Making("create in XML", v => v.Server.PostXmlAsync("Appointment", Xml(v))),
        Making("conditional create", v => v.Server.PostAsync(
            "Appointment", Json(v), ("If-None-Exist", $"identifier=urn:test:doors|{v.Key}"))),
        Making("update as create", v => v.Server.PutAsync($"Appointment/{v.Key}", Json(v, id: v.Key))),
        Making("conditional update", v => v.Server.PutAsync($"Appointment?identifier=urn:test:doors|{v.Key}", Json(v))),
        Making("create as proposed, update to booked", ProposeAndBookAsync),
        Making("transaction with Slot and Appointment", v => v.Server.PostAsync("", Bundle("transaction",
            Entry("PUT", $"Slot/{v.Slot.Id}", JsonNode.Parse(Office.SlotJson(v.Slot, "busy"))!, "W/\"1\""),
            Entry("POST", "Appointment", Appointment(v))))),
        Making("transaction with a create", v => v.Server.PostAsync("", Bundle(
            "transaction", Entry("POST", "Appointment", Appointment(v))))),
        Making("transaction with an update", v => v.Server.PostAsync("", Bundle(
            "transaction", Entry("PUT", $"Appointment/{v.Key}", Appointment(v, id: v.Key))))),
        Making("batch", async v => OfBatch(await v.Server.PostAsync("", Bundle(
            "batch", Entry("POST", "Appointment", Appointment(v)))))),
        Moving("$reschedule", v => v.Server.PostAsync($"Appointment/{v.Own!["id"]}/$reschedule", BookingLoad.SlotParameters(v.Slot))),
        Moving("update", v => v.Server.PutAsync($"Appointment/{v.Own!["id"]}", Moved(v).ToJsonString())),
        Moving("transaction with a move", v => v.Server.PostAsync("", Bundle(
            "transaction", Entry("PUT", $"Appointment/{v.Own!["id"]}", Moved(v))))),
        Moving("JSON Patch", v => v.Server.PatchAsync($"Appointment/{v.Own!["id"]}", JsonPatchOf(v), JsonPatch)),
        Moving("FHIRPath Patch", v => v.Server.PatchAsync($"Appointment/{v.Own!["id"]}", FhirPathPatchOf(v), FhirJson)),
    ];

    private static Door Making(string name, Func<DoorVisit, Task<Answer>> enter) => new(name, false, enter);

    private static Door Moving(string name, Func<DoorVisit, Task<Answer>> enter) => new(name, true, enter);

    private static async Task<Answer> FindAndBookAsync(DoorVisit v)
    {
        var found = await v.Server.GetAsync(
            $"Appointment/$find?start={v.Slot.Start}&end={v.Slot.End}&schedule=Schedule/{v.Slot.Calendar}&patient={v.Patient}");
        var offers = found.Body["entry"]?.AsArray().Select(e => e!["resource"]!)
            .Where(r => r["resourceType"]!.ToString() == "Appointment").ToList() ?? [];
        // What is not offered any more is lost to somebody else.
        return offers.Count == 0
            ? new Answer(409, """{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"conflict"}]}""")
            : await v.Server.PostAsync("Appointment/$book", offers[0].ToJsonString());
    }

    private static async Task<Answer> HoldAndBookAsync(DoorVisit v, string hold, string confirm)
    {
        var held = await v.Server.PostAsync(hold, BookingLoad.Parameters(v.Client, v.Slot, holdSeconds: 60));
        if (!held.IsSuccess)
            return held;
        var body = held.Body;
        var id = body["resourceType"]!.ToString() == "Appointment"
            ? body["id"]!.ToString()
            : AppointmentReference.Match(held.Text).Groups[1].Value;
        return await v.Server.PostAsync($"Appointment/{id}/{confirm}", """{"resourceType":"Parameters"}""");
    }

    private static async Task<Answer> ProposeAndBookAsync(DoorVisit v)
    {
        var proposed = await v.Server.PostAsync("Appointment", Json(v, status: "proposed"));
        if (!proposed.IsSuccess)
            return proposed;
        var appointment = proposed.Appointment;
        appointment["status"] = "booked";
        return await v.Server.PutAsync($"Appointment/{appointment["id"]}", appointment.ToJsonString());
    }

    private static JsonNode Appointment(DoorVisit v, string status = "booked", string? id = null)
    {
        var appointment = JsonNode.Parse($$"""
            {"resourceType":"Appointment","identifier":[{"system":"urn:test:doors","value":"{{v.Key}}"}],"status":"{{status}}",
             "start":"{{v.Slot.Start}}","end":"{{v.Slot.End}}","slot":[{"reference":"Slot/{{v.Slot.Id}}"}],
             "participant":[{"actor":{"reference":"{{v.Patient}}"},"status":"accepted"}]}
            """)!;
        if (id is not null)
            appointment["id"] = id;
        return appointment;
    }

    private static string Json(DoorVisit v, string status = "booked", string? id = null) => Appointment(v, status, id).ToJsonString();

    private static string Xml(DoorVisit v) => $"""
        <Appointment xmlns="http://hl7.org/fhir"><status value="booked"/><start value="{v.Slot.Start}"/><end value="{v.Slot.End}"/>
        <slot><reference value="Slot/{v.Slot.Id}"/></slot>
        <participant><actor><reference value="{v.Patient}"/></actor><status value="accepted"/></participant></Appointment>
        """;

    private static string OfCalendar(DoorVisit v)
    {
        var appointment = Appointment(v, "proposed");
        appointment.AsObject().Remove("slot");
        return new JsonObject
        {
            ["resourceType"] = "Parameters",
            ["parameter"] = new JsonArray(
                new JsonObject { ["name"] = "appointment", ["resource"] = appointment },
                new JsonObject
                {
                    ["name"] = "schedule",
                    ["valueReference"] = new JsonObject { ["reference"] = $"Schedule/{v.Slot.Calendar}" },
                }),
        }.ToJsonString();
    }

    private static JsonNode Moved(DoorVisit v)
    {
        var moved = v.Own!.DeepClone();
        moved["start"] = v.Slot.Start;
        moved["end"] = v.Slot.End;
        moved["slot"] = new JsonArray(new JsonObject { ["reference"] = $"Slot/{v.Slot.Id}" });
        return moved;
    }

    private static string JsonPatchOf(DoorVisit v) => $$"""
        [{"op":"replace","path":"/start","value":"{{v.Slot.Start}}"},{"op":"replace","path":"/end","value":"{{v.Slot.End}}"},
         {"op":"replace","path":"/slot/0/reference","value":"Slot/{{v.Slot.Id}}"}]
        """;

    private static string FhirPathPatchOf(DoorVisit v)
    {
        JsonObject Replace(string path, string type, string value) => new()
        {
            ["name"] = "operation",
            ["part"] = new JsonArray(
                new JsonObject { ["name"] = "type", ["valueCode"] = "replace" },
                new JsonObject { ["name"] = "path", ["valueString"] = path },
                new JsonObject { ["name"] = "value", [$"value{type}"] = value }),
        };
        return new JsonObject
        {
            ["resourceType"] = "Parameters",
            ["parameter"] = new JsonArray(
                Replace("Appointment.start", "Instant", v.Slot.Start), Replace("Appointment.end", "Instant", v.Slot.End),
                Replace("Appointment.slot[0].reference", "String", $"Slot/{v.Slot.Id}")),
        }.ToJsonString();
    }

    private static JsonObject Entry(string method, string url, JsonNode resource, string? ifMatch = null)
    {
        var request = new JsonObject { ["method"] = method, ["url"] = url };
        if (ifMatch is not null)
            request["ifMatch"] = ifMatch;
        return new JsonObject { ["fullUrl"] = $"urn:uuid:{Guid.NewGuid()}", ["resource"] = resource, ["request"] = request };
    }

    private static string Bundle(string type, params JsonObject[] entries) => new JsonObject
    {
        ["resourceType"] = "Bundle", ["type"] = type, ["entry"] = new JsonArray([.. entries]),
    }.ToJsonString();

    /// <summary>What the one entry of a batch was answered.</summary>
    private static Answer OfBatch(Answer batch)
    {
        if (batch.Status != 200)
            return batch;
        var response = batch.Body["entry"]![0]!["response"]!;
        var outcome = response["outcome"] ?? batch.Body["entry"]![0]!["resource"];
        return new Answer(int.Parse(response["status"]!.ToString()[..3]), outcome?.ToJsonString() ?? "");
    }
}
