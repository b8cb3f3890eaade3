using Ajanvaraus.Fhir.Scheduling.Slots;

namespace Ajanvaraus.Fhir.Scheduling.Booking;

/// <summary>Where a professional is for a booking, and how they come there and go.</summary>
/// <param name="Place"><c>Location/a</c>; null: nobody travels to or from it.</param>
/// <param name="Rules">Of the calendars of the professional that the booking names; empty: they know no journeys.</param>
/// <param name="HasJourneyTo">A journey before it is booked: none is computed.</param>
/// <param name="HasJourneyFrom">A journey after it is booked.</param>
internal sealed record Stay(
    string? Place, ImmutableArray<TravelRule> Rules, bool HasJourneyTo = false, bool HasJourneyFrom = false)
{
    public static readonly Stay Anywhere = new(null, []);

    /// <summary>The place when it is not that of the calendars.</summary>
    public string? Said { get; private init; }

    /// <summary>In a booking that names these Schedules.</summary>
    /// <param name="owner">Journeys are those of a professional; of nobody else's any are told.</param>
    /// <param name="place">Null: that of the Schedules of the owner.</param>
    /// <param name="named">All of the booking.</param>
    public static Stay Of(string owner, string? place, IEnumerable<ScheduleState> named)
    {
        if (!Travels(owner)) return Anywhere;
        var own = named.Where(s => s.Actors.Contains(owner)).OrderBy(s => s.Id, StringComparer.Ordinal).ToList();
        var usual = PlaceOf(own);
        return new Stay(place ?? usual, [.. own.SelectMany(s => s.Travel)]) { Said = place == usual ? null : place };
    }

    public static bool Travels(string target) => target.StartsWith("Practitioner/", StringComparison.Ordinal);

    /// <summary>The Location among the actors of the first of them that has one.</summary>
    public static string? PlaceOf(IEnumerable<ScheduleState> schedules)
    {
        foreach (var schedule in schedules.OrderBy(s => s.Id, StringComparer.Ordinal))
            if (schedule.Place is { } place) return place;
        return null;
    }

    /// <summary>Where a booking takes place: what it names beside the places of its Schedules, else those.</summary>
    /// <param name="said">Locations that its Appointment names, in order.</param>
    /// <param name="named">Its Schedules.</param>
    public static string? PlaceOf(ImmutableArray<string> said, IReadOnlyCollection<ScheduleState> named) =>
        said.FirstOrDefault(p => !named.Any(s => s.Actors.Contains(p))) ?? PlaceOf(named);
}

/// <summary>What the text of <see cref="Claim.Group"/> says when no seats are shared.</summary>
/// <remarks>A Slot has no such id. The column holds 64 characters.</remarks>
internal static class ClaimMark
{
    private const int Longest = 64;
    private const string Meeting = "Appointment/";
    private const string Way = "way/";
    private const string At = "@";
    private const char Raised = '\u0100';

    /// <summary>Of what belongs to a meeting: its documentation.</summary>
    public static string Following(string meetingId) => Cut(Meeting, meetingId);

    /// <summary>Of a journey to or from a meeting.</summary>
    public static string JourneyOf(string meetingId) => Cut(Way, meetingId);

    public static bool IsFollowing(string group) =>
        group.StartsWith(Meeting, StringComparison.Ordinal) || IsJourney(group);

    public static bool IsJourney(string group) => group.StartsWith(Way, StringComparison.Ordinal);

    public static bool Follows(string group, string meetingId) => group == Following(meetingId) || group == JourneyOf(meetingId);

    /// <summary>Of a booking at a place; empty without one.</summary>
    /// <remarks>An id of 64 characters leaves no room for the mark before it: its first character is raised instead, out of those of ids.</remarks>
    public static string OfPlace(string? place) => place?["Location/".Length..] switch
    {
        null or "" => "",
        { Length: < Longest } id => At + id,
        { Length: Longest } id => (char)(id[0] + Raised) + id[1..],
        _ => "",
    };

    public static string? PlaceOf(string group) => group.Length == 0 ? null
        : group[0] >= Raised ? $"Location/{(char)(group[0] - Raised)}{group[1..]}"
        : group.StartsWith(At, StringComparison.Ordinal) ? "Location/" + group[At.Length..] : null;

    /// <summary>The end of a long id is what tells it from others.</summary>
    private static string Cut(string mark, string id) => mark + id[Math.Max(0, id.Length + mark.Length - Longest)..];
}
