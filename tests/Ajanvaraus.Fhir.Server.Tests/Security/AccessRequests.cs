using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Ajanvaraus.Fhir.Server.Tests.Security;

/// <summary>Requests that ask for the same data by every path there is.</summary>
internal static partial class AccessRequests
{
    private static readonly string[] Types =
        ["Appointment", "Patient", "RelatedPerson", "ServiceRequest", "Flag", "Slot", "Schedule", "Practitioner", "Location", "Provenance", "Basic", "AuditEvent"];

    /// <summary>Of nobody in particular.</summary>
    public static IEnumerable<string> Reads()
    {
        foreach (var type in Types)
            foreach (var rest in (string[])[
                "", "?_count=2", "?_summary=count", "?_total=accurate", "?_sort=-_lastUpdated", "?_summary=true", "?_elements=id", "/_history",
                "?_security:not=x", "?_lastUpdated=gt2000", "?_include=*", "/_history?_count=1"])
                yield return type + rest;
        foreach (var url in (string[])[
            "", "?_type=Appointment,Patient", "?_type=Flag,Slot&_total=accurate", "_history", "_history?_count=3", "Appointment?_include=Appointment:patient",
            "Appointment?_include=Appointment:actor&_include:iterate=Patient:general-practitioner", "Appointment?date=2026-11-24", "Appointment?status=booked&_total=accurate",
            "Appointment?service-category=lastensuojelu", "Appointment?location.name=Office", "Appointment?patient.name=Client", "Appointment?patient.address-city=Canarycity3",
            "Appointment?patient.birthdate=gt1990", "Appointment?actor:Patient.address-city=Canary", "Patient?address-city=Canarycity3", "Patient?address=Canary", "Patient?phone=canary-3",
            "Patient?address-city:missing=true", "Patient?address-city:not=x", "Patient?_sort=address-city", "Patient?_sort=birthdate", "Patient?_content=Canarycity3", "Patient?_text=a",
            "Patient?_filter=address-city%20eq%20Canarycity3", "Patient?_has:Appointment:patient:status=booked", "Patient?_has:Appointment:patient:service-category=lastensuojelu",
            "Patient?_has:Appointment:patient:_has:Provenance:target:recorded=gt2000", "Patient?_has:Flag:patient:status=active", "Patient?_revinclude=Appointment:patient", "Patient?_revinclude=Flag:patient",
            "Patient?_revinclude=RelatedPerson:patient", "Practitioner?_revinclude=Appointment:actor", "Practitioner?_has:Appointment:actor:date=2026-11-24", "Location?_has:Appointment:actor:status=booked",
            "Location?_revinclude=Appointment:actor", "Slot?_has:Appointment:slot:status=booked", "Slot?_revinclude=Appointment:slot", "Schedule?_has:Slot:schedule:status=free",
            "Practitioner?_has:Patient:general-practitioner:address-city=Canarycity3", "Practitioner?_has:Appointment:actor:patient.address-city=Canarycity3",
            "RelatedPerson?name=Canaryrelative", "RelatedPerson?patient.name=Client", "Flag?patient.name=Client2", "ServiceRequest?subject:Patient.birthdate=gt1990",
            "Schedule/$week?schedule=1&schedule=2&schedule=3&start=2026-11-23", "Slot/$find?start=2026-11-24&practitioner=1", "Slot/$find?start=2026-11-24&practitioner=2&explain=true",
            "Organization?_has:Patient:organization:_id=3", "Organization?_has:Patient:organization:family=Client3", "Organization?_revinclude=Patient:organization",
            "Patient?organization=Organization/a", "Patient?organization.name=Unit", "Patient?_include=Patient:organization", "Organization?_id=a&_revinclude=Patient:organization",
            "Location?_has:Appointment:actor:patient.organization=Organization/a", "Patient/$everything", "$meta", "Patient/$meta", "Appointment/$meta"])
            yield return url;
    }

    /// <summary>Of one client and their bookings, by name.</summary>
    public static IEnumerable<string> OfClient(string id)
    {
        var booking = "a" + id;
        foreach (var reference in (string[])[$"Patient/{id}", $"RelatedPerson/{id}", $"Flag/{id}", $"ServiceRequest/{id}", $"Appointment/{booking}"])
            foreach (var rest in (string[])["", "/_history", "/_history/1", "/_history/2", "?_summary=true", "?_elements=address", "/$meta", "/_history/1/$meta"])
                yield return reference + rest;
        foreach (var url in (string[])[
            $"Patient/{id}/Appointment", $"Patient/{id}/*", $"Patient/{id}/Flag?_total=accurate", $"Patient/{id}/$everything", $"Patient?_id={id}", $"Patient?_id={id}&_revinclude=Appointment:patient",
            $"Patient?_id={id}&_include=*", $"Appointment?patient=Patient/{id}", $"Appointment?patient={id}&_summary=count", $"Appointment?actor=Patient/{id}", $"Appointment?_id={booking}",
            $"Flag?patient={id}", $"RelatedPerson?patient={id}", $"Practitioner?_has:Appointment:actor:patient={id}", $"Location?_has:Appointment:actor:patient={id}",
            $"Practitioner?_has:Appointment:actor:_id={booking}", $"Slot/$find?start=2026-11-24&practitioner=2&patient=Patient/{id}", $"Slot/$find?start=2026-11-24&practitioner=2&ignore-appointment=Appointment/{booking}",
            $"Patient?family=Client{id}&address-city=Canarycity{id}", $"Practitioner/1/Appointment?patient={id}"])
            yield return url;
    }

    /// <summary>What of an answer must not differ: status, what tells a version, and the body, without sealed cursors and names of requests.</summary>
    public static async Task<string> AnswerAsync(AccessWorld world, string token, string url)
    {
        using var response = await world.SendAsync(token, HttpMethod.Get, url);
        var body = await response.Content.ReadAsStringAsync();
        return $"{(int)response.StatusCode} {response.Headers.ETag} {response.Content.Headers.LastModified} "
            + Varying().Replace((url.StartsWith("AuditEvent", StringComparison.Ordinal) ? OfLog(body) : body).Replace(world.Server.Http.BaseAddress!.Authority, ""), "");
    }

    /// <summary>AuditEvents are named at random, and those of one moment stand in any order: a page of some is compared by their number.</summary>
    private static string OfLog(string body)
    {
        var bundle = JsonNode.Parse(body)!;
        if (bundle["entry"] is not JsonArray entries)
            return body;
        var isPart = bundle["link"]!.AsArray().Any(l => (string)l!["relation"]! == "next");
        foreach (var entry in entries)
        {
            entry!.AsObject().Remove("fullUrl");
            entry["resource"]!.AsObject().Remove("id");
        }
        bundle["entry"] = new JsonArray([.. entries.Select(e => isPart ? "" : e!.ToJsonString()).Order(StringComparer.Ordinal).Select(e => JsonValue.Create(e))]);
        return bundle.ToJsonString();
    }

    [GeneratedRegex("_cursor=[^\"&]*|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", RegexOptions.None, 1000)]
    private static partial Regex Varying();
}
