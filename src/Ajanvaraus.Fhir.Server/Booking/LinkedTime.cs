namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>That a booking belongs to a meeting, and of a new one where it lies beside it.</summary>
/// <param name="MeetingId">The Appointment that it follows.</param>
public sealed record LinkedTime(string MeetingId)
{
    /// <summary>Ends where the meeting begins; else it begins after its end.</summary>
    public bool IsBefore { get; init; }

    /// <summary>Between the meeting and it.</summary>
    public int OffsetMinutes { get; init; }

    /// <summary>Its length; 0 for one that is booked already.</summary>
    public int Minutes { get; init; }
}
