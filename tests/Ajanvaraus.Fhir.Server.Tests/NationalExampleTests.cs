using System.Text;
using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Server.Tests;

/// <summary>HL7 Finland's own examples are taken in, all but wrong check characters as they are, and come back the same.</summary>
public sealed class NationalExampleTests
{
    private const string Examples = "hl7-fi/examples";

    [SharedDataFact(Examples)]
    public async Task Every_example_is_stored_by_update_and_read_back_the_same()
    {
        await using var server = await FhirServer.StartAsync(DatabaseEngine.Sqlite);
        // The examples tell the life of one Appointment by several with the same time: copies of another system's
        // bookings, which come before the server has those calendars.
        var files = Directory.GetFiles(SharedData.Find(Examples)!, "*.json")
            .OrderBy(f => f.Contains("-Appointment-") ? 0 : 1)
            .ThenBy(f => f, StringComparer.Ordinal)
            .ToList();
        var different = new List<string>();

        foreach (var file in files)
        {
            var given = JsonNode.Parse(Corrected(await File.ReadAllTextAsync(file)))!;
            var url = $"{given["resourceType"]}/{given["id"]}";
            using var body = new StringContent(given.ToJsonString(), Encoding.UTF8, "application/fhir+json");
            using var put = await server.Http.PutAsync(url, body);
            if (!put.IsSuccessStatusCode)
            {
                different.Add($"{Path.GetFileName(file)}: {(int)put.StatusCode} {await put.Content.ReadAsStringAsync()}");
                continue;
            }
            var read = JsonNode.Parse(await server.Http.GetStringAsync(url))!;
            if (!JsonNode.DeepEquals(WithoutServerMeta(given), WithoutServerMeta(read)))
                different.Add($"{Path.GetFileName(file)}: came back as {read.ToJsonString()}");
        }

        files.Should().HaveCountGreaterThan(40);
        different.Should().BeEmpty();
    }

    /// <summary>Two examples have a personal identity code with a wrong check character, which the server refuses.</summary>
    internal static string Corrected(string example) =>
        example.Replace("010190-999X", "010190-999W").Replace("010190-999Y", "010190-999W");

    /// <summary>Version and time are the server's to set.</summary>
    private static JsonNode WithoutServerMeta(JsonNode resource)
    {
        var copy = resource.DeepClone();
        if (copy["meta"] is not JsonObject meta)
            return copy;
        meta.Remove("versionId");
        meta.Remove("lastUpdated");
        if (meta.Count == 0)
            copy.AsObject().Remove("meta");
        return copy;
    }
}
