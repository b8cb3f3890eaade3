using System.Globalization;
using System.Text;
using System.Text.Json;

using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Persistence.Audit;
using Ajanvaraus.Fhir.Server.Middleware;

namespace Ajanvaraus.Fhir.Server.Audit;

/// <summary>Spells a line of the log as an AuditEvent.</summary>
/// <remarks>
/// Shape: that of IHE BALP 1.1.4 for what succeeded: who asks is the source and this server the destination, the other way
/// round for a read. What BALP has no place for (unit, whom one acts for) are extensions of ours.
/// Source: https://profiles.ihe.net/ITI/BALP/content.html .
/// </remarks>
internal static class AuditEventJson
{
    private const string Terminology = "http://terminology.hl7.org/CodeSystem/";
    private const string Balp = "https://profiles.ihe.net/ITI/BALP/";
    private const string Dicom = "http://dicom.nema.org/resources/ontology/DCM";
    private const string ServerName = "Ajanvaraus.Fhir";

    /// <summary>As a resource that was read from a store: with the moment of the entry as that of its one version.</summary>
    /// <param name="id">Of the AuditEvent.</param>
    /// <param name="isForClient">Told to the client: without what says more of others than who they are.</param>
    public static StoredResource Of(FoundLine line, string id, bool isForClient)
    {
        var entry = AuditEntryJson.Read(line.Body);
        var thing = entry.Things[line.Line];
        if (isForClient)
            (entry, thing) = ForClient(entry, thing);
        using var output = new PooledBuffer(2048);
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            Write(json, id, Moment(line.Recorded), entry, thing);
        return new StoredResource(0, AuditEvents.Type, id, 1, line.Recorded, WriteMethod.Post, output.WrittenSpan.ToArray());
    }

    /// <summary>Without whatever could name another client.</summary>
    private static (AuditEntry Entry, AuditedThing Thing) ForClient(AuditEntry entry, AuditedThing thing) => (
        entry with
        {
            Query = null, Address = null, TokenId = null, RequestId = null, Server = null, Subject = null,
            OnBehalfOf = entry.OnBehalfOf == $"Patient/{thing.Client}" ? entry.OnBehalfOf : null,
        },
        thing.Data?.StartsWith("Patient/", StringComparison.Ordinal) == true
            && !(thing.Data + "/").StartsWith($"Patient/{thing.Client}/", StringComparison.Ordinal)
                ? thing with { Data = null }
                : thing);

    private static void Write(Utf8JsonWriter json, string id, string recorded, AuditEntry entry, AuditedThing thing)
    {
        json.WriteStartObject();
        json.WriteString("resourceType", AuditEvents.Type);
        json.WriteString("id", id);
        json.WriteStartObject("meta");
        json.WriteString("versionId", "1");
        json.WriteString("lastUpdated", recorded);
        WriteProfiles(json, entry, thing);
        json.WriteEndObject();
        WriteCoding(json, "type", Terminology + "audit-event-type", "rest");
        json.WriteStartArray("subtype");
        foreach (var code in new[] { thing.Interaction, entry.Interaction }.Distinct())
            WriteCoding(json, null, "http://hl7.org/fhir/restful-interaction", code);
        if (entry.Operation is { } operation)
            WriteCoding(json, null, null, operation);
        json.WriteEndArray();
        json.WriteString("action", thing.Action);
        json.WriteString("recorded", recorded);
        json.WriteString("outcome", entry.Outcome.ToString(CultureInfo.InvariantCulture));
        if (entry.SpecialReason is { } reason)
            WriteConcepts(json, "purposeOfEvent", [reason]);
        WriteAgents(json, entry, thing);
        json.WriteStartObject("source");
        json.WriteStartObject("observer");
        json.WriteString("display", ServerName);
        json.WriteEndObject();
        json.WriteStartArray("type");
        WriteCoding(json, null, Terminology + "security-source-type", "4");
        json.WriteEndArray();
        json.WriteEndObject();
        WriteEntities(json, entry, thing);
        json.WriteEndObject();
    }

    /// <summary>Only of what succeeded, and of what BALP has a pattern for.</summary>
    private static void WriteProfiles(Utf8JsonWriter json, AuditEntry entry, AuditedThing thing)
    {
        var pattern = (thing.Action, thing.Interaction) switch
        {
            ("R", "read" or "vread") => "Read",
            ("C", "create") => "Create",
            ("U", "update" or "patch") => "Update",
            ("D", "delete") => "Delete",
            ("E", "search-type" or "search-system") => "Query",
            _ => null,
        };
        json.WriteStartArray("profile");
        json.WriteStringValue(Canonicals.Base + "/StructureDefinition/fi-social-audit-event");
        if (pattern is not null && entry.Outcome == 0)
            json.WriteStringValue(
                $"{Balp}StructureDefinition/IHE.BasicAudit.{(thing.Client is null ? "" : "Patient")}{pattern}");
        json.WriteEndArray();
    }

    private static void WriteAgents(Utf8JsonWriter json, AuditEntry entry, AuditedThing thing)
    {
        var isRead = thing.Action == "R";
        json.WriteStartArray("agent");
        if (entry.User is not null)
            WriteUser(json, entry, thing.Action is "R" or "E" ? "IRCP" : "AUT");
        WriteMachine(
            json, isRead ? "110152" : "110153", entry.Program ?? entry.Subject ?? "unknown", entry.User is null,
            entry.Address ?? "unknown", entry.Address is null ? "1" : "2", entry.User is null ? entry : null);
        WriteMachine(
            json, isRead ? "110153" : "110152", ServerName, isRequestor: false, entry.Server ?? ServerName, "5", null);
        json.WriteEndArray();
    }

