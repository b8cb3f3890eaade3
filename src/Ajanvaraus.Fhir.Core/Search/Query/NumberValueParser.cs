using Ajanvaraus.Fhir.Core.Issues;

namespace Ajanvaraus.Fhir.Core.Search.Query;

/// <summary>Numbers and quantities with their prefix: http://hl7.org/fhir/R4/search.html#number.</summary>
/// <remarks><c>ap</c> widens by a tenth of the value, never below the written precision.</remarks>
internal static class NumberValueParser
{
    public static Outcome<SearchExpression> Number(SearchParameter parameter, string name, string text)
    {
        var outcome = Value(name, text);
        if (outcome.Failed)
            return outcome.Problem;
        var (prefix, number) = outcome.Value;
        return new NumberExpression(parameter, prefix, number.Low, number.High, number.Value);
    }

    /// <summary><c>5.4</c>, <c>5.4|system|code</c>, <c>5.4||unit</c>.</summary>
    public static Outcome<SearchExpression> Quantity(SearchParameter parameter, string name, string text)
    {
        var parts = ValueText.Split(text, '|');
        var outcome = Value(name, parts[0]);
        if (outcome.Failed)
            return outcome.Problem;
        if (parts.Count is not (1 or 3))
            return Bad(name);
        var (prefix, number) = outcome.Value;
        return new QuantityExpression(
            parameter, prefix, number.Low, number.High, number.Value, Part(parts, 1), Part(parts, 2));
    }

    private static string? Part(List<string> parts, int index) =>
        index < parts.Count && parts[index].Length > 0 ? ValueText.Unescape(parts[index]) : null;

    private static Outcome<(SearchPrefix Prefix, NumberInterval Number)> Value(string name, string text)
    {
        if (!PrefixText.TryRead(text, out var prefix, out var rest))
            return new Problem(ProblemKind.Invalid, [SearchIssues.BadPrefix(name)]);
        if (!NumberInterval.TryParse(rest, out var number))
            return Bad(name);
        return (prefix, prefix == SearchPrefix.Ap ? Widened(number) : number);
    }

    private static NumberInterval Widened(NumberInterval number)
    {
        var tenth = Math.Abs(number.Value) / 10;
        return number with
        {
            Low = Math.Min(number.Low, number.Value - tenth),
            High = Math.Max(number.High, number.Value + tenth),
        };
    }

    private static Problem Bad(string name) =>
        new(ProblemKind.Invalid, [SearchIssues.BadValue(name, "[number] [number]|[system]|[code]")]);
}
