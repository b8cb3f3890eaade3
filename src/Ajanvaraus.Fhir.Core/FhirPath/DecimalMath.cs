namespace Ajanvaraus.Fhir.Core.FhirPath;

/// <summary>Decimals by their written precision.</summary>
internal static class DecimalMath
{
    /// <summary>Equal at the lesser precision of both; trailing zeros are no precision.</summary>
    /// <remarks>Source: http://hl7.org/fhirpath/N1/#equivalent .</remarks>
    public static bool AreEquivalent(decimal first, decimal second)
    {
        var digits = Math.Min(Trimmed(first).Scale, Trimmed(second).Scale);
        return Round(first, digits) == Round(second, digits);
    }

    public static decimal Round(decimal value, int digits) =>
        decimal.Round(value, digits, MidpointRounding.AwayFromZero);

    /// <summary>Dividing by one with all its zeros leaves no trailing zero.</summary>
    public static decimal Trimmed(decimal value) => value / 1.0000000000000000000000000000m;

    /// <summary>The least or greatest value that is written so, with the digits asked for; null beyond 28 digits.</summary>
    /// <remarks>
    /// Half a unit of the last written digit away. With fewer digits than written the bound towards zero is cut and the
    /// one away from zero rounded, as HL7's test suite has it.
    /// </remarks>
    public static decimal? Boundary(decimal value, int digits, bool high)
    {
        if (digits is < 0 or > 28)
            return null;
        var half = new decimal(5, 0, 0, false, (byte)Math.Min(value.Scale + 1, 28));
        var isAway = high == (value >= 0);
        var bound = high ? value + half : value - half;
        var cut = isAway ? Round(bound, digits) : decimal.Round(bound, digits, MidpointRounding.ToZero);
        return WithScale(cut, digits);
    }

    private static decimal? WithScale(decimal value, int digits)
    {
        if (value.Scale >= digits)
            return value;
        var zero = new decimal(0, 0, 0, false, (byte)digits);
        var scaled = value + zero;
        return scaled.Scale == digits ? scaled : null;
    }
}
