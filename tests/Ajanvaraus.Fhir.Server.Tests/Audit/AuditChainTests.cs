using System.Data.Common;
using System.Globalization;

using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Persistence.Audit;
using Ajanvaraus.Fhir.Persistence.Engine;
using Ajanvaraus.Fhir.Persistence.Identities;
using Ajanvaraus.Fhir.Server.Commands;

using Microsoft.Data.Sqlite;

using Npgsql;

namespace Ajanvaraus.Fhir.Server.Tests.Audit;

/// <summary>What somebody changes in the log is found.</summary>
public sealed class AuditChainTests
{
    private const int Entries = 40;

    [DatabaseTheory, EachDatabase]
    public async Task G59_Whatever_is_changed_removed_or_added_is_found(DatabaseEngine engine)
    {
        (string What, string Sql)[] deeds =
        [
            ("an entry is changed", "UPDATE audit_entry SET recorded_us = recorded_us + 1 WHERE seq = 2"),
            ("an entry says something else", "UPDATE audit_entry SET body = (SELECT e.body FROM audit_entry e WHERE e.chain = audit_entry.chain AND e.seq = 1) WHERE seq = 2"),
            ("an entry is taken out", "DELETE FROM audit_entry WHERE seq = 2"),
            ("a line is taken out", "DELETE FROM audit_line WHERE seq = 2"),
            ("a line names another client", "UPDATE audit_line SET client = 'x' WHERE seq = 2"),
            ("a line is moved in time", "UPDATE audit_line SET recorded_us = 0 WHERE seq = 2"),
            ("another did it", "UPDATE audit_line SET agent = 'Practitioner/x' WHERE seq = 2"),
            ("a line is added", "INSERT INTO audit_line (chain, seq, line, recorded_us, client, entity, agent) SELECT chain, seq, 7, recorded_us, 'y', '', agent FROM audit_line WHERE seq = 2 AND line = 0"),
            ("the last entry is cut off", "DELETE FROM audit_entry WHERE seq = (SELECT c.seq FROM audit_chain c WHERE c.chain = audit_entry.chain)"),
            ("the last is cut off and the end moved", "UPDATE audit_chain SET seq = 1, hash = (SELECT e.hash FROM audit_entry e WHERE e.chain = audit_chain.chain AND e.seq = 1) WHERE seq >= 2; DELETE FROM audit_entry WHERE seq >= 2"),
            ("a chain is gone", "DELETE FROM audit_chain WHERE seq >= 2"),
            ("a chain and all of it is taken out", "DELETE FROM audit_line WHERE chain = 1; DELETE FROM audit_entry WHERE chain = 1; DELETE FROM audit_chain WHERE chain = 1"),
            ("a line belongs to nothing", "INSERT INTO audit_line (chain, seq, line, recorded_us, client, entity, agent) VALUES (1, 999999, 0, 0, 'y', '', '')"),
            ("the secret is taken out", "DELETE FROM audit_secret"),
            ("the secret is another", "UPDATE audit_secret SET secret = audit_entry.hash FROM audit_entry WHERE audit_entry.seq = 1"),
        ];
        var found = new List<string>();
        foreach (var (what, sql) in deeds)
        {
            await using var database = await TestDatabase.CreateAsync(engine);
            await WriteAsync(database);
            var whole = await FindingsAsync(database);
            whole.Should().BeEmpty(what);
            await ExecuteAsync(database, sql);
            found.Add($"{what}: {((await FindingsAsync(database)).Count > 0 ? "found" : "not found")}");
        }

        found.Should().Equal(deeds.Select(d => $"{d.What}: found"));
    }

    [Fact]
    public void No_secret_can_be_taken_for_one_that_is_sealed() =>
        Enumerable.Range(0, 5000).Should().NotContain(_ => IdentityKeys.IsSealed(AuditSeal.NewSecret()), "one of 256 of all would be");

