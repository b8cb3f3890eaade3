using Ajanvaraus.Fhir.Core.Issues;

namespace Ajanvaraus.Fhir.Core.Search.Query;

/// <summary>What the reader of queries says; the value of a parameter is never repeated, it may be personal data.</summary>
internal static class SearchIssues
{
    public static Issue UnknownParameter(string name) =>
        Of("AJV-2101", IssueType.NotSupported, $"The search parameter {Shown(name)} is not known for this type.", name);

    public static Issue BadModifier(string name, SearchParameter parameter) =>
        Of("AJV-2102", IssueType.NotSupported,
            $"The modifier of {Shown(name)} does not apply to a parameter of type {TypeName(parameter)}.", name);

    public static Issue BadValue(string name, string expected) =>
        Of("AJV-2103", IssueType.Value, $"A value of {Shown(name)} cannot be read: {expected}.", name);

    public static Issue BadPrefix(string name) =>
        Of("AJV-2104", IssueType.Value,
            $"A value of {Shown(name)} begins with an unknown prefix; eq, ne, gt, lt, ge, le, sa, eb and ap exist.", name);

    public static Issue BadChain(string name) =>
        Of("AJV-2105", IssueType.NotSupported,
            $"The chain {Shown(name)} does not lead over references to a parameter that exists.", name);

    public static Issue BadResultParameter(string name, string expected) =>
        Of("AJV-2106", IssueType.Value, $"{Shown(name)} cannot be read: {expected}.", name);

    public static Issue UnknownType(string name) =>
        Of("AJV-2107", IssueType.Value, $"{Shown(name)} names a resource type that FHIR R4 does not have.", name);

    public static Issue BadInclude(string name) =>
        Of("AJV-2108", IssueType.Value,
            $"A value of {Shown(name)} is not Type:parameter[:target] with a reference parameter that exists.", name);

    public static Issue BadSort(string name) =>
        Of("AJV-2109", IssueType.NotSupported, "_sort names a search parameter that is not known for this type.", name);

    public static Issue TooCostly(string name) =>
        Of("AJV-2110", IssueType.TooCostly,
            $"{Shown(name)} asks for too much at once: name target types, or fewer values.", name);

    public static Issue NotSearchable(string name, SearchParameter parameter) =>
        Of("AJV-2111", IssueType.NotSupported,
            $"{Shown(name)} is a parameter of type {TypeName(parameter)}, which this server does not search by.", name);

    public static Issue BadHas(string name) =>
        Of("AJV-2112", IssueType.Value,
            "_has is _has:Type:reference:parameter with a reference that can point to the searched type.", name);

    private static string TypeName(SearchParameter parameter) => parameter.Type.ToString().ToLowerInvariant();

    /// <summary>A name is the caller's text too: only what a parameter name can consist of is repeated.</summary>
    private static string Shown(string name)
    {
        if (name.Length > 100)
            return "(a long name)";
        foreach (var letter in name)
            if (!char.IsAsciiLetter(letter) && letter is not ('_' or '-' or '.' or ':' or '*'))
                return "(a name with other characters)";
        return name;
    }

    private static Issue Of(string id, IssueType code, string text, string name) =>
        new(id, code, text, "http." + Shown(name));
}
