namespace Ajanvaraus.Fhir.Stress.Tests;

/// <summary>What bookers were told, held against what the tables say afterwards.</summary>
/// <remarks>Without an answer, or with one that asks to come again (503), a booking may be there or not; there by half it may never be.</remarks>
internal sealed class Reckoning
{
    private readonly List<BookingAttempt> _attempts;
    private readonly CalendarAudit _audit;
    private readonly HashSet<(string Patient, string Slot)> _acknowledged;
    private readonly HashSet<(string Patient, string Slot)> _booked;

    public Reckoning(IEnumerable<BookingAttempt> attempts, CalendarAudit audit)
    {
        _attempts = [.. attempts];
        _audit = audit;
        _acknowledged = [.. _attempts.Where(a => a.IsAcknowledged).Select(a => a.Booking)];
        _booked = [.. audit.BookedSlots];
        Unsure = _attempts.Where(a => a.IsUnknown || IsAway(a)).Select(a => a.Booking).ToHashSet();
    }

    /// <summary>Those of which the bookers know nothing.</summary>
    public IReadOnlySet<(string Patient, string Slot)> Unsure { get; }

    private int Lost => _acknowledged.Except(_booked).Count();

    private int RefusedAndBooked => _booked.Except(_acknowledged).Except(Unsure).Count();

    /// <summary>Answers that nobody may get, whatever befalls the servers.</summary>
    private IEnumerable<Answer?> Others =>
        _attempts.Where(a => a is { IsAcknowledged: false, IsUnknown: false, IsRefusedWell: false } && !IsAway(a)).Select(a => a.Answer);

    public string Told => $"{Lost} acknowledged and lost, {RefusedAndBooked} refused and booked, {_audit.Findings.Count} findings in the tables; "
        + Goals.Goal.Statuses(_attempts.Select(a => a.Answer));

    public void ShouldBeRight()
    {
        Others.Should().BeEmpty();
        _audit.Findings.Should().BeEmpty();
        (Lost, RefusedAndBooked).Should().Be((0, 0));
    }

    private static bool IsAway(BookingAttempt attempt) => attempt.Answer is { Status: 503, HasRetryAfter: true };
}
