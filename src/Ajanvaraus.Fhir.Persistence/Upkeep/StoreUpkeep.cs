using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Persistence.Archive;
using Ajanvaraus.Fhir.Persistence.Audit;
using Ajanvaraus.Fhir.Persistence.Engine;
using Ajanvaraus.Fhir.Persistence.Identities;
using Ajanvaraus.Fhir.Persistence.Writing;

namespace Ajanvaraus.Fhir.Persistence.Upkeep;

/// <summary>What an operator does with the whole database; each read sees one moment, while others write.</summary>
public sealed class StoreUpkeep
{
    /// <summary>Patients at either end that the start of a server looks at.</summary>
    private const int LookedAt = 200;

    private readonly StorageEngine _engine;
    private readonly StoreSql _sql;
    private readonly TimeProvider _time;

    internal StoreUpkeep(StorageEngine engine, StoreSql sql, TimeProvider time)
    {
        _engine = engine;
        _sql = sql;
        _time = time;
    }

    /// <summary>Writes every table into an archive: docs/backup-format.md.</summary>
    public async Task<BackupManifest> BackupAsync(
        Stream output, IProgress<TableProgress> progress, CancellationToken cancellation)
    {
        var shape = Shape();
        var about = new BackupManifest(shape.Schema, FhirTime.Text(FhirTime.Of(_time.GetUtcNow())), _engine.Dialect.Name, []);
        return await _engine.ReadAsync(
            channel => new BackupWriter(channel, output, progress).WriteAsync(shape, about), oneMoment: true, cancellation);
    }

    /// <summary>Brings an archive of any engine into this database, which must be empty; all of it or nothing.</summary>
    /// <param name="backup">Checked; may be read twice, after a deadlock.</param>
    /// <remarks>Errors: an archive of another version, and a database that is not empty.</remarks>
    public async Task<Outcome<BackupManifest>> RestoreAsync(
        BackupReader backup, IProgress<TableProgress> progress, CancellationToken cancellation)
    {
        var restore = new DatabaseRestore(backup, Shape(), progress);
        if (restore.Misfit() is { } misfit)
            return misfit;
        return await _engine.WriteAsync(restore.RunAsync, cancellation);
    }

    /// <inheritdoc cref="StorageEngine.CleanAtEnd"/>
    public void CleanAtEnd() => _engine.CleanAtEnd();

    /// <summary>Gives the current versions of all that exists, type by type, in the order of their making.</summary>
    /// <param name="types">Only these; empty: all.</param>
    /// <param name="since">Only what was changed at or after that moment; null: all.</param>
    /// <param name="each">Takes one resource; only one is in memory at a time.</param>
    public Task ExportAsync(
        IReadOnlyCollection<string> types, DateTimeOffset? since, Func<StoredResource, ValueTask> each,
        CancellationToken cancellation) =>
        _engine.ReadAsync(
            channel => ResourceExport.RunAsync(
                channel, types, since is { } moment ? FhirTime.Of(moment) : null, each),
            oneMoment: true, cancellation).AsTask();

    /// <summary>Makes the index and scheduling rows of some resources anew from their current versions.</summary>
    /// <param name="types">Only these; empty: all.</param>
    /// <param name="after">Goes on after this key; 0 for the beginning.</param>
    /// <returns>How far it came; a step of no resources when there are no more.</returns>
    public Task<Outcome<ReindexStep>> ReindexAsync(
        IReadOnlyCollection<string> types, long after, SearchIndexer indexer, CancellationToken cancellation) =>
        _engine.WriteAsync(
            channel => new Reindexing(channel, _sql, indexer).RunAsync(types, after), cancellation);

    /// <summary>Brings the personal identity codes of some resources under the current key.</summary>
    /// <param name="after">Goes on after this key; 0 for the beginning.</param>
    /// <returns>How far it came; a step of no resources when there are no more, and then the rest is done too.</returns>
    public async Task<Outcome<ReindexStep>> RekeyAsync(long after, SearchIndexer indexer, CancellationToken cancellation)
    {
        var step = await _engine.WriteAsync(channel => new Rekeying(channel, _sql, indexer).RunAsync(after), cancellation);
        if (step.Failed || step.Value.Count > 0)
            return step;
        var others = await _engine.WriteAsync(
            channel => new Rekeying(channel, _sql, indexer).RunOnOthersAsync(), cancellation);
        return others.Failed ? others.Problem : await RekeyLogAsync(indexer) ?? step;
    }

