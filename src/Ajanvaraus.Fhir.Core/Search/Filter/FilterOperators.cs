using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Search.Query;

namespace Ajanvaraus.Fhir.Core.Search.Filter;

/// <summary>One test of a <c>_filter</c> as an expression: what each operator means for each type of parameter.</summary>
/// <remarks>
/// Source: http://hl7.org/fhir/R4/search_filter.html#ops. Operators that do not apply to a type are refused. Uris, which
/// the table leaves out, are equal or not.
/// </remarks>
internal sealed class FilterOperators(FhirDefinitions definitions, LeafParser leaves)
{
    private const string Text = "eq ne co sw ew gt lt ge le pr";
    private const string Ordered = "eq ne gt lt ge le ap sa eb";

    /// <summary>"For convenience": names that stand for the systems.</summary>
    private static readonly Dictionary<string, string> Systems = new()
    {
        ["loinc"] = "http://loinc.org",
        ["snomed"] = "http://snomed.info/sct",
        ["rxnorm"] = "http://www.nlm.nih.gov/research/umls/rxnorm",
        ["ucum"] = "http://unitsofmeasure.org",
    };

    public Outcome<SearchExpression> Read(SearchParameter parameter, string name, FilterTest test)
    {
        var allowed = Allowed(parameter);
        if (!allowed.Split(' ').Contains(test.Operator))
            return new Problem(ProblemKind.Invalid, [SearchIssues.BadFilterOperator(name, parameter, allowed)]);
        if (test.Operator == "pr")
            return leaves.Read(definitions, parameter, "missing", name, Presence(test.Value));
        return parameter.Type switch
        {
            SearchParameterType.String => String(parameter, name, test),
            SearchParameterType.Token => Token(parameter, name, test),
            SearchParameterType.Uri => Equal(parameter, name, test, Escaped(test.Value)),
            SearchParameterType.Reference => leaves.Read(definitions, parameter, null, name, Escaped(test.Value)),
            _ => OfRange(parameter, name, test),
        };
    }

    private static string Allowed(SearchParameter parameter) => parameter.Type switch
    {
        SearchParameterType.String => Text,
        SearchParameterType.Number => Ordered + " co pr",
        SearchParameterType.Date => Ordered + " co po pr",
        SearchParameterType.Quantity => Ordered + " pr",
        SearchParameterType.Token when parameter.Code == "_id" => "eq ne pr",
        SearchParameterType.Token => "eq ne ss sb in ni pr",
        SearchParameterType.Reference => "re pr",
        SearchParameterType.Uri => "eq ne pr",
        _ => "-",
    };

    /// <summary><c>pr true</c> is <c>:missing=false</c>; what is neither is refused as a value.</summary>
    private static string Presence(string value) => value switch
    {
        "true" => "false",
        "false" => "true",
        _ => value,
    };

    private static Outcome<SearchExpression> String(SearchParameter parameter, string name, FilterTest test)
    {
        var text = SearchText.Normalize(test.Value);
        if (text.Length == 0 || text.Contains('\0'))
            return new Problem(ProblemKind.Invalid, [SearchIssues.BadValue(name, "\"text\"")]);
        SearchExpression With(StringMatch match) => new StringExpression(parameter, match, text);
        return Outcome<SearchExpression>.Of(test.Operator switch
        {
            "eq" => With(StringMatch.Equal),
            "ne" => new OtherValueExpression(parameter, With(StringMatch.Equal)),
            "co" => With(StringMatch.Contains),
            "sw" => With(StringMatch.StartsWith),
            "ew" => With(StringMatch.EndsWith),
            "gt" => With(StringMatch.Above),
            "lt" => With(StringMatch.Below),
            "ge" => With(StringMatch.NotBelow),
            _ => With(StringMatch.NotAbove),
        });
    }

    private Outcome<SearchExpression> Token(SearchParameter parameter, string name, FilterTest test)
    {
        var value = Escaped(WithSystem(test.Value));
        return test.Operator switch
        {
            "ss" => leaves.Read(definitions, parameter, "below", name, value),
            "sb" => leaves.Read(definitions, parameter, "above", name, value),
            "in" => leaves.Read(definitions, parameter, "in", name, value),
            "ni" => leaves.Read(definitions, parameter, "not-in", name, value),
            _ => Equal(parameter, name, test, value),
        };
    }

    private Outcome<SearchExpression> Equal(SearchParameter parameter, string name, FilterTest test, string value)
    {
        var equal = leaves.Read(definitions, parameter, null, name, value);
        if (equal.Failed || test.Operator == "eq")
            return equal;
        return equal.Value is IdExpression
            ? new NotExpression(equal.Value)
            : new OtherValueExpression(parameter, equal.Value);
    }

    private Outcome<SearchExpression> OfRange(SearchParameter parameter, string name, FilterTest test)
    {
        if (test.Operator is not ("co" or "po"))
            return leaves.Read(definitions, parameter, null, name, test.Operator + Escaped(test.Value));
        var read = leaves.Read(definitions, parameter, null, name, "eq" + Escaped(test.Value));
        if (read.Failed)
            return read;
        var prefix = test.Operator == "co" ? SearchPrefix.Co : SearchPrefix.Po;
        return Outcome<SearchExpression>.Of(read.Value switch
        {
            DateExpression date => date with { Prefix = prefix },
            LastUpdatedExpression updated => updated with { Prefix = prefix },
            NumberExpression number => number with { Prefix = prefix },
            var other => other,
        });
    }

    private static string WithSystem(string value)
    {
        var bar = value.IndexOf('|');
        return bar > 0 && Systems.TryGetValue(value[..bar], out var system) ? system + value[bar..] : value;
    }

    /// <summary>Commas and dollar signs separate nothing here.</summary>
    private static string Escaped(string value) => value.Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace(",", "\\,", StringComparison.Ordinal).Replace("$", "\\$", StringComparison.Ordinal);
}
