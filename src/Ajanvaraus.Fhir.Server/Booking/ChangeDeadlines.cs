using System.Globalization;
using System.Text;

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Security;
using Ajanvaraus.Fhir.Server.Writing;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>How long before its start a booking may still be cancelled or moved, by clients and by staff.</summary>
/// <remarks>
/// The calendars and services of the booking say it as it stands, and the strictest holds. Holds and what awaits approval are
/// given up at any time; programs that are nobody's hands are not bound. Source: R63 of the field's lessons;
/// docs/scheduling-rules.md, Deadlines.
/// </remarks>
internal sealed class ChangeDeadlines(WriteSession session, Identity caller)
{
    private static readonly byte[] Url = Encoding.UTF8.GetBytes(Canonicals.ChangeDeadlines);

    /// <summary>409 for a booking that is cancelled or deleted too late.</summary>
    /// <param name="before">The Appointment as it was.</param>
    public ValueTask<Problem?> CheckCancelAsync(AppointmentView before, WriteTarget target) =>
        target.Resource is { } after && new AppointmentView(after).Status != "cancelled" ? default : CheckAsync(before, target, isMove: false);

    /// <summary>409 for a booking that is moved to another start too late.</summary>
    /// <param name="before">The Appointment as it was; null: it is new.</param>
    /// <param name="start">Where it is to begin; null: nobody knows yet.</param>
    public ValueTask<Problem?> CheckMoveAsync(AppointmentView? before, Instant? start, WriteTarget target) =>
        before is not { Start: { } from } || start is null || start == Instant.FromDateTimeOffset(from)
            ? default
            : CheckAsync(before.Value, target, isMove: true);

    private async ValueTask<Problem?> CheckAsync(AppointmentView before, WriteTarget target, bool isMove)
    {
        if (caller.Kind is not (CallerKind.Citizen or CallerKind.Staff) || target.Booking?.OverrideReason is not null
            || target.Intent is { IsImport: true } or { IsConsequence: true } or { Follows: not null }
            || before is not { Status: "booked", Start: { } start })
            return null;
        var deadline = await DeadlineAsync(before, isMove);
        return deadline > Duration.Zero && Instant.FromDateTimeOffset(start) - Moments.Of(session) < deadline
            ? TooLate(isMove, deadline)
            : null;
    }

    private async ValueTask<Duration> DeadlineAsync(AppointmentView booking, bool isMove)
    {
        var part = (caller.Kind == CallerKind.Citizen ? "client" : "staff") + (isMove ? "Move" : "Cancel");
        var slots = await NodesAsync("Slot", AppointmentMapping.SlotIds(booking));
        var calendars = await session.ReadManyAsync("Schedule",
            [.. slots.Select(s => LocalReference.IdOf(new SlotView(s).ScheduleReference, "Schedule")).OfType<string>().Distinct()]);
        var services = calendars.Select(StoredNodes.Parse).SelectMany(s => new ScheduleView(s).Actors)
            .Concat(booking.Participants.Select(p => p.Actor))
            .Select(a => LocalReference.IdOf(a, "HealthcareService")).OfType<string>().Distinct().ToList();
        var said = services.Count == 0 ? calendars : calendars.AddRange(await session.ReadManyAsync("HealthcareService", services));
        return said.Where(s => s.Body.Span.IndexOf(Url) >= 0)
            .Select(s => Part(StoredNodes.Parse(s), part)).DefaultIfEmpty(Duration.Zero).Max();
    }

    private static Duration Part(ElementNode resource, string part) =>
        resource.Extension(Canonicals.ChangeDeadlines)?.Extension(part) is { } said ? CalendarRule.LengthOf(said) : Duration.Zero;

    private async ValueTask<IEnumerable<ElementNode>> NodesAsync(string type, ImmutableArray<string> ids) =>
        ids.IsEmpty ? [] : (await session.ReadManyAsync(type, ids)).Where(s => !s.IsDeleted).Select(StoredNodes.Parse);

    private static Problem TooLate(bool isMove, Duration deadline) => new(ProblemKind.Conflict,
    [
        (isMove ? BookingRuleMessages.MovedTooLate : BookingRuleMessages.CancelledTooLate).At(
            isMove ? "Appointment.start" : "Appointment.status", ((long)deadline.TotalMinutes).ToString(CultureInfo.InvariantCulture)) with
        {
            Details = [RuleCodes.Own("change-deadline")],
        },
    ]);
}
