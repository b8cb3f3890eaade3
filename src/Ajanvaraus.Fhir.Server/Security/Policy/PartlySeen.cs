using System.Collections.Frozen;

using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Mapping;

namespace Ajanvaraus.Fhir.Server.Security.Policy;

/// <summary>What is left of resources that the caller is told in part, and what of them can be searched.</summary>
/// <remarks>What is named here stays; everything else goes, whatever a later profile adds. ROBUSTNESS R20, R30; ADR 0026.</remarks>
public sealed class PartlySeen
{
    private readonly FrozenSet<string> _elements;
    private readonly FrozenSet<string> _parameters;

    /// <param name="elements">Those left.</param>
    /// <param name="parameters">Codes of those that search in what is left, beside those that all resources have.</param>
    private PartlySeen(string type, string[] elements, string[] parameters)
    {
        Type = type;
        _elements = FrozenSet.Create(["id", "meta", .. elements]);
        _parameters = FrozenSet.Create([.. parameters, "_profile", "_security", "_tag", "_source"]);
    }

    /// <summary>A client whose whereabouts are not to be told.</summary>
    public static PartlySeen Client { get; } = new(
        "Patient",
        ["identifier", "active", "name", "gender", "birthDate", "deceased", "communication"],
        ["identifier", "active", "name", "family", "given", "phonetic", "gender", "birthdate", "deceased", "death-date", "language"]);

    /// <summary>A time that cannot be booked, without the reason: why somebody is away is not for everybody.</summary>
    public static PartlySeen Absence { get; } = new(
        "Slot",
        ["identifier", "schedule", "status", "start", "end", "serviceCategory", "serviceType", "specialty"],
        [
            "identifier", "schedule", "status", "start", "end", "date", "period", "service-category", "service-type", "specialty",
            "healthcareService", "group-deadline",
        ]);

    /// <summary>A booking in the calendar of a colleague: when, where and what for, not for whom.</summary>
    /// <remarks>Those who take part are left when they are professionals, places, services or equipment.</remarks>
    public static PartlySeen Booking { get; } = new(
        "Appointment",
        [
            "status", "serviceCategory", "serviceType", "specialty", "appointmentType", "start", "end", "minutesDuration", "slot",
            "participant",
        ],
        []);

    public string Type { get; }

    /// <summary>Whether what is left out leads to other resources; of an absence it does not.</summary>
    public bool LeavesOutReferences => this != Absence;

    /// <summary>Whether the parameter searches in what is left out.</summary>
    public bool IsLeftOut(SearchParameter parameter) => parameter.ResourceType == Type && !_parameters.Contains(parameter.Code);

    /// <summary>Whether it can be one of these, without reading it whole.</summary>
    public bool MayBe(StoredResource resource) => resource.Type == Type && !resource.Body.IsEmpty
        && (this != Absence || resource.Body.Span.IndexOf("busy-unavailable"u8) >= 0);

    /// <summary>What is left, marked as a part: it cannot be taken for the whole and written back.</summary>
    public ElementNode Of(ElementNode whole)
    {
        var left = whole.With([.. whole.Children.Where(child => _elements.Contains(child.Name) && (child.Name != "participant" || IsAtWork(child)))]);
        var meta = left["meta"] ?? left.New("meta");
        var tag = meta.New("tag").Set("system", SummaryFilter.TagSystem).Set("code", SummaryFilter.TagCode);
        return left.Replace("meta", meta.Append(tag));
    }

    /// <summary>Whether the participant of a booking is there for its work, and no client nor somebody of theirs.</summary>
    public static bool IsAtWork(ElementNode participant) => participant["actor"]?.Text("reference") is { } actor
        && LocalReference.Parse(actor) is { Type: "Practitioner" or "PractitionerRole" or "Location" or "HealthcareService" or "Device" };
}
