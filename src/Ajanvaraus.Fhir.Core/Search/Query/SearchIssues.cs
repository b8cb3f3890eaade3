using System.Globalization;

using Ajanvaraus.Fhir.Core.Issues;

namespace Ajanvaraus.Fhir.Core.Search.Query;

/// <summary>What the reader of queries says of a parameter, located at <c>http.name</c>.</summary>
internal static class SearchIssues
{
    public static Issue UnknownParameter(string name) => At(SearchMessages.UnknownParameter, name);

    public static Issue BadModifier(string name, SearchParameter parameter) =>
        At(SearchMessages.BadModifier, name, TypeName(parameter));

    /// <summary>Of a parameter that stands for a chain, at the end of which is a reference.</summary>
    public static Issue NoModifier(string name) => At(SearchMessages.BadModifier, name, "reference");

    /// <param name="expected">In signs, not words: it stands in texts of every language.</param>
    public static Issue BadValue(string name, string expected) => At(SearchMessages.BadValue, name, expected);

    public static Issue BadPrefix(string name) => At(SearchMessages.BadPrefix, name);

    public static Issue BadChain(string name) => At(SearchMessages.BadChain, name);

    public static Issue BadResultParameter(string name, string expected) =>
        At(SearchMessages.BadResultParameter, name, expected);

    public static Issue UnknownType(string name) => At(SearchMessages.UnknownType, name);

    public static Issue BadInclude(string name) => At(SearchMessages.BadInclude, name);

    public static Issue BadSort(string name) => At(SearchMessages.BadSort, name);

    public static Issue TooCostly(string name) => At(SearchMessages.TooCostly, name);

    public static Issue NotSearchable(string name, SearchParameter parameter) =>
        At(SearchMessages.NotSearchable, name, TypeName(parameter));

    public static Issue BadHas(string name) => At(SearchMessages.BadHas, name);

    public static Issue UnknownCodes(string name) => At(SearchTerminologyMessages.UnknownCodes, name);

    public static Issue NoTerminology(string name) => At(SearchTerminologyMessages.NoTerminology, name);

    /// <param name="served">The values that are served; a dash for none.</param>
    public static Issue NotServed(string name, string served) => At(SearchFilterMessages.NotServed, name, served);

    /// <param name="position">Of the first character that was not understood, from 1.</param>
    public static Issue BadFilter(string name, int position) =>
        At(SearchFilterMessages.BadFilter, name, position.ToString(CultureInfo.InvariantCulture));

    /// <param name="allowed">Operators with blanks between.</param>
    public static Issue BadFilterOperator(string name, SearchParameter parameter, string allowed) =>
        At(SearchFilterMessages.BadFilterOperator, name, parameter.Code, TypeName(parameter), allowed);

    private static string TypeName(SearchParameter parameter) => parameter.Type.ToString().ToLowerInvariant();

    private static Issue At(Message message, string name, params ImmutableArray<string> more)
    {
        var shown = Shown(name);
        return message.At("http." + shown, [shown, .. more]);
    }

    /// <summary>A name is the caller's text too: only what a parameter name can consist of is repeated.</summary>
    private static string Shown(string name)
    {
        if (name.Length > 100)
            return "…";
        foreach (var letter in name)
            if (!char.IsAsciiLetter(letter) && letter is not ('_' or '-' or '.' or ':' or '*'))
                return "…";
        return name;
    }
}
