using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Booking;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Security;
using Ajanvaraus.Fhir.Server.Writing;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary>The calendars that a search may offer, and what is in them, read at one moment.</summary>
/// <remarks>A fixed number of statements, however many professionals come into question.</remarks>
/// <param name="locations">Ids of the Locations asked for, those found by name included.</param>
internal sealed class FindCalendars(
    ReadSession session, FindInput input, ImmutableArray<string> locations, FindServices find, Identity caller)
{
    public async ValueTask<Outcome<FindScope>> ReadAsync(Instant now)
    {
        if (await UnknownAsync() is { } unknown)
            return unknown;
        var services = await NodesAsync("HealthcareService", input.Services);
        if (services.Failed)
            return services.Problem;
        var named = new NamedCalendars(
            input.Schedules, await OfProfessionalsAsync(), await OfActorsAsync("Location", locations),
            await PoolAsync());
        var candidates = named.Candidates(input)
            ?? await session.Booking.ActiveSchedulesAsync(find.Limits.MaximumCalendars + 1);
        if (candidates.Count > find.Limits.MaximumCalendars)
            return TooMany();
        var entitled = await new FindEntitlement(session, input, find.Searches).WindowAsync();
        if (entitled.Failed)
            return entitled.Problem;
        var data = await session.Booking.FindDataAsync(candidates, input.Reach);
        var people = new FindProfessionals(session, input);
        var wanted = await people.WantedAsync(data.Schedules);
        var read = new ReadOnce(session.ReadManyAsync);
        var order = await people.OrderAsync(data);
        data = await new CalendarRules(read.ReadAsync).ApplyAsync(session.Booking, data, candidates, input.Reach, now);
        var computed = await new ComputedSlots(read.ReadAsync, find.SlotClaims).OverlappingAsync(candidates, input.Reach, data.Slots);
        if (computed.Count > 0)
            data = data with { Slots = [.. data.Slots, .. computed.Select(s => s.State)] };
        var filter = new SlotFilter(input.ServiceTypes, input.Specialties, input.Modes, CodesOf(services.Value), input.Audiences);
        var groups = new CalendarGroups(input, named, data.Schedules, wanted, order);
        return new FindScope(groups, filter, data, entitled.Value)
        {
            Computed = computed.ToDictionary(s => s.Id),
            OwnWorkers = data.Schedules.Any(s => s.IsForOwnClients) ? await OwnWorkers.OfCallerAsync(caller, read.ReadAsync) : null,
            Counted = await CalendarRules.CountedAsync(session.Booking, data.Schedules, input.Reach),
        };
    }

    private Problem TooMany() => new(ProblemKind.Unprocessable,
    [
        OperationMessages.TooManyCalendars.At(null, $"{find.Limits.MaximumCalendars}") with
        {
            Details = [RuleCodes.Own("invalid-parameter"), RuleCodes.InvalidParameter],
        },
    ]);

    /// <summary>What the caller names must be here: an empty answer would tell them nothing.</summary>
    private async ValueTask<Problem?> UnknownAsync()
    {
        (string Type, ImmutableArray<string> Ids)[] named =
        [
            ("Schedule", input.Schedules), ("Practitioner", input.Practitioners), ("PractitionerRole", input.Roles),
            ("Location", input.Locations), ("Organization", input.Organizations),
        ];
        foreach (var (type, ids) in named)
        {
            var found = await NodesAsync(type, ids);
            if (found.Failed)
                return found.Problem;
        }
        return null;
    }

    private async ValueTask<Outcome<ImmutableArray<ElementNode>>> NodesAsync(string type, ImmutableArray<string> ids)
    {
        if (ids.IsEmpty)
            return ImmutableArray<ElementNode>.Empty;
        var stored = await session.ReadManyAsync(type, [.. ids.Distinct()]);
        var nodes = stored.Select(StoredNodes.Parse).Where(IsActive).ToImmutableArray();
        foreach (var id in ids)
            if (!nodes.Any(n => n.Id == id))
                return ParameterProblems.ReferenceNotFound(null, $"{type}/{id}");
        return nodes;
    }

    private static bool IsActive(ElementNode node) =>
        node.Text("active") != "false" && (node.Type.Name != "Location" || node.Text("status") != "inactive");

    private async ValueTask<ImmutableArray<string>> OfProfessionalsAsync()
    {
        var practitioners = await OfActorsAsync("Practitioner", input.Practitioners);
        return practitioners.AddRange(await OfActorsAsync("PractitionerRole", input.Roles));
    }

    private async ValueTask<ImmutableArray<string>> OfActorsAsync(string type, ImmutableArray<string> ids) =>
        ids.IsEmpty ? [] : await session.Booking.SchedulesByActorsAsync([.. ids.Select(id => $"{type}/{id}")]);

    /// <summary>Calendars that belong to the services, organisations and codes asked for; null: any.</summary>
    private async ValueTask<HashSet<string>?> PoolAsync()
    {
        HashSet<string>? pool = null;
        if (!input.Services.IsEmpty)
            pool = Narrow(pool, await session.Booking.SchedulesByServicesAsync(input.Services));
        if (!input.Organizations.IsEmpty)
            pool = Narrow(pool, await session.Booking.SchedulesByOrganizationsAsync(input.Organizations));
        if (input.NamesActors || (input.ServiceTypes.IsEmpty && input.Specialties.IsEmpty))
            return pool;
        var codes = input.ServiceTypes.Concat(input.Specialties).Select(t => t.Code).Distinct().ToList();
        var said = await session.Booking.SchedulesByCodesAsync(codes, input.Window);
        foreach (var wanted in (ReadOnlySpan<ImmutableArray<CodeToken>>)[input.ServiceTypes, input.Specialties])
            if (!wanted.IsEmpty)
                pool = Narrow(pool, said.Where(s => wanted.Any(w => w.Names(s.Coding))).Select(s => s.ScheduleId));
        return pool;
    }

    private static HashSet<string> Narrow(HashSet<string>? pool, IEnumerable<string> scheduleIds)
    {
        if (pool is null)
            return [.. scheduleIds];
        pool.IntersectWith(scheduleIds);
        return pool;
    }

    /// <summary>Types of the services; of one without a type, its categories.</summary>
    private static ImmutableArray<CodeToken> CodesOf(ImmutableArray<ElementNode> services) =>
    [
        .. services.SelectMany(s => Codings(s, "type") is { Count: > 0 } types ? types : Codings(s, "category")),
    ];

    private static List<CodeToken> Codings(ElementNode service, string element) =>
    [
        .. service.All(element).SelectMany(c => c.All("coding")).Where(c => c.Text("code") is not null)
            .Select(c => new CodeToken(c.Text("system"), c.Text("code")!)),
    ];
}
