using System.Globalization;
using System.Security.Cryptography;
using System.Text;

using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Scheduling.Slots;
using Ajanvaraus.Fhir.Scheduling.Time;
using Ajanvaraus.Fhir.Server.Booking;
using Ajanvaraus.Fhir.Server.Interactions;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Writing;

using NodaTime;

using StoredFindData = Ajanvaraus.Fhir.Persistence.Booking.FindData;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary><c>Schedule/[id]/$absence</c>: closes a period of somebody's calendars and lists the bookings to rearrange.</summary>
/// <remarks>
/// One Slot that is busy-unavailable covers the period, so that time which a booking gives up stays closed too; the free
/// Slots inside it, in all calendars of the same owner, become busy-unavailable. Bookings stay as they are until
/// <c>$reassign</c>, <c>$reschedule</c> or <c>$cancel</c>. With <c>service-type</c> all that is so for those services alone.
/// Asking again changes nothing.
/// </remarks>
internal sealed class RecordAbsence(WritePipeline pipeline, FindServices find) : IOperation
{
    public OperationRegistration Registration { get; } = new(
        "absence", OperationLevels.Instance, ["Schedule"], Canonicals.Base + "/OperationDefinition/Schedule-absence")
    {
        AffectsState = true,
    };

    public async Task<FhirResponse> InvokeAsync(OperationContext context, CancellationToken cancel)
    {
        var period = PeriodInput.Read(context.Parameters, "period");
        if (period.Failed)
            return context.Problem(period.Problem);
        var reason = context.Parameters.First("reason");
        if (reason?.Text?.Length > AppointmentChecks.LongestText)
            return context.Problem(ParameterProblems.TooLong(reason.Expression, AppointmentChecks.LongestText));
        var services = ServicesOf(context.Parameters, "service-type");
        if (services.Failed)
            return context.Problem(services.Problem);
        var calendars = await find.Store.QueryAsync(s => ReadAsync(s, context.Id!, period.Value), cancel);
        if (calendars.Failed)
            return context.Problem(calendars.Problem);
        var (schedule, data) = calendars.Value;
        var blocked = Inside(schedule.Id!, data, period.Value, services.Value).ToList();
        var absence = Absence(schedule, period.Value, reason?.Text, services.Value);
        var isRecorded = data.Slots.Any(s => s.Id == absence.Id && s.Status == SlotStatus.BusyUnavailable);
        var intents = blocked.Select(slot => Close(slot, absence.Id!)).Concat(isRecorded ? [] : [Put(absence)]).ToImmutableArray();
        if (!intents.IsEmpty)
        {
            var written = await pipeline.WriteAsync(intents, context.Caller, cancel);
            if (written.Failed)
                return context.Problem(written.Problem);
        }
        ImmutableArray<string> booked = [.. ToRearrange(schedule.Id!, data).Select(c => c.AppointmentId)];
        var seen = await find.Store.QueryAsync(s => SeenAmong.AppointmentsAsync(s, context.Caller.Identity, booked), cancel);
        return context.Resource(StatusCodes.Status200OK, Report(absence.Id!, blocked.Count, seen));
    }

    /// <summary>Codings as <c>system|code</c> of the services that alone are closed, in order; empty: all are.</summary>
    public static Outcome<ImmutableArray<string>> ServicesOf(OperationParameters parameters, string name)
    {
        var tokens = CodeToken.Read(parameters, name);
        if (tokens.Failed)
            return tokens.Problem;
        // A code alone would close nothing: what times are for has a system.
        return tokens.Value.Any(t => t.System is null)
            ? ParameterProblems.Rule(OperationMessages.NotACode.At(name, name))
            : tokens.Value.Select(t => $"{t.System}|{t.Code}").Distinct().Order(StringComparer.Ordinal).ToImmutableArray();
    }

    private static WriteIntent Put(ElementNode absence) => new()
    {
        Method = WriteMethod.Put,
        Type = "Slot",
        Id = absence.Id,
        IsNamedByServer = true,
        Resource = absence,
    };

    private static async ValueTask<Outcome<(ElementNode Schedule, StoredFindData Data)>> ReadAsync(
        ReadSession session, string scheduleId, TimeRange period) =>
        await session.ReadAsync("Schedule", scheduleId) is { IsDeleted: false } stored
            ? (StoredNodes.Parse(stored), await session.Booking.FindDataAsync([scheduleId], period))
            : WriteProblems.Unknown();

    /// <summary>Free Slots wholly inside, in the calendars that belong to the same owners and nobody else; of some services alone.</summary>
    private static IEnumerable<SlotState> Inside(
        string scheduleId, StoredFindData data, TimeRange period, ImmutableArray<string> services)
    {
        var schedules = data.Schedules.ToDictionary(s => s.Id);
        var owners = OwnersOf(data, scheduleId);
        var own = data.Schedules.Where(s => s.Id == scheduleId || (owners.Count > 0 && OwnersOf(data, s.Id).SetEquals(owners)))
            .Select(s => s.Id).ToHashSet();
        return data.Slots.Where(
            s => own.Contains(s.ScheduleId) && s.Status == SlotStatus.Free && period.Contains(s.Time)
                && (services.IsEmpty || ServiceClosing.Closes(services, s.Services, schedules[s.ScheduleId].Services)));
    }

