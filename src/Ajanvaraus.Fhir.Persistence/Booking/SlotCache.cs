using System.Collections.Concurrent;

using Ajanvaraus.Fhir.Persistence.Writing;
using Ajanvaraus.Fhir.Scheduling.Slots;
using Ajanvaraus.Fhir.Scheduling.Time;

using NodaTime;

namespace Ajanvaraus.Fhir.Persistence.Booking;

/// <summary>Slots of calendars as searches for free times read them, kept until the calendar changes.</summary>
/// <remarks>
/// Every transaction that changes Slots gives their calendars another version, so what was read at the version that a
/// reader sees is what it would read itself, whichever process changed it: docs/adr/0014-slots-in-memory.md.
/// </remarks>
internal sealed class SlotCache
{
    /// <summary>A Slot with its id, as counted.</summary>
    private const int BytesOfSlot = 230;

    /// <summary>A sixteenth of the memory: Slots of a whole county where there is room for them.</summary>
    private static readonly long MostSlots =
        Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 16 / BytesOfSlot, 100_000, 2_000_000);

    /// <summary>Windows are read in whole weeks, so that the search of a day serves that of the next.</summary>
    private const long Step = 7 * FhirTime.Day;

    /// <summary>Of what is kept of a calendar; a single search may ask for more.</summary>
    private static readonly Duration Widest = Duration.FromDays(400);

    private readonly ConcurrentDictionary<string, Calendar> _calendars = new();
    private readonly Lock _making = new();
    private long _uses;

    /// <summary>The Slots of the Schedules that overlap the window: those of a Schedule together, in order of time.</summary>
    /// <param name="queries">Its reads all see the same moment.</param>
    /// <param name="scheduleIds">Each once.</param>
    /// <param name="window">Of any length.</param>
    public async ValueTask<CalendarSlots> OverlappingAsync(
        BookingQueries queries, List<string> scheduleIds, TimeRange window)
    {
        if (scheduleIds.Count == 0)
            return [];
        var versions = await queries.CalendarVersionsAsync(scheduleIds);
        var kept = scheduleIds.Select(id => _calendars.GetValueOrDefault(id)).OfType<Calendar>()
            .Where(c => c.Version == versions.GetValueOrDefault(c.ScheduleId)).ToDictionary(c => c.ScheduleId);
        var missing = scheduleIds.FindAll(id => kept.GetValueOrDefault(id)?.Window.Contains(window) != true);
        if (missing.Count > 0)
        {
            var wide = Widened(window, missing.Select(kept.GetValueOrDefault).OfType<Calendar>().Select(c => c.Window));
            foreach (var calendar in await ReadAsync(queries, missing, versions, wide))
                kept[calendar.ScheduleId] = calendar;
        }
        return Overlapping(kept.Values, window);
    }

    private CalendarSlots Overlapping(IReadOnlyCollection<Calendar> calendars, TimeRange window)
    {
        var use = Interlocked.Increment(ref _uses);
        foreach (var calendar in calendars)
            calendar.LastUse = use;
        return new CalendarSlots(calendars.Select(c => c.Overlapping(window)));
    }

    private async ValueTask<List<Calendar>> ReadAsync(
        BookingQueries queries, List<string> scheduleIds, Dictionary<string, long> versions, TimeRange window)
    {
        var slots = (await queries.SlotsOverlappingAsync(scheduleIds, window)).ToLookup(s => s.ScheduleId);
        var read = scheduleIds
            .ConvertAll(id => new Calendar(id, versions.GetValueOrDefault(id), window, InOrder(slots[id])));
        var count = read.Sum(c => c.Slots.Length);
        // One search over a whole county's year is answered, and not kept.
        if (count > MostSlots)
            return read;
        lock (_making)
        {
            MakeRoom(count);
            foreach (var calendar in read)
                _calendars[calendar.ScheduleId] = calendar;
        }
        return read;
    }

    /// <summary>As searches list them: sorted once, not with every search.</summary>
    private static SlotState[] InOrder(IEnumerable<SlotState> slots) =>
        [.. slots.OrderBy(s => s.Time.Start).ThenBy(s => s.Time.End).ThenBy(s => s.Id, StringComparer.Ordinal)];

    /// <summary>Forgets those that were not asked for the longest, until so many more Slots have their place.</summary>
    private void MakeRoom(int more)
    {
        var count = _calendars.Values.Sum(c => c.Slots.Length) + more;
        if (count <= MostSlots)
            return;
        foreach (var calendar in _calendars.Values.OrderBy(c => c.LastUse).ToList())
        {
            // A quarter at once: or the next search would be here again.
            if (count <= MostSlots * 3 / 4)
                return;
            _calendars.TryRemove(calendar.ScheduleId, out _);
            count -= calendar.Slots.Length;
        }
    }

    /// <summary>Whole weeks around the window, and what is kept beside it: or searches of two windows would take turns.</summary>
    private static TimeRange Widened(TimeRange window, IEnumerable<TimeRange> kept)
    {
        var wide = BookingRows.Round(window, Step);
        foreach (var range in kept)
        {
            var both = new TimeRange(Instant.Min(wide.Start, range.Start), Instant.Max(wide.End, range.End));
            if (both.Length <= Widest)
                wide = both;
        }
        return wide;
    }

    /// <param name="Version">Of the calendar when it was read.</param>
    /// <param name="Window">What was read of it: the Slots that overlap it.</param>
    /// <param name="Slots">In order of their starts.</param>
    private sealed record Calendar(string ScheduleId, long Version, TimeRange Window, SlotState[] Slots)
    {
        private readonly Duration _longest = Slots.Length == 0 ? Duration.Zero : Slots.Max(s => s.Time.Length);

        /// <summary>Counts searches. Races lose a use, which costs nothing but its place in the order.</summary>
        public long LastUse { get; set; }

        /// <summary>A part of the Slots as they are kept; a copy where a longer one overlaps and those after it do not.</summary>
        public ReadOnlyMemory<SlotState> Overlapping(TimeRange window)
        {
            var first = FirstFrom(window.Widened(_longest, Duration.Zero).Start);
            while (first < Slots.Length && Slots[first].Time.End <= window.Start)
                first++;
            var last = FirstFrom(window.End);
            return first >= last ? default : CalendarSlots.Only(Slots.AsMemory(first..last), s => s.Time.Overlaps(window));
        }

        private int FirstFrom(Instant start)
        {
            var (low, high) = (0, Slots.Length);
            while (low < high)
            {
                var middle = (low + high) >>> 1;
                if (Slots[middle].Time.Start < start) low = middle + 1;
                else high = middle;
            }
            return low;
        }
    }
}
