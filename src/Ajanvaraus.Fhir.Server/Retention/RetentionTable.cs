using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Ajanvaraus.Fhir.Server.Retention;

/// <summary>From when the years run.</summary>
public enum RetentionStart
{
    /// <summary>The client's matter in the service task was closed.</summary>
    Closing,

    /// <summary>The client died.</summary>
    Death,

    /// <summary>A child whom it is about was born; of those who are no children the row says nothing.</summary>
    ChildBirth,
}

/// <summary>How long something is kept.</summary>
public readonly record struct RetentionPeriod(RetentionStart From, int Years);

/// <summary>How long documents of each service task are kept, and what is known of clients.</summary>
/// <remarks>Shape: lines of <c>what;from;years</c>, comments after <c>#</c>. Errors: a line that cannot be read is told with its
/// number; nothing is taken away by a table that is half understood. Source: law 703/2023; docs/retention.md.</remarks>
public sealed class RetentionTable
{
    /// <summary>What is known of the client itself.</summary>
    public const string Client = "Patient";

    private const int MostYears = 200;

    private readonly FrozenDictionary<string, ImmutableArray<RetentionPeriod>> _periods;

    private RetentionTable(IEnumerable<(string What, RetentionPeriod Period)> rows) =>
        _periods = rows.GroupBy(r => r.What).ToFrozenDictionary(g => g.Key, g => g.Select(r => r.Period).ToImmutableArray());

    /// <summary>The table that comes with the server.</summary>
    public static RetentionTable BuiltIn { get; } = Read(Text());

    /// <exception cref="FormatException">With the line.</exception>
    public static RetentionTable Read(string text) => new(Rows(text).ToList());

    /// <summary>None: the table says nothing, and it is kept.</summary>
    public ImmutableArray<RetentionPeriod> Of(string what) => _periods.GetValueOrDefault(what, []);

    private static IEnumerable<(string What, RetentionPeriod Period)> Rows(string text)
    {
        var line = 0;
        foreach (var record in text.Split('\n'))
        {
            line++;
            var content = record.Split('#')[0].Trim();
            if (content.Length == 0)
                continue;
            if (content.Split(';') is not [{ Length: > 0 } what, var from, var years]
                || Start(from) is not { } start
                || !int.TryParse(years, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count > MostYears)
                throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"Line {line}: what;from;years is needed"));
            yield return (what, new RetentionPeriod(start, count));
        }
    }

    private static RetentionStart? Start(string text) => text switch
    {
        "closing" => RetentionStart.Closing,
        "death" => RetentionStart.Death,
        "child-birth" => RetentionStart.ChildBirth,
        _ => null,
    };

    private static string Text()
    {
        using var stream = typeof(RetentionTable).Assembly.GetManifestResourceStream("Retention/retention.csv")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
