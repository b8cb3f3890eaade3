using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Search.Extraction;
using Ajanvaraus.Fhir.Core.Terminology;

namespace Ajanvaraus.Fhir.Core.Search.Query;

/// <summary>A parameter with its modifier and its values, read by the rules of its type.</summary>
internal sealed class LeafParser(SearchSettings settings, TerminologyService? terminology)
{
    private const int MaxValues = 200;

    /// <summary>Of a display so many characters are compared: an index holds no more.</summary>
    private const int MaxLabel = 128;

    private readonly DateValueParser _dates = new(settings);
    private readonly TokenSetParser _sets = new(terminology, settings.BaseUrl);
    private readonly ReferenceValueParser _references = new(settings.BaseUrl);

    public Outcome<SearchExpression> Read(
        FhirDefinitions definitions, SearchParameter parameter, string? modifier, string name, string value)
    {
        // No text of FHIR holds this character, and no database takes it.
        if (value.Contains('\0'))
            return Bad(name, "text");
        if (modifier == "missing" && parameter.Type is not (SearchParameterType.Composite or SearchParameterType.Special))
            return Missing(parameter, name, value);
        if (parameter.Type == SearchParameterType.Token && TokenSetParser.Knows(modifier) && !_sets.IsSupported
            && !IsMimeType(modifier, value))
            return new Problem(ProblemKind.Invalid, [SearchIssues.NoTerminology(name)]);
        if (!Allows(parameter, modifier, definitions))
            return new Problem(ProblemKind.Invalid, [SearchIssues.BadModifier(name, parameter)]);
        var values = ValueText.Split(value, ',');
        if (values.Count > MaxValues)
            return new Problem(ProblemKind.Invalid, [SearchIssues.TooCostly(name)]);
        if (parameter.Code == "_id" && parameter.Type == SearchParameterType.Token)
            return Ids(values, modifier);
        var operands = ImmutableArray.CreateBuilder<SearchExpression>(values.Count);
        foreach (var text in values)
        {
            var outcome = One(parameter, modifier, name, text);
            if (outcome.Failed)
                return outcome.Problem;
            operands.Add(outcome.Value);
        }
        var any = Combine.Any(operands.ToImmutable());
        return Outcome<SearchExpression>.Of(modifier is "not" or "not-in" ? new NotExpression(any) : any);
    }

    private static Outcome<SearchExpression> Ids(List<string> values, string? modifier)
    {
        var ids = new IdExpression([.. values.Select(ValueText.Unescape)]);
        return Outcome<SearchExpression>.Of(modifier == "not" ? new NotExpression(ids) : ids);
    }

    private static Outcome<SearchExpression> Missing(SearchParameter parameter, string name, string value)
    {
        if (value is not ("true" or "false"))
            return Bad(name, "true | false");
        if (parameter.Code is not ("_id" or "_lastUpdated"))
            return new MissingExpression(parameter, value == "true");
        // Every resource of a server has an id and a time.
        var nothing = new NothingExpression();
        return Outcome<SearchExpression>.Of(value == "true" ? nothing : new NotExpression(nothing));
    }

    /// <summary>Which modifier goes with which type: http://hl7.org/fhir/R4/search.html#modifiers.</summary>
    private static bool Allows(SearchParameter parameter, string? modifier, FhirDefinitions definitions)
    {
        if (modifier is null)
            return true;
        return parameter.Type switch
        {
            SearchParameterType.String => modifier is "exact" or "contains",
            SearchParameterType.Token => modifier is "not" || (parameter.Code != "_id"
                && (modifier is "text" or "of-type" || TokenSetParser.Knows(modifier))),
            SearchParameterType.Uri => modifier is "above" or "below",
            SearchParameterType.Reference => modifier is "identifier" or "text" || definitions.Resource(modifier) is not null,
            _ => false,
        };
    }

    private Outcome<SearchExpression> One(SearchParameter parameter, string? modifier, string name, string text)
    {
        if (text.Length == 0)
            return Bad(name, "value,value");
        return parameter.Type switch
        {
            SearchParameterType.Token => Token(parameter, modifier, name, text),
            SearchParameterType.String => Text(parameter, modifier, name, text),
            SearchParameterType.Date => _dates.Read(parameter, name, text),
            SearchParameterType.Reference when modifier == "text" => Label(parameter.Display, name, text),
            SearchParameterType.Reference => _references.Read(parameter, modifier, name, text),
            SearchParameterType.Number => NumberValueParser.Number(parameter, name, text),
            SearchParameterType.Quantity => NumberValueParser.Quantity(parameter, name, text),
            SearchParameterType.Composite => Composite(parameter, name, text),
            SearchParameterType.Special when parameter.IsFullText =>
                TextQueryParser.Read(parameter, name, ValueText.Unescape(text)),
            SearchParameterType.Special => NearValueParser.Read(parameter, name, text),
            _ => UriValueParser.Read(parameter, modifier, name, text),
        };
    }

