using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Ajanvaraus.Fhir.Scheduling.Time;

namespace Ajanvaraus.Fhir.Scheduling.Slots;

/// <summary>A time that can be booked at the moment of the search.</summary>
/// <param name="Calendars">One for each group asked for, in that order.</param>
public sealed record Offer(TimeRange Time, ImmutableArray<OfferedCalendar> Calendars)
{
    /// <summary>Of a series: the times after this one, carried by the same calendars.</summary>
    public ImmutableArray<TimeRange> Later { get; init; } = [];
}

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

/// <summary>Ids of offers: the time and the calendars, both read back when the offer is to be held or booked.</summary>
/// <remarks>
/// <c>start-end-k1.k2</c> with the key of each calendar's row, all in hexadecimal. Where the keys of many calendars do
/// not fit a FHIR id there is a digest of them: such an offer is booked by sending it, not by its id.
/// </remarks>
/// <param name="Calendars">Keys of the calendars in order; empty when the id only has their digest.</param>
public sealed record OfferId(TimeRange Time, ImmutableArray<long> Calendars)
{
    /// <summary>Of a FHIR id: http://hl7.org/fhir/R4/datatypes.html#id.</summary>
    private const int Longest = 64;

    private const char DigestMark = 'x';
    private const int DigestLength = 16;

    public static string Of(TimeRange time, IReadOnlyCollection<long> calendars)
    {
        var position = new OfferPosition(time.Start, time.End).ToString();
        var keys = string.Join('.', calendars.Select(k => k.ToString("x", CultureInfo.InvariantCulture)));
        if (position.Length + 1 + keys.Length <= Longest) return $"{position}-{keys}";
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(keys));
        return $"{position}-{DigestMark}{Convert.ToHexStringLower(digest)[..DigestLength]}";
    }

    /// <summary>Null when the text is no offer id.</summary>
    public static OfferId? Parse(string id)
    {
        var dash = id.LastIndexOf('-');
        if (dash < 1 || OfferPosition.Parse(id[..dash]) is not { } position) return null;
        var time = new TimeRange(position.Start, position.End);
        var rest = id[(dash + 1)..];
        if (rest.Length == DigestLength + 1 && rest[0] == DigestMark) return new OfferId(time, []);
        var keys = ImmutableArray.CreateBuilder<long>();
        foreach (var text in rest.Split('.'))
        {
            if (!long.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var key))
                return null;
            keys.Add(key);
        }

        return new OfferId(time, keys.DrainToImmutable());
    }
}
