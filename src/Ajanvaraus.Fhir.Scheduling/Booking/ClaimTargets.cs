using Ajanvaraus.Fhir.Scheduling.Slots;

namespace Ajanvaraus.Fhir.Scheduling.Booking;

/// <summary>What a booking claims and locks: Schedules, and those of their actors that own a calendar.</summary>
/// <remarks>
/// The Schedules named are claimed. A Schedule that is implied by an owner is locked, as its Slots change; on it there
/// is only the shadow of that owner (<see cref="CalendarReference"/>), which is never locked.
/// A Practitioner, a Device and a Location with a Schedule of its own are claimed; a PractitionerRole stands beside its
/// Practitioner; a HealthcareService, and a Location that only says where, never are.
/// </remarks>
public static class ClaimTargets
{
    /// <summary>What a request locks: its Schedules, named and implied, then the owners.</summary>
    /// <param name="request">For its required actors.</param>
    /// <param name="namedSchedules">Schedules named, or those of the Slots named.</param>
    /// <param name="owners">Actors that have a Schedule here.</param>
    /// <param name="impliedSchedules">Other Schedules of the owners, as <see cref="Implied"/> gives them.</param>
    /// <returns>Distinct references in a stable order: a caller that locks them sorts them itself.</returns>
    public static ImmutableArray<string> Of(
        BookingRequest request, IEnumerable<ScheduleState> namedSchedules, IReadOnlySet<string> owners,
        IEnumerable<ScheduleState>? impliedSchedules = null)
    {
        var named = namedSchedules as IReadOnlyCollection<ScheduleState> ?? [.. namedSchedules];
        var targets = ImmutableArray.CreateBuilder<string>();
        foreach (var schedule in named) AddOnce(targets, CalendarReference.OfSchedule(schedule.Id));
        foreach (var schedule in impliedSchedules ?? []) AddOnce(targets, CalendarReference.OfSchedule(schedule.Id));
        foreach (var owner in Owners(request.RequiredActors, named, owners)) AddOnce(targets, owner);
        return targets.ToImmutable();
    }

    /// <summary>The owners claimed: among the actors of the Schedules named and the required ones.</summary>
    public static ImmutableArray<string> Owners(
        ImmutableArray<string> requiredActors, IEnumerable<ScheduleState> namedSchedules, IReadOnlySet<string> owners)
    {
        var claimed = ImmutableArray.CreateBuilder<string>();
        foreach (var schedule in namedSchedules)
            foreach (var actor in schedule.Actors)
                if (IsClaimed(actor, owners)) AddOnce(claimed, actor);
        foreach (var actor in requiredActors)
            if (IsClaimed(actor, owners)) AddOnce(claimed, actor);
        return claimed.ToImmutable();
    }

    /// <summary>Schedules that are not named but have a claimed owner among their actors.</summary>
    public static ImmutableArray<ScheduleState> Implied(
        IEnumerable<ScheduleState> schedules, ImmutableArray<ScheduleState> named, ImmutableArray<string> claimedOwners)
    {
        var implied = ImmutableArray.CreateBuilder<ScheduleState>();
        foreach (var schedule in schedules)
        {
            if (!named.Any(n => n.Id == schedule.Id) && schedule.Actors.Any(claimedOwners.Contains))
                implied.Add(schedule);
        }

        return implied.ToImmutable();
    }

    /// <summary>Under what targets the claims are that say why Slots of the Schedule are taken.</summary>
    /// <returns>The Schedule, and the shadow of each actor that a booking may claim.</returns>
    public static IEnumerable<string> OnSlotsOf(ScheduleState schedule) =>
        schedule.Actors.Where(CalendarReference.IsOwnerType).Distinct()
            .Select(owner => CalendarReference.Via(schedule.Id, owner))
            .Prepend(CalendarReference.OfSchedule(schedule.Id));

    internal static bool IsClaimed(string actor, IReadOnlySet<string> owners) =>
        CalendarReference.IsOwnerType(actor) && owners.Contains(actor);

    private static void AddOnce(ImmutableArray<string>.Builder targets, string target)
    {
        if (!targets.Contains(target)) targets.Add(target);
    }
}
