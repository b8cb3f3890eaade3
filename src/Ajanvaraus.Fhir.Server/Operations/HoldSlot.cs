using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Server.Booking;
using Ajanvaraus.Fhir.Server.Interactions;
using Ajanvaraus.Fhir.Server.Mapping;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary><c>Slot/$hold</c>: holds a Slot and tells the pending Appointment with which <c>$book</c> confirms it.</summary>
/// <remarks>With <c>slot-status=free</c> it gives the hold of <c>appointment-reference</c> back.</remarks>
internal sealed class HoldSlot(
    AppointmentBooking booking, ReleaseAppointment release, ResourceStore store, HoldLimits limits) : IOperation
{
    public OperationRegistration Registration { get; } = new(
        "hold", OperationLevels.Type, ["Slot"], Canonicals.Base + "/OperationDefinition/Slot-hold")
    {
        AffectsState = true,
        AlsoKnownAs = ["http://hl7.at/fhir/TC-FHIR-AG-Scheduling-R5/R5/OperationDefinition/slot-hold"],
    };

    public async Task<FhirResponse> InvokeAsync(OperationContext context, CancellationToken cancel)
    {
        var wanted = context.Parameters.First("slot-status");
        if (wanted?.Text == "free")
            return await release.InvokeAsync(context, cancel);
        if (wanted is not null && wanted.Text != "busy-tentative")
            return context.Problem(ParameterProblems.Rule(
                BookingRuleMessages.SlotStatusExpected.At(wanted.Expression)));
        var seconds = limits.Seconds(context.Parameters);
        if (seconds.Failed)
            return context.Problem(seconds.Problem);
        var input = BookingInput.Read(context);
        if (input.Failed)
            return context.Problem(input.Problem);
        var directive = new BookingDirective
        {
            ScheduleIds = input.Value.ScheduleIds,
            HoldSeconds = seconds.Value,
            MaximumHolds = limits.MaximumPerHolder,
            RequiresCalendar = true,
        };
        var written = await booking.WriteAsync(
            input.Value, BookingExtras.None, AppointmentStatus.Pending, directive, context.Caller, cancel);
        if (written.Failed)
            return context.Problem(written.Problem);
        var appointment = new AppointmentView(StoredNodes.Parse(written.Value.Stored!));
        var answer = await AnswerAsync(appointment, cancel);
        var status = written.Value.Effect == Writing.WriteEffect.Created ? 201 : 200;
        return context.Resource(status, answer).With("Expires", appointment.HeldUntil!.Value.ToString("R"));
    }

    private async Task<ElementNode> AnswerAsync(AppointmentView appointment, CancellationToken cancel)
    {
        var parameters = new ElementNode(null, R4.Definitions.Resource("Parameters")!, null, []);
        foreach (var reference in appointment.Slots)
        {
            var id = LocalReference.IdOf(reference, "Slot");
            if (id is not null && await store.ReadAsync("Slot", id, cancel) is { IsDeleted: false } slot)
                parameters = parameters.Append(Parameter(parameters, "slot", p =>
                    p.Append(StoredNodes.Parse(slot).At(p.Type.Property("resource")))));
        }
        var heldUntil = FhirInstant.Format(appointment.HeldUntil!.Value, Zones.Default);
        return parameters
            .Append(Parameter(parameters, "held-until", p => p.Set("valueDateTime", heldUntil)))
            .Append(Parameter(parameters, "appointment", p =>
                p.Append(p.New("valueReference").Set("reference", $"Appointment/{appointment.Id}"))));
    }

    private static ElementNode Parameter(ElementNode parameters, string name, Func<ElementNode, ElementNode> fill) =>
        fill(parameters.New("parameter").Set("name", name));
}
