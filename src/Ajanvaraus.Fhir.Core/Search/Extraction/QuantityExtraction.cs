using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Search.Extraction;

/// <summary>Numbers and quantities: http://hl7.org/fhir/R4/search.html#number and #quantity.</summary>
internal static class QuantityExtraction
{
    private const string CurrencySystem = "urn:iso:std:iso:4217";

    public static void AddNumber(int key, ElementNode node, EntryList<NumberEntry> entries)
    {
        if (Interval(node) is var (low, high))
            entries.Add(new NumberEntry(key, low, high));
    }

    public static void Add(int key, ElementNode node, EntryList<QuantityEntry> entries)
    {
        if (Interval(node) is not var (low, high))
            return;
        if (node.Type.Name == "Money")
        {
            var currency = node.Text("currency") ?? "";
            entries.Add(new QuantityEntry(key, CurrencySystem, currency, currency, low, high));
            return;
        }
        var unit = node.Type.Name == "Range" ? node["low"] ?? node["high"] ?? node : node;
        entries.Add(new QuantityEntry(
            key, unit.Text("system") ?? "", unit.Text("code") ?? "", unit.Text("unit") ?? "", low, high));
    }

    private static (double Low, double High)? Interval(ElementNode node)
    {
        if (node.IsPrimitive)
            return Interval(node.Value);
        return node.Type.Name == "Range" ? Range(node) : Compared(node);
    }

    private static (double Low, double High)? Interval(string? text) =>
        text is not null && NumberInterval.TryParse(text, out var number) ? (number.Low, number.High) : null;

    private static (double Low, double High)? Range(ElementNode range)
    {
        var low = Interval(range["low"]?.Text("value"));
        var high = Interval(range["high"]?.Text("value"));
        if (low is null && high is null)
            return null;
        return (low?.Low ?? double.NegativeInfinity, high?.High ?? double.PositiveInfinity);
    }

    /// <summary><c>&lt; 5</c> is every number below five.</summary>
    private static (double Low, double High)? Compared(ElementNode quantity)
    {
        if (quantity.Text("value") is not { } text || !NumberInterval.TryParse(text, out var number))
            return null;
        return quantity.Text("comparator") switch
        {
            "<" => (double.NegativeInfinity, number.Value),
            "<=" => (double.NegativeInfinity, number.High),
            ">" => (number.Value, double.PositiveInfinity),
            ">=" => (number.Low, double.PositiveInfinity),
            _ => (number.Low, number.High),
        };
    }
}
