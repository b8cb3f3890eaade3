using System.Data.Common;

using Ajanvaraus.Fhir.Server.Commands;
using Ajanvaraus.Fhir.Server.Tests.Booking;

using Microsoft.Data.Sqlite;

using Npgsql;

namespace Ajanvaraus.Fhir.Server.Tests.Commands;

/// <summary><c>check</c> sees what SQL has spoilt, and <c>reindex</c> mends what can be derived.</summary>
public sealed class UpkeepTests
{
    [DatabaseTheory]
    [EachDatabase("DELETE FROM index_string")]
    [EachDatabase("DELETE FROM slot WHERE id = 's'")]
    [EachDatabase("UPDATE slot SET status = 0 WHERE id = 's'")]
    [EachDatabase("UPDATE resource SET index_mask = 0")]
    public async Task Rows_that_were_lost_are_found_by_check_and_made_anew_by_reindex(DatabaseEngine engine, string harm)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var clock = await FillAsync(database);
        await ExecuteAsync(database, harm);
        var isSeen = !harm.Contains("index_mask", StringComparison.Ordinal);

        var before = await CheckAsync(database, clock);
        var reindexed = await DatabaseCommands.ReindexAsync(
            Options(database), [], 0, CommandOffice.English, clock, default);
        var after = await CheckAsync(database, clock);

        before.Should().Be(isSeen ? ServerCommand.Failure : ServerCommand.Success);
        reindexed.Should().Be(ServerCommand.Success);
        after.Should().Be(ServerCommand.Success);
        await using var server = await FhirServer.StartAsync(await Database.OpenAsync(database.Option, clock, default));
        var office = new Office(server.Http);
        (await office.CountAsync("Patient?family=Uusi")).Should().Be(1);
        (await office.PostAsync("Appointment", Office.Appointment("p5", "s", "09:00", "10:00"))).Status.Should().Be(409);
    }

    [DatabaseTheory]
    [EachDatabase("DELETE FROM claim WHERE appointment_id = 'whole'")]
    [EachDatabase("UPDATE claim SET appointment_id = 'gone' WHERE appointment_id = 'whole'")]
    [EachDatabase("UPDATE claim SET appointment_id = 'nobody' WHERE appointment_id = 'whole'")]
    [EachDatabase("UPDATE resource SET version = 7 WHERE id = 'whole'")]
    [EachDatabase("DELETE FROM resource WHERE id = 'whole'")]
    public async Task What_no_longer_agrees_is_found_by_check(DatabaseEngine engine, string harm)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var clock = await FillAsync(database);
        var before = await CheckAsync(database, clock);
        await ExecuteAsync(database, harm);

        var after = await CheckAsync(database, clock);

        before.Should().Be(ServerCommand.Success);
        after.Should().Be(ServerCommand.Failure);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Reindex_of_one_type_leaves_the_others_alone(DatabaseEngine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var clock = await FillAsync(database);
        await ExecuteAsync(database, "DELETE FROM index_token");

        await DatabaseCommands.ReindexAsync(Options(database), ["Slot"], 0, CommandOffice.English, clock, default);

        await using var server = await FhirServer.StartAsync(await Database.OpenAsync(database.Option, clock, default));
        var office = new Office(server.Http);
        (await office.CountAsync("Slot?status=busy-unavailable")).Should().Be(1);
        (await office.CountAsync("Appointment?status=cancelled")).Should().Be(0);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Check_beside_a_running_server_finds_all_in_order(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine, CommandOffice.Now);
        await CommandOffice.OpenAsync(server);

        var check = await DatabaseCommands.CheckAsync(
            new ServerOptions(ServerOptions.DefaultUrls, server.DatabaseOption, IsOpen: true), CommandOffice.English,
            server.Clock, default);

        check.Should().Be(ServerCommand.Success);
    }

    private static ServerOptions Options(TestDatabase database) => new(ServerOptions.DefaultUrls, database.Option, IsOpen: true);

    private static Task<int> CheckAsync(TestDatabase database, FakeClock clock) =>
        DatabaseCommands.CheckAsync(Options(database), CommandOffice.English, clock, default);

    private static async Task<FakeClock> FillAsync(TestDatabase database)
    {
        var clock = new FakeClock(CommandOffice.Now);
        await using var server = await FhirServer.StartAsync(await Database.OpenAsync(database.Option, clock, default));
        await CommandOffice.OpenAsync(server);
        return clock;
    }

    private static async Task ExecuteAsync(TestDatabase database, string sql)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        (await command.ExecuteNonQueryAsync()).Should().BePositive();
    }
}
