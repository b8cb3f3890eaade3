namespace Ajanvaraus.Fhir.Core.Ucum;

/// <summary>What a UCUM code means: how much of which base units.</summary>
/// <remarks>
/// Arbitrary units (<c>[iU]</c>) and logarithms (<c>[pH]</c>) are commensurable with nothing but themselves: they count
/// as dimensions of their own. Source: The Unified Code for Units of Measure 2.1, https://ucum.org/ucum, sections 20 to
/// 24.
/// </remarks>
public sealed class UcumUnit
{
    internal UcumUnit(UcumFactor factor, ImmutableSortedDictionary<string, int> dimensions, decimal zero = 0)
    {
        Factor = factor;
        Dimensions = dimensions;
        Zero = zero;
        Dimension = string.Join('.', dimensions.Select(pair => $"{pair.Key}{pair.Value}"));
    }

    /// <summary>Canonical text of the base units: <c>g1.m-1.s-2</c>; empty for a pure number.</summary>
    public string Dimension { get; }

    internal UcumFactor Factor { get; }

    internal ImmutableSortedDictionary<string, int> Dimensions { get; }

    /// <summary>Where the scale of a temperature begins, in its own degrees above absolute zero; else 0.</summary>
    internal decimal Zero { get; }

    public bool IsCommensurable(UcumUnit other) => Dimension == other.Dimension;

    /// <summary>The value in another commensurable unit; null when it is not commensurable or out of range.</summary>
    public decimal? Convert(decimal value, UcumUnit to) => IsCommensurable(to) && Absolute(value) is { } amount
        ? (amount / to.Factor).ToDecimal() - to.Zero
        : null;

    /// <summary>Order of two amounts; null when the units are not commensurable.</summary>
    public static int? Compare(decimal left, UcumUnit leftUnit, decimal right, UcumUnit rightUnit) =>
        leftUnit.IsCommensurable(rightUnit)
        && leftUnit.Absolute(left) is { } first && rightUnit.Absolute(right) is { } second
            ? UcumFactor.Compare(first, second)
            : null;

    private UcumFactor? Absolute(decimal value)
    {
        if (Zero != 0 && Math.Abs(value) > decimal.MaxValue / 2)
            return null;
        return UcumFactor.Of(value + Zero) * Factor;
    }
}
