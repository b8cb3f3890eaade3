using Ajanvaraus.Fhir.Scheduling.Time;

namespace Ajanvaraus.Fhir.Scheduling.Slots;

/// <summary>Lists the times that can be booked: what is offered, the booking rules accept at that moment.</summary>
/// <remarks>
/// <para>Shape: in order of time; one time is offered once, with the first of each group that can carry it.</para>
/// <para>Without a needed length a Slot is offered as it is, or in the usual length of its calendar; with one, adjacent
/// Slots are joined, and a longer Slot is cut on a wall-clock grid from local midnight in the calendar's zone.</para>
/// <para>Errors: none; a Schedule that is unknown or not active offers nothing.</para>
/// </remarks>
public static class FindTimes
{
    public static FindResult Find(FindRequest request, FindData data)
    {
        var index = new CalendarIndex(request, data);
        var views = new Dictionary<string, CalendarView>();
        var groups = new List<List<CalendarView>>(request.Alternatives.Length);
        foreach (var alternatives in request.Alternatives) groups.Add(ViewsOf(alternatives, request, index, views));
        if (groups.Count == 0 || groups.Exists(g => g.Count == 0)) return new FindResult([], null);

        var choice = new OfferChoice(groups, request);
        return Page(request, choice, Times(request, views.Values));
    }

    private static List<CalendarView> ViewsOf(
        ImmutableArray<string> scheduleIds, FindRequest request, CalendarIndex index, Dictionary<string, CalendarView> views)
    {
        var group = new List<CalendarView>(scheduleIds.Length);
        foreach (var id in scheduleIds)
        {
            if (index.Active(id) is not { } schedule || !request.MayBookIn(schedule)) continue;
            if (!views.TryGetValue(id, out var view))
                views[id] = view = new CalendarView(schedule, index, request.Seats, OfferedLength.Of(schedule, request.Needed));
            if (!group.Contains(view)) group.Add(view);
        }

        return group;
    }

    private static List<TickSpan> Times(FindRequest request, IEnumerable<CalendarView> views)
    {
        var earliest = Instant.Max(request.Window.Start, request.Now + request.LeadTime);
        // The limits of a day count what earlier pages offered of it: go back by more than any day's length.
        if (request.After is { } after) earliest = Instant.Max(earliest, after.Start - Duration.FromHours(48));
        if (earliest >= request.Window.End) return [];

        var window = TickSpan.Of(new TimeRange(earliest, request.Window.End));
        var times = new HashSet<TickSpan>();
        foreach (var view in views)
            view.Suggest(window, Ticks(request.Needed), Ticks(request.Grid), times);
        var sorted = new List<TickSpan>(times);
        sorted.Sort();
        return sorted;
    }

    private static FindResult Page(FindRequest request, OfferChoice choice, List<TickSpan> times)
    {
        var size = request.FirstOnly ? 1 : request.PageSize;
        var last = request.After is { } after ? TickSpan.Of(new TimeRange(after.Start, after.End)) : default(TickSpan?);
        var offers = ImmutableArray.CreateBuilder<Offer>();
        foreach (var time in times)
        {
            if (!choice.TryTake(time)) continue;
            if (last is { } position && time <= position) continue;
            if (offers.Count == size)
                return new FindResult(offers.ToImmutable(), request.FirstOnly ? null : PositionOf(offers[^1]));
            offers.Add(choice.Offer(time));
        }

        return new FindResult(offers.ToImmutable(), null);
    }

    private static OfferPosition PositionOf(Offer offer) => new(offer.Time.Start, offer.Time.End);

    private static long? Ticks(Duration? length) =>
        length is { } given && given > Duration.Zero ? given.BclCompatibleTicks : null;
}
