namespace Ajanvaraus.Fhir.Scheduling.Booking;

/// <summary>A journey that is booked with a meeting, or moves with it: for its professionals it stands in place of a computed one.</summary>
/// <param name="IsBefore">It leads there; else back.</param>
public sealed record BroughtJourney(bool IsBefore)
{
    /// <summary>The professionals who have it, of one that was booked before; default: it is new, and for all of the meeting.</summary>
    public ImmutableArray<string> Travellers { get; init; }

    /// <summary>Those who were in the meeting without it.</summary>
    public ImmutableArray<string> Others { get; init; } = [];

    /// <summary>Whether it is booked for the professional then: who takes a traveller's place travels too.</summary>
    /// <param name="owner">In the meeting.</param>
    /// <param name="owners">All in the meeting from now on.</param>
    internal bool IsFor(string owner, ImmutableArray<string> owners) => Travellers.IsDefault || Travellers.Contains(owner)
        || (!Others.Contains(owner) && Travellers.Any(t => !owners.Contains(t)));
}
