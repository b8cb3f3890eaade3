using System.Globalization;

namespace Ajanvaraus.Fhir.Core.Search;

/// <summary>A number with the interval that its written digits cover.</summary>
/// <remarks>
/// <c>100</c> is [99.5, 100.5), <c>100.00</c> is [99.995, 100.005): half a unit of the last written digit to both sides.
/// With an exponent it is a twentieth: the specification gives [95, 105) for <c>1e2</c>.
/// Source: http://hl7.org/fhir/R4/search.html#number.
/// </remarks>
public readonly record struct NumberInterval(double Low, double High, double Value)
{
    private const decimal Largest = 1e27m;

    private const NumberStyles Style =
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    public static bool TryParse(ReadOnlySpan<char> text, out NumberInterval interval)
    {
        interval = default;
        if (!decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out var value) || text.Length > 40)
            return false;
        var half = Math.Abs(value) > Largest ? null : HalfUnit(text);
        interval = half is { } exact
            ? new NumberInterval((double)(value - exact), (double)(value + exact), (double)value)
            : new NumberInterval((double)value, (double)value, (double)value);
        return true;
    }

    /// <summary>Null when the unit is finer or coarser than a decimal can hold: then the number stands for itself.</summary>
    private static decimal? HalfUnit(ReadOnlySpan<char> text)
    {
        var exponent = 0;
        var e = text.IndexOfAny('e', 'E');
        if (e >= 0)
        {
            if (!int.TryParse(text[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
                return null;
            text = text[..e];
            exponent--;
        }
        var dot = text.IndexOf('.');
        var power = exponent - (dot < 0 ? 0 : text.Length - dot - 1);
        if (power is < -27 or > 26)
            return null;
        var unit = 1m;
        for (; power > 0; power--)
            unit *= 10;
        return power < 0 ? new decimal(5, 0, 0, false, (byte)(1 - power)) : unit / 2;
    }
}
