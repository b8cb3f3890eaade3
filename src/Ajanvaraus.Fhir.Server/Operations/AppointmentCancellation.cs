using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Server.Booking;
using Ajanvaraus.Fhir.Server.Writing;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary>The change that cancels an Appointment; doing it twice changes nothing the second time.</summary>
internal static class AppointmentCancellation
{
    public static WriteIntent Intent(string appointmentId, Reason reason, string? comment = null) =>
        AppointmentBooking.Edit(appointmentId, appointment => Cancel(appointment, reason, comment), null);

    private static Outcome<ElementNode> Cancel(ElementNode appointment, Reason reason, string? comment)
    {
        var status = AppointmentStatusCodes.Parse(appointment.Text("status")) ?? AppointmentStatus.Proposed;
        if (status == AppointmentStatus.Cancelled)
            return appointment;
        if (!AppointmentTransitions.IsAllowed(status, AppointmentStatus.Cancelled))
            return AppointmentChecks.WrongStatus(status, AppointmentStatus.Cancelled);
        var cancelled = appointment.Set("status", AppointmentStatusCodes.Code(AppointmentStatus.Cancelled));
        if (reason.Concept(cancelled) is { } concept)
            cancelled = cancelled.Replace("cancelationReason", concept);
        return comment is null ? cancelled : cancelled.Set("comment", comment);
    }

    /// <summary>Why: as the caller gave it, or a code of our own.</summary>
    public sealed record Reason
    {
        public static readonly Reason None = new();
        public static readonly Reason Replaced = new() { Code = "replaced" };

        public string? Code { get; init; }

        public ElementNode? Given { get; init; }

        public ElementNode? Concept(ElementNode appointment)
        {
            if (Given is not null)
                return Given.At(appointment.Type.Property("cancelationReason"));
            if (Code is null)
                return null;
            var concept = appointment.New("cancelationReason");
            return concept.Append(concept.New("coding").Set("system", HoldEnd.ReasonSystem).Set("code", Code));
        }
    }
}
