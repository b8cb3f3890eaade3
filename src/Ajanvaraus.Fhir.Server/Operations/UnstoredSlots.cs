using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Model.Views;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary>Slots that a caller gives as copies without a stored id: contained in the Appointment, or as parameters.</summary>
/// <remarks>
/// They tell the calendars and the time; the stored Slots under them are found when it is booked. Buffers
/// (busy-unavailable) tell nothing: this server knows them itself. Source: OPERATIONS of Medplum, both generations.
/// </remarks>
internal sealed record UnstoredSlots
{
    public static readonly UnstoredSlots None = new();

    private ImmutableArray<ElementNode> Slots { get; init; } = [];

    public ImmutableArray<string> ScheduleIds { get; private init; } = [];

    public Problem? Problem { get; private init; }

    public bool IsEmpty => Slots.IsEmpty;

    /// <summary>False for a parameter that is such a copy: it names nothing that is stored.</summary>
    public static bool IsStored(OperationParameter parameter) =>
        parameter.Resource is not { Type.Name: "Slot", Id: null };

    /// <summary>The Appointment without the Slots that it contains, and those Slots.</summary>
    public static (ElementNode Appointment, UnstoredSlots Slots) TakeOut(ElementNode appointment)
    {
        var contained = appointment.All("contained").Where(c => c.Type.Name == "Slot").ToList();
        if (contained.Count == 0)
            return (appointment, None);
        var ids = contained.Select(c => "#" + c.Id).ToHashSet();
        var rest = appointment
            .Replace("contained", [.. appointment.All("contained").Where(c => c.Type.Name != "Slot")])
            .Replace("slot", [.. appointment.All("slot").Where(s => !ids.Contains(s.Text("reference") ?? ""))]);
        return (rest, None.With(contained.Select((s, i) => (s, $"Appointment.contained[{i}]"))));
    }

    /// <summary>Also those that came as parameters.</summary>
    public UnstoredSlots With(ImmutableArray<OperationParameter> parameters) =>
        With(parameters.Where(p => !IsStored(p)).Select(p => (p.Resource!, p.Expression)));

    /// <summary>The Appointment with their time, where it has none of its own.</summary>
    public ElementNode? GiveTime(ElementNode? appointment)
    {
        if (IsEmpty || appointment?.Text("start") is not null)
            return appointment;
        var views = Slots.Select(s => new SlotView(s)).ToList();
        return (appointment ?? BookingInput.NewAppointment())
            .Set("start", views.MinBy(s => s.Start).Resource.Text("start"))
            .Set("end", views.MaxBy(s => s.End).Resource.Text("end"));
    }

    private UnstoredSlots With(IEnumerable<(ElementNode Slot, string Expression)> given)
    {
        var result = this;
        foreach (var (slot, expression) in given)
        {
            var view = new SlotView(slot);
            if (view.Status == "busy-unavailable")
                continue;
            if (ScheduleOf(view) is not { } schedule)
                return result with { Problem = ParameterProblems.NotAReference($"{expression}.schedule", "Schedule") };
            result = result with
            {
                Slots = result.Slots.Add(slot),
                ScheduleIds = result.ScheduleIds.Contains(schedule) ? result.ScheduleIds : result.ScheduleIds.Add(schedule),
            };
        }
        return result;
    }

    /// <summary>By whatever name the caller has for this server.</summary>
    private static string? ScheduleOf(SlotView slot) =>
        ReferenceText.TrySplit(slot.ScheduleReference, out _, out var type, out var id) && type.SequenceEqual("Schedule")
            ? id.ToString()
            : null;
}
