using System.Globalization;
using System.Text;

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Scheduling.Slots;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Operations;
using Ajanvaraus.Fhir.Server.Writing;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>Least notice of calendars: of the Schedule itself, or of a HealthcareService among its actors.</summary>
/// <remarks>Where both say one, the longer holds. Source: docs/scheduling-rules.md, Lead time.</remarks>
internal static class LeadTimes
{
    private static readonly byte[] Url = Encoding.UTF8.GetBytes(Canonicals.LeadTime);

    /// <summary>The calendars as <c>$find</c> may offer them: open from the end of their notice on.</summary>
    public static async ValueTask<ImmutableArray<ScheduleState>> ApplyAsync(
        ImmutableArray<ScheduleState> schedules, Instant now, ReadMany read)
    {
        var notices = await ReadAsync(schedules, read);
        return notices.Count == 0
            ? schedules
            : [.. schedules.Select(s => notices.TryGetValue(s.Id, out var notice) ? OpenFrom(s, now + notice) : s)];
    }

    /// <summary>409 for a new time, or one moved to, that begins before the notice of its calendars has passed.</summary>
    public static async ValueTask<Problem?> CheckAsync(
        Instant now, AppointmentView? before, AppointmentView after, BookingRequest request, BookingSnapshot snapshot,
        ReadMany read)
    {
        if (snapshot.TimeOf(request)?.Start is not { } moment || (before is { } old && StandsAlready(old, after)))
            return null;
        var named = snapshot.SchedulesNamedBy(request);
        var notices = await ReadAsync([.. snapshot.Schedules.Where(s => named.Contains(s.Id))], read);
        return notices.Count > 0 && notices.Values.Max() is var notice && moment < now + notice
            ? TooLate(notice)
            : null;
    }

    private static bool StandsAlready(AppointmentView old, AppointmentView after) =>
        old.Start == after.Start
        && AppointmentTransitions.Occupies(AppointmentStatusCodes.Parse(old.Status) ?? AppointmentStatus.Proposed);

    private static ScheduleState OpenFrom(ScheduleState schedule, Instant start) =>
        schedule with { BookableFrom = start };

    /// <summary>Notices by id of the Schedule; those that have none are left out.</summary>
    private static async ValueTask<Dictionary<string, Duration>> ReadAsync(
        ImmutableArray<ScheduleState> schedules, ReadMany read)
    {
        var notices = await OfTypeAsync("Schedule", [.. schedules.Select(s => s.Id)], read);
        var services = schedules.SelectMany(ServicesOf).ToHashSet();
        if (services.Count == 0)
            return notices;
        var ofServices = await OfTypeAsync("HealthcareService", services, read);
        foreach (var schedule in schedules)
            foreach (var service in ServicesOf(schedule))
                if (ofServices.TryGetValue(service, out var notice))
                    notices[schedule.Id] = Duration.Max(notices.GetValueOrDefault(schedule.Id), notice);
        return notices;
    }

    private static IEnumerable<string> ServicesOf(ScheduleState schedule) =>
        schedule.Actors.Select(a => LocalReference.IdOf(a, "HealthcareService")).OfType<string>();

    /// <summary>Parses only a body in which the address of the extension occurs at all.</summary>
    private static async ValueTask<Dictionary<string, Duration>> OfTypeAsync(
        string type, IReadOnlyCollection<string> ids, ReadMany read)
    {
        var notices = new Dictionary<string, Duration>();
        if (ids.Count == 0)
            return notices;
        foreach (var stored in await read(type, ids))
            if (stored.Body.Span.IndexOf(Url) >= 0 && NoticeOf(StoredNodes.Parse(stored)) is { } notice)
                notices[stored.Id] = notice;
        return notices;
    }

    private static Duration? NoticeOf(ElementNode resource)
    {
        var value = resource.All("extension").FirstOrDefault(e => e.Text("url") == Canonicals.LeadTime)?["value"];
        return value?.Type.Name == "Duration" && ParameterValues.Minutes(value) is { } minutes and > 0
            ? Duration.FromSeconds((double)(minutes * 60))
            : null;
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
