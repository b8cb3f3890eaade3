using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Persistence.Writing;

namespace Ajanvaraus.Fhir.Persistence.Search;

/// <summary>Slots of some calendars in a span of time, by the table made for it.</summary>
/// <param name="Schedules">Condition on the Schedule, when it is not named by id.</param>
internal sealed record SlotRangeExpression(
    ImmutableArray<string> ScheduleIds, SearchExpression? Schedules, ImmutableArray<DateExpression> Starts,
    ImmutableArray<int> Statuses)
    : SearchExpression;

/// <summary>Appointments of some participants in a span of time, by the table made for it.</summary>
internal sealed record AppointmentRangeExpression(ImmutableArray<string> Actors, ImmutableArray<DateExpression> Starts)
    : SearchExpression;

/// <summary>Resources whose instant lies between two bounds.</summary>
/// <param name="Dates">Conditions on the parameter; some from below and some from above.</param>
internal sealed record InstantRangeExpression(SearchParameter Parameter, ImmutableArray<DateExpression> Dates)
    : SearchExpression;

/// <summary>Finds in a conjunction what the scheduling tables answer with one index range; the rest stays.</summary>
internal static class SchedulingRewriter
{
    /// <summary>An instant names a second at the longest.</summary>
    public const long LongestInstant = 1_000_000;

    public static SearchExpression Rewrite(SearchExpression expression)
    {
        if (expression is not AndExpression and)
            return expression;
        return Slots(and) ?? Appointments(and) ?? Instants(and) ?? expression;
    }

    private static AndExpression? Slots(AndExpression and)
    {
        var calendar = and.Operands.FirstOrDefault(IsSlotCalendar);
        var starts = and.Operands.OfType<DateExpression>().Where(d => Is(d.Parameter, "Slot", "start"))
            .ToImmutableArray();
        if (calendar is null || starts.IsEmpty)
            return null;
        var status = and.Operands.FirstOrDefault(o => SlotStatuses(o) is not null);
        var range = new SlotRangeExpression(
            ScheduleIds(calendar), (calendar as ChainExpression)?.Operand, starts,
            status is null ? [] : SlotStatuses(status)!.Value);
        return Replaced(and, [calendar, .. starts, .. status is null ? [] : new[] { status }], range);
    }

    private static bool IsSlotCalendar(SearchExpression e) => e switch
    {
        ReferenceExpression { TargetType: null or "Schedule" } r => Is(r.Parameter, "Slot", "schedule"),
        ChainExpression c => Is(c.Parameter, "Slot", "schedule") && c.TargetType == "Schedule",
        OrExpression o => !o.Operands.IsEmpty && o.Operands.All(p => p is ReferenceExpression && IsSlotCalendar(p)),
        _ => false,
    };

    private static ImmutableArray<string> ScheduleIds(SearchExpression calendar) => calendar switch
    {
        ReferenceExpression r => [r.TargetId],
        OrExpression o => [.. o.Operands.Cast<ReferenceExpression>().Select(r => r.TargetId)],
        _ => [],
    };

    /// <summary>Numbers of the statuses asked; null when the expression asks something else.</summary>
    private static ImmutableArray<int>? SlotStatuses(SearchExpression e)
    {
        if (e is OrExpression { Operands.IsEmpty: false } or)
        {
            var each = or.Operands.Select(SlotStatuses).ToList();
            return each.TrueForAll(s => s is not null) ? [.. each.SelectMany(s => s!.Value)] : null;
        }
        return e is TokenExpression { System: null or "http://hl7.org/fhir/slotstatus" } t
            && Is(t.Parameter, "Slot", "status") && SchedulingRows.SlotStatusOf(t.Code) is { } status
                ? [status]
                : null;
    }

    private static AndExpression? Appointments(AndExpression and)
    {
        var actor = and.Operands.FirstOrDefault(o => Actors(o) is not null);
        var starts = and.Operands.OfType<DateExpression>()
            .Where(d => Is(d.Parameter, "Appointment", "date") || Is(d.Parameter, "Appointment", "start"))
            .ToImmutableArray();
        if (actor is null || starts.IsEmpty)
            return null;
        return Replaced(and, [actor, .. starts], new AppointmentRangeExpression(Actors(actor)!.Value, starts));
    }

    /// <summary>References of the participants asked; null when the expression asks something else.</summary>
    private static ImmutableArray<string>? Actors(SearchExpression e)
    {
        if (e is OrExpression { Operands.IsEmpty: false } or)
        {
            var each = or.Operands.Select(Actors).ToList();
            return each.TrueForAll(a => a is not null) ? [.. each.SelectMany(a => a!.Value)] : null;
        }
        return e is ReferenceExpression { TargetType: { } type } r && IsActor(r.Parameter, type)
            ? [$"{type}/{r.TargetId}"]
            : null;
    }

    /// <summary>A day of all calendars: few of all times, which an index finds by their start.</summary>
    private static AndExpression? Instants(AndExpression and)
    {
        var starts = and.Operands.OfType<DateExpression>().Where(IsStart).ToImmutableArray();
        var isBounded = starts.Any(d => d.Prefix is SearchPrefix.Eq)
            || (starts.Any(d => d.Prefix is SearchPrefix.Ge or SearchPrefix.Gt or SearchPrefix.Sa)
                && starts.Any(d => d.Prefix is SearchPrefix.Le or SearchPrefix.Lt or SearchPrefix.Eb));
        return isBounded && starts.All(d => d.Parameter == starts[0].Parameter)
            ? Replaced(and, [.. starts], new InstantRangeExpression(starts[0].Parameter, starts))
            : null;
    }

    private static bool IsStart(DateExpression date) =>
        Is(date.Parameter, "Slot", "start") || Is(date.Parameter, "Appointment", "date")
        || Is(date.Parameter, "Appointment", "start");

    private static bool IsActor(SearchParameter parameter, string type) =>
        Is(parameter, "Appointment", "actor")
        || (Is(parameter, "Appointment", "patient") && type == "Patient")
        || (Is(parameter, "Appointment", "practitioner") && type == "Practitioner")
        || (Is(parameter, "Appointment", "location") && type == "Location");

    private static AndExpression Replaced(
        AndExpression and, ImmutableArray<SearchExpression> old, SearchExpression by) =>
        new([by, .. and.Operands.Where(o => !old.Any(x => ReferenceEquals(x, o)))]);

    private static bool Is(SearchParameter parameter, string type, string code) =>
        parameter.ResourceType == type && parameter.Code == code;
}