    [DatabaseTheory, EachDatabase]
    public async Task Earlier_state_of_all_is_found_by_what_was_kept_elsewhere(DatabaseEngine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await WriteAsync(database);
        string earlier;
        await using (var store = await OpenAsync(database))
            earlier = LogEnds.Text((await store.Upkeep.VerifyLogAsync([], _ => { }, new Progress<long>(), CancellationToken.None)).Ends);
        var kept = LogEnds.Read(earlier);
        var later = kept.SetItem(0, kept[0] with { Place = kept[0].Place with { Seq = kept[0].Place.Seq + 1 } });
        var other = kept.SetItem(0, kept[0] with { Hash = new byte[AuditSeal.SecretLength] });

        (await FindingsAsync(database, kept)).Should().BeEmpty();
        (await FindingsAsync(database, later)).Should().ContainSingle();
        (await FindingsAsync(database, other)).Should().ContainSingle();
    }

    [DatabaseTheory, EachDatabase]
    public async Task Log_stays_whole_when_its_keys_are_changed(DatabaseEngine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var (old, renewed) = (Secret(1), Secret(2));
        await WriteAsync(database, IdentityKeys.Of(("old", old)));
        var both = IdentityKeys.Of(("new", renewed), ("old", old));
        await using (var store = await OpenAsync(database))
        {
            store.Identities = both;
            var indexer = new FhirFacade(store, new ServerOptions("http://127.0.0.1:1", "", IsOpen: true), TimeProvider.System).Services.Indexer;
            (await store.Upkeep.RekeyAsync(0, indexer, CancellationToken.None)).Failed.Should().BeFalse();
        }

        (await FindingsAsync(database, keys: IdentityKeys.Of(("new", renewed)))).Should().BeEmpty();
        (await FindingsAsync(database, keys: IdentityKeys.Of(("new", old)))).Should().NotBeEmpty("nobody reads it with another key");
    }

    private static Task<ResourceStore> OpenAsync(TestDatabase database) =>
        Database.OpenAsync(database.Option, TimeProvider.System, CancellationToken.None);

    private static async Task ExecuteAsync(TestDatabase database, string sql)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        (await command.ExecuteNonQueryAsync()).Should().BePositive(sql);
    }

    private static byte[] Secret(byte seed) => [.. Enumerable.Repeat(seed, IdentityKeys.SecretLength)];

    /// <summary>Entries of one to three clients, several at once.</summary>
    private static async Task WriteAsync(TestDatabase database, IdentityKeys? keys = null)
    {
        await using var store = await OpenAsync(database);
        store.Identities = keys ?? IdentityKeys.None;
        var seal = await store.WriteAsync<AuditSeal>(async session => await session.Audit.PrepareAsync(), CancellationToken.None);
        await Task.WhenAll(Enumerable.Range(0, Entries).Select(n => store.WriteAsync<bool>(
            async session =>
            {
                var lines = Enumerable.Range(0, n % 3 + 1).Select(c => new AuditLine(c.ToString(CultureInfo.InvariantCulture), "Appointment/1"));
                await session.Audit.AppendAsync(seal.Value!, [new AuditRecord("Practitioner/1", [(byte)'{', (byte)'}'], [.. lines])]);
                await session.Audit.AppendAsync(seal.Value!, [new AuditRecord("Practitioner/2", [(byte)'[', (byte)n, (byte)']'], [.. lines])]);
                return true;
            },
            CancellationToken.None)));
    }

    private static async Task<List<string>> FindingsAsync(
        TestDatabase database, System.Collections.Immutable.ImmutableArray<AuditEnd>? kept = null, IdentityKeys? keys = null)
    {
        await using var store = await OpenAsync(database);
        store.Identities = keys ?? IdentityKeys.None;
        var findings = new List<string>();
        try
        {
            var verdict = await store.Upkeep.VerifyLogAsync(kept ?? [], findings.Add, new Progress<long>(), CancellationToken.None);
            if (findings.Count == 0)
                verdict.Entries.Should().Be(2 * Entries);
        }
        catch (StorageFailedException)
        {
            findings.Add("cannot be read");
        }
        return findings;
    }
}
