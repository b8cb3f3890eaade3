using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Search.Query;
using Ajanvaraus.Fhir.Server.Middleware;

namespace Ajanvaraus.Fhir.Server.Security;

/// <summary>Reads SMART scopes: version 2 with parameters, and those of version 1.</summary>
/// <remarks>
/// <para>Version 1 is told apart by its words: <c>.read</c> is <c>.rs</c>, <c>.write</c> is <c>.cud</c>, <c>.*</c> is
/// <c>.cruds</c>.</para>
/// <para>Errors: none. A scope that is written in any other way, names what is not known, or has a parameter that could
/// be read in two ways grants nothing; the others of the same token go on.</para>
/// </remarks>
/// <param name="definitions">Of the types.</param>
/// <param name="parameters">Reads the parameters of scopes.</param>
public sealed class SmartScopeParser(FhirDefinitions definitions, SearchQueryParser parameters)
{
    private const string Letters = "cruds";

    /// <summary>Of one scope; one that is longer is no honest wish.</summary>
    private const int Longest = 1000;

    /// <summary>The scopes of a token that reach resources, apart by spaces; others (<c>openid</c>) are passed over.</summary>
    public ImmutableArray<SmartScope> ParseAll(string scopes) =>
    [
        .. scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Parse).OfType<SmartScope>(),
    ];

    /// <summary>One scope; null when it grants nothing.</summary>
    public SmartScope? Parse(string scope)
    {
        if (scope.Length > Longest || !IsScopeToken(scope) || SplitOnce(scope, '/') is not var (context, rest))
            return null;
        var question = rest.IndexOf('?', StringComparison.Ordinal);
        var (access, query) = question < 0 ? (rest, null) : (rest[..question], rest[(question + 1)..]);
        if (ContextOf(context) is not { } whose || SplitOnce(access, '.') is not var (type, verbs)
            || (type != SmartScope.AnyType && !definitions.ResourceTypes.Contains(type)))
            return null;
        if (query is null)
            return InteractionsOf(verbs) is var known and not ScopeInteractions.None ? Made(known) : null;
        return LettersOf(verbs) is var letters and not ScopeInteractions.None
            ? Narrowed(Made(letters), query)
            : null;

        SmartScope Made(ScopeInteractions interactions) => new(whose, type, interactions) { Text = scope };
    }

    /// <summary>With its parameters; null when one of them does not say plainly which resources are meant.</summary>
    private SmartScope? Narrowed(SmartScope scope, string query)
    {
        if (scope.Type == SmartScope.AnyType || !IsWellEncoded(query))
            return null;
        var pairs = RequestQuery.Parse("?" + query).Parameters;
        if (pairs.Length != query.Split('&').Length || !pairs.All(IsPlain))
            return null;
        var read = parameters.Parse([scope.Type], pairs, SearchHandling.Strict);
        return read.Failed || read.Value.Expression is not { } criteria || read.Value.Applied.Length != pairs.Length
            ? null
            : scope with { Parameters = pairs, Criteria = criteria };
    }

    /// <summary>
    /// A criterion that a resource meets by its own elements: no chain, no reverse chain, no filter, nothing that asks
    /// for the codes of a value set, and nothing that shapes a result.
    /// </summary>
    private static bool IsPlain(KeyValuePair<string, string> pair)
    {
        var name = pair.Key.Split(':')[0];
        return pair.Value.Length > 0 && !pair.Key.Contains('.', StringComparison.Ordinal)
            && !SearchQueryParser.CriteriaOfAll.Contains(name) && !SearchQueryParser.ResultNames.Contains(name)
            && name is not ("_type" or "_query" or "_text" or "_content")
            && !SearchQueryParser.NeedsTerminology([pair]);
    }

    /// <summary>Source: scope-token of RFC 6749, 3.3.</summary>
    private static bool IsScopeToken(string scope)
    {
        foreach (var c in scope)
            if (c is < '!' or > '~' or '"' or '\\')
                return false;
        return true;
    }

    private static bool IsWellEncoded(string query)
    {
        for (var i = 0; i < query.Length; i++)
            if (query[i] == '%' && (i + 2 >= query.Length || !char.IsAsciiHexDigit(query[i + 1]) || !char.IsAsciiHexDigit(query[i + 2])))
                return false;
        return true;
    }

    private static ScopeContext? ContextOf(string word) => word switch
    {
        "patient" => ScopeContext.Patient,
        "user" => ScopeContext.User,
        "system" => ScopeContext.System,
        _ => null,
    };

    private static ScopeInteractions InteractionsOf(string verbs) => verbs switch
    {
        "read" => ScopeInteractions.Read | ScopeInteractions.Search,
        "write" => ScopeInteractions.Create | ScopeInteractions.Update | ScopeInteractions.Delete,
        "*" => ScopeInteractions.All,
        _ => LettersOf(verbs),
    };

    /// <summary>None for a letter that is unknown, repeated or out of order.</summary>
    private static ScopeInteractions LettersOf(string verbs)
    {
        var result = ScopeInteractions.None;
        var last = -1;
        foreach (var letter in verbs)
        {
            var place = Letters.IndexOf(letter, StringComparison.Ordinal);
            if (place <= last)
                return ScopeInteractions.None;
            result |= (ScopeInteractions)(1 << place);
            last = place;
        }
        return result;
    }

    /// <summary>Null unless the mark stands in the text before any other.</summary>
    private static (string Before, string After)? SplitOnce(string text, char mark)
    {
        var at = text.IndexOf(mark, StringComparison.Ordinal);
        return at < 0 ? null : (text[..at], text[(at + 1)..]);
    }
}
