using Ajanvaraus.Fhir.Scheduling.Slots;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary>Ids of Schedules by how the caller came to them.</summary>
/// <param name="Explicit">Named themselves, in order of preference.</param>
/// <param name="Pool">Those of the services, organisations and codes; null: any.</param>
internal sealed record NamedCalendars(
    ImmutableArray<string> Explicit, ImmutableArray<string> OfProfessionals, ImmutableArray<string> OfLocations,
    HashSet<string>? Pool)
{
    /// <summary>All that may take part; null when nothing was named.</summary>
    public IReadOnlyCollection<string>? Candidates(FindInput input) => input.NamesActors
        ? [.. Explicit.Concat(OfProfessionals).Concat(OfLocations).Distinct()]
        : Pool;
}

/// <summary>Calendars in groups: one of each group takes part in an offer.</summary>
/// <remarks>
/// <para>Calendars of actors of the same kind are alternatives, in order of preference; those of different kinds must
/// all be free. A Location narrows the professionals to those who work there; where none does, it is a room that must be
/// free beside them.</para>
/// <para>Services and organisations narrow the group that leads: professionals, else queues, places, devices.</para>
/// </remarks>
internal sealed class CalendarGroups
{
    private readonly HashSet<string> _lead;

    /// <param name="wanted">Those of the professionals that were asked for by gender or language; null: all.</param>
    /// <param name="order">Ranks those that the caller did not name one by one: the lowest is offered first.</param>
    public CalendarGroups(
        FindInput input, NamedCalendars named, ImmutableArray<ScheduleState> schedules, HashSet<string>? wanted,
        Func<string, int> order)
    {
        var groups = input is { IsMedplum: true, Schedules.IsEmpty: false }
            ? [.. named.Explicit.Select(id => new List<string> { id })]
            : input.NamesActors
            ? Groups(input, named, schedules)
            : [[.. schedules.Where(s => named.Pool?.Contains(s.Id) ?? true).Select(s => s.Id)]];
        if (named.Pool is { } pool && groups.Count > 0)
            groups[0].RemoveAll(id => !pool.Contains(id));
        if (wanted is not null && groups.Count > 0)
            groups[0].RemoveAll(id => !wanted.Contains(id));
        if (!input.NamesActors)
            groups[0] = [.. groups[0].OrderBy(order)];
        Alternatives = [.. groups.Select(g => g.Distinct().ToImmutableArray())];
        _lead = groups.Count == 0 ? [] : [.. groups[0]];
    }

    private enum Kind { Professional, Service, Place, Device }

    public ImmutableArray<ImmutableArray<string>> Alternatives { get; }

    /// <summary>Whether the Schedule gives the service that is asked for.</summary>
    public bool IsLead(string scheduleId) => _lead.Contains(scheduleId);

    private static List<List<string>> Groups(
        FindInput input, NamedCalendars named, ImmutableArray<ScheduleState> schedules)
    {
        var known = schedules.ToDictionary(s => s.Id);
        var byKind = new SortedDictionary<Kind, List<string>>();
        foreach (var id in named.Explicit)
            if (known.TryGetValue(id, out var schedule))
                Of(KindOf(schedule)).Add(id);
        if (!input.Practitioners.IsEmpty || !input.Roles.IsEmpty)
            Of(Kind.Professional).AddRange(Preferred(input, named.OfProfessionals, known));
        if (input.NamesLocations)
            AddLocations();
        return [.. byKind.Values];

        List<string> Of(Kind kind) =>
            byKind.TryGetValue(kind, out var group) ? group : byKind[kind] = [];

        void AddLocations()
        {
            var there = named.OfLocations.Where(known.ContainsKey).ToHashSet();
            if (byKind.Count == 0)
            {
                Of(Kind.Place).AddRange(there);
                return;
            }
            var lead = byKind.First().Value;
            if (lead.Exists(there.Contains))
                lead.RemoveAll(id => !there.Contains(id));
            else
                Of(Kind.Place).AddRange(there.Where(id => KindOf(known[id]) == Kind.Place));
        }
    }

    /// <summary>In the order in which the professionals were named.</summary>
    private static IEnumerable<string> Preferred(
        FindInput input, ImmutableArray<string> scheduleIds, Dictionary<string, ScheduleState> known)
    {
        List<string> order =
        [
            .. input.Practitioners.Select(id => $"Practitioner/{id}"),
            .. input.Roles.Select(id => $"PractitionerRole/{id}"),
        ];
        return scheduleIds.Where(known.ContainsKey).OrderBy(id =>
            known[id].Actors.Select(a => order.IndexOf(a)).Where(i => i >= 0).DefaultIfEmpty(order.Count).Min());
    }

    private static Kind KindOf(ScheduleState schedule)
    {
        var kind = Kind.Service;
        foreach (var actor in schedule.Actors)
        {
            if (actor.StartsWith("Practitioner", StringComparison.Ordinal))
                return Kind.Professional;
            if (actor.StartsWith("Device/", StringComparison.Ordinal))
                kind = Kind.Device;
            else if (kind == Kind.Service && actor.StartsWith("Location/", StringComparison.Ordinal))
                kind = Kind.Place;
        }
        return kind;
    }
}
