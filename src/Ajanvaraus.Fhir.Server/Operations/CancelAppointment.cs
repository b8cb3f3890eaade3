using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Server.Interactions;
using Ajanvaraus.Fhir.Server.Writing;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary><c>$cancel</c>: the Appointment is cancelled and its time is free at once.</summary>
internal sealed class CancelAppointment(WritePipeline pipeline, SeriesMembership series) : IOperation
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
        var scope = SeriesMembership.Scope(context.Parameters);
        if (scope.Failed)
            return context.Problem(scope.Problem);
        var comment = context.Parameters.First("comment")?.Text;
        var references = new ReferenceReader(context.Parameters);
        var clients = references.Ids("Patient", "patient");
        if (references.Problem is { } malformed)
            return context.Problem(malformed);
        if (scope.Value == "this")
            return await CancelAsync(context, [id.Value], clients, reason, comment, cancel);
        var reached = await series.ReachAsync(id.Value, scope.Value, context.Caller.Identity, cancel);
        return reached.Failed
            ? context.Problem(reached.Problem)
            : await CancelAsync(context, [.. reached.Value.Select(a => a.Id!)], clients, reason, comment, cancel);
    }

    private async Task<FhirResponse> CancelAsync(
        OperationContext context, ImmutableArray<string> ids, ImmutableArray<string> clients,
        AppointmentCancellation.Reason reason, string? comment, CancellationToken cancel)
    {
        var written = await pipeline.WriteAsync(
            [.. ids.Select(id => clients.IsEmpty
                ? AppointmentCancellation.Intent(id, reason, comment)
                : AppointmentCancellation.Leave(id, clients, reason, comment))], context.Caller, cancel);
        return written.Failed ? context.Problem(written.Problem) : BookingAnswer.OfSeries(context, written.Value);
    }
}
