using System.Globalization;
using System.Text;

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Persistence.Booking;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Scheduling.Slots;
using Ajanvaraus.Fhir.Scheduling.Time;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Operations;
using Ajanvaraus.Fhir.Server.Writing;

using NodaTime;

using StoredFindData = Ajanvaraus.Fhir.Persistence.Booking.FindData;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>What a calendar asks of its bookings: notice, time to prepare, to clear up and for journeys, no more than so many, so long.</summary>
/// <param name="Notice">The least; zero: none.</param>
/// <param name="Buffers">Kept before and after each booking.</param>
/// <param name="Limits">Of a day and a week.</param>
/// <param name="Lengths">Of visits, the usual one first; empty: any.</param>
/// <param name="Travel">How it tells the time of journeys; empty: it keeps none.</param>
/// <param name="IsForOwnClients">Citizens book with their own worker only.</param>
internal sealed record CalendarRule(
    Duration Notice, Buffers Buffers, BookingLimits Limits, ImmutableArray<Duration> Lengths, ImmutableArray<TravelRule> Travel,
    bool IsForOwnClients)
{
    /// <summary>Ten years: what is said to be longer counts as this.</summary>
    private const decimal LongestMinutes = 10 * 366 * 24 * 60;

    public static readonly CalendarRule None = new(Duration.Zero, Buffers.None, BookingLimits.None, [], [], false);

    /// <summary>The longest visit, as of a search for times.</summary>
    private static readonly Duration LongestVisit = Duration.FromDays(1);

    /// <summary>The longer of each length that is kept, the smaller of each number, and the visits of both; of journeys both rules.</summary>
    public static CalendarRule Stricter(CalendarRule one, CalendarRule other) => new(
        Duration.Max(one.Notice, other.Notice), Buffers.Longer(one.Buffers, other.Buffers),
        BookingLimits.Stricter(one.Limits, other.Limits),
        other.Lengths.IsEmpty ? one.Lengths : [.. one.Lengths.Union(other.Lengths)],
        one.Travel.AddRange(other.Travel), one.IsForOwnClients || other.IsForOwnClients);

    /// <summary>Whether bookings keep anything beside them, or are counted.</summary>
    public bool SaysAny => !Buffers.IsNone || !Limits.AreNone || !Travel.IsEmpty;

    /// <summary>Whether the same is kept beside bookings.</summary>
    public bool KeepsAs(CalendarRule other) => Buffers == other.Buffers && Travel.SequenceEqual(other.Travel);

    public static CalendarRule Of(ElementNode resource) => new(
        LengthOf(resource, Canonicals.LeadTime),
        new Buffers(BufferOf(resource, Canonicals.BufferBefore), BufferOf(resource, Canonicals.BufferAfter)),
        new BookingLimits(LimitOf(resource, Canonicals.BookingLimitDay), LimitOf(resource, Canonicals.BookingLimitWeek)),
        LengthsOf(resource), TravelPlaces.RulesOf(resource), resource.ExtensionText(Canonicals.OwnClientsOnly) == "true");

    /// <summary>Whole minutes, as a search for times takes them: steps of less would fill the memory with starts.</summary>
    private static ImmutableArray<Duration> LengthsOf(ElementNode resource) =>
    [
        .. resource.All("extension").Where(e => e.Text("url") == Canonicals.VisitLength).Select(LengthOf)
            .Where(l => l > Duration.Zero && l <= LongestVisit && l.BclCompatibleTicks % NodaConstants.TicksPerMinute == 0).Distinct(),
    ];

    private static int? LimitOf(ElementNode resource, string url) =>
        resource.Extension(url)?["value"] is { Type.Name: "positiveInt" } value
            && int.TryParse(value.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most > 0 ? most : null;

    private static Duration BufferOf(ElementNode resource, string url) =>
        Duration.Min(LengthOf(resource, url), Buffers.Longest);

    private static Duration LengthOf(ElementNode resource, string url) =>
        resource.Extension(url) is { } extension ? LengthOf(extension) : Duration.Zero;

    /// <summary>A positive Duration as the value of an extension; zero when it says anything else.</summary>
    public static Duration LengthOf(ElementNode extension) =>
        extension["value"] is { Type.Name: "Duration" } value && ParameterValues.Minutes(value) is { } minutes and > 0
            ? Duration.FromSeconds((double)(Math.Min(minutes, LongestMinutes) * 60))
            : Duration.Zero;
}

/// <summary>Rules of calendars: of the Schedule itself, and of the HealthcareServices among its actors.</summary>
/// <remarks>Where several say something, the stricter holds. Source: docs/scheduling-rules.md, Lead time, Buffers, Limits and Lengths.</remarks>
/// <param name="read">Schedules and services, at the moment of the search or booking.</param>
internal sealed class CalendarRules(ReadMany read)
{
    private static readonly ImmutableArray<byte[]> Urls =
    [
        .. new[]
        {
            Canonicals.LeadTime, Canonicals.BufferBefore, Canonicals.BufferAfter, Canonicals.BookingLimitDay, Canonicals.BookingLimitWeek,
            Canonicals.VisitLength,
            Canonicals.Travel, Canonicals.OwnClientsOnly,
        }.Select(Encoding.UTF8.GetBytes),
    ];

    /// <summary>The calendars with their rules; a notice begins at <paramref name="now"/>.</summary>
    public async ValueTask<ImmutableArray<ScheduleState>> ApplyAsync(ImmutableArray<ScheduleState> schedules, Instant now)
    {
        var rules = await ReadAsync(schedules);
        return rules.Count == 0
            ? schedules
            : [.. schedules.Select(s => rules.TryGetValue(s.Id, out var rule) ? With(s, rule, now) : s)];
    }

    /// <summary>The claims of a search, as far around it as the buffers of its calendars reach.</summary>
    private static async ValueTask<ImmutableArray<Claim>> ClaimsAroundAsync(
        BookingQueries queries, StoredFindData data, IReadOnlyCollection<string> scheduleIds, TimeRange window) =>
        ClosedSlots.Reach(data.Schedules) is var reach && reach > Duration.Zero
            ? await queries.ClaimsAsync(scheduleIds, window.Widened(reach, reach))
            : data.Claims;

    /// <summary>The claims that the limits of the calendars count, of the weeks around a time; no statement when none has limits.</summary>
    public static async ValueTask<ImmutableArray<Claim>> CountedAsync(
        BookingQueries queries, IReadOnlyCollection<ScheduleState> schedules, TimeRange time) =>
        BookingLimits.WeeksAround(time, schedules) is { } weeks
            ? await queries.ClaimsOnAsync(schedules.Where(s => !s.Limits.AreNone).Select(s => s.Id), weeks)
            : [];

    /// <summary>The calendars with the journeys between their places and those of their bookings.</summary>
    public async ValueTask<BookingSnapshot> WithJourneysAsync(BookingSnapshot snapshot, IEnumerable<string> asked) =>
        snapshot with { Journeys = await TravelPlaces.ReadAsync(read, snapshot.Schedules, snapshot.Claims, asked) };

    /// <summary>The data of a search with all that its calendars keep beside bookings.</summary>
    /// <param name="queries">At the moment of the search.</param>
    /// <param name="data">As it was read.</param>
    /// <param name="scheduleIds">Those that were asked for.</param>
    /// <param name="window">That was searched.</param>
    /// <param name="now">A notice begins at it.</param>
    /// <param name="places">Further ones, between which and those of the calendars somebody may travel.</param>
    public async ValueTask<StoredFindData> ApplyAsync(
        BookingQueries queries, StoredFindData data, IReadOnlyCollection<string> scheduleIds, TimeRange window, Instant now,
        IEnumerable<string>? places = null)
    {
        data = data with { Schedules = await ApplyAsync(data.Schedules, now) };
        data = data with { Claims = await ClaimsAroundAsync(queries, data, scheduleIds, window) };
        return data with { Journeys = await TravelPlaces.ReadAsync(read, data.Schedules, data.Claims, places ?? []) };
    }

    /// <summary>409 for a new time, or one moved to, that begins before the notice of its calendars has passed.</summary>
    public static Problem? CheckLeadTime(
        Instant now, AppointmentView? before, AppointmentView after, BookingRequest request, BookingSnapshot snapshot)
    {
        if (snapshot.TimeOf(request)?.Start is not { } moment || (before is { } old && StandsAlready(old, after)))
            return null;
        var named = snapshot.SchedulesNamedBy(request);
        var from = snapshot.Schedules.Where(s => named.Contains(s.Id)).Max(s => s.BookableFrom);
        return moment < from ? TooLate(from.Value - now) : null;
    }

    private static bool StandsAlready(AppointmentView old, AppointmentView after) =>
        old.Start == after.Start
        && AppointmentTransitions.Occupies(AppointmentStatusCodes.Parse(old.Status) ?? AppointmentStatus.Proposed);

    private static ScheduleState With(ScheduleState schedule, CalendarRule rule, Instant now) => schedule with
    {
        BookableFrom = rule.Notice > Duration.Zero ? now + rule.Notice : null,
        Buffers = rule.Buffers,
        Limits = rule.Limits,
        Lengths = rule.Lengths,
        Travel = rule.Travel,
        IsForOwnClients = rule.IsForOwnClients,
    };

    /// <summary>Rules by id of the Schedule; those that have none are left out.</summary>
    private async ValueTask<Dictionary<string, CalendarRule>> ReadAsync(ImmutableArray<ScheduleState> schedules)
    {
        var rules = await OfTypeAsync("Schedule", [.. schedules.Select(s => s.Id)]);
        var services = schedules.SelectMany(ServicesOf).ToHashSet();
        if (services.Count == 0)
            return rules;
        var ofServices = await OfTypeAsync("HealthcareService", services);
        foreach (var schedule in schedules)
        {
            var own = rules.GetValueOrDefault(schedule.Id, CalendarRule.None);
            var all = ServicesOf(schedule).Where(ofServices.ContainsKey).Aggregate(own, (r, s) => CalendarRule.Stricter(r, ofServices[s]));
            // A calendar that says how long its visits are says all of it.
            if (!ReferenceEquals(all, own))
                rules[schedule.Id] = own.Lengths.IsEmpty ? all : all with { Lengths = own.Lengths };
        }
        return rules;
    }

    private static IEnumerable<string> ServicesOf(ScheduleState schedule) =>
        schedule.Actors.Select(a => LocalReference.IdOf(a, "HealthcareService")).OfType<string>();

    /// <summary>Parses only a body in which the address of a rule occurs at all.</summary>
    private async ValueTask<Dictionary<string, CalendarRule>> OfTypeAsync(string type, IReadOnlyCollection<string> ids)
    {
        var rules = new Dictionary<string, CalendarRule>();
        if (ids.Count == 0)
            return rules;
        foreach (var stored in await read(type, ids))
            if (Urls.Any(url => stored.Body.Span.IndexOf(url) >= 0)
                && CalendarRule.Of(StoredNodes.Parse(stored)) is var rule && rule != CalendarRule.None)
                rules[stored.Id] = rule;
        return rules;
    }

    private static Problem TooLate(Duration notice) => new(ProblemKind.Conflict,
    [
        BookingRuleMessages.LeadTime.At(
            "Appointment.start", ((long)notice.TotalMinutes).ToString(CultureInfo.InvariantCulture)) with
        {
            Details = [RuleCodes.Own("lead-time")],
        },
    ]);
}
