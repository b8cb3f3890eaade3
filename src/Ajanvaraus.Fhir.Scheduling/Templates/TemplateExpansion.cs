using Ajanvaraus.Fhir.Scheduling.Time;

namespace Ajanvaraus.Fhir.Scheduling.Templates;

/// <summary>Expands a week template into the Slots that it asks for.</summary>
/// <remarks>
/// <para>Shape: ordered by start; windows that overlap with the same content give each time once.</para>
/// <para>Units: windows are wall-clock times in the template's zone, results are instants. The time that passes between
/// the local start and end is filled. A window whose start does not exist on a spring day begins at the end of the gap;
/// a start or end that occurs twice in autumn means the earlier. So
/// daily 00:00 to 08:00 in half hours gives 14 Slots on
/// the spring day, 18 on the autumn day, and 16 on all others.</para>
/// <para>Errors: none; a window without room for a Slot gives none.</para>
/// </remarks>
public static class TemplateExpansion
{
    /// <param name="to">Included.</param>
    /// <param name="holidays">Closed days: windows that start on them are skipped.</param>
    /// <param name="absences">Slots that overlap one are skipped.</param>
    public static TemplateDrafts Expand(
        WeekTemplate template, LocalDate from, LocalDate to, IReadOnlySet<LocalDate> holidays,
        IReadOnlyCollection<TimeRange> absences)
    {
        var zone = CalendarZone.Of(template.ZoneId);
        var absent = new SpanSet([.. absences.Select(TickSpan.Of)]);
        var digests = template.Entries.Select(OriginKey.Digest).ToList();
        var drafts = new Dictionary<string, SlotDraft>();
        for (var day = from; day <= to; day = day.PlusDays(1))
        {
            var week = template.WeekOf(day);
            for (var n = 0; n < template.Entries.Length; n++)
            {
                var entry = template.Entries[n];
                if (entry.Week != week || entry.Day != day.DayOfWeek) continue;
                foreach (var time in Cut(entry, WindowOf(entry, day, zone)))
                {
                    var key = OriginKey.Of(template.Name, day, time, digests[n]);
                    var skip = SkipOf(day, time, holidays, absent);
                    drafts.TryAdd(key, new SlotDraft(key, day, time, entry, OpensAt(entry, day, zone), skip));
                }
            }
        }

        var ordered = drafts.Values.OrderBy(d => d.Time.Start).ThenBy(d => d.Key, StringComparer.Ordinal);
        return new TemplateDrafts(template.Name, from, to, [.. ordered]);
    }

    private static TimeRange WindowOf(TemplateEntry entry, LocalDate day, DateTimeZone zone)
    {
        var lastDay = entry.End <= entry.Start ? day.PlusDays(1) : day;
        return new TimeRange(InstantOf(day.At(entry.Start), zone), InstantOf(lastDay.At(entry.End), zone));
    }

    private static Instant InstantOf(LocalDateTime local, DateTimeZone zone)
    {
        var mapping = zone.MapLocal(local);
        return mapping.Count == 0 ? mapping.LateInterval.Start : mapping.First().ToInstant();
    }

    private static IEnumerable<TimeRange> Cut(TemplateEntry entry, TimeRange window)
    {
        if (entry.SlotLength <= Duration.Zero || entry.Gap < Duration.Zero) yield break;
        for (var start = window.Start; start + entry.SlotLength <= window.End; start += entry.SlotLength + entry.Gap)
            yield return new TimeRange(start, start + entry.SlotLength);
    }

    private static SkipReason? SkipOf(LocalDate day, TimeRange time, IReadOnlySet<LocalDate> holidays, SpanSet absent)
    {
        if (holidays.Contains(day)) return SkipReason.Holiday;
        return absent.Overlaps(TickSpan.Of(time)) ? SkipReason.Absence : null;
    }

    private static Instant? OpensAt(TemplateEntry entry, LocalDate day, DateTimeZone zone) =>
        entry.ReleaseDaysAhead is { } days ? zone.AtStartOfDay(day.PlusDays(-days)).ToInstant() : null;
}
