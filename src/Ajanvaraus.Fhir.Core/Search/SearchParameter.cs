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

    /// <summary>Of a composite its parts, which have keys of their own; empty for others.</summary>
    public ImmutableArray<SearchParameter> Components { get; init; } = [];

    /// <summary><c>near</c> on Location, the one special parameter that searches in an element.</summary>
    public bool IsPosition => Type == SearchParameterType.Special && Code == "near" && ResourceType == "Location";

    /// <summary><c>_text</c> and <c>_content</c>, which search in words.</summary>
    public bool IsFullText => Code is TextCode or ContentCode;

    /// <summary>Searches in the narrative.</summary>
    public const string TextCode = "_text";

    /// <summary>Searches in all text of a resource.</summary>
    public const string ContentCode = "_content";

    /// <summary>The same parameter by <c>:of-type</c>, which has rows of its own: type of the identifier as system and
    /// <c>code|value</c> as code.</summary>
    public SearchParameter OfType => this with { Key = OfTypeKey(Key) };

    /// <summary>A reference by <c>:text</c>: its displays have rows of their own among the tokens.</summary>
    public SearchParameter Display => this with { Key = DisplayKey(Key) };

    /// <summary>Key of <see cref="Display"/>, from that of the parameter itself.</summary>
    internal static int DisplayKey(int key) => unchecked((int)Hash((uint)key, ":text"));

    /// <summary>Key of <see cref="OfType"/>, from that of the parameter itself.</summary>
    internal static int OfTypeKey(int key) => unchecked((int)Hash((uint)key, ":of-type"));

    /// <summary>FNV-1a of <c>Type.code</c>; a test shows that no two R4 parameters meet.</summary>
    public static int KeyOf(string resourceType, string code) =>
        unchecked((int)Hash(Hash(Hash(2166136261u, resourceType), "."), code));

    private static uint Hash(uint hash, string text)
    {
        unchecked
        {
            foreach (var c in text) hash = (hash ^ c) * 16777619u;
            return hash;
        }
    }
}
