using Ajanvaraus.Fhir.Scheduling.Time;

namespace Ajanvaraus.Fhir.Scheduling.Templates;

/// <summary>Why a template makes no Slot at a time.</summary>
public enum SkipReason
{
    Holiday,
    Absence,

    /// <summary>A Slot that is not free stands there.</summary>
    Occupied,
}

/// <summary>A Slot that a template asks for.</summary>
/// <param name="Key">The same whenever the same Slot is asked for; kept with the Slot as its origin.</param>
/// <param name="Day">The local day on which its window starts.</param>
/// <param name="OpensAt">When its audience may book it; null: at once.</param>
/// <param name="Skip">Null: to be made.</param>
public sealed record SlotDraft(
    string Key, LocalDate Day, TimeRange Time, TemplateEntry Entry, Instant? OpensAt, SkipReason? Skip);

/// <summary>All that a template asks for from one day to another, both included.</summary>
public sealed record TemplateDrafts(string Template, LocalDate From, LocalDate To, ImmutableArray<SlotDraft> Drafts);
