using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Server.Tests.Booking;

namespace Ajanvaraus.Fhir.Server.Tests.Operations;

/// <summary>The searchset of a <c>$find</c>, taken apart.</summary>
internal sealed class Found(Answer answer)
{
    public Answer Answer => answer;

    public int Total => answer.Body["total"]!.GetValue<int>();

    public JsonNode[] Matches => Entries("match");

    public JsonNode[] Included => Entries("include");

    /// <summary>Issues of the OperationOutcome beside the matches, as id of the message.</summary>
    public string[] Remarks =>
    [
        .. Entries("outcome").SelectMany(o => o["issue"]!.AsArray())
            .Select(i => i!["details"]!["coding"]![0]!["code"]!.ToString()),
    ];

    public string? Next => Link("next");

    /// <summary>Clock times <c>09:00-10:00</c> of the matches, as written.</summary>
    public string[] Times => [.. Matches.Select(m => $"{Clock(m, "start")}-{Clock(m, "end")}")];

    public static async Task<Found> FindAsync(Office office, string query, string type = "Appointment") => new(
        await office.GetAsync($"{type}/$find?start={Office.Day}&end={Office.Day}&{query}"));

    public string? Link(string relation) => answer.Body["link"]!.AsArray()
        .FirstOrDefault(l => l!["relation"]!.ToString() == relation)?["url"]!.ToString();

    private static string Clock(JsonNode match, string element) => match[element]!.ToString()[11..16];

    private JsonNode[] Entries(string mode) => answer.Body["entry"] is not JsonArray entries
        ? []
        : [.. entries.Where(e => e!["search"]!["mode"]!.ToString() == mode).Select(e => e!["resource"]!)];
}
