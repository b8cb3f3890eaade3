using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Scheduling.Slots;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Mapping;

/// <summary>A decided change of a Slot as the Slot that is stored.</summary>
internal static class SlotMapping
{
    private static readonly string[] Inherited = ["serviceCategory", "serviceType", "specialty"];

    /// <summary>The existing Slot with its new status and time; the same node when nothing changes.</summary>
    public static ElementNode Change(ElementNode slot, SlotChange change, ZoneRules zone)
    {
        var view = new SlotView(slot);
        var status = SlotStatusCodes.Code(change.IsClosed ? SlotStatus.BusyUnavailable : change.Status);
        if (view.Status != status)
            slot = slot.Set("status", status);
        if (view.Start is not { } start || Instant.FromDateTimeOffset(start) != change.Time.Start)
            slot = slot.Set("start", AppointmentMapping.InstantText(change.Time.Start, zone));
        if (view.End is not { } end || Instant.FromDateTimeOffset(end) != change.Time.End)
            slot = slot.Set("end", AppointmentMapping.InstantText(change.Time.End, zone));
        if (!change.IsClosed)
            return NotClosed(slot);
        var (tag, other) = change.IsFull ? (Canonicals.LimitTag, Canonicals.BufferTag) : (Canonicals.BufferTag, Canonicals.LimitTag);
        return Tagged(Untagged(slot, other), tag);
    }

    /// <summary>Without the tags of rules that closed it.</summary>
    public static ElementNode NotClosed(ElementNode slot) =>
        Untagged(Untagged(slot, Canonicals.BufferTag), Canonicals.LimitTag);

    /// <summary>A new Slot: like the one it is cut from, or a filler with the services of its Schedule.</summary>
    public static ElementNode Make(
        string id, SlotChange change, ElementNode? copyOf, ElementNode? schedule, ZoneRules zone)
    {
        var type = R4.Definitions.Resource("Slot")!;
        var slot = new ElementNode(null, type, null, []);
        if (copyOf is not null)
            slot = WithoutOwn(copyOf);
        else if (schedule is not null)
            slot = InheritServices(slot, schedule);
        if (change.IsFiller)
            slot = Tagged(slot, Canonicals.FillerTag);
        var reference = slot.New("schedule").Set("reference", $"Schedule/{change.ScheduleId}");
        slot = slot.Set("id", id).Replace("schedule", reference);
        return Change(slot, change, zone);
    }

    /// <summary>A part of a Slot is not that Slot, but it comes from the same week template.</summary>
    private static ElementNode WithoutOwn(ElementNode slot) => slot
        .Without("meta").Without("text")
        .Replace("identifier", [.. slot.All("identifier")
            .Where(i => i.Text("system") == TemplateSlotMapping.OriginSystem)]);

    private static ElementNode InheritServices(ElementNode slot, ElementNode schedule)
    {
        foreach (var name in Inherited)
        {
            var property = slot.Type.Property(name);
            foreach (var concept in schedule.All(name))
                slot = slot.Append(concept.At(property));
        }
        return slot;
    }

    private static ElementNode Untagged(ElementNode slot, string code)
    {
        if (slot["meta"] is not { } meta || !meta.All("tag").Any(IsIt))
            return slot;
        var rest = meta.Replace("tag", [.. meta.All("tag").Where(t => !IsIt(t))]);
        return rest.Children.IsEmpty ? slot.Without("meta") : slot.Replace("meta", rest);

        bool IsIt(ElementNode tag) => tag.Text("system") == Canonicals.SlotTagSystem && tag.Text("code") == code;
    }

    /// <summary>With a tag by which the server knows its own Slots again.</summary>
    public static ElementNode Tagged(ElementNode slot, string code)
    {
        var meta = slot["meta"] ?? slot.New("meta");
        if (meta.All("tag").Any(t => t.Text("system") == Canonicals.SlotTagSystem && t.Text("code") == code))
            return slot;
        var tag = meta.New("tag").Set("system", Canonicals.SlotTagSystem).Set("code", code);
        return slot.Replace("meta", meta.Append(tag));
    }
}
