using System.IO.Compression;
using System.Security.Cryptography;

using Ajanvaraus.Fhir.Persistence.Sql;

namespace Ajanvaraus.Fhir.Persistence.Archive;

/// <summary>Writes the whole database, as it is at one moment, into an archive.</summary>
internal sealed class BackupWriter(SqlChannel channel, Stream output, IProgress<TableProgress> progress)
{
    private const int ReportEvery = 10_000;

    /// <param name="about">Schema, moment and source; its tables are filled in here.</param>
    public async ValueTask<BackupManifest> WriteAsync(DatabaseShape shape, BackupManifest about)
    {
        using var archive = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true);
        var tables = ImmutableArray.CreateBuilder<BackupTable>(shape.Tables.Length);
        foreach (var table in shape.Tables)
            tables.Add(await WriteAsync(archive, table));
        var manifest = about with { Tables = tables.DrainToImmutable() };
        var json = manifest.ToJson();
        await WriteEntryAsync(archive, BackupManifest.Name, json);
        var digest = Convert.ToHexStringLower(SHA256.HashData(json));
        await WriteEntryAsync(archive, BackupManifest.DigestName, System.Text.Encoding.ASCII.GetBytes(digest));
        return manifest;
    }

    private async ValueTask<BackupTable> WriteAsync(ZipArchive archive, TableShape table)
    {
        await using var entry = await archive
            .CreateEntry(BackupTable.EntryOf(table), CompressionLevel.Fastest).OpenAsync();
        using var sha256 = SHA256.Create();
        var rows = 0L;
        await using (var hashed = new CryptoStream(entry, sha256, CryptoStreamMode.Write, leaveOpen: true))
        await using (var rowOutput = new BinaryWriter(new BufferedStream(hashed, 1 << 16)))
        {
            await channel.EachAsync($"SELECT {table.ColumnList} FROM {table.Name}", row =>
            {
                RowFormat.Write(rowOutput, table, row);
                if (++rows % ReportEvery == 0)
                    progress.Report(new TableProgress(table.Name, rows));
                return ValueTask.CompletedTask;
            });
            RowFormat.WriteEnd(rowOutput);
        }
        progress.Report(new TableProgress(table.Name, rows));
        return new BackupTable(table, rows, Convert.ToHexStringLower(sha256.Hash!));
    }

    private static async ValueTask WriteEntryAsync(ZipArchive archive, string name, byte[] content)
    {
        await using var entry = await archive.CreateEntry(name).OpenAsync();
        await entry.WriteAsync(content);
    }
}

/// <summary>How many rows of a table have been written or read.</summary>
public readonly record struct TableProgress(string Table, long Rows);
