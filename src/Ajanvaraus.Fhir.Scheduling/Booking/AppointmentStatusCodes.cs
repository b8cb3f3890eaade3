namespace Ajanvaraus.Fhir.Scheduling.Booking;

/// <summary>The code texts of <c>http://hl7.org/fhir/appointmentstatus</c>.</summary>
public static class AppointmentStatusCodes
{
    public const string System = "http://hl7.org/fhir/appointmentstatus";

    /// <summary>In the order of the numbers of <see cref="AppointmentStatus"/>.</summary>
    private static readonly ImmutableArray<string> Codes =
    [
        "proposed", "pending", "booked", "arrived", "fulfilled", "cancelled", "noshow", "entered-in-error",
        "checked-in", "waitlist",
    ];

    public static string Code(this AppointmentStatus status) => Codes[(int)status];

    /// <returns>Null when the text is not one of the codes; codes are case-sensitive.</returns>
    public static AppointmentStatus? Parse(string? code) =>
        code is not null && Codes.IndexOf(code) is >= 0 and var number ? (AppointmentStatus)number : null;
}