    private static HashSet<string> OwnersOf(StoredFindData data, string scheduleId) =>
        data.Schedules.FirstOrDefault(s => s.Id == scheduleId) is { } schedule
            ? [.. schedule.Actors.Where(data.CalendarOwners.Contains)]
            : [];

    /// <summary>The same id for the same calendar and period.</summary>
    private static ElementNode Absence(ElementNode schedule, TimeRange period, string? reason, ImmutableArray<string> services)
    {
        var zone = Zones.Of(new ScheduleView(schedule).ZoneId);
        var id = IdOf(schedule.Id!, period, services);
        var change = new SlotChange(null, schedule.Id!, period, SlotStatus.BusyUnavailable);
        var slot = SlotMapping.Make(id, change, copyOf: null, schedule: null, zone);
        var meta = slot.New("meta");
        slot = slot.Append(meta.Append(
            meta.New("tag").Set("system", Canonicals.SlotTagSystem).Set("code", Canonicals.AbsenceTag)));
        if (!services.IsEmpty)
            slot = services.Aggregate(slot, WithService).WithExtension(Canonicals.ClosesServiceOnly, e => e.Set("valueBoolean", "true"));
        return reason is null ? slot : slot.Set("comment", reason);
    }

    private static ElementNode WithService(ElementNode slot, string coding)
    {
        var (bar, concept) = (coding.LastIndexOf('|'), slot.New("serviceType"));
        var code = concept.New("coding");
        if (bar > 0)
            code = code.Set("system", coding[..bar]);
        return slot.Append(concept.Append(code.Set("code", coding[(bar + 1)..])));
    }

    /// <summary>Of the Slot of the absence.</summary>
    /// <param name="scheduleId">Whose calendar.</param>
    /// <param name="period">When.</param>
    /// <param name="services">Codings that it closes alone, in order; empty: all.</param>
    public static string IdOf(string scheduleId, TimeRange period, ImmutableArray<string> services)
    {
        var name = string.Create(
            CultureInfo.InvariantCulture, $"{scheduleId}|{period.Start.ToUnixTimeTicks()}|{period.End.ToUnixTimeTicks()}");
        if (!services.IsEmpty)
            name = $"{name}|{string.Join(' ', services)}";
        return "a-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..32];
    }

    /// <summary>Says which absence closed the Slot, so that its end opens that again and nothing else.</summary>
    public static ElementNode WithClosedBy(ElementNode slot, string absenceId) =>
        slot.WithExtension(Canonicals.ClosedBy, e => e.Referring($"Slot/{absenceId}"));

    private static WriteIntent Close(SlotState slot, string absenceId) => new()
    {
        Method = WriteMethod.Put,
        Type = "Slot",
        Id = slot.Id,
        Edit = node => node.Text("status") == SlotStatusCodes.Code(SlotStatus.Free) || new SlotView(node).IsClosedByRule
            ? Outcome<ElementNode>.Of(WithClosedBy(
                SlotMapping.NotClosed(node).Set("status", SlotStatusCodes.Code(SlotStatus.BusyUnavailable)),
                absenceId))
            : Outcome<ElementNode>.Of(node),
    };

    private static ElementNode Report(string absenceId, int blocked, ImmutableArray<string> appointments)
    {
        var parameters = new ElementNode(null, R4.Definitions.Resource("Parameters")!, null, []);
        var absence = parameters.New("parameter").Set("name", "absence");
        var count = parameters.New("parameter").Set("name", "blocked")
            .Set("valueInteger", blocked.ToString(CultureInfo.InvariantCulture));
        parameters = parameters
            .Append(absence.Append(absence.New("valueReference").Set("reference", $"Slot/{absenceId}")))
            .Append(count);
        foreach (var appointment in appointments)
        {
            var entry = parameters.New("parameter").Set("name", "appointment");
            entry = entry.Append(entry.New("valueReference").Set("reference", $"Appointment/{appointment}"));
            parameters = parameters.Append(entry);
        }
        return parameters;
    }

    /// <summary>Bookings of the calendar and of its owners, wherever they were made, in order of time.</summary>
    private IEnumerable<Claim> ToRearrange(string scheduleId, StoredFindData data)
    {
        var targets = OwnersOf(data, scheduleId).Append(CalendarReference.OfSchedule(scheduleId)).ToHashSet();
        var now = Instant.FromDateTimeOffset(find.Clock.GetUtcNow());
        return data.Claims.Where(c => targets.Contains(c.Target) && (c.Expires is not { } until || until > now))
            .DistinctBy(c => c.AppointmentId).OrderBy(c => c.Time.Start);
    }
}
