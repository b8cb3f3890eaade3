namespace Ajanvaraus.Fhir.Core.Ucum;

/// <summary>A number as mantissa × 10^exponent with 28 decimal digits: what lies between units may exceed a decimal.</summary>
/// <param name="Mantissa">From 1 to below 10, negative, or 0.</param>
internal readonly record struct UcumFactor(decimal Mantissa, int Exponent)
{
    public static readonly UcumFactor One = new(1, 0);

    /// <summary>Beyond any unit that means something; keeps powers of powers from running on.</summary>
    private const int MaxExponent = 10_000;

    public static UcumFactor Of(decimal value, int exponent = 0)
    {
        if (value == 0)
            return default;
        while (Math.Abs(value) >= 10)
        {
            value /= 10;
            exponent++;
        }
        while (Math.Abs(value) < 1)
        {
            value *= 10;
            exponent--;
        }
        return new UcumFactor(value, Math.Clamp(exponent, -MaxExponent, MaxExponent));
    }

    public static UcumFactor operator *(UcumFactor left, UcumFactor right) =>
        Of(left.Mantissa * right.Mantissa, left.Exponent + right.Exponent);

    /// <summary>The divisor is no zero.</summary>
    public static UcumFactor operator /(UcumFactor left, UcumFactor right) =>
        Of(left.Mantissa / right.Mantissa, left.Exponent - right.Exponent);

    public UcumFactor Power(int power)
    {
        var result = One;
        for (var i = 0; i < Math.Abs(power); i++)
            result *= this;
        return power < 0 ? One / result : result;
    }

    /// <summary>Order of two numbers; what differs beyond the 24th digit came of rounding and is equal.</summary>
    public static int Compare(UcumFactor left, UcumFactor right)
    {
        var sign = Math.Sign(left.Mantissa);
        if (sign != Math.Sign(right.Mantissa) || sign == 0)
            return sign.CompareTo(Math.Sign(right.Mantissa));
        left = Of(decimal.Round(left.Mantissa, 24), left.Exponent);
        right = Of(decimal.Round(right.Mantissa, 24), right.Exponent);
        return left.Exponent == right.Exponent
            ? left.Mantissa.CompareTo(right.Mantissa)
            : sign * left.Exponent.CompareTo(right.Exponent);
    }

    /// <summary>As a decimal without trailing zeros; null when it is out of range.</summary>
    public decimal? ToDecimal()
    {
        if (Exponent > 27)
            return null;
        var value = decimal.Round(Mantissa, 24);
        for (var i = 0; i < Math.Abs(Exponent) && value != 0; i++)
            value = Exponent > 0 ? value * 10 : value / 10;
        return value / 1.0000000000000000000000000000m;
    }
}
