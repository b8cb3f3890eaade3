using Ajanvaraus.Fhir.Core.Ucum;

namespace Ajanvaraus.Fhir.Core.FhirPath;

/// <summary>Quantities of different units: order, sum, product.</summary>
/// <remarks>
/// A calendar year or month is no definite time: against UCUM units, and against weeks and shorter, their order is open;
/// against each other a year has 12 months. Source: http://hl7.org/fhirpath/N1/#quantity-equality .
/// </remarks>
internal static class QuantityMath
{
    /// <summary>Null when the units leave it open.</summary>
    public static int? Compare(FhirPathQuantity left, FhirPathQuantity right)
    {
        if (left.Unit == right.Unit)
            return left.Value.CompareTo(right.Value);
        var (first, second) = (LongUnit(left), LongUnit(right));
        if (first is not null && second is not null)
            return (left.Value * MonthsIn(first)).CompareTo(right.Value * MonthsIn(second));
        if (first is not null || second is not null)
            return null;
        return Units(left, right) is var (from, to) ? UcumUnit.Compare(left.Value, from, right.Value, to) : null;
    }

    /// <summary>Alike at the precision of the less precise, in the coarser unit; never unknown.</summary>
    public static bool AreEquivalent(FhirPathQuantity left, FhirPathQuantity right)
    {
        if (left.UcumCode == right.UcumCode)
            return DecimalMath.AreEquivalent(left.Value, right.Value);
        if (LongUnit(left) is { } first && LongUnit(right) is { } second)
            return left.Value * MonthsIn(first) == right.Value * MonthsIn(second);
        if (Units(left, right) is not var (from, to))
            return false;
        var (coarse, fine) = UcumFactor.Compare(from.Factor, to.Factor) < 0 ? (to, from) : (from, to);
        var (kept, other) = ReferenceEquals(coarse, from) ? (left, right) : (right, left);
        return fine.Convert(other.Value, coarse) is { } converted
            && DecimalMath.AreEquivalent(kept.Value, converted);
    }

    /// <summary>In another unit; null when that cannot be.</summary>
    /// <remarks>Here a calendar year is 365 days and a month 30, as the conversion functions say.</remarks>
    public static FhirPathQuantity? Convert(FhirPathQuantity quantity, string unit)
    {
        var target = new FhirPathQuantity(0, unit);
        if (quantity.Unit == unit)
            return quantity;
        if (LongUnit(quantity) is { } from && LongUnit(target) is { } to)
            return target with { Value = quantity.Value * MonthsIn(from) / MonthsIn(to) };
        if (LongUnit(quantity) is { } calendar)
            quantity = new FhirPathQuantity(quantity.Value * (calendar == CalendarUnit.Year ? 365 : 30), "d");
        return Units(quantity, target) is var (unitFrom, unitTo)
            && unitFrom.Convert(quantity.Value, unitTo) is { } value
            ? target with { Value = value }
            : null;
    }

    /// <summary>In the unit of the left; null when the units cannot be added.</summary>
    public static FhirPathQuantity? Add(FhirPathQuantity left, FhirPathQuantity right, bool subtract)
    {
        if (left.Unit != right.Unit && (LongUnit(left) is null) != (LongUnit(right) is null))
            return null;
        return Convert(right, left.Unit) is { } term
            ? left with { Value = subtract ? left.Value - term.Value : left.Value + term.Value }
            : null;
    }

    public static FhirPathQuantity Multiply(FhirPathQuantity left, FhirPathQuantity right) =>
        new(left.Value * right.Value, (left.UcumCode, right.UcumCode) switch
        {
            ("1", var unit) => unit,
            (var unit, "1") => unit,
            var (first, second) => $"{first}.{second}",
        });

    /// <summary>The divisor is no zero.</summary>
    public static FhirPathQuantity Divide(FhirPathQuantity left, FhirPathQuantity right) =>
        new(left.Value / right.Value, (left.UcumCode, right.UcumCode) switch
        {
            (var unit, "1") => unit,
            var (first, second) when first == second => "1",
            ("1", var unit) => $"/{Grouped(unit)}",
            var (first, second) => $"{first}/{Grouped(second)}",
        });

    /// <summary>Null when the units are unknown.</summary>
    public static bool? AreComparable(FhirPathQuantity left, FhirPathQuantity right) =>
        left.Unit == right.Unit || (Units(left, right) is var (first, second) && first.IsCommensurable(second));

    private static string Grouped(string unit) => unit.AsSpan().ContainsAny('.', '/') ? $"({unit})" : unit;

    private static (UcumUnit Left, UcumUnit Right)? Units(FhirPathQuantity left, FhirPathQuantity right) =>
        left.IsUcum && right.IsUcum
        && UcumUnits.Parse(left.UcumCode) is { } first && UcumUnits.Parse(right.UcumCode) is { } second
            ? (first, second)
            : null;

    private static CalendarUnit? LongUnit(FhirPathQuantity quantity) =>
        quantity is { IsCalendarWord: true, CalendarUnit: CalendarUnit.Year or CalendarUnit.Month }
            ? quantity.CalendarUnit
            : null;

    private static int MonthsIn(CalendarUnit? unit) => unit == CalendarUnit.Year ? 12 : 1;
}
