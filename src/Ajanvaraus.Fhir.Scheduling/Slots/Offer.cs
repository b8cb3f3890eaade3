using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Ajanvaraus.Fhir.Scheduling.Time;

namespace Ajanvaraus.Fhir.Scheduling.Slots;

/// <summary>A time that can be booked at the moment of the search.</summary>
/// <param name="Id">The same for the same time and Schedules; fits a FHIR id.</param>
/// <param name="Calendars">One for each group asked for, in that order.</param>
public sealed record Offer(string Id, TimeRange Time, ImmutableArray<OfferedCalendar> Calendars);

/// <summary>The Schedule that serves one group.</summary>
/// <param name="SlotIds">Slots that carry the time, in order.</param>
/// <param name="SeatsLeft">Of a Slot of several seats; null otherwise.</param>
public sealed record OfferedCalendar(string ScheduleId, ImmutableArray<string> SlotIds, int? SeatsLeft);

/// <summary>A page of offers in order of time.</summary>
/// <param name="Next">Where the next page goes on; null when this was the last.</param>
public sealed record FindResult(ImmutableArray<Offer> Offers, OfferPosition? Next);

/// <summary>The place of an offer in the order of all; one time is offered once.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct OfferPosition(Instant Start, Instant End)
{
    /// <summary>As opaque text for a link.</summary>
    public override string ToString() =>
        $"{Start.ToUnixTimeTicks().ToString("x", CultureInfo.InvariantCulture)}-{
            End.ToUnixTimeTicks().ToString("x", CultureInfo.InvariantCulture)}";

    public static OfferPosition? Parse(string text)
    {
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        if (dash < 1 || TicksOf(text.AsSpan(0, dash)) is not { } start) return null;
        return TicksOf(text.AsSpan(dash + 1)) is { } end && end > start
            ? new OfferPosition(Instant.FromUnixTimeTicks(start), Instant.FromUnixTimeTicks(end))
            : null;
    }

    private static long? TicksOf(ReadOnlySpan<char> text) =>
        long.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var ticks)
        && ticks >= 0 && ticks <= Instant.MaxValue.ToUnixTimeTicks() ? ticks : null;
}

/// <summary>Ids of offers: the time, readable again, and a digest of the Schedules.</summary>
public static class OfferId
{
    private const int DigestLength = 16;

    public static string Of(TimeRange time, IEnumerable<string> scheduleIds)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', scheduleIds)));
        return $"{new OfferPosition(time.Start, time.End)}-{Convert.ToHexStringLower(digest)[..DigestLength]}";
    }

    /// <summary>The time of an offer, to look a proposal up again; null when the text is no offer id.</summary>
    public static TimeRange? TimeOf(string id)
    {
        var dash = id.LastIndexOf('-');
        if (dash < 1 || id.Length - dash - 1 != DigestLength) return null;
        return OfferPosition.Parse(id[..dash]) is { } position ? new TimeRange(position.Start, position.End) : null;
    }
}
