using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Architecture.Tests.Testing;

public sealed class FakeClockTests
{
    [Fact]
    public void Clock_that_is_not_told_to_move_stands_still()
    {
        var clock = new FakeClock("2026-10-25T03:30:00+03:00");

        var times = Enumerable.Range(0, 3).Select(_ => clock.GetUtcNow()).ToList();

        times.Should().AllBeEquivalentTo(new DateTimeOffset(2026, 10, 25, 0, 30, 0, TimeSpan.Zero));
    }

    [Fact]
    public void Clock_that_is_advanced_moves_time_and_timestamp_alike()
    {
        var clock = new FakeClock("2026-10-25T03:30:00+03:00");
        var before = clock.GetTimestamp();

        clock.Advance(TimeSpan.FromHours(1));

        clock.Now.Should().Be(DateTimeOffset.Parse("2026-10-25T03:30:00+02:00"));
        clock.GetElapsedTime(before).Should().Be(TimeSpan.FromHours(1));
    }
}
