using System.Globalization;

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Ucum;

namespace Ajanvaraus.Fhir.Core.Search.Query;

/// <summary><c>near=[latitude]|[longitude]|[distance]|[units]</c>: http://hl7.org/fhir/R4/location.html#positional.</summary>
/// <remarks>
/// Units are UCUM codes of length, kilometres when none is told; <c>mi</c> is taken for the mile. Without distance a
/// place is near within <see cref="DefaultMetres"/>.
/// </remarks>
internal static class NearValueParser
{
    /// <summary>What one goes to by bicycle or bus without much ado.</summary>
    public const double DefaultMetres = 10_000;

    private static readonly UcumUnit Metre = UcumUnits.Parse("m")!;

    public static Outcome<SearchExpression> Read(SearchParameter parameter, string name, string text)
    {
        var parts = ValueText.Split(text, '|');
        if (parts.Count is < 2 or > 4
            || !TryNumber(parts[0], -90, 90, out var latitude) || !TryNumber(parts[1], -180, 180, out var longitude)
            || Metres(parts) is not { } metres)
            return new Problem(ProblemKind.Invalid,
                [SearchIssues.BadValue(name, "[latitude]|[longitude]|[distance]|[km m [mi_us] …]")]);
        return new NearExpression(parameter, GeoPoint.Of(latitude, longitude), GeoPoint.Chord(metres));
    }

    /// <summary>Null when it is no length.</summary>
    private static double? Metres(List<string> parts)
    {
        if (parts.Count < 3 || parts[2].Length == 0)
            return parts.Count == 4 && parts[3].Length > 0 && UnitOf(parts[3]) is null ? null : DefaultMetres;
        if (!TryNumber(parts[2], 0, 1e9, out var distance))
            return null;
        var unit = UnitOf(parts.Count == 4 ? parts[3] : "");
        return unit?.Convert((decimal)distance, Metre) is { } metres ? (double)metres : null;
    }

    private static UcumUnit? UnitOf(string text)
    {
        var unit = UcumUnits.Parse(ValueText.Unescape(text) switch
        {
            "" => "km",
            "mi" => "[mi_i]",
            var code => code,
        });
        return unit is not null && unit.IsCommensurable(Metre) ? unit : null;
    }

    private static bool TryNumber(string text, double least, double most, out double number) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out number) && number >= least && number <= most;
}
