using System.Globalization;
using System.Text.Json.Nodes;

namespace Ajanvaraus.Fhir.Stress.Tests;

/// <summary>A Slot as it was made: free, in its first version.</summary>
internal sealed record OpenSlot(string Id, string Calendar, string Start, string End);

/// <summary>Professionals with a calendar each, and clients, made over FHIR.</summary>
internal sealed class Office(FhirClient client, int calendars)
{
    private const int SlotMinutes = 15;

    private const int SlotsOfBundle = 200;

    /// <summary>Far enough ahead that nothing is in the past; on the hour.</summary>
    private readonly DateTime _firstDay = DateTime.UtcNow.Date.AddDays(30).AddHours(6);

    public static string Patient(int booker) => $"Patient/p{booker}";

    public static async Task<Office> OpenAsync(FhirClient client, int calendars, int patients)
    {
        var resources = new List<string>();
        for (var i = 0; i < calendars; i++)
        {
            resources.Add($$"""{"resourceType":"Practitioner","id":"c{{i}}","active":true}""");
            resources.Add($$"""
                {"resourceType":"Schedule","id":"c{{i}}","active":true,"actor":[{"reference":"Practitioner/c{{i}}"}]}
                """);
        }
        for (var i = 0; i < patients; i++)
            resources.Add($$"""{"resourceType":"Patient","id":"p{{i}}","active":true}""");
        await PutAllAsync(client, resources);
        return new Office(client, calendars);
    }

    /// <summary>New free Slots on a day of their own, dealt out among the calendars, without gaps.</summary>
    public async Task<IReadOnlyList<OpenSlot>> OpenSlotsAsync(int day, int count)
    {
        var slots = Enumerable.Range(0, count).Select(n => SlotOf(day, n)).ToList();
        foreach (var some in slots.Chunk(SlotsOfBundle))
            await PutAllAsync(client, some.Select(s => SlotJson(s, "free")));
        return slots;
    }

    public static string SlotJson(OpenSlot slot, string status) => $$"""
        {"resourceType":"Slot","id":"{{slot.Id}}","schedule":{"reference":"Schedule/{{slot.Calendar}}"},
         "status":"{{status}}","start":"{{slot.Start}}","end":"{{slot.End}}"}
        """;

    private OpenSlot SlotOf(int day, int n)
    {
        var start = _firstDay.AddDays(day).AddMinutes(n / calendars * SlotMinutes);
        return new OpenSlot($"d{day}-{n}", $"c{n % calendars}", Text(start), Text(start.AddMinutes(SlotMinutes)));
    }

    private static string Text(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static async Task PutAllAsync(FhirClient client, IEnumerable<string> resources)
    {
        var entries = resources.Select(json => JsonNode.Parse(json)!).Select(resource => new JsonObject
        {
            ["request"] = new JsonObject
            {
                ["method"] = "PUT", ["url"] = $"{resource["resourceType"]}/{resource["id"]}",
            },
            ["resource"] = resource,
        });
        var bundle = new JsonObject
        {
            ["resourceType"] = "Bundle", ["type"] = "transaction", ["entry"] = new JsonArray([.. entries]),
        };
        var answer = await client.PostAsync("", bundle.ToJsonString());
        answer.Status.Should().Be(200, answer.Text);
    }
}
