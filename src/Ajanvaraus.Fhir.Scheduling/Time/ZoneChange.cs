namespace Ajanvaraus.Fhir.Scheduling.Time;

/// <summary>New rules of a zone: what was agreed by its clock is at another moment now.</summary>
public sealed class ZoneChange(DateTimeZone before, DateTimeZone after)
{
    /// <summary>The moment at which the clock shows what it would have shown at this one.</summary>
    /// <remarks>Where it skips that, so much later as it skips. Where it shows it twice, by the offset that was meant, else the first time.</remarks>
    public Instant Of(Instant moment)
    {
        var offset = before.GetUtcOffset(moment);
        if (after.GetUtcOffset(moment) == offset)
            return moment;
        var local = moment.InZone(before).LocalDateTime;
        var mapping = after.MapLocal(local);
        return mapping.Count switch
        {
            0 => local.InZoneLeniently(after).ToInstant(),
            2 when mapping.Last().Offset == offset => mapping.Last().ToInstant(),
            _ => mapping.First().ToInstant(),
        };
    }

    /// <summary>As long as before, from its new beginning.</summary>
    public TimeRange Of(TimeRange time)
    {
        var start = Of(time.Start);
        return new TimeRange(start, start + (time.End - time.Start));
    }

    /// <summary>Whether anything in these years is at another moment.</summary>
    public bool Matters(Instant from, Instant until)
    {
        for (var at = from; at < until; at += Duration.FromDays(7))
            if (before.GetUtcOffset(at) != after.GetUtcOffset(at))
                return true;
        return false;
    }
}
