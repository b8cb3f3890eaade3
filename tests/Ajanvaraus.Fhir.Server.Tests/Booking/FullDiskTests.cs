using Ajanvaraus.Fhir.Persistence;

namespace Ajanvaraus.Fhir.Server.Tests.Booking;

/// <summary>Holds that end while nothing can be written.</summary>
public sealed class FullDiskTests
{
    [Fact]
    public async Task Hold_that_cannot_be_ended_keeps_no_search_waiting_and_ends_when_there_is_room()
    {
        await using var server = await FhirServer.StartAsync(DatabaseEngine.Sqlite);
        var office = await Office.OpenAsync(server.Http);
        await office.PutSlotAsync("s", "a", "09:00", "10:00");
        var held = await office.PostAsync("Appointment/$hold", Office.Parameters(
            ("slot", "Slot/s"), ("patient", "Patient/p0"), ("hold-seconds", 60)));
        await FillAsync(server, office);
        server.Clock.Advance(TimeSpan.FromSeconds(61));

        var whileFull = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            office.GetAsync("Slot?schedule=Schedule/a").WaitAsync(TimeSpan.FromSeconds(20))));
        await LimitPagesAsync(server, 1_000_000);
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        var withRoom = await office.SlotStatusAsync("s");

        held.Status.Should().Be(201, held.Text);
        whileFull.Should().OnlyContain(a => a.Status == 200);
        withRoom.Should().Be("free");
    }

    /// <summary>Leaves less room than any version of a resource needs.</summary>
    private static async Task FillAsync(FhirServer server, Office office)
    {
        await LimitPagesAsync(server, 1);
        foreach (var length in new[] { 4000, 1000, 100 })
        {
            Answer answer;
            var n = 0;
            do
            {
                var text = new string('x', length);
                answer = await office.PostAsync(
                    "Basic", $$"""{"resourceType":"Basic","code":{"text":"{{text}}"},"language":"fi"}""");
            }
            while (answer.Status == 201 && ++n < 100);
            answer.Status.Should().Be(507, answer.Text);
        }
    }

    /// <summary>No fewer than the database has already: SQLite takes the greater of the two.</summary>
    private static async Task LimitPagesAsync(FhirServer server, long pages) =>
        (await server.Store.WriteAsync<long>(
            async s => await s.Channel.FirstAsync($"PRAGMA max_page_count={pages}", r => r.GetInt64(0)), default))
        .Failed.Should().BeFalse();
}
