namespace Ajanvaraus.Fhir.Core.Model.Views;

/// <summary>A Slot as scheduling reads it: http://hl7.org/fhir/R4/slot.html .</summary>
public readonly struct SlotView(ElementNode resource)
{
    public ElementNode Resource => resource;

    public string? Id => resource.Id;

    /// <summary><c>Schedule/a</c> as written; null when the reference is logical or missing.</summary>
    public string? ScheduleReference => resource["schedule"]?.Text("reference");

    /// <summary>Code of <c>http://hl7.org/fhir/slotstatus</c>.</summary>
    public string? Status => resource.Text("status");

    public DateTimeOffset? Start => ViewElements.Moment(resource.Text("start"));

    public DateTimeOffset? End => ViewElements.Moment(resource.Text("end"));

    /// <summary>Seats by the slot-capacity extension; 1 when it is absent or says no positive number.</summary>
    public int Capacity =>
        int.TryParse(resource.ExtensionValue(Canonicals.SlotCapacity), out var seats) && seats > 0 ? seats : 1;

    /// <summary>serviceCategory, serviceType, specialty and appointmentType as <c>system|code</c>.</summary>
    public ImmutableArray<string> Services =>
        resource.Codings("serviceCategory", "serviceType", "specialty", "appointmentType");

    /// <summary>Made by a booking where no Slot stood: tag <see cref="Canonicals.FillerTag"/>.</summary>
    public bool IsFiller => HasTag(Canonicals.FillerTag);

    /// <summary>Closed while a booking beside it keeps buffers, or while its calendar takes no more: tags
    /// <see cref="Canonicals.BufferTag"/> and <see cref="Canonicals.LimitTag"/>.</summary>
    public bool IsClosedByRule =>
        Status == "busy-unavailable" && (HasTag(Canonicals.BufferTag) || HasTag(Canonicals.LimitTag));

    /// <summary>Inside an absence that closed it: no booking has it, and the absence's own Slot closes the time.</summary>
    public bool IsClosedByAbsence => Status == "busy-unavailable" && resource.All("extension").Any(e => e.Text("url") == Canonicals.ClosedBy);

    /// <summary>An absence as <c>$absence</c> records it: tag <see cref="Canonicals.AbsenceTag"/>. No booking ever has it.</summary>
    public bool IsAbsence => HasTag(Canonicals.AbsenceTag);

    private bool HasTag(string code)
    {
        if (resource["meta"] is { } meta)
            foreach (var tag in meta.All("tag"))
                if (tag.Text("system") == Canonicals.SlotTagSystem && tag.Text("code") == code)
                    return true;
        return false;
    }
}
