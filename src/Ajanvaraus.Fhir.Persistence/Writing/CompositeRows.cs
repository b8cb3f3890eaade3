using Ajanvaraus.Fhir.Core.Search;

namespace Ajanvaraus.Fhir.Persistence.Writing;

/// <summary>The rows of one part of a composite at one element.</summary>
internal static class CompositeRows
{
    public static void Add(DerivedRows rows, int occurrence, IndexEntries part)
    {
        foreach (var e in part.Tokens)
            Add(e.Parameter, system: e.System, code: e.Code);
        foreach (var e in part.Strings)
            Add(e.Parameter, text: e.Normalized);
        foreach (var e in part.Dates)
            Add(e.Parameter, low: e.Start, high: e.End);
        foreach (var e in part.References)
            Add(e.Parameter, system: e.TargetType, code: e.TargetId.Length > 0 ? e.TargetId : e.Uri);
        foreach (var e in part.Numbers)
            Add(e.Parameter, low: e.Low, high: e.High);
        foreach (var e in part.Quantities)
            Add(e.Parameter, e.System, e.Code, e.Unit, low: e.Low, high: e.High);
        foreach (var e in part.Uris)
            Add(e.Parameter, code: e.Uri);

        void Add(
            int parameter, string system = "", string code = "", string unit = "", string text = "", double low = 0,
            double high = 0) =>
            rows.Add(
                IndexTable.Composite, parameter, occurrence, IndexText.Key(system), IndexText.Key(code), IndexText.Key(unit),
                text, DerivedRows.Finite(low), DerivedRows.Finite(high));
    }
}
