using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Scheduling.Time;
using Ajanvaraus.Fhir.Server.Booking;
using Ajanvaraus.Fhir.Server.Interactions;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Middleware;
using Ajanvaraus.Fhir.Server.Writing;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary>Books a whole series in one transaction and tells of every time what became of it.</summary>
/// <remarks>
/// <para>The first time is as given; the others are in the same calendars at the same local hour. Each Appointment has
/// the identifier of the series and its own number, by which <c>$cancel</c> and <c>$reschedule</c> know the rest.</para>
/// <para>Policy <c>on-conflict</c>: <c>fail</c> books all or none, <c>skip</c> leaves out what is not free, <c>report</c>
/// books nothing and tells what would be.</para>
/// </remarks>
internal sealed class SeriesBooking(
    AppointmentBooking booking, WritePipeline pipeline, ResourceStore store, IdSource ids)
{
    public async Task<FhirResponse> BookAsync(
        OperationContext context, BookingInput input, BookingExtras extras, Series series, BookingDirective directive,
        CancellationToken cancel)
    {
        if (extras.HasLinked)
            return context.Problem(ParameterProblems.Rule(BookingChangeMessages.LinkedToOne.At("recurrence")));
        if (SeriesPolicies.Read(context.Parameters) is not { } policy)
            return context.Problem(ParameterProblems.Rule(SeriesMessages.PolicyUnknown.At("on-conflict")));
        var prepared = await booking.PrepareAsync(input, extras, AppointmentStatus.Booked, directive, context.Caller, cancel);
        if (prepared.Failed)
            return context.Problem(prepared.Problem);
        var plan = await PlanAsync(prepared.Value, series, cancel);
        if (plan.Failed)
            return context.Problem(plan.Problem);
        ImmutableArray<WriteResult> seen = [];
        var written = await pipeline.WriteAsync(plan.Value, context.Caller, cancel, results =>
        {
            seen = results[^series.Count..];
            return policy == SeriesPolicy.Report ? Undone : Refusal(seen, policy, plan.Value);
        });
        if (written.Failed && !ReferenceEquals(written.Problem, Undone))
            return context.Problem(written.Problem);
        var outcomes = written.Failed ? seen : written.Value[^series.Count..];
        return Answer(context, plan.Value[^series.Count..], outcomes, isBooked: !written.Failed);
    }

    /// <summary>Undoes a transaction that was only to be looked at.</summary>
    private static readonly Problem Undone = new(ProblemKind.Conflict, []);

    /// <summary>Intents of all times, after those of the clients that are new.</summary>
    private async Task<Outcome<ImmutableArray<WriteIntent>>> PlanAsync(
        ImmutableArray<WriteIntent> prepared, Series series, CancellationToken cancel)
    {
        var first = prepared[^1];
        if (first.Resource is not { } appointment || first.Booking is not { } directive)
            return ParameterProblems.Rule(SeriesMessages.SeriesFromProposal.At("recurrence"));
        var view = new AppointmentView(appointment);
        var calendars = await CalendarsAsync(view, directive, cancel);
        if (calendars.Time is not { } time || calendars.ScheduleIds.IsEmpty)
            return RefusalProblems.NothingToBook();
        if (Moments.Last - time.End < series.Reach + Duration.FromDays(1))
            return RefusalProblems.InvalidTime();
        if (series.Occurrences(time, CalendarZone.Of(calendars.ZoneId)) is not { } times)
            return ParameterProblems.Rule(SeriesMessages.SeriesHourMissing.At("recurrence"));
        var zone = Zones.Of(calendars.ZoneId);
        var seriesId = ids.Next();
        var later = directive with
        {
            ScheduleIds = calendars.ScheduleIds,
            StaysInSlots = directive.StaysInSlots || !view.Slots.IsEmpty,
        };
        var intents = prepared[..^1].ToBuilder();
        for (var n = 0; n < times.Count; n++)
        {
            var occurrence = SeriesMembership.Mark(appointment, seriesId, n + 1, times.Count)
                .Set("start", AppointmentMapping.InstantText(times[n].Start, zone))
                .Set("end", AppointmentMapping.InstantText(times[n].End, zone));
            intents.Add(first with
            {
                Method = WriteMethod.Post,
                Id = null,
                Resource = (n == 0 ? occurrence : occurrence.Without("slot")).Without("id"),
                Booking = n == 0 ? directive : later,
                MayBeRefused = true,
            });
        }
        return intents.DrainToImmutable();
    }

    private async Task<(TimeRange? Time, ImmutableArray<string> ScheduleIds, string ZoneId)> CalendarsAsync(
        AppointmentView appointment, BookingDirective directive, CancellationToken cancel)
    {
        var slotIds = appointment.Slots.Select(r => LocalReference.IdOf(r, "Slot")).OfType<string>().ToList();
        var stored = slotIds.Count == 0 ? [] : await store.QueryAsync(s => s.ReadManyAsync("Slot", slotIds), cancel);
        var slots = stored.Select(s => new SlotView(StoredNodes.Parse(s))).ToList();
        var scheduleIds = slots.Select(s => LocalReference.IdOf(s.ScheduleReference, "Schedule")).OfType<string>()
            .Concat(directive.ScheduleIds).Distinct().ToImmutableArray();
        var schedule = scheduleIds.IsEmpty ? null : await store.ReadAsync("Schedule", scheduleIds[0], cancel);
        var zoneId = schedule is { IsDeleted: false }
            ? new ScheduleView(StoredNodes.Parse(schedule)).ZoneId
            : ScheduleView.DefaultZoneId;
        return (AppointmentMapping.TimeOf(appointment) ?? SpanOf(slots), scheduleIds, zoneId);
    }

    private static TimeRange? SpanOf(List<SlotView> slots) => slots.Count == 0
        ? null
        : new TimeRange(
            Instant.FromDateTimeOffset(slots.Min(s => s.Start)!.Value), Instant.FromDateTimeOffset(slots.Max(s => s.End)!.Value));

    /// <summary>Everything that stands in the way of any time; null when the series may be kept as it is.</summary>
    private static Problem? Refusal(
        ImmutableArray<WriteResult> results, SeriesPolicy policy, ImmutableArray<WriteIntent> intents)
    {
        var refused = results.Where(r => r.Refusal is not null).ToList();
        if (refused.Count == 0 || (policy == SeriesPolicy.Skip && refused.Count < results.Length))
            return null;
        var issues = results.SelectMany((r, n) => r.Refusal is null
            ? []
            : Report(intents[^results.Length..][n], r, n, results.Length).Concat(r.Refusal.Issues));
        return new Problem(ProblemKind.Conflict, [.. issues.Distinct()]);
    }

    private static FhirResponse Answer(
        OperationContext context, ImmutableArray<WriteIntent> intents, ImmutableArray<WriteResult> results, bool isBooked)
    {
        var booked = isBooked ? results.Select(r => r.Stored).OfType<StoredResource>().ToList() : [];
        var output = new PooledBuffer();
        var bundle = new BundleWriter(output, context.Request.BaseUrl);
        bundle.Start("searchset"u8, booked.Count);
        foreach (var appointment in booked)
            bundle.Found(appointment, appointment.Body.Span, isMatch: true);
        using var outcome = new PooledBuffer(1024);
        OutcomeBody.Write(
            outcome,
            [
                .. results.SelectMany((r, n) => Report(intents[n], r, n, results.Length)),
                .. results.SelectMany(r => r.Warnings).Distinct(),
            ],
            context.Caller.Language);
        bundle.Outcome(outcome.WrittenSpan);
        bundle.End();
        var status = !isBooked ? StatusCodes.Status200OK
            : booked.Exists(BookingAnswer.AwaitsApproval) ? StatusCodes.Status202Accepted
            : StatusCodes.Status201Created;
        return FhirResponse.OfBuffer(status, output);
    }

    private static IEnumerable<Issue> Report(WriteIntent intent, WriteResult result, int index, int count)
    {
        var start = intent.Resource!.Text("start")!;
        if (result.Refusal is not { } refusal)
        {
            yield return BookingRuleMessages.OccurrenceBooked.At(null, $"{index + 1}", $"{count}", start);
            yield break;
        }
        var reason = refusal.Issues[0];
        yield return BookingRuleMessages.OccurrenceRefused.At(null, $"{index + 1}", $"{count}", start, reason.Text) with
        {
            Details = reason.Details,
            Diagnostics = reason.Diagnostics,
        };
    }
}

/// <summary>What is done about a time of a series that is not free.</summary>
internal enum SeriesPolicy { Fail, Skip, Report }

internal static class SeriesPolicies
{
    /// <summary>The parameter <c>on-conflict</c>; null when it says something else.</summary>
    public static SeriesPolicy? Read(OperationParameters parameters) => parameters.First("on-conflict") switch
    {
        null or { Text: "fail" } => SeriesPolicy.Fail,
        { Text: "skip" } => SeriesPolicy.Skip,
        { Text: "report" } => SeriesPolicy.Report,
        _ => null,
    };
}
