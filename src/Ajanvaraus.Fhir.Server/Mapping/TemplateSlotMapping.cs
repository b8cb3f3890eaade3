using System.Security.Cryptography;
using System.Text;

using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Scheduling.Slots;
using Ajanvaraus.Fhir.Scheduling.Templates;

namespace Ajanvaraus.Fhir.Server.Mapping;

/// <summary>The Slots that a week template makes, and their origin read back from them.</summary>
internal static class TemplateSlotMapping
{
    /// <summary>Identifier system of the origin: the key of the draft, then the Schedule.</summary>
    public const string OriginSystem = Canonicals.Base + "/sid/template-slot";

    private static readonly TypeSchema Type = R4.Definitions.Resource("Slot")!;

    /// <summary>The same id whenever the same Slot is asked for, so that two who apply at once make one.</summary>
    public static string IdOf(SlotDraft draft, string scheduleId) =>
        "t-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Origin(draft, scheduleId))))[..32];

    /// <param name="claimsProfile">It says that it meets <see cref="Canonicals.SlotProfile"/>.</param>
    public static ElementNode Slot(
        SlotDraft draft, TemplateResource template, ScheduleView schedule, ZoneRules zone, bool claimsProfile)
    {
        var slot = new ElementNode(null, Type, null, []);
        var concepts = template.Concepts[draft.Entry];
        var children = ImmutableArray.CreateBuilder<ElementNode>();
        children.Add(slot.New("id", IdOf(draft, schedule.Id!)));
        if (claimsProfile)
            children.Add(slot.New("meta").Set("profile", Canonicals.SlotProfile));
        children.AddRange(Extensions(slot, draft, zone));
        children.Add(slot.New("identifier").Set("system", OriginSystem).Set("value", Origin(draft, schedule.Id!)));
        children.AddRange(Concept(concepts.ServiceCategory, "serviceCategory", schedule));
        children.AddRange(Concept(concepts.ServiceType, "serviceType", schedule));
        if (AppointmentType(slot, concepts) is { } appointmentType)
            children.Add(appointmentType);
        children.Add(slot.New("schedule").Set("reference", $"Schedule/{schedule.Id}"));
        children.Add(slot.New("status", SlotStatusCodes.Code(SlotStatus.Free)));
        children.Add(slot.New("start", AppointmentMapping.InstantText(draft.Time.Start, zone)));
        children.Add(slot.New("end", AppointmentMapping.InstantText(draft.Time.End, zone)));
        return slot.With(children.DrainToImmutable());
    }

    /// <summary>What a stored Slot is to a template.</summary>
    public static StandingSlot Standing(SlotState state, ElementNode slot)
    {
        var origin = slot.All("identifier").FirstOrDefault(i => i.Text("system") == OriginSystem)?.Text("value");
        var suffix = "|" + state.ScheduleId;
        var key = origin is not null && origin.EndsWith(suffix, StringComparison.Ordinal)
            ? origin[..^suffix.Length]
            : null;
        return new StandingSlot(state.Id, key, state.Time, state.Status);
    }

    private static string Origin(SlotDraft draft, string scheduleId) => $"{draft.Key}|{scheduleId}";

    private static IEnumerable<ElementNode> Extensions(ElementNode slot, SlotDraft draft, ZoneRules zone)
    {
        if (draft.Entry.Capacity > 1)
            yield return Extension(slot, Canonicals.SlotCapacity, "valueInteger", $"{draft.Entry.Capacity}");
        if (draft.Entry.Audience.Length > 0)
            yield return Extension(slot, Canonicals.Audience, "valueCode", draft.Entry.Audience);
        if (draft.OpensAt is { } opens)
            yield return Extension(slot, Canonicals.OpensAt, "valueInstant", AppointmentMapping.InstantText(opens, zone));
    }

    private static ElementNode Extension(ElementNode slot, string url, string value, string text) =>
        slot.New("extension").Set("url", url).Set(value, text);

    /// <summary>As the entry says; where it says nothing, as the Schedule.</summary>
    private static IEnumerable<ElementNode> Concept(ElementNode? concept, string name, ScheduleView schedule)
    {
        var property = Type.Property(name);
        return concept is null ? schedule.Resource.All(name).Select(c => c.At(property)) : [concept.At(property)];
    }

    /// <summary>The time type, with the contact mode as one more coding of it.</summary>
    private static ElementNode? AppointmentType(ElementNode slot, EntryConcepts concepts)
    {
        var property = Type.Property("appointmentType");
        var concept = concepts.AppointmentType?.At(property);
        if (concepts.Mode is not { } mode)
            return concept;
        concept ??= slot.New("appointmentType");
        return concept.Append(mode.At(concept.Type.Property("coding")));
    }
}
