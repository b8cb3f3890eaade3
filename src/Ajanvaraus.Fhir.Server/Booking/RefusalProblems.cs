using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Scheduling.Time;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Writing;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>What a caller is told when the calendars or the rules refuse.</summary>
/// <remarks>Source: docs/scheduling-rules.md, Failures.</remarks>
internal static class RefusalProblems
{
    /// <summary>All reasons at once, with the kind of the gravest.</summary>
    public static Problem From(Refused refused, AppointmentView appointment)
    {
        var gravest = refused.Reasons.Select(r => r.Kind).OrderBy(Gravity).First();
        var reasons = refused.Reasons.Where(r => r.Kind == gravest);
        return gravest switch
        {
            RefusalKind.SlotUnavailable => Unavailable([.. reasons], appointment),
            RefusalKind.OutsideAvailability => OutsideAvailability([.. reasons]),
            RefusalKind.LimitReached => OfRule(SchedulingMessages.LimitReached, RuleCodes.Own("booking-limit"), reasons),
            RefusalKind.LengthNotGiven => OfRule(SchedulingMessages.LengthNotGiven, RuleCodes.Own("visit-length"), reasons),
            RefusalKind.ReferenceNotFound =>
                new Problem(ProblemKind.Unprocessable, [.. reasons.Select(UnknownReference)]),
            RefusalKind.InvalidTime => InvalidTime(),
            _ => NothingToBook(),
        };
    }

    /// <summary>The hold to be confirmed is over and its time is gone: 410, with what stands in the way.</summary>
    public static Problem HoldExpired(Refused refused, AppointmentView appointment)
    {
        var ended = SchedulingMessages.HoldEnded.At("Appointment") with
        {
            Details = [RuleCodes.Own("hold-expired")],
        };
        return new Problem(ProblemKind.Gone, [ended, .. From(refused, appointment).Issues]);
    }

    public static Problem NothingToBook() => new(ProblemKind.Invalid,
    [
        SchedulingMessages.NothingToBook.At("Appointment.slot") with
        {
            Details = [RuleCodes.Own("bad-request"), RuleCodes.BadRequest, RuleCodes.BarsBadRequest],
        },
    ]);

    public static Problem InvalidTime() => new(ProblemKind.Unprocessable,
    [
        SchedulingMessages.InvalidTime.At("Appointment.start") with
        {
            Details = [RuleCodes.Own("invalid-resource"), RuleCodes.InvalidResource],
        },
    ]);

    private static Problem Unavailable(ImmutableArray<Refusal> reasons, AppointmentView appointment)
    {
        var expression = appointment.Slots.IsEmpty ? "Appointment.start" : "Appointment.slot";
        var issues = reasons.Select(r => SchedulingMessages.TimeNotFree.At(expression) with
        {
            Details = [RuleCodes.Own("slot-unavailable"), RuleCodes.DuplicateRejected, RuleCodes.BarsConflict],
            Diagnostics = Interval(r),
        });
        // IHE ITI-116 and ITI-117 clients look for a fatal not-found beside the conflict.
        var notFound = SchedulingMessages.NoTimeLeft.At(expression) with
        {
            Details = [RuleCodes.Own("slot-unavailable")],
        };
        return new Problem(ProblemKind.Conflict, [.. issues, notFound]);
    }

    private static Problem OutsideAvailability(ImmutableArray<Refusal> reasons) => new(ProblemKind.Conflict,
    [
        .. reasons.Select(r => SchedulingMessages.OutsideAvailability.At("Appointment.start") with
        {
            Details = [RuleCodes.Own("outside-availability")],
            Diagnostics = Interval(r),
        }),
    ]);

    private static Problem OfRule(Message message, IssueDetail rule, IEnumerable<Refusal> reasons) => new(ProblemKind.Conflict,
    [
        .. reasons.Select(r => message.At("Appointment.start") with
        {
            Details = [rule],
            Diagnostics = Interval(r),
        }),
    ]);

    /// <summary>An Appointment names no Schedule: that comes from the parameter of an operation.</summary>
    private static Issue UnknownReference(Refusal refusal) => ReferenceNotFound(refusal.Target switch
    {
        { } target when target.StartsWith("Slot/", StringComparison.Ordinal) => "Appointment.slot",
        { } target when target.StartsWith("Schedule/", StringComparison.Ordinal) =>
            "Parameters.parameter.where(name = 'schedule')",
        _ => "Appointment.participant",
    });

    public static Issue ReferenceNotFound(string expression) =>
        SchedulingMessages.ReferenceNotFound.At(expression) with
        {
            Details = [RuleCodes.Own("reference-not-found"), RuleCodes.ReferenceNotFound],
        };

    /// <summary>Which calendar and which time block; never whose booking it is.</summary>
    private static string? Interval(Refusal refusal) =>
        refusal.Target is null ? null
        : refusal.Time is not { } time ? refusal.Target
        : $"{refusal.Target} {Text(time)}";

    private static string Text(TimeRange time) => $"{Text(time.Start)}/{Text(time.End)}";

    private static string Text(NodaTime.Instant moment) => AppointmentMapping.InstantText(moment, Zones.Default);

    private static int Gravity(RefusalKind kind) => kind switch
    {
        RefusalKind.NothingToBook => 0,
        RefusalKind.InvalidTime => 1,
        RefusalKind.ReferenceNotFound => 2,
        RefusalKind.SlotUnavailable => 3,
        RefusalKind.OutsideAvailability => 4,
        RefusalKind.LengthNotGiven => 5,
        _ => 6,
    };
}
