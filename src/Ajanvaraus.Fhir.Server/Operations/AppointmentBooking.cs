using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Validation;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Server.Booking;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Writing;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary>The way that <c>$book</c> and <c>$hold</c> share: input to intent, intent through the pipeline.</summary>
internal sealed class AppointmentBooking(
    WritePipeline pipeline, ResourceStore store, StructuralValidator validator, TimeProvider clock)
{
    /// <param name="status">What the Appointment becomes: booked, or pending for a hold.</param>
    public async Task<Outcome<WriteResult>> WriteAsync(
        BookingInput input, AppointmentStatus status, BookingDirective directive, Caller caller,
        CancellationToken cancel)
    {
        var intent = await IntentAsync(input, status, directive, cancel);
        if (intent.Failed)
            return intent.Problem;
        ImmutableArray<WriteIntent> intents = input.CancelledAppointmentId is { } replaced
            ? [AppointmentCancellation.Intent(replaced, AppointmentCancellation.Reason.Replaced), intent.Value]
            : [intent.Value];
        var written = await pipeline.WriteAsync(intents, caller, cancel);
        return written.Failed ? written.Problem : written.Value[^1];
    }

    private async Task<Outcome<WriteIntent>> IntentAsync(
        BookingInput input, AppointmentStatus status, BookingDirective directive, CancellationToken cancel)
    {
        if (input.AppointmentId is { } id)
        {
            return Edit(id, a => WithStatus(input.Fill(a), status),
                directive with { ConfirmsHold = status == AppointmentStatus.Booked });
        }
        var appointment = input.Appointment!;
        var meaning = Meaning(appointment, status);
        appointment = WithStatus(appointment, meaning);
        if (appointment.Text("created") is null)
            appointment = appointment.Set("created", Now());
        if (Invalid(appointment) is { } problem)
            return problem;
        var isKnown = appointment.Id is { } known
            && await store.ReadAsync("Appointment", known, cancel) is { IsDeleted: false };
        return new WriteIntent
        {
            Method = isKnown || appointment.Id is not null ? WriteMethod.Put : WriteMethod.Post,
            Type = "Appointment",
            Id = appointment.Id,
            Resource = appointment,
            Booking = meaning == AppointmentStatus.Cancelled ? null : directive with { ConfirmsHold = isKnown },
        };
    }

    public static WriteIntent Edit(
        string id, Func<ElementNode, Outcome<ElementNode>> edit, BookingDirective? directive) => new()
        {
            Method = WriteMethod.Put,
            Type = "Appointment",
            Id = id,
            Edit = edit,
            Booking = directive,
        };

    /// <summary>A known Appointment given as cancelled asks for its cancellation; every other status for the time.</summary>
    private static AppointmentStatus Meaning(ElementNode appointment, AppointmentStatus asked) =>
        appointment.Id is not null && asked == AppointmentStatus.Booked
            && AppointmentStatusCodes.Parse(appointment.Text("status")) == AppointmentStatus.Cancelled
                ? AppointmentStatus.Cancelled
                : asked;

    private static ElementNode WithStatus(ElementNode appointment, AppointmentStatus status)
    {
        var code = AppointmentStatusCodes.Code(status);
        if (appointment.Text("status") == code)
            return appointment;
        appointment = appointment.Set("status", code);
        return status == AppointmentStatus.Cancelled ? appointment : appointment.Without("cancelationReason");
    }

    /// <summary>Structural faults, but for participants and times: those of the calendar are added with the booking.</summary>
    private Problem? Invalid(ElementNode appointment)
    {
        var faults = validator.Validate(appointment)
            .Where(i => i.Severity is IssueSeverity.Error or IssueSeverity.Fatal)
            .Where(i => i.Expression != "Appointment.participant" && !TimesToCome.Excuse(i))
            .ToImmutableArray();
        return faults.IsEmpty ? null : new Problem(ProblemKind.Unprocessable, faults);
    }

    private string Now() => AppointmentMapping.InstantText(
        Instant.FromDateTimeOffset(clock.GetUtcNow()), Zones.Default);
}
