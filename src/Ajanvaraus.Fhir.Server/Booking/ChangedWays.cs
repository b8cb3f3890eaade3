using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Writing;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>Locations that tell other ways than before, and the calendars whose free Slots are shown otherwise for it.</summary>
internal static class ChangedWays
{
    /// <summary>A place of more calendars is that of a whole county: those follow with the next change beside their Slots.</summary>
    public const int MostCalendars = 200;

    /// <summary>Whether a Location that is written, or was, has other rows of the matrix or another position.</summary>
    public static bool AreIn(WriteTarget target)
    {
        if (target.Type != "Location")
            return false;
        var before = target.Exists ? StoredNodes.Parse(target.Before!) : null;
        // An edit is made under the lock; here it only tells what it leads to.
        var after = before is not null && target.Resource is null && target.Intent.Edit is { } edit ? edit(before).Value : target.Resource;
        return !TravelPlaces.TellTheSame(before, after);
    }

    /// <summary>Those that know of journeys and are at one of the places, or have a booking to come there.</summary>
    /// <param name="session">Of the transaction that writes the places.</param>
    /// <param name="locationIds">The places.</param>
    /// <returns>None when there are more than <see cref="MostCalendars"/>.</returns>
    public static async ValueTask<ImmutableArray<string>> CalendarsAsync(WriteSession session, IReadOnlyCollection<string> locationIds)
    {
        if (locationIds.Count == 0)
            return [];
        var now = Moments.Of(session);
        var there = await session.Booking.Queries.SchedulesAtAsync([.. locationIds.Select(id => $"Location/{id}")], now);
        if (there.Length is 0 or > MostCalendars)
            return [];
        var calendars = await session.Booking.Queries.CalendarsOfAsync(there);
        var schedules = await new CalendarRules(new ReadOnce(session.ReadManyAsync).ReadAsync).ApplyAsync(calendars.Schedules, now);
        return [.. schedules.Where(s => !s.Travel.IsEmpty).Select(s => s.Id)];
    }
}
