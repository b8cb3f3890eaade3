using Ajanvaraus.Fhir.Core.FhirPath;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Search.Extraction;

/// <summary>Dates as half-open intervals: http://hl7.org/fhir/R4/search.html#date.</summary>
internal static class DateExtraction
{
    public static void Add(int key, ElementNode node, ZoneRules zone, EntryList<DateEntry> entries)
    {
        switch (node.Type.Name)
        {
            case "date" or "dateTime" or "instant":
                if (Interval(node.Value, zone) is var (start, end))
                    entries.Add(new DateEntry(key, start, end));
                break;
            case "Period":
                AddPeriod(key, node, zone, entries);
                break;
            case "Timing":
                AddTiming(key, node, zone, entries);
                break;
        }
    }

    /// <summary>One entry from start to end; where only one is known it lasts its written precision.</summary>
    /// <remarks>The end of a booking is exclusive: a visit until 10:00 does not overlap one from 10:00.</remarks>
    public static void AddSpan(int key, List<FhirPathValue> values, ZoneRules zone, EntryList<DateEntry> entries)
    {
        long? first = null;
        long? last = null;
        foreach (var value in values)
        {
            if (value.Node is not { } node || Interval(node.Value, zone) is not var (start, end))
                continue;
            if (node.Name == "end")
                last = start;
            else
                first = start;
            last ??= values.Count == 1 ? end : null;
        }
        if ((first ?? last) is { } from && last is { } to)
            entries.Add(new DateEntry(key, from, Math.Max(to, from + 1)));
    }

    private static (long Start, long End)? Interval(string? text, ZoneRules zone) =>
        text is not null && FhirInstant.TryParse(text, zone, out var value) ? (value.Start, value.End) : null;

    private static void AddPeriod(int key, ElementNode period, ZoneRules zone, EntryList<DateEntry> entries)
    {
        var start = Interval(period.Text("start"), zone);
        var end = Interval(period.Text("end"), zone);
        if (start is not null || end is not null)
            entries.Add(new DateEntry(key, start?.Start ?? long.MinValue, end?.End ?? long.MaxValue));
    }

    /// <summary>Its events and the bounds of its repetition: the days between are not worked out.</summary>
    private static void AddTiming(int key, ElementNode timing, ZoneRules zone, EntryList<DateEntry> entries)
    {
        foreach (var child in timing.Children)
        {
            if (child.Name == "event")
                Add(key, child, zone, entries);
            else if (child.Name == "repeat" && child["bounds"] is { Type.Name: "Period" } bounds)
                AddPeriod(key, bounds, zone, entries);
        }
    }
}
