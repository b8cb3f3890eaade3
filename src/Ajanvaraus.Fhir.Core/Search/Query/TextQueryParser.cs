using Ajanvaraus.Fhir.Core.Issues;

namespace Ajanvaraus.Fhir.Core.Search.Query;

/// <summary>Searches in words: <c>(bone OR liver) AND metastases</c>, <c>"to the letter" NOT this</c>, <c>talo*</c>.</summary>
/// <remarks>
/// Words beside each other must all be there. <c>AND</c>, <c>OR</c> and <c>NOT</c> are written in capitals, NOT binds
/// closest and OR loosest; words in quotes stand one after the other; a star ends the beginning of a word. Source:
/// http://hl7.org/fhir/R4/search.html#text, which leaves the language to the server; this is the <c>$search</c> of OData.
/// </remarks>
internal ref struct TextQueryParser
{
    private const int MaxDepth = 20;

    private readonly SearchParameter _parameter;
    private readonly List<string> _tokens;
    private int _next;
    private int _depth;

    private TextQueryParser(SearchParameter parameter, List<string> tokens)
    {
        _parameter = parameter;
        _tokens = tokens;
    }

    public static Outcome<SearchExpression> Read(SearchParameter parameter, string name, string text)
    {
        var tokens = Cut(text);
        if (tokens?.Count > 2 * QueryCost.MaxCriteria)
            return new Problem(ProblemKind.Invalid, [SearchIssues.TooCostly(name)]);
        var parser = new TextQueryParser(parameter, tokens ?? []);
        return tokens is { Count: > 0 } && parser.Alternatives() is { } expression && parser._next == tokens.Count
            ? Outcome<SearchExpression>.Of(expression)
            : new Problem(ProblemKind.Invalid,
                [SearchIssues.BadValue(name, "word \"two words\" begin* (this OR that) NOT other")]);
    }

    /// <summary>Signs, words and phrases with their quotes; null when a quote is not closed.</summary>
    private static List<string>? Cut(string text)
    {
        var tokens = new List<string>();
        for (var i = 0; i < text.Length;)
        {
            var start = i;
            if (char.IsWhiteSpace(text[i]))
            {
                i++;
                continue;
            }
            if (text[i] is '(' or ')')
            {
                i++;
            }
            else if (text[i] == '"')
            {
                i = text.IndexOf('"', i + 1) + 1;
                if (i == 0)
                    return null;
            }
            else
            {
                while (i < text.Length && !char.IsWhiteSpace(text[i]) && text[i] is not ('(' or ')' or '"'))
                    i++;
            }
            tokens.Add(text[start..i]);
        }
        return tokens;
    }

    private string? Peek => _next < _tokens.Count ? _tokens[_next] : null;

    private SearchExpression? Alternatives()
    {
        var all = ImmutableArray.CreateBuilder<SearchExpression>();
        do
        {
            if (Together() is not { } one)
                return null;
            all.Add(one);
        }
        while (Take("OR"));
        return Combine.Any(all.ToImmutable());
    }

    private SearchExpression? Together()
    {
        var all = ImmutableArray.CreateBuilder<SearchExpression>();
        do
        {
            if (One() is not { } one)
                return null;
            all.Add(one);
        }
        while (Take("AND") || Peek is not (null or ")" or "OR"));
        return Combine.All(all.ToImmutable());
    }

    private SearchExpression? One()
    {
        if (Take("NOT"))
            return ++_depth < MaxDepth && One() is { } negated ? new NotExpression(negated) : null;
        if (Take("("))
            return ++_depth < MaxDepth && Alternatives() is { } inner && Take(")") ? inner : null;
        return Peek is null or ")" or "AND" or "OR" ? null : Words(_tokens[_next++]);
    }

    /// <summary>A word that is written with signs (<c>e-mail</c>) is words one after the other, so many at the most.</summary>
    private readonly TextExpression? Words(string token)
    {
        var words = TextWords.Of(token);
        return words.Count is 0 or > QueryCost.MaxCriteria ? null : new TextExpression(_parameter, [.. words], token.EndsWith('*'));
    }

    private bool Take(string token)
    {
        if (Peek != token)
            return false;
        _next++;
        return true;
    }
}
