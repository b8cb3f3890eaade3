using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Ajanvaraus.Fhir.Scheduling.Slots;
using Ajanvaraus.Fhir.Scheduling.Time;

namespace Ajanvaraus.Fhir.Scheduling.Templates;

/// <summary>Id of a Slot that is computed: it tells the calendar and the time, so that it can be read at any moment.</summary>
/// <remarks>
/// <c>c-key-mark-start-end</c>: the key of the calendar's row and the times in hexadecimal, the mark a digest of the
/// calendar and of what the template says. The same id whenever and wherever the same Slot is computed.
/// </remarks>
/// <param name="ScheduleKey">Row key of the Schedule.</param>
/// <param name="Mark">Tells two Slots of one time apart, and the calendars of two databases.</param>
public sealed record ComputedSlotId(long ScheduleKey, string Mark, TimeRange Time)
{
    private const string Prefix = "c-";
    private const int MarkLength = 10;

    public static ComputedSlotId Of(ComputedTime time, string scheduleId, long scheduleKey) =>
        new(scheduleKey, MarkOf(time.Draft, scheduleId), time.Time);

    /// <summary>Null when the text is no such id.</summary>
    public static ComputedSlotId? Parse(string id)
    {
        if (!id.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        var parts = id.Split('-', 4);
        if (parts.Length != 4 || parts[2].Length != MarkLength || OfferPosition.Parse(parts[3]) is not { } position
            || !long.TryParse(parts[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var key))
            return null;
        var read = new ComputedSlotId(key, parts[2], new TimeRange(position.Start, position.End));
        // One spelling of each: another would name the same Slot twice.
        return read.ToString() == id ? read : null;
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Prefix}{ScheduleKey:x}-{Mark}-{new OfferPosition(Time.Start, Time.End)}");

    private static string MarkOf(SlotDraft draft, string scheduleId) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{draft.Key}|{scheduleId}")))[..MarkLength];
}
