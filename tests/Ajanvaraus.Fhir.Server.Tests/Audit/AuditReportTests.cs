using System.Globalization;

using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Persistence.Audit;
using Ajanvaraus.Fhir.Server.Audit;
using Ajanvaraus.Fhir.Server.Commands;
using Ajanvaraus.Fhir.Server.Security;

namespace Ajanvaraus.Fhir.Server.Tests.Audit;

/// <summary>A client asks who has had to do with their data.</summary>
public sealed class AuditReportTests
{
    [DatabaseTheory, EachDatabase]
    public async Task R8_Report_tells_each_access_of_the_client_alone(DatabaseEngine engine)
    {
        const int entries = 100_000;
        await using var database = await TestDatabase.CreateAsync(engine);
        var clock = new FakeClock("2026-11-23T08:00:00+02:00");
        await using var store = await Database.OpenAsync(database.Option, clock, CancellationToken.None);
        var seal = await store.WriteAsync<AuditSeal>(async session => await session.Audit.PrepareAsync(), CancellationToken.None);
        foreach (var chunk in Enumerable.Range(0, entries).Chunk(1000))
            await store.WriteAsync<bool>(
                async session =>
                {
                    await session.Audit.AppendAsync(seal.Value!, [.. chunk.Select(n => Entry(n).ToRecord())]);
                    return true;
                },
                CancellationToken.None);
        using var report = new StringWriter();

        await LogCommands.ReportAsync(
            store, "1", new DateOnly(2026, 11, 23), new DateOnly(2026, 11, 23), report, CancellationToken.None);
        using var ofYesterday = new StringWriter();
        await LogCommands.ReportAsync(
            store, "1", new DateOnly(2026, 11, 22), new DateOnly(2026, 11, 22), ofYesterday, CancellationToken.None);

        var rows = report.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        rows.Should().HaveCount(1 + entries / 2);
        rows[1].Should().Be("2026-11-23T06:00:00.000Z;R;read;0;Appointment/0;Practitioner/1;'=cmd|x;Organization/a;ammattilainen;\"a;b\";;;");
        ofYesterday.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().ContainSingle();
    }

    /// <summary>Every second one is of client 1, the others of others.</summary>
    private static AuditEntry Entry(int n) => AuditEntry.Of(new Identity
    {
        Kind = CallerKind.Staff, FhirUser = "Practitioner/1", ClientId = "=cmd|x", Units = ["Organization/a"],
        WorkTask = "ammattilainen", ServiceTasks = ["a;b"],
    }) with
    {
        Interaction = "read",
        Things = [new AuditedThing("R", "read", $"Appointment/{n.ToString(CultureInfo.InvariantCulture)}", n % 2 == 0 ? "1" : $"other-{n}")],
    };
}
