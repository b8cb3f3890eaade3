using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Issues;

namespace Ajanvaraus.Fhir.Core.Search.Query;

/// <summary>Which types a search is about: <c>_type</c> narrows a search over several.</summary>
internal static class TypeSelection
{
    public const string Name = "_type";

    public static Outcome<ImmutableArray<string>> Read(
        FhirDefinitions definitions, ImmutableArray<string> given, IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        var selected = given;
        foreach (var (name, value) in parameters)
        {
            if (name != Name || value.Length == 0 || given.Length == 1)
                continue;
            var named = value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (named.Length == 0 || Array.Exists(named, type => definitions.Resource(type) is null))
                return new Problem(ProblemKind.Invalid, [SearchIssues.UnknownType(Name)]);
            selected = [.. selected.Where(named.Contains)];
        }
        return selected;
    }
}
