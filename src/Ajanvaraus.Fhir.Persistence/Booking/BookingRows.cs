using System.Globalization;


using Ajanvaraus.Fhir.Persistence.Sql;
using Ajanvaraus.Fhir.Persistence.Writing;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Scheduling.Slots;
using Ajanvaraus.Fhir.Scheduling.Time;

using NodaTime;

namespace Ajanvaraus.Fhir.Persistence.Booking;

/// <summary>Between rows and the values of scheduling.</summary>
internal static class BookingRows
{
    private const long MaxMicroseconds = 253402300799_000_000;
    private const long MinMicroseconds = -62135596800_000_000;

    public static long Micros(Instant instant) => Math.Clamp(
        instant.ToUnixTimeTicks() / NodaConstants.TicksPerMillisecond * 1000
            + instant.ToUnixTimeTicks() % NodaConstants.TicksPerMillisecond / 10,
        MinMicroseconds, MaxMicroseconds);

    public static Instant Instant(long micros) =>
        NodaTime.Instant.FromUnixTimeTicks(Math.Clamp(micros, MinMicroseconds, MaxMicroseconds) * 10);

    /// <summary>The range between whole multiples of the step, in microseconds, that lies around the given one.</summary>
    public static TimeRange Round(TimeRange range, long step)
    {
        var (start, end) = (Micros(range.Start), Micros(range.End));
        var after = end + ((step - (end % step)) % step);
        return Range(Math.Max(start - (((start % step) + step) % step), MinMicroseconds), Math.Min(after, MaxMicroseconds));
    }

    /// <summary>Reads Slots; those of one calendar come together and say the same, which is kept once.</summary>
    public static Func<SqlRow, SlotState> Slots()
    {
        string scheduleId = "", text = "";
        var said = SlotWords.None;
        return row =>
        {
            scheduleId = row.GetString(1, scheduleId);
            if (row.GetString(7, text) is var lines && !ReferenceEquals(lines, text))
                (text, said) = (lines, SlotWords.Read(lines));
            var isFull = row.GetInt32(6) == SchedulingRows.ClosedByLimit && (SlotStatus)row.GetInt32(4) == SlotStatus.BusyUnavailable;
            var isClosed = isFull
                || (row.GetInt32(6) == SchedulingRows.ClosedByBuffer && (SlotStatus)row.GetInt32(4) == SlotStatus.BusyUnavailable);
            return new SlotState(
                row.GetString(0), scheduleId, Range(row.GetInt64(2), row.GetInt64(3)),
                isClosed ? SlotStatus.Free : (SlotStatus)row.GetInt32(4), row.GetInt32(5),
                row.GetInt32(6) == SchedulingRows.Filler)
            {
                IsClosed = isClosed,
                IsFull = isFull,
                IsClosedByAbsence = row.GetInt32(6) == SchedulingRows.ClosedByAbsence,
                Services = said.Services,
                Audience = said.Audience,
                OpensAt = said.OpensAt,
                ClosesServiceOnly = said.ClosesServiceOnly && !said.Services.IsEmpty && !isClosed
                    && row.GetInt32(6) != SchedulingRows.ClosedByAbsence && (SlotStatus)row.GetInt32(4) == SlotStatus.BusyUnavailable,
            };
        };
    }

    public static Claim Claim(SqlRow row) => new(
        row.GetString(0), row.GetInt32(1), Range(row.GetInt64(2), row.GetInt64(3)), row.GetString(4),
        row.GetString(5), row.IsDBNull(6) ? null : Instant(row.GetInt64(6)), row.GetString(7));

    /// <summary>A Schedule with one of its actors: rows of the same Schedule come one after another.</summary>
    public static ScheduleActorPair ScheduleActor(SqlRow row) => new(
        new ScheduleState(
            row.GetString(0), row.GetInt32(1) != 0, [],
            row.IsDBNull(2) && row.IsDBNull(3) ? null : Range(
                row.IsDBNull(2) ? MinMicroseconds : row.GetInt64(2),
                row.IsDBNull(3) ? MaxMicroseconds : row.GetInt64(3)),
            row.GetString(4))
        {
            Services = Lines(row.GetString(5)),
        },
        row.IsDBNull(6) ? null : row.GetString(6),
        row.IsDBNull(7) ? null : row.GetString(7));

    public static ImmutableArray<ScheduleState> Schedules(List<ScheduleActorPair> rows) =>
    [
        .. rows.GroupBy(r => r.Schedule.Id).Select(g => g.First().Schedule with { Actors = Actors(g) }),
    ];

    private static ImmutableArray<string> Actors(IEnumerable<ScheduleActorPair> rows) =>
    [
        .. rows.SelectMany(r => new[] { r.Actor, r.RolePractitioner is { } id ? $"Practitioner/{id}" : null })
            .OfType<string>().Distinct(),
    ];

    private static TimeRange Range(long start, long end) => new(Instant(start), Instant(end));

    private static ImmutableArray<string> Lines(string text) => text.Length == 0 ? [] : [.. text.Split('\n')];
}

/// <summary>What a Slot says of itself, one thing on a line: codings, and audience and opening as codings of their extension.</summary>
internal sealed record SlotWords(ImmutableArray<string> Services, string Audience, Instant? OpensAt, bool ClosesServiceOnly)
{
    public static readonly SlotWords None = new([], "", null, false);

    private const string AudienceMark = Core.Model.Canonicals.Audience + "|";
    private const string OpensMark = Core.Model.Canonicals.OpensAt + "|";

    private const string ClosesMark = Core.Model.Canonicals.ClosesServiceOnly + "|true";

    public static SlotWords Read(string text)
    {
        if (text.Length == 0)
            return None;
        var (audience, opens, closes) = ("", default(Instant?), false);
        var services = ImmutableArray.CreateBuilder<string>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith(AudienceMark, StringComparison.Ordinal))
                audience = line[AudienceMark.Length..];
            else if (line.StartsWith(OpensMark, StringComparison.Ordinal))
                opens = BookingRows.Instant(long.Parse(line.AsSpan(OpensMark.Length), CultureInfo.InvariantCulture));
            else if (line == ClosesMark)
                closes = true;
            else
                services.Add(line);
        }
        return new SlotWords(services.DrainToImmutable(), audience, opens, closes);
    }
}

internal sealed record ScheduleActorPair(ScheduleState Schedule, string? Actor, string? RolePractitioner);
