namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>What a scheduling operation asks beside the Appointment: calendars without Slots, a hold, its end.</summary>
public sealed record BookingDirective
{
    /// <summary>Ids of Schedules to book in.</summary>
    public ImmutableArray<string> ScheduleIds { get; init; } = [];

    /// <summary>The time was offered: it is not booked where no Slot is open.</summary>
    public bool StaysInSlots { get; init; }

    /// <summary>Seconds to hold; null for a booking.</summary>
    public int? HoldSeconds { get; init; }

    /// <summary>How many holds the holder may have with this one; null: any number.</summary>
    public int? MaximumHolds { get; init; }

    /// <summary>The operation asks for calendar time: an Appointment that touches none is refused.</summary>
    public bool RequiresCalendar { get; init; }

    /// <summary>Why time is booked that others have or that is closed; null: it is not.</summary>
    public string? OverrideReason { get; init; }

    /// <summary>Travel or documentation that follows its meeting: time of the staff, which nobody offers or approves.</summary>
    public bool IsLinked { get; init; }

    /// <summary>Confirms a hold by the id of its pending Appointment, which makes the caller its holder.</summary>
    public bool ConfirmsHold { get; init; }
}
