using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Validation.Checks;

/// <summary>How a uri that is a UUID or an OID is written.</summary>
/// <remarks>Capital digits are let pass where the type is not <c>uuid</c> itself: they mean the same.
/// Source: http://hl7.org/fhir/R4/datatypes.html#uri , RFC 4122 section 3, RFC 3061.</remarks>
internal sealed class UriFormCheck : ICheck
{
    public static readonly UriFormCheck Instance = new();

    private const string Uuid = "urn:uuid:";

    public void Check(ElementNode node, Findings findings)
    {
        if (node.Value is { } value && !IsSound(value))
            findings.Add(ContentMessages.UrnSyntax, node);
    }

    private static bool IsSound(string value)
    {
        if (value.StartsWith(Uuid, StringComparison.Ordinal))
            return Guid.TryParseExact(value.AsSpan(Uuid.Length), "D", out _);
        if (value.StartsWith("urn:oid:", StringComparison.Ordinal))
            return PrimitiveText.IsOid(value);
        return !value.StartsWith("oid:", StringComparison.Ordinal) && !value.StartsWith("uuid:", StringComparison.Ordinal);
    }
}
