using System.Collections.Frozen;
using System.Globalization;

using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.FhirPath;

/// <summary>Units of the calendar, the longest first.</summary>
internal enum CalendarUnit { Year, Month, Week, Day, Hour, Minute, Second, Millisecond }

/// <summary>A quantity; unit is a UCUM code, a calendar word (<c>day</c>) or, lacking both, the unit text.</summary>
/// <remarks>Source: http://hl7.org/fhirpath/N1/#quantity , http://hl7.org/fhir/R4/fhirpath.html#quantity .</remarks>
public sealed record FhirPathQuantity(decimal Value, string Unit)
{
    private const string Ucum = "http://unitsofmeasure.org";

    private static readonly FrozenDictionary<string, CalendarUnit> Words = Enum.GetValues<CalendarUnit>()
        .SelectMany(unit => new[] { $"{unit}".ToLowerInvariant(), $"{unit}s".ToLowerInvariant() }
            .Select(word => KeyValuePair.Create(word, unit)))
        .ToFrozenDictionary();

    /// <summary>From an element: a year or month of UCUM means one of the calendar there.</summary>
    public bool IsElement { get; init; }

    /// <summary>False when the unit belongs to another system than UCUM: then it equals only itself.</summary>
    public bool IsUcum { get; init; } = true;

    /// <summary>Written as a word: <c>4 days</c>, not <c>4 'd'</c>.</summary>
    internal bool IsCalendarWord => Words.ContainsKey(Unit);

    /// <summary>What it adds to a date; null when the unit is none of time, or a definite month or year.</summary>
    internal CalendarUnit? CalendarUnit => Words.TryGetValue(Unit, out var unit) ? unit : Unit switch
    {
        "wk" => FhirPath.CalendarUnit.Week,
        "d" => FhirPath.CalendarUnit.Day,
        "h" => FhirPath.CalendarUnit.Hour,
        "min" => FhirPath.CalendarUnit.Minute,
        "s" => FhirPath.CalendarUnit.Second,
        "ms" => FhirPath.CalendarUnit.Millisecond,
        "mo" when IsElement => FhirPath.CalendarUnit.Month,
        "a" when IsElement => FhirPath.CalendarUnit.Year,
        _ => null,
    };

    /// <summary>The UCUM code, also of a calendar word.</summary>
    public string UcumCode => Words.TryGetValue(Unit, out var unit) ? unit switch
    {
        FhirPath.CalendarUnit.Year => "a",
        FhirPath.CalendarUnit.Month => "mo",
        FhirPath.CalendarUnit.Week => "wk",
        FhirPath.CalendarUnit.Day => "d",
        FhirPath.CalendarUnit.Hour => "h",
        FhirPath.CalendarUnit.Minute => "min",
        FhirPath.CalendarUnit.Second => "s",
        _ => "ms",
    } : Unit;

    public static bool IsCalendar(string word) => Words.ContainsKey(word);

    public override string ToString() =>
        Value.ToString(CultureInfo.InvariantCulture) + (IsCalendarWord ? $" {Unit}" : $" '{Unit}'");

    /// <summary>A number, with a unit in quotes or a calendar word behind it: <c>4 'mg'</c>, <c>4 days</c>.</summary>
    public static FhirPathQuantity? Parse(string text)
    {
        var space = text.AsSpan().IndexOfAny(' ', '\t', '\'');
        var number = space < 0 ? text : text[..space];
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        if (!decimal.TryParse(number, Style, CultureInfo.InvariantCulture, out var value))
            return null;
        if (space < 0)
            return new FhirPathQuantity(value, "1");
        var unit = text[space..].Trim();
        if (unit is ['\'', _, .., '\''])
            return new FhirPathQuantity(value, unit[1..^1]);
        return IsCalendar(unit) ? new FhirPathQuantity(value, unit) : null;
    }

    /// <summary>Null without value, or with a comparator: <c>&lt; 5 mg</c> is no single quantity.</summary>
    internal static FhirPathQuantity? From(ElementNode node)
    {
        if (!decimal.TryParse(node.Text("value"), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            || node["comparator"] is not null)
            return null;
        var system = node.Text("system");
        var unit = node.Text("code") ?? node.Text("unit");
        return new FhirPathQuantity(number, unit ?? "1")
        {
            IsElement = true,
            IsUcum = unit is null || system == Ucum || (system is null && node["code"] is not null),
        };
    }
}
