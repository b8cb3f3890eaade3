using System.Globalization;

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Security;
using Ajanvaraus.Fhir.Server.Writing;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>How many times to come one client may have in one service, when citizens book.</summary>
/// <remarks>
/// Bookings of one client are counted one after another, in all processes; the lock for it comes after those of the
/// calendars. What professionals and programs book is counted and never refused. Source: docs/scheduling-rules.md, Limits.
/// </remarks>
internal sealed class BookingQuota(WriteSession session, WriteServices services)
{
    /// <summary>Times to come of one client that are looked at.</summary>
    private const int MostLookedAt = 1000;

    /// <summary>409 when a client has as many already; null when the booking may go on.</summary>
    /// <param name="caller">Only citizens are asked.</param>
    /// <param name="before">The Appointment as it was; null when it took no time.</param>
    /// <param name="after">As it is to be booked.</param>
    public async ValueTask<Problem?> CheckAsync(
        Identity caller, AppointmentView? before, AppointmentView after, BookingRequest request, BookingSnapshot snapshot, Instant now)
    {
        if (caller.Kind != CallerKind.Citizen)
            return null;
        var asked = BookedService.Of(after, request, snapshot);
        var known = before is { } old && asked.IsSameAs(await OfStoredAsync(old)) ? AppointmentMapping.Patients(old) : [];
        var clients = AppointmentMapping.Patients(after).Except(known).Order(StringComparer.Ordinal).ToList();
        if (clients.Count == 0 || await LimitsAsync(asked) is not { Count: > 0 } limits)
            return null;
        foreach (var client in clients)
        {
            await session.LockConditionAsync($"bookings of {client}");
            var others = await ToComeAsync(client, after.Id!, now);
            foreach (var (service, most) in limits)
                if (others.Count(service.IsSameAs) >= most)
                    return TooMany(most);
        }
        return null;
    }

    /// <summary>Each service that is booked, with the most that it lets a client have; those without limit are left out.</summary>
    private async ValueTask<List<(BookedService Service, int Most)>> LimitsAsync(BookedService asked)
    {
        var limits = new List<(BookedService, int)>();
        foreach (var service in asked.Ids)
        {
            var stored = await session.ReadAsync("HealthcareService", service);
            var own = stored is { IsDeleted: false } ? LimitOf(StoredNodes.Parse(stored)) : null;
            if ((own ?? services.MaxBookings) is > 0 and var most)
                limits.Add((new BookedService([service], []), most));
        }
        if (asked.Ids.IsEmpty && services.MaxBookings > 0)
            limits.Add((asked, services.MaxBookings));
        return limits;
    }

    private static int? LimitOf(ElementNode service) =>
        service.Extension(Canonicals.BookingLimitClient)?["value"] is { Type.Name: "positiveInt" } value
            && int.TryParse(value.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var most) ? most : null;

    /// <summary>What else the client has booked or holds, from now on.</summary>
    private async ValueTask<List<BookedService>> ToComeAsync(string client, string exceptId, Instant now)
    {
        var since = AppointmentMapping.InstantText(now, ZoneRules.Utc);
        var query = services.Criteria.ParseCondition(
            "Appointment", $"patient={client}&status={EntitlementCheck.Using}&date=ge{Uri.EscapeDataString(since)}");
        var found = new List<BookedService>();
        foreach (var stored in await session.FindAsync("Appointment", query.Value!.Expression, MostLookedAt))
        {
            var appointment = new AppointmentView(StoredNodes.Parse(stored));
            if (stored.Id != exceptId && !HasEnded(appointment, now))
                found.Add(await OfStoredAsync(appointment));
        }
        return found;
    }

    /// <summary>A hold whose end nobody has settled yet.</summary>
    private static bool HasEnded(AppointmentView appointment, Instant now) =>
        appointment.HeldUntil is { } until && Instant.FromDateTimeOffset(until) <= now;

    private async ValueTask<BookedService> OfStoredAsync(AppointmentView appointment)
    {
        var slots = await NodesAsync("Slot", AppointmentMapping.SlotIds(appointment));
        var schedules = await NodesAsync("Schedule",
            [.. slots.Select(s => LocalReference.IdOf(new SlotView(s).ScheduleReference, "Schedule")).OfType<string>().Distinct()]);
        return BookedService.Of(
            appointment, schedules.SelectMany(s => new ScheduleView(s).Actors), appointment.ServiceTypes);
    }

    private async ValueTask<IEnumerable<ElementNode>> NodesAsync(string type, ImmutableArray<string> ids) =>
        ids.IsEmpty ? [] : (await session.ReadManyAsync(type, ids)).Where(s => !s.IsDeleted).Select(StoredNodes.Parse);

    private static Problem TooMany(int most) => new(ProblemKind.Conflict,
    [
        BookingRuleMessages.TooManyBookings.At("Appointment.participant", $"{most}") with { Details = [RuleCodes.Own("client-limit")] },
    ]);
}

/// <summary>Which service a time is booked in.</summary>
/// <param name="Ids">Of the HealthcareServices that take part, or to which its calendars belong.</param>
/// <param name="Types">Codings of the service type as <c>system|code</c>, which tell it where there is no HealthcareService.</param>
internal sealed record BookedService(ImmutableArray<string> Ids, ImmutableArray<string> Types)
{
    public static BookedService Of(AppointmentView appointment, BookingRequest request, BookingSnapshot snapshot)
    {
        var named = snapshot.SchedulesNamedBy(request);
        var slots = snapshot.Slots.Where(s => request.SlotIds.Contains(s.Id)).SelectMany(s => s.Services);
        return Of(
            appointment, snapshot.Schedules.Where(s => named.Contains(s.Id)).SelectMany(s => s.Actors),
            [.. appointment.ServiceTypes, .. slots]);
    }

    public static BookedService Of(AppointmentView appointment, IEnumerable<string> actors, ImmutableArray<string> types) => new(
        [
            .. appointment.Participants.Select(p => p.Actor).Concat(actors)
                .Select(a => LocalReference.IdOf(a, "HealthcareService")).OfType<string>().Distinct(),
        ],
        types);

    /// <summary>One HealthcareService in common, else one service type; times that tell neither are of one service.</summary>
    public bool IsSameAs(BookedService other) => (Ids.IsEmpty, other.Ids.IsEmpty) switch
    {
        (false, false) => Ids.Any(other.Ids.Contains),
        (true, true) => Types.IsEmpty ? other.Types.IsEmpty : Types.Any(other.Types.Contains),
        _ => false,
    };
}
