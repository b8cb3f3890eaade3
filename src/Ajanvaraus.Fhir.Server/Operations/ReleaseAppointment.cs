using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Server.Booking;
using Ajanvaraus.Fhir.Server.Interactions;
using Ajanvaraus.Fhir.Server.Writing;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary><c>$release</c>: gives a hold back; its time is free at once.</summary>
internal sealed class ReleaseAppointment(WritePipeline pipeline) : IOperation
{
    public OperationRegistration Registration { get; } = new(
        "release", OperationLevels.Type | OperationLevels.Instance, ["Appointment"],
        Canonicals.Base + "/OperationDefinition/Appointment-release")
    {
        AffectsState = true,
    };

    public async Task<FhirResponse> InvokeAsync(OperationContext context, CancellationToken cancel)
    {
        var id = AppointmentTarget.Id(context);
        if (id.Failed)
            return context.Problem(id.Problem);
        var written = await pipeline.WriteAsync(
            [AppointmentBooking.Edit(id.Value, Release, null)], context.Caller, cancel);
        return written.Failed
            ? context.Problem(written.Problem)
            : BookingAnswer.Bare(context, written.Value[0]);
    }

    private static Outcome<ElementNode> Release(ElementNode appointment)
    {
        var status = AppointmentStatusCodes.Parse(appointment.Text("status")) ?? AppointmentStatus.Proposed;
        if (status == AppointmentStatus.Cancelled)
            return appointment;
        return status == AppointmentStatus.Pending
            ? HoldEnd.Apply(appointment, isExpired: false)
            : AppointmentChecks.WrongStatus(status, AppointmentStatus.Cancelled);
    }
}
