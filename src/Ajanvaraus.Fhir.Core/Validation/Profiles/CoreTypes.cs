using Ajanvaraus.Fhir.Core.Definitions;

namespace Ajanvaraus.Fhir.Core.Validation.Profiles;

/// <summary>Addresses of the base definitions: <c>http://hl7.org/fhir/StructureDefinition/Patient</c>.</summary>
internal static class CoreTypes
{
    private const string Prefix = "http://hl7.org/fhir/StructureDefinition/";

    /// <summary>The name of the core type that the canonical means; null for any other canonical.</summary>
    public static string? NameOf(string canonical)
    {
        if (!canonical.StartsWith(Prefix, StringComparison.Ordinal))
            return null;
        var bar = canonical.IndexOf('|', StringComparison.Ordinal);
        var name = bar < 0 ? canonical[Prefix.Length..] : canonical[Prefix.Length..bar];
        return R4.Definitions.Types.ContainsKey(name) ? name : null;
    }

    /// <summary>In the namespace that HL7 keeps for the definitions of the standard itself.</summary>
    public static bool IsCore(string canonical) => canonical.StartsWith(Prefix, StringComparison.Ordinal);

    public static string CanonicalOf(string name) => Prefix + name;
}
