using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Server.Booking;
using Ajanvaraus.Fhir.Server.Interactions;
using Ajanvaraus.Fhir.Server.Writing;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary>
/// <c>$check-in</c>, <c>$no-show</c>, <c>$fulfill</c>, and <c>$undo</c>, which takes a mistaken end back to booked with a reason.
/// </summary>
/// <remarks>The same table of statuses as a plain update obeys; asking twice changes nothing the second time.</remarks>
internal sealed class ChangeAppointmentStatus : IOperation
{
    private readonly WritePipeline _pipeline;
    private readonly AppointmentStatus _status;
    private readonly bool _isUndo;

    private ChangeAppointmentStatus(WritePipeline pipeline, string name, AppointmentStatus status)
    {
        _pipeline = pipeline;
        _status = status;
        _isUndo = name == "undo";
        Registration = new OperationRegistration(
            name, OperationLevels.Type | OperationLevels.Instance, ["Appointment"],
            $"{Canonicals.Base}/OperationDefinition/Appointment-{name}")
        {
            AffectsState = true,
        };
    }

    public OperationRegistration Registration { get; }

    public static IEnumerable<IOperation> All(WritePipeline pipeline) =>
    [
        new ChangeAppointmentStatus(pipeline, "check-in", AppointmentStatus.CheckedIn),
        new ChangeAppointmentStatus(pipeline, "no-show", AppointmentStatus.NoShow),
        new ChangeAppointmentStatus(pipeline, "fulfill", AppointmentStatus.Fulfilled),
        new ChangeAppointmentStatus(pipeline, "undo", AppointmentStatus.Booked),
    ];

    public async Task<FhirResponse> InvokeAsync(OperationContext context, CancellationToken cancel)
    {
        var id = AppointmentTarget.Id(context);
        if (id.Failed)
            return context.Problem(id.Problem);
        var reason = context.Parameters.First("reason");
        if (_isUndo && reason?.Text is not { Length: > 0 })
            return context.Problem(ParameterProblems.Missing("reason"));
        if (reason?.Text?.Length > AppointmentChecks.LongestText)
            return context.Problem(ParameterProblems.TooLong(reason.Expression, AppointmentChecks.LongestText));
        var intent = AppointmentBooking.Edit(id.Value, appointment => Change(appointment, reason?.Text), null);
        var written = await _pipeline.WriteAsync([intent], context.Caller, cancel);
        return written.Failed
            ? context.Problem(written.Problem)
            : BookingAnswer.Bare(context, written.Value[0]);
    }

    private Outcome<ElementNode> Change(ElementNode appointment, string? reason)
    {
        var status = AppointmentStatusCodes.Parse(appointment.Text("status")) ?? AppointmentStatus.Proposed;
        if (status == _status)
            return appointment;
        if (!AppointmentTransitions.IsAllowed(status, _status, _isUndo))
            return AppointmentChecks.WrongStatus(status, _status);
        var changed = appointment.Set("status", AppointmentStatusCodes.Code(_status));
        return reason is null ? changed : WithReason(changed, reason);
    }

    private static ElementNode WithReason(ElementNode appointment, string reason)
    {
        var others = appointment.All("extension").Where(e => e.Text("url") != Canonicals.StatusReason);
        var extension = appointment.New("extension").Set("url", Canonicals.StatusReason).Set("valueString", reason);
        return appointment.Replace("extension", [.. others, extension]);
    }
}
