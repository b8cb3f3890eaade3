using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Scheduling.Time;
using Ajanvaraus.Fhir.Server.Mapping;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>The closings of calendars: what their services, roles and places say, and the organisations above them.</summary>
/// <remarks>Read level by level for all calendars at once: the number of statements does not grow with theirs. ADR 0021.</remarks>
internal sealed class CalendarUnits(ReadMany read)
{
    /// <summary>Beyond so many the hierarchy is not followed.</summary>
    private const int MaximumLevels = 8;

    private static readonly string[] Owners = ["HealthcareService", "PractitionerRole", "Location"];

    private readonly Dictionary<LocalReference, UnitMapping> _units = [];

    /// <summary>Calendars whose units say the same share one instance.</summary>
    private readonly Dictionary<string, UnitClosings> _together = [];

    /// <summary>In the order of the calendars.</summary>
    public async ValueTask<ImmutableArray<UnitClosings>> ClosingsAsync(IReadOnlyCollection<ScheduleView> schedules)
    {
        await ReadAsync([.. schedules.SelectMany(OwnersOf)]);
        return [.. schedules.Select(Of)];
    }

    private async ValueTask ReadAsync(HashSet<LocalReference> level)
    {
        for (var depth = 0; level.Count > 0 && depth < MaximumLevels; depth++)
        {
            var found = new List<UnitMapping>();
            foreach (var type in level.GroupBy(unit => unit.Type, unit => unit.Id))
                foreach (var stored in await read(type.Key, [.. type]))
                    found.Add(UnitMapping.Read(StoredNodes.Parse(stored)));
            foreach (var unit in found)
                _units[unit.Reference] = unit;
            level = [.. found.SelectMany(unit => unit.Above).Where(above => !_units.ContainsKey(above))];
        }
    }

    private UnitClosings Of(ScheduleView schedule)
    {
        var units = new Dictionary<LocalReference, UnitMapping>();
        var open = new Queue<LocalReference>(OwnersOf(schedule));
        while (open.TryDequeue(out var next))
            if (_units.TryGetValue(next, out var unit) && units.TryAdd(next, unit))
                foreach (var above in unit.Above)
                    open.Enqueue(above);
        var saying = units.Values.Where(unit => !unit.SaysNothing).ToList();
        if (saying.Count == 0)
            return UnitClosings.Usual;
        var key = $"{schedule.ZoneId} {string.Join(' ', saying.Select(unit => unit.Reference))}";
        return _together.TryGetValue(key, out var known)
            ? known
            : _together[key] = UnitMapping.Together(saying, schedule.ZoneId);
    }

    private static IEnumerable<LocalReference> OwnersOf(ScheduleView schedule) => schedule.Actors
        .Select(LocalReference.Parse).OfType<LocalReference>().Where(actor => Owners.Contains(actor.Type));
}
