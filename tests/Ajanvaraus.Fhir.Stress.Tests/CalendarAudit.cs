using System.Data.Common;

namespace Ajanvaraus.Fhir.Stress.Tests;

/// <summary>Whether Appointments, Slots and claims say the same, and no time is taken twice.</summary>
/// <remarks>
/// Knows the tables and the codes by itself, so that a mistake of the server is not repeated here. It expects a calendar
/// in which every busy Slot was booked through the server, whole, with one seat, and in which no ended hold waits to be
/// settled: any read through the server settles those.
/// </remarks>
internal sealed class CalendarAudit
{
    /// <summary>By the numbers in <c>slot.status</c>.</summary>
    private static readonly string[] SlotStatuses =
        ["free", "busy", "busy-tentative", "busy-unavailable", "entered-in-error"];

    /// <summary>By the numbers in <c>appointment_actor.status</c>.</summary>
    private static readonly string[] AppointmentStatuses =
    [
        "proposed", "pending", "booked", "arrived", "fulfilled", "cancelled", "noshow", "entered-in-error",
        "checked-in", "waitlist",
    ];

    private static readonly HashSet<string> Occupying = ["pending", "booked", "arrived", "checked-in", "fulfilled"];

    private readonly CalendarRows _rows;
    private readonly List<string> _findings = [];
    private readonly Dictionary<string, ResourceRow> _slots;
    private readonly List<ResourceRow> _occupying;

    private CalendarAudit(CalendarRows rows)
    {
        _rows = rows;
        _slots = rows.Resources.Where(r => r.Type == "Slot").ToDictionary(r => $"Slot/{r.Id}");
        _occupying = [.. rows.Resources.Where(r => r.Type == "Appointment" && Occupying.Contains(r.Status))];
    }

    /// <summary>What is wrong, a sentence each; empty when all agrees.</summary>
    public IReadOnlyList<string> Findings => _findings;

    /// <summary>Appointments that occupy time.</summary>
    public IReadOnlyList<ResourceRow> Bookings => _occupying;

    /// <summary>Who has which Slot, once for each Appointment.</summary>
    public IEnumerable<(string Patient, string Slot)> BookedSlots =>
        from booking in _occupying
        from slot in booking.References("slot")
        select (booking.References("participant", "actor").Single(a => a.StartsWith("Patient/", StringComparison.Ordinal)), slot);

    public static async Task<CalendarAudit> RunAsync(TestDatabase database)
    {
        await using var connection = await database.OpenConnectionAsync(canWrite: false);
        return await RunAsync(connection);
    }

    /// <summary>Over what the connection sees, with the changes of its own transaction.</summary>
    public static async Task<CalendarAudit> RunAsync(DbConnection connection)
    {
        var audit = new CalendarAudit(await CalendarRows.ReadAsync(connection));
        audit._findings.AddRange(audit._rows.BrokenHistories.Select(r => $"{r}: its versions are not 1 to n"));
        audit.CheckBodies();
        audit.CheckSlotRows();
        audit.CheckOccupation();
        audit.CheckClaims();
        audit.CheckAppointmentActors();
        return audit;
    }

    private void CheckBodies()
    {
        foreach (var row in _rows.Resources)
            Demand(
                row.Body["id"]?.ToString() == row.Id && row.Body["meta"]?["versionId"]?.ToString() == $"{row.Version}",
                $"{row.Type}/{row.Id}: the body has another id or version than the row");
    }

    private void CheckSlotRows()
    {
        Demand(_rows.Slots.Count == _slots.Count, $"{_rows.Slots.Count} slot rows for {_slots.Count} Slots");
        foreach (var row in _rows.Slots)
            Demand(
                _slots.TryGetValue($"Slot/{row.Id}", out var slot) && slot.Status == SlotStatuses[row.Status]
                && slot.StartUs == row.StartUs && slot.EndUs == row.EndUs && ScheduleOf(slot) == $"Schedule/{row.ScheduleId}",
                $"Slot/{row.Id}: the slot row ({SlotStatuses[row.Status]}) and the body disagree");
    }

    /// <summary>One Appointment at most for a Slot, and the status that it gives.</summary>
    private void CheckOccupation()
    {
        var bookings = _occupying.SelectMany(a => a.References("slot").Select(s => (Slot: s, Appointment: a)))
            .ToLookup(b => b.Slot, b => b.Appointment);
        foreach (var group in bookings)
            Demand(_slots.ContainsKey(group.Key), $"{group.Key} is booked and does not exist");
        foreach (var (reference, slot) in _slots)
        {
            var taken = bookings[reference].ToList();
            var expected = taken.Count == 0 ? "free" : taken[0].Status == "pending" ? "busy-tentative" : "busy";
            Demand(taken.Count < 2, $"{reference}: booked {taken.Count} times");
            Demand(slot.Status == expected, $"{reference}: {slot.Status} where its Appointments make it {expected}");
        }
    }

    /// <summary>Exactly the claims that follow from the Appointments, and no two over one another.</summary>
    private void CheckClaims()
    {
        var actual = _rows.Claims.ToLookup(c => c.AppointmentId);
        foreach (var booking in _occupying)
        {
            var expected = booking.References("slot")
                .Select(s => _slots.GetValueOrDefault(s)).OfType<ResourceRow>().SelectMany(Targets).Distinct()
                .Select(t => (t, booking.StartUs, booking.EndUs, IsHold: booking.Status == "pending"));
            var found = actual[booking.Id].Select(c => (c.Target, (long?)c.StartUs, (long?)c.EndUs, c.IsHold)).ToList();
            Demand(found.Order().SequenceEqual(expected.Order()), $"Appointment/{booking.Id}: wrong claims");
        }
        var occupying = _occupying.Select(a => a.Id).ToHashSet();
        foreach (var claims in actual.Where(c => !occupying.Contains(c.Key)))
            Demand(false, $"Appointment/{claims.Key}: claims of what takes no time");
        foreach (var claims in _rows.Claims.GroupBy(c => c.Target))
            CheckOverlaps(claims.Key, [.. claims.OrderBy(c => c.StartUs)]);
    }

    private void CheckOverlaps(string target, ClaimRow[] claims)
    {
        for (var i = 1; i < claims.Length; i++)
            Demand(claims[i].StartUs >= claims[i - 1].EndUs, $"{target}: claimed twice at one time");
    }

    private void CheckAppointmentActors()
    {
        var actual = _rows.AppointmentActors.ToLookup(r => r.AppointmentId);
        foreach (var appointment in _rows.Resources.Where(r => r.Type == "Appointment"))
        {
            var expected = appointment.References("participant", "actor").Distinct()
                .Select(a => (a, appointment.StartUs, appointment.EndUs, appointment.Status));
            var found = actual[appointment.Id]
                .Select(r => (r.Actor, (long?)r.StartUs, (long?)r.EndUs, AppointmentStatuses[r.Status]));
            Demand(
                found.Order().SequenceEqual(expected.Order()),
                $"Appointment/{appointment.Id}: appointment_actor and the body disagree");
        }
    }

    private IEnumerable<string> Targets(ResourceRow slot)
    {
        var schedule = ScheduleOf(slot);
        return [schedule, .. _rows.OwnersOf[schedule["Schedule/".Length..]]];
    }

    private static string ScheduleOf(ResourceRow slot) => slot.Body["schedule"]!["reference"]!.ToString();

    private void Demand(bool holds, string otherwise)
    {
        if (!holds)
            _findings.Add(otherwise);
    }
}
