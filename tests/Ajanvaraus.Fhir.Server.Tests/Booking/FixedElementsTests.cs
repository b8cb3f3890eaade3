using System.Text.Json.Nodes;

using static Ajanvaraus.Fhir.Server.Tests.Dialects.DialectOffice;

namespace Ajanvaraus.Fhir.Server.Tests.Booking;

/// <summary>What a booking fixes, by every door: OPERATIONS 0.3.</summary>
public sealed class FixedElementsTests
{
    private const string HeldUntil = "https://ajanvaraus.example/fhir/StructureDefinition/held-until";
    private const string Series = "https://ajanvaraus.example/fhir/StructureDefinition/series";

    /// <summary>Each element with the kind of Appointment that has it.</summary>
    public static TheoryData<string, string, string> Fixed => new()
    {
        { "booked", "client", "AJV-4012" },
        { "booked", "created", "AJV-4015" },
        { "entitled", "entitlement", "AJV-4156" },
        { "entitled", "second entitlement", "AJV-4156" },
        { "held", "hold", "AJV-4200" },
        { "held", "no hold", "AJV-4200" },
        { "booked", "hold", "AJV-4200" },
        { "series", "series", "AJV-4201" },
        { "series", "series number", "AJV-4201" },
    };

    [DatabaseTheory, EachDatabaseOf(nameof(Fixed))]
    public async Task Change_of_a_fixed_element_is_422_by_put_and_transaction_and_400_by_patch(
        DatabaseEngine engine, string kind, string element, string message)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        var id = await MakeAsync(office, kind);
        var changed = Changed((await office.GetAsync($"Appointment/{id}")).Body.AsObject(), element);

        var put = await office.SendAsync(HttpMethod.Put, $"Appointment/{id}", changed.ToJsonString());
        var transaction = await office.PostAsync("", Transaction(id, "PUT", changed));
        var patch = await office.PatchAsync($"Appointment/{id}", Patch(changed, element));
        var patchInside = await office.PostAsync("", Transaction(id, "PATCH", Binary(Patch(changed, element))));

