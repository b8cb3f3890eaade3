using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Server.Interactions;
using Ajanvaraus.Fhir.Server.Writing;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary><c>$cancel</c>: the Appointment is cancelled and its time is free at once.</summary>
internal sealed class CancelAppointment(WritePipeline pipeline) : IOperation
{
    public OperationRegistration Registration { get; } = new(
        "cancel", OperationLevels.Type | OperationLevels.Instance, ["Appointment"],
        Canonicals.Base + "/OperationDefinition/Appointment-cancel")
    {
        AffectsState = true,
    };

    public async Task<FhirResponse> InvokeAsync(OperationContext context, CancellationToken cancel)
    {
        var id = AppointmentTarget.Id(context);
        if (id.Failed)
            return context.Problem(id.Problem);
        var given = context.Parameters.First("cancelation-reason", "cancellation-reason", "reason");
        if (given is not null && given.Value?.Type.Name != "CodeableConcept")
            return context.Problem(ParameterProblems.Rule(
                OperationMessages.NotAConcept.At(given.Expression, given.Name)));
        var reason = new AppointmentCancellation.Reason { Given = given?.Value };
        var intent = AppointmentCancellation.Intent(id.Value, reason, context.Parameters.First("comment")?.Text);
        var written = await pipeline.WriteAsync([intent], context.Caller, cancel);
        return written.Failed
            ? context.Problem(written.Problem)
            : BookingAnswer.Bare(context, written.Value[0]);
    }
}