    private static void WriteUser(Utf8JsonWriter json, AuditEntry entry, string type)
    {
        json.WriteStartObject();
        WriteExtensions(json, entry);
        WriteConcept(json, "type", Terminology + "v3-ParticipationType", type);
        WriteWorkAndTasks(json, entry);
        json.WriteStartObject("who");
        json.WriteString("reference", entry.User);
        json.WriteEndObject();
        if (entry.Subject is { } subject)
            json.WriteString("altId", subject);
        json.WriteBoolean("requestor", true);
        if (entry.TokenId is { } token)
        {
            json.WriteStartArray("policy");
            json.WriteStringValue(token);
            json.WriteEndArray();
        }
        WriteConcepts(json, "purposeOfUse", entry.Purposes ?? []);
        json.WriteEndObject();
    }

    /// <param name="caller">Of a program without a person: what its token told; else null.</param>
    private static void WriteMachine(
        Utf8JsonWriter json, string type, string name, bool isRequestor, string address, string addressType, AuditEntry? caller)
    {
        json.WriteStartObject();
        if (caller is not null)
            WriteExtensions(json, caller);
        WriteConcept(json, "type", Dicom, type);
        if (caller is not null)
            WriteWorkAndTasks(json, caller);
        json.WriteStartObject("who");
        json.WriteStartObject("identifier");
        json.WriteString("value", name);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteBoolean("requestor", isRequestor);
        json.WriteStartObject("network");
        json.WriteString("address", address);
        json.WriteString("type", addressType);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteExtensions(Utf8JsonWriter json, AuditEntry entry)
    {
        if (entry.Units is null && entry.OnBehalfOf is null)
            return;
        json.WriteStartArray("extension");
        foreach (var unit in entry.Units ?? [])
            WriteReference(json, Canonicals.AuditUnit, unit);
        if (entry.OnBehalfOf is { } principal)
            WriteReference(json, Canonicals.AuditActsFor, principal);
        json.WriteEndArray();
    }

    private static void WriteReference(Utf8JsonWriter json, string url, string reference)
    {
        json.WriteStartObject();
        json.WriteString("url", url);
        json.WriteStartObject("valueReference");
        // The issuer's name of somebody is no address.
        json.WriteString(reference.Contains('/', StringComparison.Ordinal) ? "reference" : "display", reference);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteWorkAndTasks(Utf8JsonWriter json, AuditEntry entry)
    {
        if (entry.WorkTask is null && entry.ServiceTasks is null)
            return;
        json.WriteStartArray("role");
        if (entry.WorkTask is { } task)
            WriteConcept(json, null, null, task);
        foreach (var service in entry.ServiceTasks ?? [])
            if (service.Split('|') is [var system, var code])
                WriteConcept(json, null, system, code);
            else
                WriteConcept(json, null, null, service);
        json.WriteEndArray();
    }

    private static void WriteEntities(Utf8JsonWriter json, AuditEntry entry, AuditedThing thing)
    {
        json.WriteStartArray("entity");
        if (thing.Data is { } data)
            WriteWhat(json, data, Terminology + "audit-entity-type", "2", "4");
        if (thing.Client is { } client)
            WriteWhat(json, "Patient/" + client, Terminology + "audit-entity-type", "1", "1");
        if (thing.Action is "E" && entry.Query is { } query)
        {
            json.WriteStartObject();
            WriteCoding(json, "type", Terminology + "audit-entity-type", "2");
            WriteCoding(json, "role", Terminology + "object-role", "24");
            json.WriteBase64String("query", Encoding.UTF8.GetBytes(query));
            json.WriteEndObject();
        }
        if (entry.RequestId is { } request)
        {
            json.WriteStartObject();
            json.WriteStartObject("what");
            json.WriteStartObject("identifier");
            json.WriteString("value", request);
            json.WriteEndObject();
            json.WriteEndObject();
            WriteCoding(json, "type", Balp + "CodeSystem/BasicAuditEntityType", "XrequestId");
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteWhat(Utf8JsonWriter json, string reference, string system, string type, string role)
    {
        json.WriteStartObject();
        json.WriteStartObject("what");
        json.WriteString("reference", reference);
        json.WriteEndObject();
        WriteCoding(json, "type", system, type);
        WriteCoding(json, "role", Terminology + "object-role", role);
        json.WriteEndObject();
    }

    /// <summary>Codes as the token had them, which told no system.</summary>
    private static void WriteConcepts(Utf8JsonWriter json, string name, IReadOnlyList<string> codes)
    {
        if (codes.Count == 0)
            return;
        json.WriteStartArray(name);
        foreach (var code in codes)
            WriteConcept(json, null, null, code);
        json.WriteEndArray();
    }

    private static void WriteConcept(Utf8JsonWriter json, string? name, string? system, string code)
    {
        Start(json, name);
        json.WriteStartArray("coding");
        WriteCoding(json, null, system, code);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <param name="name">Null within an array.</param>
    /// <param name="system">Null where nobody told it.</param>
    private static void WriteCoding(Utf8JsonWriter json, string? name, string? system, string code)
    {
        Start(json, name);
        if (system is not null)
            json.WriteString("system", system);
        json.WriteString("code", code);
        json.WriteEndObject();
    }

    private static void Start(Utf8JsonWriter json, string? name)
    {
        if (name is null)
            json.WriteStartObject();
        else
            json.WriteStartObject(name);
    }

    private static string Moment(long micros) => DateTimeOffset.FromUnixTimeMilliseconds(micros / 1000)
        .ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
