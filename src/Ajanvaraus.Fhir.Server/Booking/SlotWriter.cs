using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Scheduling.Slots;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Writing;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>Stores what decisions do to Slots, together with what the same transaction writes to them itself.</summary>
/// <remarks>
/// A transaction that changes a Slot and creates its Appointment is one booking: the Slot is judged as it was before,
/// and is written once.
/// </remarks>
internal sealed class SlotWriter
{
    private readonly WriteSession _session;
    private readonly WriteServices _services;
    private readonly Dictionary<string, WriteTarget> _targets;
    private readonly HashSet<string> _bookedHere;
    private readonly Dictionary<string, ElementNode> _written = [];
    private readonly Dictionary<string, ComputedSlot> _computed = [];

    public SlotWriter(WriteSession session, WriteServices services, ImmutableArray<WriteTarget> targets)
    {
        _session = session;
        _services = services;
        _targets = targets.Where(t => t.Type == "Slot" && t.Resource is not null && !t.IsDone)
            .DistinctBy(t => t.Id).ToDictionary(t => t.Id);
        _bookedHere = [.. targets
            .Where(t => t.Type == "Appointment" && !AppointmentGate.GivesUpTime(t))
            .SelectMany(t => t.Resource!.All("slot"))
            .Select(s => LocalReference.IdOf(s.Text("reference"), "Slot"))
            .OfType<string>()];
    }

    /// <summary>A Slot as it is now: as this transaction left it, or as it is stored; null when there is none.</summary>
    public async ValueTask<ElementNode?> NodeAsync(string slotId) =>
        _written.GetValueOrDefault(slotId) ?? await NodeAsync("Slot", slotId);

    /// <summary>Slots that are not stored, and are when a change names one.</summary>
    public void Know(IReadOnlyList<ComputedSlot> computed)
    {
        foreach (var slot in computed)
            _computed[slot.Id] = slot;
    }

    public bool IsBookedHere(WriteTarget slot) => _bookedHere.Contains(slot.Id);

    /// <summary>A Slot made by this transaction counts as free for the Appointment that it is made for.</summary>
    public BookingSnapshot AsSeenBefore(BookingSnapshot snapshot)
    {
        if (_targets.Count == 0)
            return snapshot;
        return snapshot with
        {
            Slots = [.. snapshot.Slots.Select(s =>
                _targets.TryGetValue(s.Id, out var target) && !target.Exists && _bookedHere.Contains(s.Id)
                    ? s with { Status = SlotStatus.Free }
                    : s)],
        };
    }

    /// <summary>Writes the changes; the ids of made Slots by their place in <paramref name="changes"/>.</summary>
    public async ValueTask<Dictionary<int, string>> WriteAsync(
        ImmutableArray<SlotChange> changes, BookingSnapshot snapshot)
    {
        var made = new Dictionary<int, string>();
        for (var i = 0; i < changes.Length; i++)
        {
            var change = changes[i];
            if (change.Id is null)
                made[i] = await MakeAsync(change, snapshot);
            else if (change.IsRemoved)
                await _session.DeleteAsync("Slot", change.Id);
            else
                await ChangeAsync(change.Id, change, snapshot);
        }
        return made;
    }

    private async ValueTask ChangeAsync(string id, SlotChange change, BookingSnapshot snapshot)
    {
        var target = _targets.GetValueOrDefault(id);
        // What this transaction was asked to write is locked already, and read; until something is written it stays so.
        var stored = target is { IsDone: false, Before: { } known } && !_written.ContainsKey(id) ? known : await _session.LockAsync("Slot", id);
        if (stored is not { IsDeleted: false } && _computed.TryGetValue(id, out var computed))
        {
            await StoreAsync(computed, change, snapshot);
            return;
        }
        if (stored is not { IsDeleted: false })
            throw new InvalidDataException($"Slot/{id} is in the calendar tables and not among the resources.");
        var before = StoredNodes.Parse(stored);
        var content = target is { IsDone: false, Resource: { } asked } ? asked : before;
        var after = SlotMapping.Change(content, change, Zones.Of(snapshot, change.ScheduleId));
        _written[id] = after;
        if (!ReferenceEquals(after, before))
            stored = await _session.PutAsync(
                _services.Prepare(after), WriteMethod.Put, _services.PrepareBefore(stored, before));
        if (target is not null)
            target.Finish(stored, target.Exists ? WriteEffect.Updated : WriteEffect.Created);
    }

    /// <summary>A time that a template opens is stored when it is booked, under the id that it had before.</summary>
    private async ValueTask StoreAsync(ComputedSlot slot, SlotChange change, BookingSnapshot snapshot)
    {
        var node = SlotMapping.Change(slot.Node(), change, Zones.Of(snapshot, change.ScheduleId));
        _written[slot.Id] = node;
        await _session.PutAsync(_services.Prepare(node), WriteMethod.Put);
    }

    private async ValueTask<string> MakeAsync(SlotChange change, BookingSnapshot snapshot)
    {
        var id = _services.Ids.Next();
        _session.TakeNew("Slot", id);
        var copyOf = change.CopyOf is null ? null : await NodeAsync("Slot", change.CopyOf);
        var schedule = change.CopyOf is null ? await NodeAsync("Schedule", change.ScheduleId) : null;
        var slot = SlotMapping.Make(id, change, copyOf, schedule, Zones.Of(snapshot, change.ScheduleId));
        _written[id] = slot;
        await _session.PutAsync(_services.Prepare(slot), WriteMethod.Post);
        return id;
    }

    private async ValueTask<ElementNode?> NodeAsync(string type, string id) =>
        await _session.ReadAsync(type, id) is { IsDeleted: false } stored ? StoredNodes.Parse(stored) : null;
}
