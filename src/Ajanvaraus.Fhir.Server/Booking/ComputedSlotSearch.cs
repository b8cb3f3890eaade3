using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Scheduling.Slots;
using Ajanvaraus.Fhir.Server.Security;
using Ajanvaraus.Fhir.Server.Security.Policy;
using Ajanvaraus.Fhir.Server.Writing;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>Searches of Slots, which find those that are stored and those that are computed.</summary>
/// <remarks>
/// Computed Slots are met by the same criteria, evaluated in memory. They come in order of time: among the stored ones
/// when the search is sorted by <c>start</c>, after them otherwise. docs/adr/0018-computed-times.md.
/// </remarks>
internal sealed class ComputedSlotSearch(ResourceStore store, WriteServices services, TimeProvider clock)
{
    private const int MostCalendars = 1000;
    private const int MostSlots = 20_000;

    /// <summary>Another process may have given a calendar its first template.</summary>
    private const long LookMilliseconds = 1000;

    /// <summary>Found from the templates, which are few: where nothing is computed, a search of Slots costs a look at them.</summary>
    private readonly ChainExpression _hasTemplate = new(
        services.Parameters.BuiltIn.Find("Schedule", OwnSearchParameters.AvailabilityTemplate)!, "Basic",
        new TokenExpression(
            services.Parameters.BuiltIn.Find("Basic", "code")!, Mapping.WeekTemplateMapping.CodeSystem, Mapping.WeekTemplateMapping.Code));

    private Look? _lastLook;

    /// <exception cref="InvalidCursorException">The cursor is of another search.</exception>
    public async ValueTask<Outcome<SearchPage>> SearchAsync(SearchQuery query, string? cursor, CancellationToken cancel)
    {
        // Computed ones have no row that a condition could be asked of: they are for those who see all Slots and calendars.
        var seesAll = query.Visibility is not { } visible || (visible.ReachesAll("Slot") && visible.ReachesAll("Schedule"));
        if (!seesAll || !FindsAddressedSlots(query, out var expression))
            return await store.SearchAsync(query, cursor, cancel);
        var found = await ComputedAsync(expression, cancel);
        if (found.Failed)
            return found.Problem;
        // Among two kinds that are merged page by page, a number of matches to leave out is of neither.
        if (query.Offset > 0 && found.Value.Count > 0)
            return SearchFilterMessages.NotServed.As(ProblemKind.Invalid, "http._offset", "_offset", "0");
        var position = MergedCursor.Parse(cursor);
        return found.Value.Count == 0 && position.IsStoredAlone
            ? await store.SearchAsync(query, cursor, cancel)
            : await new MergedSlotPage(store, query, position).ReadAsync(found.Value, cancel);
    }

    /// <summary>The page as the caller sees it.</summary>
    public async ValueTask<SearchPage> AsSeenAsync(SearchPage page, Identity identity, CancellationToken cancel) => page with
    {
        Matches = await Masking.ApplyAsync(store, identity, page.Matches, cancel),
        Included = await Masking.ApplyAsync(store, identity, page.Included, cancel),
    };

    /// <summary>Nothing that is computed is contained in anything: who asks for what is contained alone asks what is stored.</summary>
    private static bool FindsAddressedSlots(SearchQuery query, out SearchExpression? expression)
    {
        expression = query.Expression;
        if (query.Expression is ContainsExpression contains)
        {
            expression = contains.Operand;
            return contains is { Types: ["Slot"], OrIs: true };
        }
        return query is { ResourceTypes: ["Slot"], Scope: not ResourceScope.Contained };
    }

    /// <summary>Whether any calendar has a template: looked at once a second, and after every write that may change it.</summary>
    private async ValueTask<bool> HasCalendarsAsync(CancellationToken cancel)
    {
        var (changes, now) = (store.CalendarChanges, Environment.TickCount64);
        if (Volatile.Read(ref _lastLook) is { } last && last.Changes == changes && now < last.Until)
            return last.HasCalendars;
        var any = new SearchQuery { ResourceTypes = ["Schedule"], Expression = _hasTemplate, Count = 1 };
        var has = !(await store.SearchAsync(any, null, cancel)).Matches.IsEmpty;
        Volatile.Write(ref _lastLook, new Look(has, changes, now + LookMilliseconds));
        return has;
    }

