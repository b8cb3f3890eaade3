using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Server.Commands;
using Ajanvaraus.Fhir.Server.Retention;
using Ajanvaraus.Fhir.Server.Tests.Booking;
using Ajanvaraus.Fhir.Server.Tests.Commands;
using Ajanvaraus.Fhir.Server.Tests.Security;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Tests.Retention;

/// <summary><c>retention</c> and <c>erase</c> over a database with bookings of ten years ago.</summary>
public sealed class RetentionTests
{
    private static readonly LocalDate Today = new(2026, 11, 23);

    [DatabaseTheory, EachDatabase]
    public async Task R9_What_is_due_is_told_and_taken_out_with_all_its_versions(DatabaseEngine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await FillAsync(database);

        var (exit, told) = await RunAsync(database, dispose: false);
        var (_, early) = await RunAsync(database, dispose: false, new LocalDate(2026, 11, 1));
        var (disposed, list) = await RunAsync(database, dispose: true);
        var (again, left) = await RunAsync(database, dispose: true);

        exit.Should().Be(ServerCommand.Success);
        told.Should().BeEquivalentTo(
            "Appointment/old;paihdehuolto;2026-11-01;due", "Appointment/joint;paihdehuolto;2026-11-01;due",
            "Appointment/held;paihdehuolto;2026-11-01;legal-hold", "Patient/dead;Patient;2022-05-01;due");
        early.Should().BeEquivalentTo(["Patient/dead;Patient;2022-05-01;due"], "the last day belongs to the time");
        (disposed, again).Should().Be((ServerCommand.Success, ServerCommand.Success));
        list.Should().BeEquivalentTo(
            "Appointment/old;paihdehuolto;2026-11-01;disposed", "Appointment/joint;paihdehuolto;2026-11-01;disposed",
            "Appointment/held;paihdehuolto;2026-11-01;legal-hold", "Patient/dead;Patient;2022-05-01;disposed");
        left.Should().BeEquivalentTo(["Appointment/held;paihdehuolto;2026-09-01;legal-hold"], "the matter is known by what is left of it");
        (await DatabaseText.OfAsync(database)).Should().NotContain("canaryold").And.Contain("canaryheld").And.Contain("canaryother");
        (await CheckAsync(database)).Should().Be(ServerCommand.Success);
        await using var server = await StartAsync(database);
        var office = new Office(server.Http);
        foreach (var gone in new[] { "Appointment/old", "AppointmentResponse/old", "Patient/dead" })
            (await office.GetAsync(gone)).Status.Should().Be(410, gone);
        (await office.GetAsync("Appointment/old/_history/1")).Status.Should().Be(404);
        (await office.GetAsync("Appointment/old/_history")).Body["entry"]!.AsArray().Should().ContainSingle();
        foreach (var kept in new[] { "held", "open", "other", "young" })
            (await office.GetAsync($"Appointment/{kept}")).Status.Should().Be(200, kept);
        (await office.CountAsync("Appointment?patient=Patient/old")).Should().Be(1);
    }

