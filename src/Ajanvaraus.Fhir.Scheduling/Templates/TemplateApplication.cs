using Ajanvaraus.Fhir.Scheduling.Slots;
using Ajanvaraus.Fhir.Scheduling.Time;

namespace Ajanvaraus.Fhir.Scheduling.Templates;

/// <summary>A Slot that stands in the calendar.</summary>
/// <param name="OriginKey">Key of the draft that it, or the Slot it was cut from, was made for; null: by hand.</param>
public sealed record StandingSlot(string Id, string? OriginKey, TimeRange Time, SlotStatus Status);

/// <summary>What applying a template does.</summary>
/// <param name="Keep">Ids of Slots that the template still asks for.</param>
/// <param name="Remove">Ids of free Slots of the template that it no longer asks for.</param>
/// <param name="Skipped">Drafts that make no Slot, with the reason.</param>
public sealed record TemplatePlan(
    ImmutableArray<SlotDraft> Make, ImmutableArray<string> Keep, ImmutableArray<string> Remove,
    ImmutableArray<SlotDraft> Skipped);

/// <summary>Compares what a template asks for with what stands, and touches only what is free.</summary>
/// <remarks>
/// Applying the same template again makes and removes nothing. Slots made by hand or by other templates, Slots outside
/// the days applied, and all that is not free stay; nothing is made over a Slot that is not free.
/// </remarks>
public static class TemplateApplication
{
    public static TemplatePlan Plan(TemplateDrafts drafts, IReadOnlyCollection<StandingSlot> standing)
    {
        var wanted = drafts.Drafts.Where(d => d.Skip is null).Select(d => d.Key).ToHashSet();
        var keep = ImmutableArray.CreateBuilder<string>();
        var remove = ImmutableArray.CreateBuilder<string>();
        var kept = new HashSet<string>();
        var occupied = new List<TickSpan>();
        foreach (var slot in standing)
        {
            if (slot.Status == SlotStatus.EnteredInError) continue;
            if (slot.Status != SlotStatus.Free) occupied.Add(TickSpan.Of(slot.Time));
            if (!IsOfPeriod(slot, drafts)) continue;
            if (wanted.Contains(slot.OriginKey!))
            {
                kept.Add(slot.OriginKey!);
                keep.Add(slot.Id);
            }
            else if (slot.Status == SlotStatus.Free) remove.Add(slot.Id);
        }

        var (make, skipped) = Split(drafts, kept, new SpanSet(occupied));
        return new TemplatePlan(make, keep.ToImmutable(), remove.ToImmutable(), skipped);
    }

    private static (ImmutableArray<SlotDraft> Make, ImmutableArray<SlotDraft> Skipped) Split(
        TemplateDrafts drafts, HashSet<string> kept, SpanSet occupied)
    {
        var make = ImmutableArray.CreateBuilder<SlotDraft>();
        var skipped = ImmutableArray.CreateBuilder<SlotDraft>();
        foreach (var draft in drafts.Drafts)
        {
            if (draft.Skip is not null) skipped.Add(draft);
            else if (kept.Contains(draft.Key)) continue;
            else if (occupied.Overlaps(TickSpan.Of(draft.Time))) skipped.Add(draft with { Skip = SkipReason.Occupied });
            else make.Add(draft);
        }

        return (make.ToImmutable(), skipped.ToImmutable());
    }

    private static bool IsOfPeriod(StandingSlot slot, TemplateDrafts drafts) =>
        OriginKey.DayOf(slot.OriginKey, drafts.Template) is { } day && day >= drafts.From && day <= drafts.To;
}
