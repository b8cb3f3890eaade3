namespace Ajanvaraus.Fhir.Core.FhirPath;

/// <summary>A date or time plus or minus a time-valued quantity: http://hl7.org/fhirpath/N1/#datetime-arithmetic .</summary>
/// <remarks>
/// Calendar durations and definite ones up to a week move the wall clock; the fraction of a unit above seconds is
/// ignored. A unit finer than the value is cut to the value's precision (<c>@2014 + 24 months</c> is <c>@2016</c>). A
/// day that the new month does not have becomes its last.
/// </remarks>
internal static class TemporalArithmetic
{
    private const long Day = TimeSpan.TicksPerDay;

    /// <summary>False when the unit is none of time, or no calendar one where one is needed.</summary>
    /// <param name="result">Null beyond the years 1 to 9999.</param>
    public static bool TryAdd(
        FhirPathTemporal moment, FhirPathQuantity quantity, bool subtract, out FhirPathTemporal? result)
    {
        result = null;
        if (quantity.CalendarUnit is not { } unit
            || (moment.Kind == TemporalKind.Time && unit < CalendarUnit.Hour))
            return false;
        var amount = unit < CalendarUnit.Second ? decimal.Truncate(quantity.Value) : quantity.Value;
        if (subtract)
            amount = -amount;
        if (Math.Abs(amount) > 1_000_000_000_000m)
            return true;
        result = unit <= CalendarUnit.Month
            ? AddMonths(moment, (long)amount * (unit == CalendarUnit.Year ? 12 : 1))
            : AddTicks(moment, (long)(amount * Ticks(unit)));
        return true;
    }

    private static long Ticks(CalendarUnit unit) => unit switch
    {
        CalendarUnit.Week => 7 * Day,
        CalendarUnit.Day => Day,
        CalendarUnit.Hour => TimeSpan.TicksPerHour,
        CalendarUnit.Minute => TimeSpan.TicksPerMinute,
        CalendarUnit.Second => TimeSpan.TicksPerSecond,
        _ => TimeSpan.TicksPerMillisecond,
    };

    private static FhirPathTemporal? AddMonths(FhirPathTemporal moment, long months)
    {
        if (moment.Precision == TemporalPrecision.Year)
            months = months / 12 * 12;
        var total = (moment.Local.Year * 12L) + moment.Local.Month - 1 + months;
        return total is >= 12 and < 120_000
            ? Written(moment, moment.Local.AddMonths((int)months), moment.Precision)
            : null;
    }

    private static FhirPathTemporal? AddTicks(FhirPathTemporal moment, long ticks)
    {
        switch (moment.Precision)
        {
            case TemporalPrecision.Year:
                return AddMonths(moment, ticks / (365 * Day) * 12);
            case TemporalPrecision.Month:
                return AddMonths(moment, ticks / (30 * Day));
        }
        var unit = moment.Precision switch
        {
            TemporalPrecision.Day => Day,
            TemporalPrecision.Hour => TimeSpan.TicksPerHour,
            TemporalPrecision.Minute => TimeSpan.TicksPerMinute,
            _ => 1,
        };
        var sum = moment.Local.Ticks + (ticks / unit * unit);
        if (moment.Kind == TemporalKind.Time)
            sum = moment.Local.Date.Ticks + ((sum % Day) + Day) % Day;
        if (sum < 0 || sum > DateTime.MaxValue.Ticks)
            return null;
        var hasNewFraction = moment.Precision == TemporalPrecision.Second && sum % TimeSpan.TicksPerSecond != 0;
        return Written(moment, new DateTime(sum), hasNewFraction ? TemporalPrecision.Millisecond : moment.Precision);
    }

    private static FhirPathTemporal Written(FhirPathTemporal moment, DateTime local, TemporalPrecision precision)
    {
        var digits = TemporalText.FractionDigits(moment);
        return TemporalText.Of(moment.Kind, local, precision, moment.OffsetMinutes, digits == 0 ? 3 : digits);
    }
}
