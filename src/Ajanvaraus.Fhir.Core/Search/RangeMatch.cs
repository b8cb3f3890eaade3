namespace Ajanvaraus.Fhir.Core.Search;

/// <summary>What the prefixes mean between two intervals: http://hl7.org/fhir/R4/search.html#prefix.</summary>
/// <remarks>
/// <para><c>eq</c>: the interval of the resource lies inside that of the parameter; <c>ne</c>: it does not; <c>gt</c>:
/// a part of it lies above; <c>lt</c>: below; <c>ge</c>, <c>le</c>: that or equal; <c>sa</c>: it starts after; <c>eb</c>:
/// it ends before; <c>ap</c>: both overlap, where the parameter has been widened already.</para>
/// <para>A searched number stands for itself with gt, lt, ge, le, sa and eb, as if it had all digits; the resource keeps
/// the interval of its own digits. So a resource's 5 is both above and below 5 in part: the specification's reading.</para>
/// </remarks>
public static class RangeMatch
{
    /// <summary>Half-open intervals in microseconds.</summary>
    public static bool Date(SearchPrefix prefix, long start, long end, long valueStart, long valueEnd) => prefix switch
    {
        SearchPrefix.Eq => valueStart >= start && valueEnd <= end,
        SearchPrefix.Ne => valueStart < start || valueEnd > end,
        SearchPrefix.Gt => valueEnd > end,
        SearchPrefix.Lt => valueStart < start,
        SearchPrefix.Ge => valueEnd > end || (valueStart >= start && valueEnd <= end),
        SearchPrefix.Le => valueStart < start || (valueStart >= start && valueEnd <= end),
        SearchPrefix.Sa => valueStart >= end,
        SearchPrefix.Eb => valueEnd <= start,
        SearchPrefix.Co => valueStart <= start && valueEnd >= end,
        _ => valueStart < end && valueEnd > start,
    };

    public static bool Number(
        SearchPrefix prefix, double low, double high, double value, double valueLow, double valueHigh) => prefix switch
    {
        SearchPrefix.Eq => valueLow >= low && valueHigh <= high,
        SearchPrefix.Ne => valueLow < low || valueHigh > high,
        SearchPrefix.Gt => valueHigh > value,
        SearchPrefix.Lt => valueLow < value,
        SearchPrefix.Ge => valueHigh > value || (valueLow >= low && valueHigh <= high),
        SearchPrefix.Le => valueLow < value || (valueLow >= low && valueHigh <= high),
        SearchPrefix.Sa => valueLow >= value,
        SearchPrefix.Eb => valueHigh <= value,
        SearchPrefix.Co => valueLow <= value && valueHigh > value,
        _ => valueLow < high && valueHigh > low,
    };
}