    /// <summary>The log is long: some thousand entries to a transaction.</summary>
    private async Task<Outcome<ReindexStep>?> RekeyLogAsync(SearchIndexer indexer)
    {
        for (AuditPlace? at = new AuditPlace(0, 0); at is { } from;)
        {
            var next = await _engine.WriteAsync<AuditStep>(
                async channel => await new Rekeying(channel, _sql, indexer).RunOnLogAsync(from), CancellationToken.None);
            if (next.Failed)
                return next.Problem;
            at = next.Value.Last;
        }
        return null;
    }

    /// <summary>Names of the keys under which versions are stored; looks through all of them.</summary>
    public ValueTask<ImmutableArray<string>> IdentityKeysAsync(CancellationToken cancellation) =>
        _engine.ReadAsync(async channel =>
        {
            channel.MostSeconds = 0;
            var names = new HashSet<string>();
            await channel.EachAsync("SELECT body FROM resource_version", row =>
            {
                if (IdentityKeys.NameOn(row.GetBytes(0)) is { } name)
                    names.Add(name);
                return ValueTask.CompletedTask;
            });
            return names.Order(StringComparer.Ordinal).ToImmutableArray();
        }, oneMoment: false, cancellation);

    /// <summary>Name of a key that the first or last Patients are under, and which is missing or has another secret; null: none.</summary>
    /// <remarks>A look at both ends, for the start of a server: what a change of keys left half done lies at one of them.</remarks>
    public ValueTask<string?> UnopenableKeyAsync(CancellationToken cancellation) =>
        _engine.ReadAsync(async channel =>
        {
            string? missing = null;
            foreach (var order in (string[])["ASC", "DESC"])
                await channel.EachAsync(
                    "SELECT v.body FROM resource r JOIN resource_version v ON v.version_key = r.version_key "
                    + $"WHERE r.type = 'Patient' ORDER BY r.id {order} {_sql.Dialect.Limit($"{LookedAt}")}",
                    row =>
                    {
                        var body = row.GetBytes(0);
                        if (IdentityKeys.NameOn(body) is { } name && !_sql.Dialect.Identities.CanOpen(body))
                            missing ??= name;
                        return ValueTask.CompletedTask;
                    });
            return missing;
        }, oneMoment: false, cancellation);

    /// <summary>Tells each thing in which the tables do not agree with one another, in a sentence without personal data.</summary>
    /// <param name="progress">Told the number of resources looked at.</param>
    public async Task AuditAsync(
        SearchIndexer indexer, Action<string> finding, IProgress<long> progress, CancellationToken cancellation) =>
        await _engine.ReadAsync(
            channel => new StoreAudit(
                channel, _sql, indexer, FhirTime.Of(_time.GetUtcNow()), finding, progress).RunAsync(),
            oneMoment: true, cancellation);

    /// <summary>Looks whether the log of who did what is whole; tells each fault in a sentence without personal data.</summary>
    /// <param name="known">Ends that an earlier look gave, kept elsewhere: what was there then must be there still.</param>
    /// <param name="progress">Told the number of entries looked at.</param>
    public ValueTask<AuditVerdict> VerifyLogAsync(
        ImmutableArray<AuditEnd> known, Action<string> finding, IProgress<long> progress, CancellationToken cancellation) =>
        _engine.ReadAsync(
            channel =>
            {
                channel.MostSeconds = 0;
                return new AuditVerification(channel, _sql.Audit, finding, progress).RunAsync(known);
            },
            oneMoment: true, cancellation);

    private DatabaseShape Shape()
    {
        using var context = _engine.OpenModel();
        return DatabaseShape.Of(context);
    }
}
