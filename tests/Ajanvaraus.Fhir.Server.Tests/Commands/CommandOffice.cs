using System.Text;
using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Commands;
using Ajanvaraus.Fhir.Server.Tests.Booking;

namespace Ajanvaraus.Fhir.Server.Tests.Commands;

/// <summary>An office with every kind of booking, and what its database holds.</summary>
internal static class CommandOffice
{
    public static readonly CommandLanguage English = new("en");

    public const string Now = "2026-11-23T08:00:00+02:00";

    /// <summary>Free, booked, carved, held, cancelled and group times; a patient deleted, one of several versions.</summary>
    public static async Task<Office> OpenAsync(FhirServer server)
    {
        var office = await Office.OpenAsync(server.Http);
        await office.PutSlotAsync("s", "a", "09:00", "10:00");
        await office.PutSlotAsync("long", "a", "12:00", "15:00");
        await office.PutSlotAsync("held", "b", "09:00", "10:00");
        await office.PutSlotAsync("cancelled", "b", "10:00", "11:00");
        await office.PutSlotAsync("free", "b", "14:00", "15:00");
        await office.PutSlotAsync("away", "b", "15:00", "16:00", "busy-unavailable");
        await BookAsync(office, Office.Appointment("p0", "s", "09:00", "10:00", id: "whole"));
        await BookAsync(office, Office.Appointment("p1", "long", "13:00", "14:00", id: "carved"));
        await BookAsync(office, Office.Appointment("p2", null, "16:00", "17:00", id: "filler", actors: "Practitioner/a"));
        await BookAsync(office, Office.Appointment("p3", "cancelled", "10:00", "11:00", id: "gone"));
        (await office.PostAsync("Appointment/gone/$cancel", Office.Parameters())).Status.Should().Be(200);
        var held = await office.PostAsync(
            "Appointment/$hold", Office.Parameters(("slot", "Slot/held"), ("patient", "Patient/p4"), ("hold-seconds", 300)));
        held.Status.Should().Be(201, held.Text);
        await office.PutAsync("""{"resourceType":"Patient","id":"p9","active":true,"name":[{"family":"Uusi"}]}""");
        await office.SendAsync(HttpMethod.Delete, "Patient/p8", null);
        return office;
    }

    /// <summary>Current content by type and id, without what the server stamps.</summary>
    public static async Task<SortedDictionary<string, string>> ContentAsync(ResourceStore store)
    {
        var content = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await store.Upkeep.ExportAsync([], null, resource =>
        {
            var node = JsonNode.Parse(resource.Body.Span)!;
            var meta = node["meta"]!.AsObject();
            meta.Remove("versionId");
            meta.Remove("lastUpdated");
            content.Add($"{resource.Type}/{resource.Id}", node.ToJsonString());
            return ValueTask.CompletedTask;
        }, default);
        return content;
    }

    /// <summary>Every version of every resource, word for word.</summary>
    public static async Task<List<string>> VersionsAsync(ResourceStore store)
    {
        var history = await store.HistoryAsync(new HistoryQuery { Count = 1000 }, default);
        return [.. history.Versions.Select(v =>
            $"{v.Type}/{v.Id} {v.Version} {v.LastUpdated} {v.Method} {Encoding.UTF8.GetString(v.Body.Span)}")];
    }

    private static async Task BookAsync(Office office, string appointment) => await office.PutAsync(appointment);
}
