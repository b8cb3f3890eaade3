using static Ajanvaraus.Fhir.Scheduling.Booking.AppointmentStatus;

namespace Ajanvaraus.Fhir.Scheduling.Booking;

/// <summary>Which status may follow which, and which of them take time in a calendar.</summary>
/// <remarks>
/// Every door (operation, plain write, transaction) obeys the same table. Source: docs/scheduling-rules.md, Status; of
/// the codes: http://hl7.org/fhir/R4/appointment.html.
/// </remarks>
public static class AppointmentTransitions
{
    private static readonly ImmutableDictionary<AppointmentStatus, ImmutableArray<AppointmentStatus>> Following =
        new Dictionary<AppointmentStatus, ImmutableArray<AppointmentStatus>>
        {
            [Proposed] = [Pending, Booked, Waitlist, Cancelled, EnteredInError],
            [Waitlist] = [Pending, Cancelled, EnteredInError],
            [Pending] = [Booked, Waitlist, Cancelled, EnteredInError],
            [Booked] = [Arrived, CheckedIn, Fulfilled, NoShow, Cancelled, EnteredInError],
            [Arrived] = [CheckedIn, Fulfilled, NoShow, EnteredInError],
            [CheckedIn] = [Fulfilled, NoShow, EnteredInError],
            [Fulfilled] = [EnteredInError],
            [NoShow] = [EnteredInError],
            [Cancelled] = [EnteredInError],
            [EnteredInError] = [],
        }.ToImmutableDictionary();

    /// <summary>What a mistaken end is taken back to; a reason must be given.</summary>
    private static readonly ImmutableDictionary<AppointmentStatus, ImmutableArray<AppointmentStatus>> Undoing =
        new Dictionary<AppointmentStatus, ImmutableArray<AppointmentStatus>>
        {
            [Fulfilled] = [Booked, Arrived, CheckedIn],
            [NoShow] = [Booked, Arrived, CheckedIn],
        }.ToImmutableDictionary();

    /// <summary>Whether the change is allowed; staying the same always is.</summary>
    /// <param name="withReason">A reason is recorded, so that an end reached by mistake may be undone.</param>
    public static bool IsAllowed(AppointmentStatus from, AppointmentStatus to, bool withReason = false) =>
        from == to || Following[from].Contains(to) || (withReason && IsUndo(from, to));

    /// <summary>Whether the change takes back fulfilled or noshow, which needs a reason.</summary>
    public static bool IsUndo(AppointmentStatus from, AppointmentStatus to) =>
        Undoing.TryGetValue(from, out var back) && back.Contains(to);

    /// <summary>The other statuses that may follow, undoing left out.</summary>
    public static ImmutableArray<AppointmentStatus> AllowedFrom(AppointmentStatus from) => Following[from];

    /// <summary>The other statuses that it may follow, undoing left out.</summary>
    public static ImmutableArray<AppointmentStatus> LeadingTo(AppointmentStatus to) =>
        [.. Following.Where(step => step.Value.Contains(to)).Select(step => step.Key).Order()];

    /// <summary>Whether an Appointment of this status may be moved to another time.</summary>
    public static bool CanMove(AppointmentStatus status) => status is Booked or Pending;

    /// <summary>Whether an Appointment of this status takes its time in the calendars.</summary>
    public static bool Occupies(AppointmentStatus status) =>
        status is Pending or Booked or Arrived or CheckedIn or Fulfilled or NoShow;
}
