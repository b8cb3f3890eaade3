using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

using Ajanvaraus.Fhir.Core.Issues;

namespace Ajanvaraus.Fhir.Persistence.Archive;

/// <summary>An archive whose every byte has been checked against its digests.</summary>
public sealed class BackupReader : IDisposable
{
    /// <summary>No manifest comes near; a damaged length must not fill the memory.</summary>
    private const int MostManifestBytes = 1 << 20;

    private readonly ZipArchive _archive;

    private BackupReader(ZipArchive archive, BackupManifest manifest)
    {
        _archive = archive;
        Manifest = manifest;
    }

    public BackupManifest Manifest { get; }

    /// <summary>Opens and checks the whole archive: manifest, table by table, digest by digest.</summary>
    /// <param name="input">Can seek; stays open.</param>
    public static async ValueTask<Outcome<BackupReader>> OpenAsync(Stream input, CancellationToken cancellation)
    {
        ZipArchive? archive = null;
        try
        {
            archive = new ZipArchive(input, ZipArchiveMode.Read, leaveOpen: true);
            if (await ManifestAsync(archive, cancellation) is not { } manifest)
                return Damaged(archive, BackupManifest.Name);
            foreach (var table in manifest.Tables)
                if (await DigestAsync(archive, table.Entry, cancellation) != table.Sha256)
                    return Damaged(archive, table.Entry);
            return new BackupReader(archive, manifest);
        }
        catch (Exception e) when (IsDamage(e))
        {
            return Damaged(archive, "zip");
        }
    }

    /// <summary>The rows of a table, one after another.</summary>
    internal IEnumerable<object?[]> Rows(BackupTable table)
    {
        using var entry = _archive.GetEntry(table.Entry)!.Open();
        using var input = new BinaryReader(new BufferedStream(entry, 1 << 16));
        while (RowFormat.Read(input, table.Shape) is { } row)
            yield return row;
    }

    public void Dispose() => _archive.Dispose();

    private static Problem Damaged(ZipArchive? archive, string part)
    {
        archive?.Dispose();
        return CommandMessages.ArchiveDamaged.As(ProblemKind.Invalid, null, part);
    }

    /// <summary>All that the zip reader says to bytes that make no archive.</summary>
    private static bool IsDamage(Exception e) =>
        e is InvalidDataException or EndOfStreamException or ArgumentException or OverflowException
            or NotSupportedException or IOException;

    private static async ValueTask<BackupManifest?> ManifestAsync(ZipArchive archive, CancellationToken cancellation)
    {
        if (await ReadAsync(archive, BackupManifest.Name, cancellation) is not { } json
            || await ReadAsync(archive, BackupManifest.DigestName, cancellation) is not { } digest
            || Encoding.ASCII.GetString(digest) != Convert.ToHexStringLower(SHA256.HashData(json)))
            return null;
        return BackupManifest.Parse(json);
    }

    private static async ValueTask<byte[]?> ReadAsync(
        ZipArchive archive, string name, CancellationToken cancellation)
    {
        if (archive.GetEntry(name) is not { Length: <= MostManifestBytes } entry)
            return null;
        using var content = new MemoryStream();
        await using var stream = await entry.OpenAsync(cancellation);
        await stream.CopyToAsync(content, cancellation);
        return content.ToArray();
    }

    private static async ValueTask<string?> DigestAsync(
        ZipArchive archive, string name, CancellationToken cancellation)
    {
        if (archive.GetEntry(name) is not { } entry)
            return null;
        await using var stream = await entry.OpenAsync(cancellation);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellation));
    }
}
