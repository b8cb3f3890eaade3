using System.Collections;
using System.Runtime.CompilerServices;

namespace Ajanvaraus.Fhir.Scheduling.Slots;

/// <summary>Slots of many calendars, in runs of one calendar each.</summary>
/// <remarks>
/// A search of fifty calendars looks at fourteen thousand Slots. What is kept of them in memory is taken over run by
/// run: one list of them all would be copied with every search, and be a large object to the garbage collector.
/// </remarks>
[CollectionBuilder(typeof(CalendarSlots), nameof(Create))]
public sealed class CalendarSlots : IReadOnlyCollection<SlotState>
{
    /// <param name="runs">Each of the Slots of one Schedule; a Schedule may have several.</param>
    public CalendarSlots(IEnumerable<ReadOnlyMemory<SlotState>> runs)
    {
        Runs = [.. runs.Where(r => !r.IsEmpty)];
        foreach (var run in Runs) Count += run.Length;
    }

    /// <summary>None is empty.</summary>
    public ImmutableArray<ReadOnlyMemory<SlotState>> Runs { get; }

    public int Count { get; }

    public static CalendarSlots Create(ReadOnlySpan<SlotState> slots)
    {
        ReadOnlyMemory<SlotState> all = slots.ToArray();
        var runs = new List<ReadOnlyMemory<SlotState>>();
        for (var start = 0; start < slots.Length;)
        {
            var end = start + 1;
            while (end < slots.Length && slots[end].ScheduleId == slots[start].ScheduleId) end++;
            runs.Add(all[start..end]);
            start = end;
        }

        return new CalendarSlots(runs);
    }

    /// <summary>Of which Schedule the Slots of a run are.</summary>
    public static string ScheduleIdOf(ReadOnlyMemory<SlotState> run) => run.Span[0].ScheduleId;

    /// <summary>The Slots of a run that meet the condition; the run itself where all of them do.</summary>
    public static ReadOnlyMemory<SlotState> Only(ReadOnlyMemory<SlotState> run, Func<SlotState, bool> condition)
    {
        var first = 0;
        while (first < run.Length && condition(run.Span[first])) first++;
        if (first == run.Length) return run;
        var kept = new List<SlotState>();
        foreach (var slot in run.Span[..first]) kept.Add(slot);
        foreach (var slot in run.Span[(first + 1)..])
            if (condition(slot)) kept.Add(slot);
        return kept.ToArray();
    }

    public CalendarSlots NonFree() => new(Runs.Select(r => Only(r, s => s.Status != SlotStatus.Free)));

    public IEnumerator<SlotState> GetEnumerator()
    {
        foreach (var run in Runs)
            for (var at = 0; at < run.Length; at++)
                yield return run.Span[at];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>By Schedule, those of several runs in their order.</summary>
    internal Dictionary<string, ReadOnlyMemory<SlotState>> BySchedule()
    {
        var all = new Dictionary<string, ReadOnlyMemory<SlotState>>(Runs.Length);
        foreach (var run in Runs)
            if (!all.TryAdd(ScheduleIdOf(run), run))
                all[ScheduleIdOf(run)] = (SlotState[])[.. all[ScheduleIdOf(run)].Span, .. run.Span];
        return all;
    }
}
