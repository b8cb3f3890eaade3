using System.Buffers.Binary;
using System.Text;

namespace Ajanvaraus.Fhir.Stress.Tests;

/// <summary>A folder of time zones in which Helsinki gives up summer time with the end of a year.</summary>
/// <remarks>Format: RFC 8536, version 2.</remarks>
internal sealed class ZoneFile : IDisposable
{
    private const int FirstYear = 2000;
    private const int WinterSeconds = 2 * 3600;
    private const int SummerSeconds = 3 * 3600;

    private static readonly byte[] Names = Encoding.ASCII.GetBytes("EET\0EEST\0");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("zones");

    public ZoneFile(int lastYearOfSummerTime)
    {
        Directory.CreateDirectory(Path.Combine(Folder, "Europe"));
        var changes = Enumerable.Range(FirstYear, lastYearOfSummerTime - FirstYear + 1)
            .SelectMany(year => new[] { (At: LastSunday(year, 3), IsSummer: true), (At: LastSunday(year, 10), IsSummer: false) }).ToList();
        byte[] file = [.. Header(0), .. Types(), .. Header(changes.Count), .. Body(changes), .. Types(), .. "\nEET-2\n"u8];
        File.WriteAllBytes(Path.Combine(Folder, "Europe", "Helsinki"), file);
    }

    /// <summary>For the variable <c>TZDIR</c>.</summary>
    public string Folder => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);

    private static byte[] Header(int changes)
    {
        var header = new byte[44];
        "TZif2"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(32), changes);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(36), 2);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(40), Names.Length);
        return header;
    }

    private static IEnumerable<byte> Body(List<(DateTime At, bool IsSummer)> changes) =>
        changes.SelectMany(c =>
        {
            var seconds = new byte[8];
            BinaryPrimitives.WriteInt64BigEndian(seconds, new DateTimeOffset(c.At, TimeSpan.Zero).ToUnixTimeSeconds());
            return seconds;
        }).Concat(changes.Select(c => (byte)(c.IsSummer ? 1 : 0)));

    /// <summary>Offset, whether it is summer time, and where its name begins.</summary>
    private static byte[] Types()
    {
        var types = new byte[12];
        BinaryPrimitives.WriteInt32BigEndian(types, WinterSeconds);
        BinaryPrimitives.WriteInt32BigEndian(types.AsSpan(6), SummerSeconds);
        (types[10], types[11]) = (1, 4);
        return [.. types, .. Names];
    }

    private static DateTime LastSunday(int year, int month)
    {
        var last = new DateTime(year, month, 31, 1, 0, 0);
        return last.AddDays(-(int)last.DayOfWeek);
    }
}
