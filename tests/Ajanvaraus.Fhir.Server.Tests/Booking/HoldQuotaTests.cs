namespace Ajanvaraus.Fhir.Server.Tests.Booking;

/// <summary>Nobody keeps a calendar from all others by holding it: docs/scheduling-rules.md, Who holds.</summary>
public sealed class HoldQuotaTests
{
    [DatabaseTheory, EachDatabase]
    public async Task Hold_beyond_the_limit_is_429_until_the_first_ends(DatabaseEngine engine)
    {
        await using var server = await StartAsync(engine, most: 2);
        var office = await OpenAsync(server, slots: 4);
        await HoldAsync(office, "s0", "p0", seconds: 100);
        server.Clock.Advance(TimeSpan.FromSeconds(40));
        await HoldAsync(office, "s1", "p0", seconds: 100);

        var tooMany = await HoldAsync(office, "s2", "p0", seconds: 100);
        var other = await HoldAsync(office, "s3", "p1", seconds: 100);
        server.Clock.Advance(TimeSpan.FromSeconds(60));
        var later = await HoldAsync(office, "s2", "p0", seconds: 100);

        tooMany.Status.Should().Be(429, tooMany.Text);
        tooMany.IssueCodes.Should().Equal("throttled");
        tooMany.Rules.Should().Contain("rate");
        tooMany.RetryAfter.Should().Be(TimeSpan.FromSeconds(60));
        (await office.SlotStatusAsync("s2")).Should().Be("busy-tentative");
        other.Status.Should().Be(201, other.Text);
        later.Status.Should().Be(201, later.Text);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Booked_released_repeated_and_replaced_holds_do_not_count(DatabaseEngine engine)
    {
        await using var server = await StartAsync(engine, most: 1);
        var office = await OpenAsync(server, slots: 3);
        var first = await HoldAsync(office, "s0", "p0");
        var repeated = await HoldAsync(office, "s0", "p0");
        await office.PostAsync($"Appointment/{first.Id}/$book", Office.Parameters());
        var second = await HoldAsync(office, "s1", "p0");
        await office.PostAsync($"Appointment/{second.Id}/$release", Office.Parameters());

        var third = await HoldAsync(office, "s2", "p0");
        var part = await office.PostAsync("Appointment/$hold", Office.Appointment("p0", "s2", "11:00", "11:30", "proposed"));

        repeated.Status.Should().Be(200, repeated.Text);
        second.Status.Should().Be(201, second.Text);
        third.Status.Should().Be(201, third.Text);
        part.Status.Should().Be(201, part.Text);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Limit_holds_when_all_are_asked_for_at_once(DatabaseEngine engine)
    {
        await using var server = await StartAsync(engine, most: 3);
        var office = await OpenAsync(server, slots: 8);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => HoldAsync(office, $"s{i}", "p0"))));

        answers.Count(a => a.Status == 201).Should().Be(3);
        answers.Count(a => a.Status == 429).Should().Be(5);
    }

    private static Task<FhirServer> StartAsync(DatabaseEngine engine, int most) => FhirServer.StartAsync(
        engine, with: options => options with { Holds = options.Holds with { MaximumPerHolder = most } });

    /// <summary>Slots s0, s1, … of an hour each from nine, half of them of either professional.</summary>
    private static async Task<Office> OpenAsync(FhirServer server, int slots)
    {
        var office = await Office.OpenAsync(server.Http);
        for (var i = 0; i < slots; i++)
            await office.PutSlotAsync($"s{i}", i % 2 == 0 ? "a" : "b", $"{9 + i:00}:00", $"{10 + i:00}:00");
        return office;
    }

    private static Task<Answer> HoldAsync(Office office, string slot, string patient, int seconds = 300) =>
        office.PostAsync("Appointment/$hold", Office.Parameters(
            ("slot", $"Slot/{slot}"), ("patient", $"Patient/{patient}"), ("hold-seconds", seconds)));
}