        foreach (var (refused, status) in new[] { (put, 422), (transaction, 422), (patch, 400), (patchInside, 400) })
        {
            refused.Status.Should().Be(status, refused.Text);
            refused.Rules.Should().Contain("immutable-element").And.Contain(message);
        }
        (await office.GetAsync($"Appointment/{id}")).ETag.Should().Be("W/\"1\"", "nothing was written");
    }

    [DatabaseTheory, EachDatabase]
    public async Task What_may_change_does_and_the_same_is_no_change(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = await OpenAsync(server);
        var id = await MakeAsync(office, "held");
        var held = (await office.GetAsync($"Appointment/{id}")).Body.AsObject();
        held["comment"] = "brings the papers";
        // The same moment in another zone is the same hold.
        var until = DateTimeOffset.Parse(held["extension"]![0]!["valueInstant"]!.ToString(), System.Globalization.CultureInfo.InvariantCulture);
        held["extension"]![0]!["valueInstant"] = until.ToOffset(TimeSpan.FromHours(2)).ToString("yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture);

        var commented = await office.SendAsync(HttpMethod.Put, $"Appointment/{id}", held.ToJsonString());
        held["status"] = "booked";
        held.Remove("extension");
        var booked = await office.SendAsync(HttpMethod.Put, $"Appointment/{id}", held.ToJsonString());

        commented.Status.Should().Be(200, commented.Text);
        commented.Body["extension"]![0]!["url"]!.ToString().Should().Be(HeldUntil);
        booked.Status.Should().Be(200, booked.Text);
        booked.Body["extension"].Should().BeNull("a booking does not end by itself");
    }

    private static async Task<string> MakeAsync(Office office, string kind)
    {
        (string, object)[] slot = [("slot", "Slot/s0"), ("patient", "Patient/p1")];
        var made = kind switch
        {
            "held" => await office.PostAsync("Appointment/$hold", Office.Parameters(slot)),
            "entitled" => await office.PostAsync(
                "Appointment/$book", Office.Parameters([.. slot, ("entitlement", "ServiceRequest/e")])),
            "series" => await office.PostAsync("Appointment/$book", Parameters(
                Reference("slot", "Slot/s0"), Reference("patient", "Patient/p1"),
                Value("occurrence-count", "PositiveInt", 2), Value("on-conflict", "Code", "skip"))),
            _ => await office.PostAsync("Appointment/$book", Office.Parameters(slot)),
        };
        made.Status.Should().Be(201, made.Text);
        return made.Id;
    }

    private static JsonObject Changed(JsonObject appointment, string element)
    {
        switch (element)
        {
            case "client":
                foreach (var participant in appointment["participant"]!.AsArray())
                    if (participant!["actor"]!["reference"]!.ToString() == "Patient/p1")
                        participant["actor"] = new JsonObject { ["reference"] = "Patient/p2" };
                break;
            case "created":
                appointment["created"] = "2026-01-01T00:00:00Z";
                break;
            case "entitlement":
                appointment["basedOn"] = new JsonArray(new JsonObject { ["reference"] = "ServiceRequest/other" });
                break;
            case "second entitlement":
                appointment["basedOn"]!.AsArray().Add(new JsonObject { ["reference"] = "ServiceRequest/other" });
                break;
            case "hold":
                appointment["extension"] = new JsonArray(
                    new JsonObject { ["url"] = HeldUntil, ["valueInstant"] = "2027-12-31T00:00:00Z" });
                break;
            case "no hold":
                appointment["extension"] = new JsonArray(new JsonObject { ["url"] = "http://e", ["valueString"] = "x" });
                break;
            case "series":
                appointment["extension"] = new JsonArray(new JsonObject { ["url"] = "http://e", ["valueString"] = "x" });
                break;
            default:
                var parts = appointment["extension"]!.AsArray().Single(e => e!["url"]!.ToString() == Series)!["extension"]!;
                parts.AsArray().Single(p => p!["url"]!.ToString() == "number")!["valuePositiveInt"] = 7;
                break;
        }
        return appointment;
    }

    /// <summary>JSON Patch that sets the element as the whole resource has it.</summary>
    private static string Patch(JsonObject changed, string element)
    {
        var name = element switch
        {
            "client" => "participant",
            "created" => "created",
            "entitlement" or "second entitlement" => "basedOn",
            _ => "extension",
        };
        return new JsonArray(new JsonObject
        {
            ["op"] = "add", ["path"] = $"/{name}", ["value"] = changed[name]!.DeepClone(),
        }).ToJsonString();
    }

    private static JsonObject Binary(string patch) => new()
    {
        ["resourceType"] = "Binary",
        ["contentType"] = "application/json-patch+json",
        ["data"] = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(patch)),
    };

    private static string Transaction(string id, string method, JsonObject resource) => new JsonObject
    {
        ["resourceType"] = "Bundle",
        ["type"] = "transaction",
        ["entry"] = new JsonArray(new JsonObject
        {
            ["resource"] = resource.DeepClone(),
            ["request"] = new JsonObject { ["method"] = method, ["url"] = $"Appointment/{id}" },
        }),
    }.ToJsonString();

    private static async Task<Office> OpenAsync(FhirServer server)
    {
        var office = await Office.OpenAsync(server.Http);
        await office.PutSlotAsync("s0", "a", "09:00", "10:00");
        foreach (var id in new[] { "e", "other" })
            await office.PutAsync($$"""
                {"resourceType":"ServiceRequest","id":"{{id}}","status":"active","intent":"order","subject":{"reference":"Patient/p1"},
                 "category":[{"coding":[{"system":"https://ajanvaraus.example/fhir/CodeSystem/service-request-category",
                 "code":"entitlement"}]}]}
                """);
        return office;
    }
}