    /// <summary>Computed Slots that meet the criteria and can be booked now, in order of time.</summary>
    private async ValueTask<Outcome<List<StoredResource>>> ComputedAsync(SearchExpression? expression, CancellationToken cancel)
    {
        if (!await HasCalendarsAsync(cancel))
            return new List<StoredResource>();
        var criteria = SlotCriteria.Of(expression);
        var calendars = await store.SearchAsync(
            new SearchQuery
            {
                ResourceTypes = ["Schedule"],
                Expression = new AndExpression([.. criteria.OfSchedule, _hasTemplate]),
                Count = MostCalendars + 1,
            },
            null, cancel);
        var now = Instant.FromDateTimeOffset(clock.GetUtcNow());
        var window = criteria.Window(now);
        if (calendars.Matches.IsEmpty || window.IsEmpty)
            return new List<StoredResource>();
        if (calendars.Matches.Length > MostCalendars)
            return SearchMessages.TooCostly.As(ProblemKind.Invalid, "schedule", "schedule");
        var ids = calendars.Matches.Select(s => s.Id).ToList();
        var slots = await store.QueryAsync(
            async session =>
            {
                var data = await session.Booking.FindDataAsync(ids, window);
                var read = new ReadOnce(session.ReadManyAsync);
                data = await new CalendarRules(read.ReadAsync).ApplyAsync(session.Booking, data, ids, window, now);
                var computed = await new ComputedSlots(read.ReadAsync, services.SlotClaims).OverlappingAsync(ids, window, data.Slots);
                var all = new FindData(
                    data.Schedules, [.. data.Slots, .. computed.Select(c => c.State)],
                    data.Slots.NonFree(), data.Claims)
                {
                    CalendarOwners = data.CalendarOwners,
                    Counted = await CalendarRules.CountedAsync(session.Booking, data.Schedules, window),
                    Journeys = data.Journeys,
                };
                var byId = computed.ToDictionary(c => c.Id);
                return BookableSlots.Of(computed.Select(c => c.State), all, now)
                    .Select(s => s.Time == byId[s.Id].Time ? byId[s.Id] : byId[s.Id].Part(s.Time)).ToList();
            },
            cancel);
        if (slots.Count > MostSlots)
            return SearchMessages.TooCostly.As(ProblemKind.Invalid, "start", "start");
        return Meeting(criteria.OfSlot, slots, calendars.Matches);
    }

    private List<StoredResource> Meeting(
        SearchExpression? expression, List<ComputedSlot> slots, ImmutableArray<StoredResource> calendars)
    {
        var indexer = services.Indexer;
        // A chain inside an "or" looks at the calendars; nothing that is stored refers to what is not.
        var around = new Lazy<List<IndexedResource>>(() => [.. calendars.Select(c =>
            new IndexedResource("Schedule", c.Id, c.LastUpdated, indexer.Index(Mapping.StoredNodes.Parse(c))))]);
        var search = new InMemorySearch(type => type == "Schedule" ? around.Value : []);
        var meeting = new List<StoredResource>();
        foreach (var slot in slots.OrderBy(s => s.Time.Start).ThenBy(s => s.Id, StringComparer.Ordinal))
        {
            var told = slot.Told();
            if (expression is null
                || search.Matches(expression, new IndexedResource("Slot", slot.Id, told.LastUpdated, indexer.Index(slot.Node()))))
                meeting.Add(told);
        }
        return meeting;
    }

    /// <summary>Seen when so many changes had been made, and taken as so until then.</summary>
    private sealed record Look(bool HasCalendars, long Changes, long Until);
}
