using Ajanvaraus.Fhir.Scheduling.Time;

namespace Ajanvaraus.Fhir.Scheduling.Templates;

/// <summary>Time that a template opens and no stored Slot stands in.</summary>
/// <param name="Draft">What the template asks for.</param>
/// <param name="Time">All of its time, or the part that is left of it.</param>
public sealed record ComputedTime(SlotDraft Draft, TimeRange Time);

/// <summary>What week templates leave open around the Slots that are stored.</summary>
/// <remarks>
/// A stored Slot of the calendar wins wherever it stands, whatever its status: bookings, absences and times made by
/// hand are the exceptions to the rule that the template is.
/// </remarks>
public static class ComputedTimes
{
    /// <param name="drafts">In order of their start; those that are skipped open nothing.</param>
    /// <param name="stored">Times of the Slots of the same calendar, in any order.</param>
    /// <returns>In order of the drafts. A time of several seats is open whole or not at all.</returns>
    public static IEnumerable<ComputedTime> Of(TemplateDrafts drafts, IEnumerable<TimeRange> stored)
    {
        var runs = TimeSpans.Merge(stored);
        var first = 0;
        foreach (var draft in drafts.Drafts)
        {
            if (draft.Skip is not null) continue;
            while (first < runs.Count && runs[first].End <= draft.Time.Start) first++;
            var last = first;
            while (last < runs.Count && runs[last].Start < draft.Time.End) last++;
            if (last == first) yield return new ComputedTime(draft, draft.Time);
            else if (draft.Entry.Capacity == 1)
            {
                foreach (var gap in TimeSpans.Gaps(draft.Time, runs.GetRange(first, last - first)))
                    yield return new ComputedTime(draft, gap);
            }
        }
    }
}