    [DatabaseTheory, EachDatabase]
    public async Task R9_What_was_taken_out_stands_in_the_log_and_its_id_can_be_used_again(DatabaseEngine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await FillAsync(database);

        await RunAsync(database, dispose: true);
        await using (var server = await StartAsync(database))
            (await new Office(server.Http).SendAsync(HttpMethod.Put, "Patient/dead", """{"resourceType":"Patient","id":"dead"}""")).Status.Should().Be(201);

        await using var store = await Database.OpenAsync(database.Option, new FakeClock(CommandOffice.Now), default);
        using var report = new StringWriter();
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        await LogCommands.ReportAsync(store, "old", today.AddDays(-1), today.AddDays(1), report, default);
        report.ToString().Split('\n').Should().Contain(line => line.Contains(";D;") && line.Contains("Appointment/old"));
        (await CheckAsync(database)).Should().Be(ServerCommand.Success);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Erasure_is_refused_with_its_reason_unless_the_law_lets_it_be_done(DatabaseEngine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await FillAsync(database);

        (await EraseAsync(database, "Appointment/other")).Should().Be((ServerCommand.Failure, "Appointment/other is kept by law until 2036-10-01."));
        (await EraseAsync(database, "Appointment/open")).Should().Be((ServerCommand.Failure, "Appointment/open is kept: open (docs/retention.md)."));
        (await EraseAsync(database, "Appointment/held", isStoredInError: true)).Should().Be((ServerCommand.Failure, "Appointment/held is under legal hold."));
        (await EraseAsync(database, "Patient/old", isStoredInError: true)).Exit.Should().Be(ServerCommand.Failure, "bookings refer to it");
        (await EraseAsync(database, "Appointment/nobody")).Should().Be((ServerCommand.Failure, "There is no Appointment/nobody."));
        (await EraseAsync(database, "Appointment/old")).Exit.Should().Be(ServerCommand.Success);
        (await EraseAsync(database, "Appointment/other", isStoredInError: true)).Exit.Should().Be(ServerCommand.Success);

        await using var server = await StartAsync(database);
        foreach (var (id, status) in new[] { ("old", 410), ("other", 410), ("held", 200), ("open", 200) })
            (await new Office(server.Http).GetAsync("Appointment/" + id)).Status.Should().Be(status, id);
    }

    private static async Task FillAsync(TestDatabase database)
    {
        await using var server = await StartAsync(database);
        var office = new Office(server.Http);
        foreach (var (id, more) in new[]
        {
            ("old", ""), ("other", ""), ("open", ""), ("young", ",\"birthDate\":\"2010-01-01\""), ("dead", ",\"deceasedDateTime\":\"2020-05-01\""),
        })
            await office.PutAsync($$"""{"resourceType":"Patient","id":"{{id}}"{{more}} }""");
        await office.PutAsync("""{"resourceType":"Practitioner","id":"1"}""");
        await office.PutAsync("""
            {"resourceType":"EpisodeOfCare","id":"open","status":"active","patient":{"reference":"Patient/open"},"type":[{"coding":[{
            "system":"https://ajanvaraus.example/fhir/CodeSystem/palvelutehtava","code":"paihdehuolto"}]}],"period":{"start":"2016-01-01"}}
            """);
        var hold = "\"meta\":{\"security\":[{\"system\":\"https://ajanvaraus.example/fhir/CodeSystem/security-label\",\"code\":\"legal-hold\"}]},";
        foreach (var (id, clients, day, task, meta) in new[]
        {
            ("old", new[] { "old" }, "2016-11-01", "paihdehuolto", ""), ("joint", ["old"], "2016-10-01", "paihdehuolto", ""),
            ("held", ["old"], "2016-09-01", "paihdehuolto", hold), ("open", ["open"], "2010-01-01", "paihdehuolto", ""),
            ("other", ["other"], "2016-10-01", "tyoikaisten-palvelut", ""), ("last", ["other"], "2026-10-01", "tyoikaisten-palvelut", ""),
            ("young", ["young"], "2015-01-01", "lastensuojelu", ""),
        })
            foreach (var version in new[] { 1, 2 })
                await office.PutAsync(Appointment(id, clients, day, task, meta, version));
        await office.PutAsync("""
            {"resourceType":"AppointmentResponse","id":"old","appointment":{"reference":"Appointment/old"},"actor":{"reference":"Patient/old"},
            "participantStatus":"accepted","comment":"canaryold"}
            """);
    }

    private static string Appointment(string id, string[] clients, string day, string task, string meta, int version) => $$"""
        {"resourceType":"Appointment","id":"{{id}}",{{meta}}"status":"fulfilled","description":"canary{{id}} {{version}}","serviceCategory":[{"coding":[{
        "system":"https://ajanvaraus.example/fhir/CodeSystem/palvelutehtava","code":"{{task}}" }]}],
        "start":"{{day}}T09:00:00+02:00","end":"{{day}}T10:00:00+02:00","participant":[{{string.Join(',', clients.Select(c =>
            $$"""{"actor":{"reference":"Patient/{{c}}"},"status":"accepted"}"""))}},
        {"actor":{"reference":"Practitioner/1"},"status":"accepted"}]}
        """;

    private static async Task<FhirServer> StartAsync(TestDatabase database) =>
        await FhirServer.StartAsync(await Database.OpenAsync(database.Option, new FakeClock(CommandOffice.Now), default));

    private static async Task<(int Exit, string[] Lines)> RunAsync(TestDatabase database, bool dispose, LocalDate? asOf = null)
    {
        using var output = new StringWriter();
        var exit = await RetentionCommands.RunAsync(
            database.Option, RetentionTable.BuiltIn, asOf ?? Today, dispose, output, CommandOffice.English, new FakeClock(CommandOffice.Now), default);
        return (exit, [.. output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.TrimEnd('\r')).Skip(1)]);
    }

    private static async Task<(int Exit, string Told)> EraseAsync(TestDatabase database, string reference, bool isStoredInError = false)
    {
        await using var store = await Database.OpenAsync(database.Option, new FakeClock(CommandOffice.Now), default);
        using var told = new StringWriter();
        var exit = await RetentionCommands.EraseAsync(
            store, reference, "the client asked", isStoredInError, RetentionTable.BuiltIn, Today, told, CommandOffice.English, default);
        return (exit, told.ToString().Trim());
    }

    private static Task<int> CheckAsync(TestDatabase database) => DatabaseCommands.CheckAsync(
        new ServerOptions(ServerOptions.DefaultUrls, database.Option, IsOpen: true), CommandOffice.English, new FakeClock(CommandOffice.Now), default);
}
