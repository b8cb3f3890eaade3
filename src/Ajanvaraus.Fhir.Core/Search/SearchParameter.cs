using Ajanvaraus.Fhir.Core.Definitions;

namespace Ajanvaraus.Fhir.Core.Search;

public enum SearchParameterType { Number, Date, String, Token, Reference, Composite, Quantity, Uri, Special }

/// <summary>A search parameter as it applies to one resource type.</summary>
/// <param name="ResourceType">Concrete resource type, also for parameters of <c>Resource</c>.</param>
/// <param name="Code">Name in a query.</param>
/// <param name="Key">Stable key of (type, code) in the index tables; the same in every process and release.</param>
public sealed record SearchParameter(
    string ResourceType, string Code, SearchParameterType Type, int Key, SearchParameterDefinition Definition)
{
    public ImmutableArray<string> Targets => Definition.Targets;

    /// <summary>FNV-1a of <c>Type.code</c>; a test shows that no two R4 parameters meet.</summary>
    public static int KeyOf(string resourceType, string code)
    {
        unchecked
        {
            var hash = 2166136261u;
            foreach (var c in resourceType) hash = (hash ^ c) * 16777619u;
            hash = (hash ^ '.') * 16777619u;
            foreach (var c in code) hash = (hash ^ c) * 16777619u;
            return (int)hash;
        }
    }
}
