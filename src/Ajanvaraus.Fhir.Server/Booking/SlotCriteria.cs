using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Scheduling.Time;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>What a search of Slots asks: of their calendars, of the time, and of the Slots themselves.</summary>
/// <param name="OfSchedule">Criteria on <c>schedule</c>, as criteria of the Schedule.</param>
/// <param name="OfSlot">All the others; null: none.</param>
internal sealed record SlotCriteria(ImmutableArray<SearchExpression> OfSchedule, SearchExpression? OfSlot)
{
    /// <summary>So far ahead when the search has no end.</summary>
    private static readonly Duration Ahead = Duration.FromDays(28);

    private static readonly Duration Furthest = Duration.FromDays(366);

    /// <summary>Longer than any Slot of a template: an end or an overlap may reach back to its start.</summary>
    private static readonly Duration LongestSlot = Duration.FromDays(2);

    public static SlotCriteria Of(SearchExpression? expression)
    {
        ImmutableArray<SearchExpression> operands = expression switch
        {
            null => [],
            AndExpression and => and.Operands,
            _ => [expression],
        };
        var ofSchedule = ImmutableArray.CreateBuilder<SearchExpression>();
        var ofSlot = ImmutableArray.CreateBuilder<SearchExpression>();
        foreach (var operand in operands)
        {
            if (ScheduleOf(operand) is { } schedule)
                ofSchedule.Add(schedule);
            else
                ofSlot.Add(operand);
        }
        return new SlotCriteria(
            ofSchedule.DrainToImmutable(), ofSlot.Count == 0 ? null : new AndExpression(ofSlot.DrainToImmutable()));
    }

    /// <summary>Where computed Slots are looked for: from now on, four weeks unless the search says until when.</summary>
    public TimeRange Window(Instant now)
    {
        var (from, to) = (now, default(Instant?));
        foreach (var date in (OfSlot as AndExpression)?.Operands.OfType<DateExpression>() ?? [])
        {
            if (date.Parameter is not { ResourceType: "Slot", Code: "start" or "end" or OwnSearchParameters.Period })
                continue;
            if (date.Prefix is SearchPrefix.Eq or SearchPrefix.Gt or SearchPrefix.Ge or SearchPrefix.Sa)
                from = Instant.Max(from, MomentOf(date.Start) - (date.Parameter.Code == "start" ? Duration.Zero : LongestSlot));
            if (date.Prefix is SearchPrefix.Eq or SearchPrefix.Lt or SearchPrefix.Le or SearchPrefix.Eb)
                to = Instant.Min(to ?? Instant.MaxValue, MomentOf(date.End));
        }
        return new TimeRange(from, Instant.Min(to ?? from + Ahead, now + Furthest));
    }

    private static Instant MomentOf(long micros) => Instant.FromUnixTimeTicks(Math.Clamp(
        micros, Instant.MinValue.ToUnixTimeTicks() / 20, Instant.MaxValue.ToUnixTimeTicks() / 20) * 10);

    /// <summary>Null for a criterion that is not on the calendar alone.</summary>
    private static SearchExpression? ScheduleOf(SearchExpression expression) => expression switch
    {
        ReferenceExpression { TargetType: null or "Schedule" } r when IsSchedule(r.Parameter) => new IdExpression([r.TargetId]),
        ChainExpression { TargetType: "Schedule" } chain when IsSchedule(chain.Parameter) => chain.Operand,
        OrExpression any when any.Operands.Select(ScheduleOf).ToList() is var each && each.TrueForAll(e => e is not null) =>
            new OrExpression([.. each!]),
        _ => null,
    };

    private static bool IsSchedule(SearchParameter parameter) => parameter is { ResourceType: "Slot", Code: "schedule" };
}
