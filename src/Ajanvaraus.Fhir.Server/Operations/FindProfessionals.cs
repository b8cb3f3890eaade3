using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Scheduling.Slots;
using Ajanvaraus.Fhir.Server.Booking;
using Ajanvaraus.Fhir.Server.Mapping;

using StoredFindData = Ajanvaraus.Fhir.Persistence.Booking.FindData;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary>Whose calendars suit the client, and which of several is offered first.</summary>
/// <remarks>
/// One statement each for what is asked for: professionals by gender and language, the clients' own workers. Among those
/// who were not named one by one the client's own worker comes first, then who has the fewest bookings in the window.
/// </remarks>
internal sealed class FindProfessionals(ReadSession session, FindInput input)
{
    private const string PractitionerPrefix = "Practitioner/";

    /// <summary>Ids of the Schedules whose professional has the gender and speaks the language; null: none is asked.</summary>
    public async ValueTask<HashSet<string>?> WantedAsync(ImmutableArray<ScheduleState> schedules)
    {
        if (input.Genders.IsEmpty && input.Languages.IsEmpty)
            return null;
        var ids = schedules.SelectMany(s => s.Actors).Where(IsProfessional).Select(IdOf).Distinct().ToList();
        var stored = ids.Count == 0 ? [] : await session.ReadManyAsync("Practitioner", ids);
        var suiting = stored.Select(StoredNodes.Parse).Where(Suits).Select(p => PractitionerPrefix + p.Id).ToHashSet();
        return [.. schedules.Where(s => s.Actors.Any(suiting.Contains)).Select(s => s.Id)];
    }

    /// <summary>The rank of a Schedule by its id: the lowest is offered first.</summary>
    public async ValueTask<Func<string, int>> OrderAsync(StoredFindData data)
    {
        if (input.NamesActors)
            return static _ => 0;
        var own = await OwnWorkers.OfAsync(session.ReadManyAsync, input.Patients);
        var bookings = data.Claims.Where(c => CalendarReference.ScheduleIdOf(c.Target) is not null)
            .GroupBy(c => CalendarReference.ScheduleIdOf(c.Target)!).ToDictionary(g => g.Key, g => g.Count());
        var first = data.Schedules.Where(s => s.Actors.Any(own.Contains)).Select(s => s.Id).ToHashSet();
        return id => first.Contains(id) ? -1 : bookings.GetValueOrDefault(id);
    }

    private bool Suits(ElementNode practitioner) =>
        (input.Genders.IsEmpty || input.Genders.Contains(practitioner.Text("gender") ?? ""))
        && (input.Languages.IsEmpty || practitioner.All("communication").SelectMany(c => c.All("coding"))
            .Any(c => input.Languages.Any(l => Speaks(c.Text("code"), l))));

    /// <summary><c>sv</c> asks for <c>sv</c> and <c>sv-FI</c>.</summary>
    private static bool Speaks(string? spoken, string asked) =>
        spoken is not null && spoken.StartsWith(asked, StringComparison.OrdinalIgnoreCase)
        && (spoken.Length == asked.Length || spoken[asked.Length] == '-');

    private static bool IsProfessional(string actor) => actor.StartsWith(PractitionerPrefix, StringComparison.Ordinal);

    private static string IdOf(string actor) => actor[PractitionerPrefix.Length..];
}
