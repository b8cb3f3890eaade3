using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Persistence.Engine;
using Ajanvaraus.Fhir.Scheduling.Time;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Rezoning;

/// <summary>The rules that the operating system has for a zone, and what they move.</summary>
internal sealed record NewRules(ZoneRules Rules, ZoneChange Change);

/// <summary>The rules of time zones that a database keeps: all processes go by them until they are changed on purpose.</summary>
internal static class DatabaseZones
{
    /// <summary>New rules for moments further away are no news.</summary>
    private static readonly Duration Horizon = Duration.FromDays(50 * 366);

    /// <summary>Writes down the rules of zones that are used and not written down yet: those of this machine.</summary>
    /// <exception cref="StorageFailedException">The database takes no writes.</exception>
    public static async Task KeepAsync(ResourceStore store, CancellationToken cancel)
    {
        if ((await MissingAsync(store, cancel)).Count == 0)
            return;
        var kept = await store.WriteAsync<bool>(async session =>
        {
            var known = await session.TimeZones.AllAsync();
            foreach (var id in await session.TimeZones.UsedAsync())
                if (!known.ContainsKey(id) && ZoneRules.OfSystem(id) is { } rules)
                    await session.TimeZones.SetAsync(rules);
            return true;
        }, cancel);
        // Of two that start at once, one writes them.
        if (kept.Failed && (await MissingAsync(store, cancel)).Count > 0)
            throw new StorageNotReadyException($"The rules of time zones could not be written: {kept.Problem.Issues[0].Id}");
    }

    /// <summary>From now on this process goes by the rules of the database.</summary>
    public static async Task AdoptAsync(ResourceStore store, CancellationToken cancel)
    {
        CalendarZone.ReadFrom(static id => TimeZones.Find(id) is { } rules ? rules.Spans : null);
        CalendarZone.ReadFrom(static id => TimeZones.Find(id)?.Spans);
        foreach (var (id, rules) in await store.QueryAsync(session => session.TimeZones.AllAsync(), cancel))
        {
            if (TimeZones.Find(id)?.HasSame(rules) != true)
                TimeZones.Adopt(rules);
        }
    }

    /// <summary>Zones for which the operating system has other rules for the time to come.</summary>
    public static ImmutableDictionary<string, NewRules> Changed(ImmutableDictionary<string, ZoneRules> kept, Instant now)
    {
        var changed = ImmutableDictionary.CreateBuilder<string, NewRules>();
        foreach (var (id, rules) in kept)
        {
            if (ZoneRules.OfSystem(id) is not { } system || system.HasSame(rules))
                continue;
            var change = new ZoneChange(CalendarZone.ByRules(id, rules.Spans), CalendarZone.ByRules(id, system.Spans));
            if (change.Matters(now, now + Horizon))
                changed.Add(id, new NewRules(system, change));
        }
        return changed.ToImmutable();
    }

    private static async Task<IReadOnlyCollection<string>> MissingAsync(ResourceStore store, CancellationToken cancel)
    {
        var (kept, used) = await store.QueryAsync(
            async session => (await session.TimeZones.AllAsync(), await session.TimeZones.UsedAsync()), cancel);
        return [.. used.Where(id => !kept.ContainsKey(id) && TimeZoneInfo.TryFindSystemTimeZoneById(id, out _))];
    }
}
