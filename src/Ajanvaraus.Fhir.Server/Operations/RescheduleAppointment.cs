using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Server.Booking;
using Ajanvaraus.Fhir.Server.Interactions;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Writing;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary><c>$reschedule</c>: moves in one step; the old time is freed only if the new one is got.</summary>
internal sealed class RescheduleAppointment(
    WritePipeline pipeline, ResourceStore store, SeriesMembership series) : IOperation
{
    public OperationRegistration Registration { get; } = new(
        "reschedule", OperationLevels.Type | OperationLevels.Instance, ["Appointment"],
        Canonicals.Base + "/OperationDefinition/Appointment-reschedule")
    {
        AffectsState = true,
    };

    public async Task<FhirResponse> InvokeAsync(OperationContext context, CancellationToken cancel)
    {
        var id = AppointmentTarget.Id(context);
        if (id.Failed)
            return context.Problem(id.Problem);
        var move = Move.Read(context.Parameters);
        if (move.Failed)
            return context.Problem(move.Problem);
        var reason = BookingExtras.Reason(context.Parameters);
        if (reason.Failed)
            return context.Problem(reason.Problem);
        var scope = SeriesMembership.Scope(context.Parameters);
        if (scope.Failed)
            return context.Problem(scope.Problem);
        if (scope.Value != "this")
            return await MoveSeriesAsync(context, id.Value, scope.Value, move.Value, cancel);
        var schedules = move.Value.SlotIds.IsEmpty && move.Value.ScheduleIds.IsEmpty
            ? await SchedulesAsync(id.Value, cancel)
            : move.Value.ScheduleIds;
        var directive = new BookingDirective
        {
            ScheduleIds = schedules, RequiresCalendar = true, OverrideReason = reason.Value is { Length: > 0 } why ? why : null,
        };
        var written = await pipeline.WriteAsync(
            [AppointmentBooking.Edit(id.Value, move.Value.Apply, directive)], context.Caller, cancel);
        return written.Failed
            ? context.Problem(written.Problem)
            : BookingAnswer.Bare(context, written.Value[0]);
    }

    /// <summary>Moves the one to its new start and the others of its series by as much local time, all or none.</summary>
    private async Task<FhirResponse> MoveSeriesAsync(
        OperationContext context, string id, string scope, Move move, CancellationToken cancel)
    {
        var reached = await series.ReachAsync(id, scope, context.Caller.Identity, cancel);
        if (reached.Failed)
            return context.Problem(reached.Problem);
        var one = new AppointmentView(reached.Value.First(a => a.Id == id));
        if (!move.SlotIds.IsEmpty || one.Start is not { } from || !FhirInstant.TryParse(move.Start, null, out var to))
            return context.Problem(ParameterProblems.Rule(SeriesMessages.SeriesByStart.At("start")));
        var calendar = await ZoneAsync(id, move, cancel);
        var shift = LocalOf(FhirInstant.MomentOf(to.Start), calendar.Zone) - LocalOf(from, calendar.Zone);
        // Times that move into each other's old places: the one that leaves first comes first.
        var order = shift > TimeSpan.Zero ? reached.Value.Reverse() : reached.Value;
        var intents = ImmutableArray.CreateBuilder<WriteIntent>();
        foreach (var appointment in order)
        {
            var (schedules, zone) = await ZoneAsync(appointment.Id!, move, cancel);
            var start = LocalOf(new AppointmentView(appointment).Start ?? from, zone) + shift;
            if (zone.IsSkipped(start))
                return context.Problem(ParameterProblems.Rule(SeriesMessages.SeriesHourMissing.At("start")));
            var text = FhirInstant.Format(new DateTimeOffset(start, zone.OffsetOf(start)), zone);
            intents.Add(AppointmentBooking.Edit(
                appointment.Id!, (move with { Start = text, End = null }).Apply,
                new BookingDirective { ScheduleIds = schedules, RequiresCalendar = true }));
        }
        var written = await pipeline.WriteAsync(intents.DrainToImmutable(), context.Caller, cancel);
        return written.Failed ? context.Problem(written.Problem) : BookingAnswer.OfSeries(context, written.Value);
    }

    private static DateTime LocalOf(DateTimeOffset moment, ZoneRules zone) =>
        zone.Convert(moment).DateTime;

    /// <summary>The calendars that one is to be in, and the zone of the first: local hours are those of the calendar.</summary>
    private async Task<(ImmutableArray<string> ScheduleIds, ZoneRules Zone)> ZoneAsync(
        string appointmentId, Move move, CancellationToken cancel)
    {
        var schedules = move.ScheduleIds.IsEmpty ? await SchedulesAsync(appointmentId, cancel) : move.ScheduleIds;
        var first = schedules.IsEmpty ? null : await store.ReadAsync("Schedule", schedules[0], cancel);
        return (schedules, first is { IsDeleted: false }
            ? Zones.Of(new ScheduleView(StoredNodes.Parse(first)).ZoneId)
            : Zones.Default);
    }

    /// <summary>The calendars that the Appointment is in now.</summary>
    private async Task<ImmutableArray<string>> SchedulesAsync(string appointmentId, CancellationToken cancel)
    {
        if (await store.ReadAsync("Appointment", appointmentId, cancel) is not { IsDeleted: false } stored)
            return [];
        var schedules = ImmutableArray.CreateBuilder<string>();
        foreach (var reference in new AppointmentView(StoredNodes.Parse(stored)).Slots)
        {
            if (LocalReference.IdOf(reference, "Slot") is not { } slotId
                || await store.ReadAsync("Slot", slotId, cancel) is not { IsDeleted: false } slot)
                continue;
            var schedule = LocalReference.IdOf(new SlotView(StoredNodes.Parse(slot)).ScheduleReference, "Schedule");
            if (schedule is not null && !schedules.Contains(schedule))
                schedules.Add(schedule);
        }
        return schedules.DrainToImmutable();
    }

    /// <summary>Where to: a start (the length stays), a start and end, or Slots.</summary>
    private sealed record Move(
        string? Start, string? End, ImmutableArray<string> SlotIds, ImmutableArray<string> ScheduleIds)
    {
        public static Outcome<Move> Read(OperationParameters parameters)
        {
            var references = new ReferenceReader(parameters);
            var move = new Move(
                parameters.First("start")?.Text, parameters.First("end")?.Text,
                references.Ids("Slot", "slot"), references.Ids("Schedule", "schedule"));
            if (references.Problem is { } malformed)
                return malformed;
            foreach (var name in (ReadOnlySpan<string>)["start", "end"])
            {
                if (parameters.First(name) is { } given && !IsMoment(given.Text))
                    return ParameterProblems.Rule(OperationMessages.NotAMoment.At(given.Expression, name));
            }
            if (move is { Start: null, SlotIds.IsEmpty: true })
                return ParameterProblems.Missing("start");
            return move;
        }

        public Outcome<ElementNode> Apply(ElementNode appointment)
        {
            var status = AppointmentStatusCodes.Parse(appointment.Text("status")) ?? AppointmentStatus.Proposed;
            if (!AppointmentTransitions.CanMove(status))
                return AppointmentChecks.WrongStatus(status, AppointmentStatus.Booked);
            var view = new AppointmentView(appointment);
            var moved = appointment.Replace("slot", [.. SlotIds.Select(id =>
                appointment.New("slot").Set("reference", $"Slot/{id}"))]);
            if (Start is null)
                return moved.Without("start").Without("end");
            return moved.Set("start", Start).Set("end", End ?? EndByLength(view, Start));
        }

        private static string? EndByLength(AppointmentView view, string start)
        {
            if (view.Start is not { } from || view.End is not { } to || !FhirInstant.TryParse(start, null, out var at))
                return null;
            return FhirInstant.Format(FhirInstant.MomentOf(at.Start) + (to - from), Zones.Default);
        }

        private static bool IsMoment(string? text) =>
            FhirInstant.TryParse(text, null, out var instant) && instant.HasZone;
    }
}
