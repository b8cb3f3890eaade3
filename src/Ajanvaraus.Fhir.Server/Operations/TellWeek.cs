using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Scheduling.Slots;
using Ajanvaraus.Fhir.Scheduling.Time;
using Ajanvaraus.Fhir.Server.Booking;
using Ajanvaraus.Fhir.Server.Interactions;
using Ajanvaraus.Fhir.Server.Middleware;
using Ajanvaraus.Fhir.Server.Security;
using Ajanvaraus.Fhir.Server.Security.Policy;

using NodaTime;

using SchedulingFindData = Ajanvaraus.Fhir.Scheduling.Slots.FindData;
using FindData = Ajanvaraus.Fhir.Persistence.Booking.FindData;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary><c>$week</c>: a team's whole week in one answer: its calendars, their times, and what is booked in them.</summary>
/// <remarks>
/// <para>Shape: a searchset whose matches are the Schedules; Slots (free, taken, absences) and Appointments of the days
/// are included. It has no pages: it is as long as the week is full.</para>
/// <para>The number of SQL statements does not grow with the calendars. A search by <c>Slot?schedule=</c> with includes
/// gives the same for few calendars; it has pages, and misses who takes part without a Slot of their own.</para>
/// </remarks>
internal sealed class TellWeek : IOperation
{
    private const int MaximumDays = 31;
    private const int DefaultDays = 7;

    private readonly FindServices _services;

    private TellWeek(FindServices services, OperationLevels level)
    {
        _services = services;
        Registration = new OperationRegistration(
            "week", level, ["Schedule"], Canonicals.Base + "/OperationDefinition/Schedule-week")
        {
            AffectsState = false,
        };
    }

    public OperationRegistration Registration { get; }

    public static IEnumerable<IOperation> All(FindServices services) =>
        [new TellWeek(services, OperationLevels.Type | OperationLevels.Instance)];

    public async Task<FhirResponse> InvokeAsync(OperationContext context, CancellationToken cancel)
    {
        var values = new ParameterValues(context.Parameters);
        var calendars = AskedCalendars.Of(context);
        var days = values.Number("days", 1, MaximumDays) ?? DefaultDays;
        var window = Window(context.Parameters, days);
        if (calendars.Failed)
            return context.Problem(calendars.Problem);
        if ((values.Problem ?? window.Problem) is { } problem)
            return context.Problem(problem);
        await _services.Holds.SettleAsync(cancel);
        var week = await _services.Store.QueryAsync(
            session => ReadAsync(session, calendars.Value, window.Value, context.Caller.Identity), cancel);
        if (week.Failed)
            return context.Problem(week.Problem);
        return Answer(context, week.Value with
        {
            Slots = await Masking.ApplyAsync(_services.Store, context.Caller.Identity, week.Value.Slots, cancel),
        });
    }

    /// <summary>From the midnight that begins the day, in the default zone; without <c>start</c> this week's Monday.</summary>
    private Outcome<TimeRange> Window(OperationParameters parameters, int days)
    {
        var zone = CalendarZone.Of(Zones.DefaultId);
        var today = Instant.FromDateTimeOffset(_services.Clock.GetUtcNow()).InZone(zone).Date;
        var first = today.PlusDays(1 - (int)today.DayOfWeek);
        if (parameters.First("start") is { } given)
        {
            if (!FhirInstant.TryParse(given.Text, Zones.Default, out var start))
                return ParameterProblems.Rule(OperationMessages.NotATime.At(given.Expression, "start"));
            first = Moments.DayOf(Moments.Of(start.Start), zone);
        }
        var from = zone.AtStartOfDay(first).ToInstant();
        // Days at the end of the calendar are as many as there are.
        var end = Period.DaysBetween(first, LocalDate.MaxIsoValue) < days ? LocalDate.MaxIsoValue : first.PlusDays(days);
        return new TimeRange(from, zone.AtStartOfDay(end).ToInstant());
    }

    private async ValueTask<Outcome<Week>> ReadAsync(
        ReadSession session, AskedCalendars calendars, TimeRange window, Identity identity)
    {
        var named = await calendars.ReadAsync(session);
        if (named.Failed)
            return named.Problem;
        var schedules = named.Value;
        ImmutableArray<string> ids = [.. schedules.Select(s => s.Id)];
        var data = await session.Booking.FindDataAsync(ids, window);
        var asked = ids.ToHashSet();
        var slots = data.Slots.Where(s => asked.Contains(s.ScheduleId)).Select(s => s.Id).ToList();
        var booked = BookedIn.Of(data, asked);
        var appointments = await SeenAmong.AppointmentsAsync(session, identity, booked.Appointments);
        var told = await OpenCalendars.TellAsync(session, identity, schedules, booked.Without(appointments));
        var computed = await ComputedAsync(session, ids, window, data);
        return new Week(
            schedules,
            [.. (slots.Count == 0 ? [] : await session.ReadManyAsync("Slot", slots)).OrderBy(slot => slot.Key), .. computed],
            [
                .. (appointments.IsEmpty ? [] : await session.ReadManyAsync("Appointment", appointments))
                    .Concat(told).OrderBy(a => a.Key),
            ]);
    }

    /// <summary>Times that templates open and nobody has, the owners of their calendars included; cut where buffers are kept, and none on full days.</summary>
    private async ValueTask<IEnumerable<StoredResource>> ComputedAsync(
        ReadSession session, ImmutableArray<string> ids, TimeRange window, FindData data)
    {
        var read = new ReadOnce(session.ReadManyAsync);
        var open = await new ComputedSlots(read.ReadAsync, _services.SlotClaims).OverlappingAsync(ids, window, data.Slots);
        if (open.Count == 0)
            return [];
        // Holds that have ended were settled before anything was read.
        var now = Instant.MinValue;
        data = await new CalendarRules(read.ReadAsync).ApplyAsync(session.Booking, data, ids, window, now);
        var all = new SchedulingFindData(
            data.Schedules, [], [.. data.Slots.Where(s => s.Status != SlotStatus.Free)],
            data.Claims)
        {
            CalendarOwners = data.CalendarOwners,
            Counted = await CalendarRules.CountedAsync(session.Booking, data.Schedules, window),
            Journeys = data.Journeys,
        };
        var byId = open.ToDictionary(slot => slot.Id);
        return BookableSlots.Open(open.Select(slot => slot.State), all, now)
            .Select(s => (s.Time == byId[s.Id].Time ? byId[s.Id] : byId[s.Id].Part(s.Time)).Told());
    }

    private static FhirResponse Answer(OperationContext context, Week week)
    {
        var output = new PooledBuffer();
        var bundle = new BundleWriter(output, context.Request.BaseUrl);
        bundle.Start("searchset"u8, week.Schedules.Length);
        foreach (var schedule in week.Schedules)
            bundle.Found(schedule, schedule.Body.Span, isMatch: true);
        foreach (var included in week.Slots.Concat(week.Appointments))
            bundle.Found(included, included.Body.Span, isMatch: false);
        bundle.End();
        return FhirResponse.OfBuffer(StatusCodes.Status200OK, output);
    }

    private sealed record Week(
        ImmutableArray<StoredResource> Schedules, ImmutableArray<StoredResource> Slots,
        ImmutableArray<StoredResource> Appointments);
}
