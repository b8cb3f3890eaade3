using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Scheduling.Booking;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>The pending Appointment of a hold that is over.</summary>
internal static class HoldEnd
{
    public const string ReasonSystem = Canonicals.Base + "/CodeSystem/cancelation-reason";
    public const string Expired = "hold-expired";
    public const string Released = "hold-released";

    /// <summary>Cancelled with the reason; <c>held-until</c> stays and tells until when it was held.</summary>
    public static ElementNode Apply(ElementNode appointment, bool isExpired)
    {
        var reason = appointment.New("cancelationReason");
        var coding = reason.New("coding")
            .Set("system", ReasonSystem)
            .Set("code", isExpired ? Expired : Released);
        return appointment
            .Set("status", AppointmentStatusCodes.Code(AppointmentStatus.Cancelled))
            .Replace("cancelationReason", reason.Append(coding));
    }

    /// <summary>True for an Appointment that was cancelled because its hold ended.</summary>
    public static bool IsExpired(ElementNode appointment) =>
        appointment["cancelationReason"] is { } reason
        && reason.All("coding").Any(c => c.Text("system") == ReasonSystem && c.Text("code") == Expired);
}
