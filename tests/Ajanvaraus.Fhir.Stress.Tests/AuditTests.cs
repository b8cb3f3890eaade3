using System.Data.Common;
using System.Text;

namespace Ajanvaraus.Fhir.Stress.Tests;

/// <summary>The positive control: the audit that finds nothing elsewhere does find what is planted here.</summary>
public sealed class AuditTests
{
    /// <summary>Damage to the booking of the first of two Slots, and what must be said of it; a star is any text.</summary>
    private static readonly (string Damage, string Finding)[] HalfBookings =
    [
        ("UPDATE slot SET status = 0 WHERE id = 'd0-0'", "Slot/d0-0: the slot row (free) and the body disagree"),
        ("UPDATE slot SET start_us = start_us + 1", "Slot/d0-1: the slot row (free) and the body disagree"),
        ("DELETE FROM slot WHERE id = 'd0-0'", "1 slot rows for 2 Slots"),
        ("DELETE FROM claim", "Appointment/*: wrong claims"),
        ("DELETE FROM claim WHERE target LIKE 'Practitioner/%'", "Appointment/*: wrong claims"),
        ("UPDATE claim SET end_us = end_us - 1", "Appointment/*: wrong claims"),
        ("UPDATE claim SET expires_us = 1", "Appointment/*: wrong claims"),
        ("UPDATE resource SET deleted = 1 WHERE type = 'Appointment'",
            "Slot/d0-0: busy where its Appointments make it free"),
        ("UPDATE resource SET deleted = 1 WHERE type = 'Appointment'",
            "Appointment/*: claims of what takes no time"),
        ("DELETE FROM appointment_actor", "Appointment/*: appointment_actor and the body disagree"),
        ("UPDATE resource SET version = 2 WHERE type = 'Appointment'",
            "Appointment/*: the body has another id or version than the row"),
        ("UPDATE resource SET version = 2 WHERE type = 'Appointment'",
            "Appointment/*: its versions are not 1 to n"),
        ("DELETE FROM resource_version WHERE version = 1 AND type = 'Slot'",
            "Slot/d0-0: its versions are not 1 to n"),
        ("DELETE FROM resource WHERE type = 'Appointment'",
            "a version without resource/: its versions are not 1 to n"),
    ];

    [DatabaseTheory, EachDatabase]
    public async Task Audit_of_a_booked_slot_beside_a_free_one_finds_nothing(DatabaseEngine engine)
    {
        await using var database = await BookedAsync(engine);

        var audit = await CalendarAudit.RunAsync(database);

        audit.Findings.Should().BeEmpty();
        audit.BookedSlots.Should().Equal((Office.Patient(0), "Slot/d0-0"));
        (await CalendarRows.IntegrityAsync(database)).Should().Be("ok");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Audit_finds_a_double_booking(DatabaseEngine engine)
    {
        await using var database = await BookedAsync(engine);
        await using var connection = await database.OpenConnectionAsync();
        await PlantTwinAsync(connection);

        var audit = await CalendarAudit.RunAsync(connection);

        audit.Findings.Should().BeEquivalentTo(
            "Slot/d0-0: booked 2 times", "Schedule/c0: claimed twice at one time",
            "Practitioner/c0: claimed twice at one time", "Appointment/twin: appointment_actor and the body disagree");
    }

    [DatabaseTheory, EachDatabase]
    public async Task Audit_finds_every_kind_of_half_a_booking(DatabaseEngine engine)
    {
        await using var database = await BookedAsync(engine);
        await using var connection = await database.OpenConnectionAsync();

        foreach (var (damage, finding) in HalfBookings)
        {
            await ExecuteAsync(connection, "BEGIN");
            (await ExecuteAsync(connection, damage)).Should().BePositive(damage);
            var audit = await CalendarAudit.RunAsync(connection);
            await ExecuteAsync(connection, "ROLLBACK");

            audit.Findings.Should().ContainMatch(finding, damage);
        }
    }

    /// <summary>Two Slots, the first of them booked; the server has ended.</summary>
    private static async Task<TestDatabase> BookedAsync(DatabaseEngine engine)
    {
        var database = await TestDatabase.CreateAsync(engine);
        await using var server = await ServerProcess.StartAsync(database.Option);
        var office = await Office.OpenAsync(server.Client, calendars: 1, patients: 1);
        var slots = await office.OpenSlotsAsync(day: 0, 2);
        var booked = await server.Client.PostAsync("Appointment/$book", BookingLoad.Parameters(0, slots[0]));
        booked.Status.Should().Be(201, booked.Text);
        (await server.StopAsync()).Should().Be(0, server.LastOutput);
        return database;
    }

    /// <summary>The same booking once more under another id, as if the database had no lock at all.</summary>
    private static async Task PlantTwinAsync(DbConnection connection)
    {
        var original = (await CalendarAudit.RunAsync(connection)).Bookings.Single();
        var body = original.Body.DeepClone();
        body["id"] = "twin";
        await ExecuteAsync(
            connection,
            "INSERT INTO resource (resource_key, type, id, version, version_key, last_updated, deleted, index_mask) "
            + "SELECT 1000000, type, 'twin', version, 1000000, last_updated, deleted, index_mask FROM resource "
            + "WHERE type = 'Appointment'");
        await ExecuteAsync(
            connection,
            "INSERT INTO resource_version (version_key, resource_key, type, version, last_updated, method, body) "
            + "SELECT 1000000, 1000000, type, version, last_updated, method, @body FROM resource_version "
            + "WHERE type = 'Appointment'",
            Encoding.UTF8.GetBytes(body.ToJsonString()));
        // Another seat, for the database refuses the same one.
        await ExecuteAsync(
            connection,
            "INSERT INTO claim (target, seat, start_us, end_us, is_long, appointment_id, slot_group, holder) "
            + "SELECT target, seat + 1, start_us, end_us, is_long, 'twin', slot_group, holder FROM claim");
    }

    /// <returns>How many rows it changed.</returns>
    private static async Task<int> ExecuteAsync(DbConnection connection, string sql, byte[]? body = null)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        if (body is not null)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ("body", body);
            command.Parameters.Add(parameter);
        }
        return await command.ExecuteNonQueryAsync();
    }
}
