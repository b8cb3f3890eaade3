using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Server.Booking;
using Ajanvaraus.Fhir.Server.Mapping;

namespace Ajanvaraus.Fhir.Server.Security.Representation;

/// <summary>Reads what services say of minors: themselves, else the organisation that gives them, else the one above it.</summary>
internal sealed class AgeRules(ReadMany read)
{
    /// <summary>Beyond so many the hierarchy is not followed.</summary>
    private const int MaximumLevels = 8;

    private readonly Dictionary<string, AgeRule> _known = [];

    /// <summary>What holds for a booking of these services: what all of them allow.</summary>
    public async ValueTask<AgeRule> OfAsync(IReadOnlyCollection<string> services)
    {
        foreach (var id in services.Where(id => !_known.ContainsKey(id)).ToList())
            _known[id] = await ReadAsync(id);
        return services.Select(id => _known[id]).DefaultIfEmpty(AgeRule.Usual).Aggregate((one, other) => one.And(other));
    }

    /// <summary>The HealthcareServices of Appointments: those that take part, and those of the calendars of their Slots.</summary>
    public async ValueTask<ImmutableArray<ImmutableArray<string>>> ServicesAsync(ImmutableArray<AppointmentView> appointments)
    {
        var slots = await ReadAsync("Slot", appointments.SelectMany(SlotsOf), slot => LocalReference.IdOf(new SlotView(slot).ScheduleReference, "Schedule"));
        var schedules = await ReadAsync("Schedule", slots.Values.OfType<string>(), schedule => ServicesOf(new ScheduleView(schedule).Actors));
        return
        [
            .. appointments.Select(appointment => ServicesOf(appointment.Participants.Select(p => p.Actor))
                .AddRange(SlotsOf(appointment).SelectMany(slot => slots.GetValueOrDefault(slot) is { } schedule
                    ? schedules.GetValueOrDefault(schedule, []) : []))),
        ];
    }

    /// <summary>Ids of the HealthcareServices among references.</summary>
    public static ImmutableArray<string> ServicesOf(IEnumerable<string?> actors) =>
        [.. actors.Select(actor => LocalReference.IdOf(actor, "HealthcareService")).OfType<string>()];

    private static IEnumerable<string> SlotsOf(AppointmentView appointment) =>
        appointment.Slots.Select(slot => LocalReference.IdOf(slot, "Slot")).OfType<string>();

    private async ValueTask<Dictionary<string, T>> ReadAsync<T>(string type, IEnumerable<string> ids, Func<Core.Model.ElementNode, T> told)
    {
        var asked = ids.ToHashSet();
        return asked.Count == 0 ? [] : (await read(type, asked)).ToDictionary(s => s.Id, s => told(StoredNodes.Parse(s)));
    }

    private async ValueTask<AgeRule> ReadAsync(string service)
    {
        var rule = default(AgeRule);
        var (type, id) = ("HealthcareService", service);
        for (var level = 0; level < MaximumLevels && await read(type, [id]) is [var stored]; level++)
        {
            var unit = StoredNodes.Parse(stored);
            rule = rule.Or(AgeRule.Of(unit));
            if (LocalReference.IdOf(unit[type == "Organization" ? "partOf" : "providedBy"]?.Text("reference"), "Organization") is not { } above)
                break;
            (type, id) = ("Organization", above);
        }
        return rule.Or(AgeRule.Usual);
    }
}
