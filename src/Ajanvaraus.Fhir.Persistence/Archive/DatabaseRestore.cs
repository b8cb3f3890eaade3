using System.Data.Common;

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Persistence.Sql;

namespace Ajanvaraus.Fhir.Persistence.Archive;

/// <summary>Brings an archive into an empty database, in one transaction.</summary>
internal sealed class DatabaseRestore(BackupReader backup, DatabaseShape shape, IProgress<TableProgress> progress)
{
    private const int MostRows = 1000;
    private const int MostBytes = 4 << 20;

    /// <summary>Why the archive does not fit the database; null when it does.</summary>
    public Problem? Misfit()
    {
        var manifest = backup.Manifest;
        if (manifest.Schema != shape.Schema)
            return CommandMessages.ArchiveOtherVersion.As(ProblemKind.Invalid, null, manifest.Schema, shape.Schema);
        var isSame = manifest.Tables.Length == shape.Tables.Length
            && manifest.Tables.Zip(shape.Tables).All(t => t.First.Shape.IsLike(t.Second));
        return isSame ? null : CommandMessages.ArchiveOtherTables.As(ProblemKind.Invalid);
    }

    /// <summary>Loads all rows; the problem that it returns undoes them.</summary>
    public async ValueTask<Outcome<BackupManifest>> RunAsync(SqlChannel channel)
    {
        foreach (var table in shape.Tables)
            if (await channel.FirstAsync($"SELECT CASE WHEN EXISTS (SELECT 1 FROM {table.Name}) THEN 1 ELSE 0 END",
                r => r.GetInt32(0)) != 0)
                return CommandMessages.DatabaseNotEmpty.As(ProblemKind.Conflict, null, table.Name);
        try
        {
            foreach (var (table, known) in backup.Manifest.Tables.Zip(shape.Tables))
                if (await LoadAsync(channel, table, known) is { } problem)
                    return problem;
        }
        catch (DbException e) when (channel.Dialect.Classify(e) == SqlFailure.None)
        {
            return CommandMessages.ArchiveRefused.As(ProblemKind.Unprocessable, null, e.Message);
        }
        await KeysGoOnAsync(channel);
        return backup.Manifest;
    }

    private async ValueTask<Problem?> LoadAsync(SqlChannel channel, BackupTable table, TableShape known)
    {
        var bringsKeys = known.CountedKey is not null;
        if (bringsKeys && channel.Dialect.BringsKeys(table.Shape.Name, isOn: true) is { } on)
            await channel.ExecuteAsync(on);
        var count = 0L;
        var load = new TableLoad(channel, table.Shape);
        foreach (var row in backup.Rows(table))
        {
            await load.AddAsync(row);
            if (load.Rows >= MostRows || load.Bytes >= MostBytes)
                await load.SendAsync();
            if (++count % (MostRows * 10) == 0)
                progress.Report(new TableProgress(table.Shape.Name, count));
        }
        await load.SendAsync();
        if (bringsKeys && channel.Dialect.BringsKeys(table.Shape.Name, isOn: false) is { } off)
            await channel.ExecuteAsync(off);
        progress.Report(new TableProgress(table.Shape.Name, count));
        return count == table.Rows
            ? null
            : CommandMessages.ArchiveDamaged.As(ProblemKind.Invalid, null, table.Entry);
    }

    /// <summary>What is made from now on gets keys beyond all those that were brought in.</summary>
    private async ValueTask KeysGoOnAsync(SqlChannel channel)
    {
        var last = await channel.FirstAsync(
            "SELECT (SELECT COALESCE(MAX(resource_key), 0) FROM resource), "
            + "(SELECT COALESCE(MAX(version_key), 0) FROM resource_version)",
            r => Math.Max(r.GetInt64(0), r.GetInt64(1)));
        var identities = shape.Tables.Where(t => t.CountedKey is not null).Select(t => (t.Name, t.CountedKey!));
        foreach (var statement in channel.Dialect.KeysGoOn(shape.Sequences, last, [.. identities]))
            await channel.ExecuteAsync(statement);
        channel.GoOnAfter(last);
    }
}