    private static Outcome<SearchExpression> Text(SearchParameter parameter, string? modifier, string name, string text)
    {
        var plain = ValueText.Unescape(text);
        if (modifier == "exact")
            return new StringExpression(parameter, StringMatch.Exact, plain);
        var normalized = SearchText.Normalize(plain);
        if (normalized.Length == 0)
            return Bad(name, "text");
        var match = modifier == "contains" ? StringMatch.Contains : StringMatch.StartsWith;
        return new StringExpression(parameter, match, normalized);
    }

    private Outcome<SearchExpression> Token(SearchParameter parameter, string? modifier, string name, string text)
    {
        if (modifier == "text")
            return Label(parameter, name, text);
        if (modifier == "of-type")
            return OfType(parameter, name, text);
        if (IsMimeType(modifier, text))
            return new MimeBelowExpression(parameter, ValueText.Unescape(text));
        if (TokenSetParser.Knows(modifier))
            return _sets.Read(parameter, modifier!, name, text);
        return TokenText.TryRead(text, out var system, out var code)
            ? new TokenExpression(parameter, system, code)
            : Bad(name, "[code] [system]|[code] |[code] [system]|");
    }

    /// <summary><c>contenttype:below=text/xml</c>: http://hl7.org/fhir/R4/search.html#mimetype.</summary>
    private static bool IsMimeType(string? modifier, string text) =>
        modifier == "below" && text.Contains('/') && text.Length < MaxLabel
        && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '.' or '-' or '+' or '_' or '*' or ',');

    /// <summary>The display of a code or reference, by its beginning.</summary>
    private static Outcome<SearchExpression> Label(SearchParameter parameter, string name, string text)
    {
        var normalized = SearchText.Normalize(ValueText.Unescape(text));
        return normalized.Length == 0 ? Bad(name, "text") : new TokenTextExpression(parameter, Start(normalized));
    }

    /// <summary>A value for each part, joined by dollar signs: http://hl7.org/fhir/R4/search.html#composite.</summary>
    private Outcome<SearchExpression> Composite(SearchParameter parameter, string name, string text)
    {
        var values = ValueText.Split(text, '$');
        if (values.Count != parameter.Components.Length)
            return Bad(name, string.Join('$', parameter.Components.Select(part => $"[{TypeName(part)}]")));
        var parts = ImmutableArray.CreateBuilder<SearchExpression>(values.Count);
        for (var n = 0; n < values.Count; n++)
        {
            var part = One(parameter.Components[n], null, name, values[n]);
            if (part.Failed)
                return part.Problem;
            parts.Add(part.Value);
        }
        return new CompositeExpression(parameter, parts.ToImmutable());
    }

    private static string TypeName(SearchParameter parameter) => parameter.Type.ToString().ToLowerInvariant();

    /// <summary>An identifier by its type and value, all of which are asked for.</summary>
    private static Outcome<SearchExpression> OfType(SearchParameter parameter, string name, string text) =>
        ValueText.Split(text, '|') is [{ Length: > 0 } system, { Length: > 0 } code, { Length: > 0 } value]
            ? new TokenExpression(parameter.OfType, ValueText.Unescape(system),
                TokenExtraction.OfType(ValueText.Unescape(code), ValueText.Unescape(value)))
            : Bad(name, "[system]|[code]|[value]");

    /// <summary>Never between the halves of a surrogate pair.</summary>
    private static string Start(string label) =>
        label.Length <= MaxLabel ? label : label[..(char.IsHighSurrogate(label[MaxLabel - 1]) ? MaxLabel - 1 : MaxLabel)];

    private static Problem Bad(string name, string expected) =>
        new(ProblemKind.Invalid, [SearchIssues.BadValue(name, expected)]);
}

/// <summary><c>code</c>, <c>system|code</c>, <c>|code</c>, <c>system|</c>.</summary>
internal static class TokenText
{
    public static bool TryRead(string text, out string? system, out string? code)
    {
        system = code = null;
        var parts = ValueText.Split(text, '|');
        if (parts.Count > 2)
            return false;
        if (parts.Count == 1)
        {
            code = ValueText.Unescape(parts[0]);
            return code.Length > 0;
        }
        system = ValueText.Unescape(parts[0]);
        code = parts[1].Length == 0 ? null : ValueText.Unescape(parts[1]);
        return system.Length > 0 || code is not null;
    }
}
