using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Scheduling.Slots;
using Ajanvaraus.Fhir.Scheduling.Time;
using Ajanvaraus.Fhir.Server.Mapping;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary>One page of offers with the stored resources that they speak of.</summary>
/// <param name="Total">Of all pages: Appointments, or Slots when those are asked for.</param>
/// <param name="Next">Where the next page goes on; null on the last.</param>
internal sealed record FindPage(
    ImmutableArray<Offer> Offers, int Total, OfferPosition? Next,
    IReadOnlyDictionary<string, StoredResource> Slots, IReadOnlyDictionary<string, ElementNode> Schedules,
    IReadOnlyDictionary<string, TimeRange> SlotTimes)
{
    /// <summary>What was asked, with the remarks that the search made on it.</summary>
    public required FindInput Input { get; init; }

    private ImmutableDictionary<string, long> ScheduleKeys { get; init; } = ImmutableDictionary<string, long>.Empty;

    /// <summary>The id by which <c>$hold</c> and <c>$book</c> know the offer again.</summary>
    public string IdOf(Offer offer) =>
        OfferId.Of(offer.Time, [.. offer.Calendars.Select(c => ScheduleKeys[c.ScheduleId])]);

    /// <summary>Cuts the page out of all offers and reads what it shows: two statements.</summary>
    public static async ValueTask<FindPage> ReadAsync(
        ReadSession session, FindInput input, FindScope scope, ImmutableArray<Offer> offers, bool countsSlots)
    {
        // Appointments are told without the times of their Slots: no need to look through all that were searched.
        IReadOnlyDictionary<string, TimeRange> times = countsSlots
            ? scope.Data.Slots.ToDictionary(s => s.Id, s => s.Time)
            : ImmutableDictionary<string, TimeRange>.Empty;
        var rest = input.After is { } after
            ? offers.Where(o => IsAfter(o.Time, after)).ToImmutableArray()
            : offers;
        var page = rest.Length > input.Count ? rest[..input.Count] : rest;
        var calendars = page.SelectMany(o => o.Calendars).ToList();
        var (computed, named) = (scope.Computed, calendars.SelectMany(c => c.SlotIds).Distinct().ToList());
        var slots = await StoredAsync(session, "Slot", named.Where(id => !computed.ContainsKey(id)));
        foreach (var id in named.Where(computed.ContainsKey))
            slots.Add(id, computed[id].Told());
        var schedules = await StoredAsync(session, "Schedule", calendars.Select(c => c.ScheduleId));
        return new FindPage(
            page, countsSlots ? offers.SelectMany(o => Parts(o, times)).Distinct().Count() : offers.Length,
            page.Length > 0 && page.Length < rest.Length
                ? new OfferPosition(page[^1].Time.Start, page[^1].Time.End)
                : null,
            slots, schedules.ToDictionary(s => s.Key, s => StoredNodes.Parse(s.Value)), times)
        {
            Input = input,
            ScheduleKeys = schedules.ToImmutableDictionary(s => s.Key, s => s.Value.Key),
        };
    }

    /// <summary>Slots of an offer, each with the part of it that the offer takes.</summary>
    public IEnumerable<(string SlotId, TimeRange Part)> Parts(Offer offer) => Parts(offer, SlotTimes);

    private static IEnumerable<(string SlotId, TimeRange Part)> Parts(
        Offer offer, IReadOnlyDictionary<string, TimeRange> times) =>
        offer.Calendars.SelectMany(c => c.SlotIds).Select(id => (id, times[id].Intersect(offer.Time)));

    private static bool IsAfter(TimeRange time, OfferPosition position) =>
        time.Start > position.Start || (time.Start == position.Start && time.End > position.End);

    private static async ValueTask<Dictionary<string, StoredResource>> StoredAsync(
        ReadSession session, string type, IEnumerable<string> ids)
    {
        var wanted = ids.Distinct().ToList();
        if (wanted.Count == 0)
            return [];
        var found = await session.ReadManyAsync(type, wanted);
        return found.ToDictionary(r => r.Id);
    }
}
