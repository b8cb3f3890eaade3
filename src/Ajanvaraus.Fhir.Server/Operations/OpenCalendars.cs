using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Security;
using Ajanvaraus.Fhir.Server.Security.Policy;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary>How far calendars are open to colleagues who do not see what is booked in them: <c>calendar-openness</c>.</summary>
/// <remarks>
/// Levels: <c>free-busy</c>, also where a calendar says nothing: no more than its Slots; <c>times-and-places</c>: bookings
/// without their clients; <c>all</c>: internal work whole, and clients' bookings as before, since who is a client is secret
/// in every calendar. To whom calendars are open the policy says (letter <c>p</c>). Source: ROBUSTNESS R30; ADR 0033.
/// </remarks>
internal static class OpenCalendars
{
    private const string Url = Canonicals.Base + "/StructureDefinition/calendar-openness";

    private enum Level
    {
        FreeBusy,
        TimesAndPlaces,
        All,
    }

    /// <summary>The bookings as the caller is told them by the openness of the calendars that they stand in.</summary>
    /// <param name="unseen">By Appointment that the caller does not see: the ids of calendars that it stands in.</param>
    public static async ValueTask<ImmutableArray<StoredResource>> TellAsync(
        ReadSession session, Identity identity, ImmutableArray<StoredResource> schedules, ILookup<string, string> unseen)
    {
        if (unseen.Count == 0)
            return [];
        var levels = schedules.ToDictionary(s => s.Id, s => LevelOf(StoredNodes.Parse(s)));
        var open = unseen.ToDictionary(u => u.Key, u => u.Max(schedule => levels[schedule]));
        var ids = await SeenAmong.AppointmentsAsync(
            session, identity, [.. open.Where(o => o.Value > Level.FreeBusy).Select(o => o.Key)], ScopeInteractions.Part);
        return ids.IsEmpty ? [] : [.. (await session.ReadManyAsync("Appointment", ids)).Select(a => Told(a, open[a.Id]))];
    }

    private static StoredResource Told(StoredResource appointment, Level level)
    {
        var node = StoredNodes.Parse(appointment);
        return level == Level.All && node.All("participant").All(PartlySeen.IsAtWork)
            ? appointment
            : Masking.Part(appointment, PartlySeen.Booking, node);
    }

    private static Level LevelOf(ElementNode schedule) =>
        schedule.All("extension").FirstOrDefault(e => e.Text("url") == Url)?.Text("value") switch
        {
            "times-and-places" => Level.TimesAndPlaces,
            "all" => Level.All,
            _ => Level.FreeBusy,
        };
}
