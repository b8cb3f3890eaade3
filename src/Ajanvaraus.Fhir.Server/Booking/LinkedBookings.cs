using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Scheduling.Time;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Operations;
using Ajanvaraus.Fhir.Server.Writing;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>Travel and documentation of a meeting: booked, moved, given to others and cancelled with it, all or nothing.</summary>
/// <remarks>
/// They are Appointments of their own without a client, which name their meeting by extension. What lies before the meeting
/// keeps its distance to the start, what lies after it the one to the end. Source: docs/scheduling-rules.md, Linked bookings.
/// </remarks>
internal sealed class LinkedBookings(
    TimeRelease time, ImmutableArray<WriteTarget> targets,
    Func<WriteTarget, AppointmentView?, ValueTask<Problem?>> book)
{
    private static readonly string[] Links = [Canonicals.TravelFor, Canonicals.DocumentationFor];

    /// <summary>The Schedules that those had which gave up their time to follow.</summary>
    private readonly Dictionary<string, ImmutableArray<string>> _left = [];

    /// <summary>The journeys among them.</summary>
    private readonly List<(string MeetingId, BroughtJourney Journey)> _moving = [];

    /// <summary>Id of the meeting that an Appointment belongs to; null: none of this server.</summary>
    public static string? MeetingOf(ElementNode appointment) => Links
        .Select(url => LocalReference.IdOf(appointment.Extension(url)?["value"]?.Text("reference"), "Appointment"))
        .FirstOrDefault(id => id is not null);

    /// <summary>The request with what it belongs to.</summary>
    /// <param name="request">Of the Appointment to be written.</param>
    /// <param name="target">That Appointment.</param>
    /// <param name="before">As it has its time until now; null: it has none.</param>
    public static BookingRequest Complete(BookingRequest request, WriteTarget target, AppointmentView? before) => request with
    {
        FollowsId = MeetingOf(target.Resource!),
        IsJourney = IsJourney(target),
        PlacesBefore = before is { } standing ? AppointmentMapping.Places(standing) : [],
    };

    /// <summary>The request with the journeys that come with it: new ones, and those that have given way to move with it.</summary>
    public BookingRequest WithJourneys(BookingRequest request) => request with
    {
        Journeys = [.. Of(request.AppointmentId).Where(j => IsJourney(j) && !j.Exists)
            .Select(j => new BroughtJourney(j.Intent.Follows!.IsBefore))
            .Concat(_moving.Where(m => m.MeetingId == request.AppointmentId).Select(m => m.Journey))],
    };

    private static bool IsJourney(WriteTarget target) =>
        target.Resource is { } resource && resource.Extension(Canonicals.TravelFor) is not null;

    /// <summary>Before the meeting moves: what follows it stands in nobody's way, least of all its own meeting's.</summary>
    /// <param name="meetingId">The meeting.</param>
    /// <param name="meeting">As it has its time until now.</param>
    public async ValueTask GiveWayAsync(string meetingId, AppointmentView meeting)
    {
        var following = Of(meetingId).Where(TakesTime).ToList();
        var met = following.Exists(IsJourney) ? ProfessionalsOf(await time.SnapshotAsync(meetingId), meetingId) : [];
        foreach (var target in following)
        {
            var snapshot = await time.SnapshotAsync(target.Id);
            _left[target.Id] = SchedulesOf(snapshot.Claims.Where(c => c.AppointmentId == target.Id));
            if (IsJourney(target) && AppointmentMapping.TimeOf(meeting) is { } span
                && AppointmentMapping.TimeOf(new AppointmentView(target.Resource!)) is { } own)
            {
                var travellers = ProfessionalsOf(snapshot, target.Id);
                _moving.Add((meetingId, new BroughtJourney(own.Start < span.End) { Travellers = travellers, Others = [.. met.Except(travellers)] }));
            }
            await time.ReleaseAsync(target.Id, snapshot);
        }
    }

    private static ImmutableArray<string> ProfessionalsOf(BookingSnapshot snapshot, string appointmentId) =>
    [
        .. snapshot.Claims.Where(c => c.AppointmentId == appointmentId && LocalReference.IdOf(c.Target, "Practitioner") is not null)
            .Select(c => c.Target).Distinct(),
    ];

    /// <summary>After the meeting was written: books what is new, and brings along what was booked.</summary>
    /// <param name="meeting">As it was written.</param>
    /// <param name="accepted">Its time and calendars from now on.</param>
    /// <param name="snapshot">The calendars before.</param>
    public async ValueTask<Problem?> FollowAsync(WriteTarget meeting, Accepted accepted, BookingSnapshot snapshot)
    {
        var status = meeting.Resource!.Text("status")!;
        foreach (var target in Of(meeting.Id).ToList())
        {
            var problem = !target.Exists ? await BookNewAsync(target, status, accepted, snapshot)
                : _left.TryGetValue(target.Id, out var calendars)
                    ? await MoveAsync(target, calendars, meeting, accepted, snapshot)
                    : await ConfirmAsync(target, status);
            if (problem is not null)
                return problem;
        }
        return null;
    }

    /// <summary>The meeting has given up its time: so does what follows it.</summary>
    /// <param name="meetingId">The meeting.</param>
    /// <param name="meeting">As it is now; null when it was deleted.</param>
    /// <param name="store">Stores one of them.</param>
    public async ValueTask CancelAsync(
        string meetingId, ElementNode? meeting, Func<WriteTarget, ElementNode, ValueTask<Problem?>> store)
    {
        foreach (var target in Of(meetingId).Where(TakesTime).ToList())
        {
            await time.ReleaseAsync(target.Id);
            var reason = new AppointmentCancellation.Reason { Given = meeting?["cancelationReason"], Code = "meeting-cancelled" };
            await store(target, AppointmentCancellation.Cancelled(target.Resource!, reason));
        }
    }

    private IEnumerable<WriteTarget> Of(string meetingId) =>
        targets.Where(t => t.Intent.Follows?.MeetingId == meetingId && !t.IsDone);

    private static bool TakesTime(WriteTarget target) => target is { Exists: true, Resource: { } resource }
        && AppointmentStatusCodes.Parse(resource.Text("status")) is { } status && AppointmentTransitions.Occupies(status);

    private ValueTask<Problem?> BookNewAsync(
        WriteTarget target, string status, Accepted accepted, BookingSnapshot snapshot)
    {
        var link = target.Intent.Follows!;
        var calendars = SchedulesOf(accepted.Claims).Where(id => HasProfessional(snapshot, id)).ToImmutableArray();
        if (calendars.IsEmpty)
            return new(ParameterProblems.Rule(BookingChangeMessages.NobodyForLinked.At(null)));
        var length = Duration.FromMinutes(link.Minutes);
        var offset = Duration.FromMinutes(link.OffsetMinutes);
        if (link.IsBefore ? accepted.Time.Start - Moments.Of(long.MinValue) < length : Moments.Last - accepted.Time.End < offset + length)
            return new(RefusalProblems.InvalidTime());
        var start = link.IsBefore
            ? accepted.Time.Start - length
            : accepted.Time.End + offset;
        target.Resource = At(target.Resource!, new TimeRange(start, start + length), Zones.Of(snapshot))
            .Set("id", target.Id).Set("status", status);
        target.Booking = new BookingDirective { ScheduleIds = calendars, RequiresCalendar = true, IsLinked = true };
        return book(target, null);
    }

    /// <summary>As far from the meeting as it was; in the calendar of whoever has the meeting now.</summary>
    private ValueTask<Problem?> MoveAsync(
        WriteTarget target, ImmutableArray<string> calendars, WriteTarget meeting, Accepted accepted,
        BookingSnapshot snapshot)
    {
        var before = AppointmentMapping.TimeOf(new AppointmentView(StoredNodes.Parse(meeting.Before!)));
        var own = AppointmentMapping.TimeOf(new AppointmentView(target.Resource!));
        if (before is not { } from || own is not { } span)
            return default;
        // Time that cannot be told is none: what follows stays within the years 1 to 9999.
        var shift = span.Start >= from.End ? accepted.Time.End - from.End : accepted.Time.Start - from.Start;
        if (shift > Moments.Last - span.End || -shift > span.Start - Moments.Of(long.MinValue))
            return new(RefusalProblems.InvalidTime());
        var had = SchedulesOf(snapshot.Claims.Where(c => c.AppointmentId == meeting.Id));
        var has = SchedulesOf(accepted.Claims);
        var left = had.Except(has).ToHashSet();
        var gained = has.Except(had).Where(id => HasProfessional(snapshot, id));
        var kept = calendars.Where(id => !left.Contains(id)).ToImmutableArray();
        var moved = kept.Length == calendars.Length ? kept : [.. kept.Union(gained)];
        target.Resource = Leave(
            At(target.Resource!, new TimeRange(span.Start + shift, span.End + shift), Zones.Of(snapshot)).Without("slot"),
            ActorsOf(snapshot, left).Except(ActorsOf(snapshot, moved)).ToHashSet());
        target.Booking = new BookingDirective { ScheduleIds = moved, RequiresCalendar = true, IsLinked = true };
        return book(target, null);
    }

    /// <summary>A meeting that was approved takes along what waited with it.</summary>
    private async ValueTask<Problem?> ConfirmAsync(WriteTarget target, string status)
    {
        if (status != "booked" || target.Resource!.Text("status") != "pending")
            return null;
        var before = new AppointmentView(target.Resource);
        target.Resource = target.Resource.Set("status", status);
        target.Booking = new BookingDirective { IsLinked = true };
        return await book(target, before);
    }

    private static ElementNode At(ElementNode appointment, TimeRange span, ZoneRules zone) => appointment
        .Set("start", AppointmentMapping.InstantText(span.Start, zone))
        .Set("end", AppointmentMapping.InstantText(span.End, zone));

    private static ElementNode Leave(ElementNode appointment, HashSet<string> actors) => actors.Count == 0
        ? appointment
        : appointment.Replace("participant", [.. appointment.All("participant")
            .Where(p => p["actor"]?.Text("reference") is not { } actor || !actors.Contains(actor))]);

    private static IEnumerable<string> ActorsOf(BookingSnapshot snapshot, IEnumerable<string> scheduleIds)
    {
        var ids = scheduleIds.ToHashSet();
        return snapshot.Schedules.Where(s => ids.Contains(s.Id)).SelectMany(s => s.Actors);
    }

    private static bool HasProfessional(BookingSnapshot snapshot, string scheduleId) =>
        ActorsOf(snapshot, [scheduleId]).Any(a => LocalReference.IdOf(a, "Practitioner") is not null);

    /// <summary>Those that are claimed themselves, not by their owners' bookings elsewhere.</summary>
    private static ImmutableArray<string> SchedulesOf(IEnumerable<Claim> claims) =>
    [
        .. claims.Where(c => CalendarReference.ScheduleIdOf(c.Target) is { } id && CalendarReference.OfSchedule(id) == c.Target)
            .Select(c => CalendarReference.ScheduleIdOf(c.Target)!).Distinct(),
    ];
}
