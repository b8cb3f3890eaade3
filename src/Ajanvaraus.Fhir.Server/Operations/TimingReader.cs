using System.Globalization;
using System.Text.RegularExpressions;

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Scheduling.Time;

using NodaTime;
using NodaTime.Text;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary>Parameters of type Timing: how often a series comes, and the days and hours that suit.</summary>
/// <remarks>
/// Of <c>Timing.repeat</c> a series reads <c>count</c>, <c>period</c> and <c>periodUnit</c> (d or wk, absent: weekly); hours
/// read <c>dayOfWeek</c>, <c>timeOfDay</c> (the minute of the start) and <c>when</c> (MORN, AFT, EVE, NIGHT). A query says
/// the same as <c>R5/P1W</c> and as <c>mon,wed,09:00,AFT</c>. The first faulty one is kept as <see cref="Problem"/>. Source: http://hl7.org/fhir/R4/datatypes.html#Timing.
/// </remarks>
internal sealed partial class TimingReader(OperationParameters parameters)
{
    private const int MaximumOccurrences = 60;
    private const int MaximumStepDays = 366;
    private const string HoursExpected = "repeat.dayOfWeek, timeOfDay, when (MORN, AFT, EVE, NIGHT)";

    private static readonly ImmutableArray<string> Weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    private static readonly Dictionary<string, (LocalTime From, LocalTime To)> DayParts = new()
    {
        ["MORN"] = (new LocalTime(6, 0), new LocalTime(12, 0)),
        ["AFT"] = (new LocalTime(12, 0), new LocalTime(18, 0)),
        ["EVE"] = (new LocalTime(18, 0), new LocalTime(22, 0)),
        ["NIGHT"] = (new LocalTime(22, 0), LocalTime.Midnight),
    };

    public Problem? Problem { get; private set; }

    /// <summary>A series by a Timing or its text, or by the number of weekly times; null when neither is given.</summary>
    public Series? Series(string timing, string count)
    {
        var weekly = parameters.First(count);
        if (parameters.First(timing) is not { } given)
            return weekly is null ? null : Read(weekly, weekly.Text, StepOf("1", "wk"));
        if (RepeatOf(given) is { } repeat)
        {
            return Read(given, repeat.Text("count") ?? weekly?.Text,
                StepOf(repeat.Text("period") ?? "1", repeat.Text("periodUnit") ?? "wk"));
        }
        var match = RepeatingInterval().Match(given.Text ?? "");
        return Read(given, match.Groups["count"].Value,
            StepOf(match.Groups["period"].Value, match.Groups["unit"].Value == "W" ? "wk" : "d"));
    }

    /// <summary>The days and hours of a Timing or its text; null when it is not given.</summary>
    public StartHours? Hours(string name)
    {
        if (parameters.First(name) is not { } given)
            return null;
        var words = RepeatOf(given) is { } repeat
            ? WordsOf(repeat)
            : (given.Text ?? "").Split(',', StringSplitOptions.TrimEntries);
        var days = ImmutableHashSet.CreateBuilder<IsoDayOfWeek>();
        var spans = ImmutableArray.CreateBuilder<(LocalTime, LocalTime)>();
        foreach (var word in words)
        {
            if (Weekdays.IndexOf(word) is >= 0 and var day)
                days.Add((IsoDayOfWeek)(day + 1));
            else if (DayParts.TryGetValue(word, out var part))
                spans.Add(part);
            else if (TimeOf(word) is { } start)
                spans.Add((start, start.PlusMinutes(1)));
            else
                Fault(given, HoursExpected);
        }
        if (days.Count == 0 && spans.Count == 0)
            Fault(given, HoursExpected);
        return new StartHours(days.ToImmutable(), spans.ToImmutable());
    }

    /// <summary>The text by which a query says the same; null for what is no Timing of ours.</summary>
    public static string? TextOf(ElementNode timing)
    {
        if (timing["repeat"] is not { } repeat)
            return null;
        if (repeat.Text("count") is not { } count)
            return string.Join(',', WordsOf(repeat));
        var unit = repeat.Text("periodUnit") == "d" ? "D" : "W";
        return $"R{count}/P{repeat.Text("period") ?? "1"}{unit}";
    }

    private static ElementNode? RepeatOf(OperationParameter given) =>
        given.Value?.Type.Name == "Timing" ? given.Value["repeat"] : null;

    private static IEnumerable<string> WordsOf(ElementNode repeat) => repeat.All("dayOfWeek")
        .Concat(repeat.All("timeOfDay")).Concat(repeat.All("when")).Select(e => e.Value).OfType<string>();

    private static LocalTime? TimeOf(string word)
    {
        var full = word.Length == 5 ? word + ":00" : word;
        return LocalTimePattern.ExtendedIso.Parse(full) is { Success: true, Value: var time } ? time : null;
    }

    private Series? Read(OperationParameter given, string? countText, int? stepDays)
    {
        if (int.TryParse(countText, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count is >= 1 and <= MaximumOccurrences && stepDays is { } step)
            return new Series(count, step);
        Fault(given, $"repeat.count 1–{MaximumOccurrences}, period 1–{MaximumStepDays}, periodUnit d | wk");
        return null;
    }

    private static int? StepOf(string period, string unit)
    {
        if (!int.TryParse(period, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number is < 1 or > MaximumStepDays)
            return null;
        var days = unit switch { "d" => number, "wk" => number * 7, _ => int.MaxValue };
        return days <= MaximumStepDays ? days : null;
    }

    [GeneratedRegex("^R(?<count>[0-9]{1,3})/P(?<period>[0-9]{1,3})(?<unit>[DW])$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RepeatingInterval();

    private void Fault(OperationParameter given, string expected) =>
        Problem ??= ParameterProblems.Rule(OperationMessages.NotATiming.At(given.Expression, given.Name, expected));
}
