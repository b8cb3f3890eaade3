using System.Text.Json;

namespace Ajanvaraus.Fhir.Server.Audit;

/// <summary>Entries as they are kept: JSON with short names and without what is not known.</summary>
internal static class AuditEntryJson
{
    public static byte[] Write(AuditEntry entry)
    {
        using var output = new Middleware.PooledBuffer(512);
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            foreach (var (name, text) in Texts(entry))
                if (text is not null)
                    json.WriteString(name, text);
            foreach (var (name, texts) in Lists(entry))
                if (texts is not null)
                    WriteList(json, name, texts);
            if (entry.Outcome != 0)
                json.WriteNumber("outcome", entry.Outcome);
            json.WriteStartArray("things");
            foreach (var thing in entry.Things)
                WriteList(json, null, [thing.Action, thing.Interaction, thing.Data ?? "", thing.Client ?? ""]);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return output.WrittenSpan.ToArray();
    }

    /// <param name="bytes">Made by <see cref="Write"/>.</param>
    public static AuditEntry Read(ReadOnlyMemory<byte> bytes)
    {
        using var document = JsonDocument.Parse(bytes);
        var json = document.RootElement;
        return new AuditEntry
        {
            Interaction = Text(json, "interaction")!,
            Operation = Text(json, "operation"),
            Query = Text(json, "query"),
            Outcome = json.TryGetProperty("outcome", out var outcome) ? outcome.GetInt32() : 0,
            RequestId = Text(json, "request"),
            Address = Text(json, "address"),
            Server = Text(json, "server"),
            Issuer = Text(json, "issuer"),
            Subject = Text(json, "subject"),
            Program = Text(json, "program"),
            TokenId = Text(json, "token"),
            User = Text(json, "user"),
            OnBehalfOf = Text(json, "onBehalfOf"),
            Units = List(json, "units"),
            WorkTask = Text(json, "workTask"),
            ServiceTasks = List(json, "serviceTasks"),
            SpecialReason = Text(json, "specialReason"),
            Purposes = List(json, "purposes"),
            Things = [.. json.GetProperty("things").EnumerateArray().Select(Thing)],
        };
    }

    private static (string Name, string? Text)[] Texts(AuditEntry entry) =>
    [
        ("interaction", entry.Interaction), ("operation", entry.Operation), ("query", entry.Query), ("request", entry.RequestId),
        ("address", entry.Address), ("server", entry.Server), ("issuer", entry.Issuer), ("subject", entry.Subject),
        ("program", entry.Program), ("token", entry.TokenId), ("user", entry.User), ("onBehalfOf", entry.OnBehalfOf),
        ("workTask", entry.WorkTask), ("specialReason", entry.SpecialReason),
    ];

    private static (string Name, IReadOnlyList<string>? Texts)[] Lists(AuditEntry entry) =>
        [("units", entry.Units), ("serviceTasks", entry.ServiceTasks), ("purposes", entry.Purposes)];

    private static void WriteList(Utf8JsonWriter json, string? name, IReadOnlyList<string> texts)
    {
        if (name is null)
            json.WriteStartArray();
        else
            json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var text) ? text.GetString() : null;

    private static string[]? List(JsonElement json, string name) =>
        json.TryGetProperty(name, out var list) ? [.. list.EnumerateArray().Select(item => item.GetString()!)] : null;

    private static AuditedThing Thing(JsonElement json) => new(
        json[0].GetString()!, json[1].GetString()!, NoneIfEmpty(json[2].GetString()!), NoneIfEmpty(json[3].GetString()!));

    private static string? NoneIfEmpty(string text) => text.Length == 0 ? null : text;
}
