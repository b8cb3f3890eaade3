namespace Ajanvaraus.Fhir.Scheduling.Tests;

/// <summary>Requests that differ from a plain booking in one thing.</summary>
internal static class Ask
{
    public static BookingRequest Book(string appointmentId, params string[] slotIds) =>
        new() { AppointmentId = appointmentId, SlotIds = [.. slotIds], Status = AppointmentStatus.Booked };

    public static BookingRequest BookTime(string appointmentId, TimeRange time, params string[] scheduleIds) =>
        Book(appointmentId) with { Time = time, ScheduleIds = [.. scheduleIds] };

    public static BookingRequest At(this BookingRequest request, TimeRange time) => request with { Time = time };

    public static BookingRequest HeldBy(this BookingRequest request, string holder, Instant until) =>
        request with { Status = AppointmentStatus.Pending, HoldUntil = until, Holders = [holder] };

    public static BookingRequest By(this BookingRequest request, string holder) => request with { Holders = [holder] };
}
