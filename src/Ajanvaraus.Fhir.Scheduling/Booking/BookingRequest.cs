using Ajanvaraus.Fhir.Scheduling.Time;

namespace Ajanvaraus.Fhir.Scheduling.Booking;

/// <summary>What is asked of the calendars on behalf of one Appointment.</summary>
public sealed record BookingRequest
{
    /// <summary>Id of the Appointment, already given also when it is new.</summary>
    public required string AppointmentId { get; init; }

    /// <summary>Start and end of the Appointment; null: those of its Slots.</summary>
    public TimeRange? Time { get; init; }

    /// <summary>Ids of the Slots named, in the order named.</summary>
    public ImmutableArray<string> SlotIds { get; init; } = [];

    /// <summary>Time of the Slots named that are computed, so that it is read with the calendars; null: none are.</summary>
    public TimeRange? Around { get; init; }

    /// <summary>How far around its time the calendars are read: as far as rules on what stands beside it look.</summary>
    public Duration Margin { get; init; }

    /// <summary>Id of the meeting that it belongs to, as a journey or documentation does; null: none.</summary>
    public string? FollowsId { get; init; }

    /// <summary>It is the way to or from the meeting that it belongs to.</summary>
    public bool IsJourney { get; init; }

    /// <summary>Journeys to and from it that are booked with it, or move with it.</summary>
    public ImmutableArray<BroughtJourney> Journeys { get; init; } = [];

    /// <summary>What it is for, as <c>system|code</c>; empty: as its Slots say, or their calendars.</summary>
    public ImmutableArray<string> Services { get; init; } = [];

    /// <summary>Locations that take part, as <c>Location/a</c>, in the order named.</summary>
    public ImmutableArray<string> Places { get; init; } = [];

    /// <summary>Those that took part before, of an Appointment that has its time already.</summary>
    public ImmutableArray<string> PlacesBefore { get; init; } = [];

    /// <summary>Ids of Schedules named without a Slot.</summary>
    public ImmutableArray<string> ScheduleIds { get; init; } = [];

    /// <summary>Offered time is asked for: what no Slot of a Schedule covers is refused, also where none is named.</summary>
    public bool StaysInSlots { get; init; }

    /// <summary>It has this time already: an absence that came after it does not stand in its way.</summary>
    public bool StandsAlready { get; init; }

    /// <summary>What stands in the way was seen and is booked over: the time is taken once more, beside those who have it.</summary>
    public bool Overbooks { get; init; }

    /// <summary>Required participants that may own a calendar; PractitionerRoles already as Practitioners.</summary>
    public ImmutableArray<string> RequiredActors { get; init; } = [];

    /// <summary>The status that the Appointment gets: <c>Pending</c> or an occupying later one.</summary>
    public required AppointmentStatus Status { get; init; }

    /// <summary>Set for a hold.</summary>
    public Instant? HoldUntil { get; init; }

    /// <summary>Who asks: the principal, or the patient references. A hold of the same holder does not block.</summary>
    public ImmutableArray<string> Holders { get; init; } = [];
}
