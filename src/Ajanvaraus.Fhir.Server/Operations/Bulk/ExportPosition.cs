using System.Globalization;

using Ajanvaraus.Fhir.Server.Jobs;

namespace Ajanvaraus.Fhir.Server.Operations.Bulk;

/// <summary>How far an export is.</summary>
/// <param name="Unit">Index of the type that is being written.</param>
/// <param name="File">Number of its file, from 1.</param>
/// <param name="Part">Number of the next piece of the file, from 0.</param>
/// <param name="Bytes">Of the file so far, before compression.</param>
/// <param name="Count">Resources written in all.</param>
/// <param name="Cursor">Where the next page begins; null: at the beginning.</param>
internal sealed record ExportPosition(int Unit, int File, int Part, long Bytes, long Count, string? Cursor)
{
    private const int Numbers = 5;

    public static ExportPosition Read(string text)
    {
        if (text.Length == 0)
            return new ExportPosition(0, 1, 0, 0, 0, null);
        var parts = text.Split(' ', Numbers + 1);
        var numbers = parts.Take(Numbers).Select(p => long.Parse(p, CultureInfo.InvariantCulture)).ToArray();
        return new ExportPosition(
            (int)numbers[0], (int)numbers[1], (int)numbers[2], numbers[3], numbers[4],
            parts[Numbers].Length > 0 ? parts[Numbers] : null);
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Unit} {File} {Part} {Bytes} {Count} {Cursor}");

    /// <summary>After a page: in the same file, in the next one of the type, or at the next type.</summary>
    /// <param name="next">Of the next page; null: the type is done.</param>
    public ExportPosition After(GzipLines lines, string? next, long bytesPerFile)
    {
        var count = Count + lines.Count;
        if (next is null)
            return new ExportPosition(Unit + 1, 1, 0, 0, count, null);
        var bytes = Bytes + lines.Bytes;
        return bytes >= bytesPerFile
            ? new ExportPosition(Unit, File + 1, 0, 0, count, next)
            : this with { Part = Part + (lines.Count > 0 ? 1 : 0), Bytes = bytes, Count = count, Cursor = next };
    }
}
