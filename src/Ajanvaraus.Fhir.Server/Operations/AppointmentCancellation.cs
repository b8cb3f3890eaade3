using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Model.Views;
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
        var cancelled = Cancelled(appointment, reason);
        return comment is null ? cancelled : cancelled.Set("comment", comment);
    }

    /// <summary>These clients leave; without any client left, one that is no group is cancelled.</summary>
    public static WriteIntent Leave(
        string appointmentId, ImmutableArray<string> clients, Reason reason, string? comment = null) =>
        AppointmentBooking.Edit(
            appointmentId, appointment => Leave(appointment, [.. clients.Select(c => $"Patient/{c}")], reason, comment), null);

    private static Outcome<ElementNode> Leave(
        ElementNode appointment, HashSet<string> leaving, Reason reason, string? comment)
    {
        var participants = appointment.All("participant").ToList();
        var present = participants.Select(p => p["actor"]?.Text("reference")).OfType<string>().ToHashSet();
        if (!leaving.IsSubsetOf(present))
            return ParameterProblems.Rule(BookingChangeMessages.NotInBooking.At("patient"));
        var view = new AppointmentView(appointment);
        var stay = GroupElements.ClientsOf(view).Where(c => !leaving.Contains(c));
        if (!GroupElements.IsGroup(view) && !stay.Any())
            return Cancel(appointment, reason, comment);
        var status = AppointmentStatusCodes.Parse(view.Status) ?? AppointmentStatus.Proposed;
        if (!AppointmentTransitions.IsAllowed(status, AppointmentStatus.Cancelled))
            return AppointmentChecks.WrongStatus(status, AppointmentStatus.Cancelled);
        if (!participants.Exists(p => IsLeaving(p) && p.Text("status") != "declined"))
            return appointment;
        return appointment.Replace(
            "participant", [.. participants.Select(p => IsLeaving(p) ? p.Set("status", "declined") : p)]);

        bool IsLeaving(ElementNode participant) => leaving.Contains(participant["actor"]?.Text("reference") ?? "");
    }

    /// <summary>Cancelled for that reason, whatever it was before.</summary>
    public static ElementNode Cancelled(ElementNode appointment, Reason reason)
    {
        var cancelled = appointment.Set("status", AppointmentStatusCodes.Code(AppointmentStatus.Cancelled));
        return reason.Concept(cancelled) is { } concept ? cancelled.Replace("cancelationReason", concept) : cancelled;
    }

    /// <summary>Why: as the caller gave it, or a code of our own.</summary>
    public sealed record Reason
    {
        public static readonly Reason None = new();
        public static readonly Reason Replaced = new() { Code = "replaced" };

        public string? Code { get; init; }

        /// <summary>In the caller's words, beside the code.</summary>
        public string? Text { get; init; }

        public ElementNode? Given { get; init; }

        public ElementNode? Concept(ElementNode appointment)
        {
            if (Given is not null)
                return Given.At(appointment.Type.Property("cancelationReason"));
            if (Code is null)
                return null;
            var concept = appointment.New("cancelationReason");
            return concept.Append(concept.New("coding").Set("system", HoldEnd.ReasonSystem).Set("code", Code))
                .Set("text", Text);
        }
    }
}
