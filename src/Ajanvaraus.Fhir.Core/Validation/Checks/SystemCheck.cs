using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Validation.Checks;

/// <summary>Tells where the system of an Identifier or Coding is not an absolute URI.</summary>
/// <remarks>
/// Finnish code systems are named by OID, and a bare OID is common in the field, HL7 Finland's profile of Appointment requires
/// one: it is only told. Whoever asks for a validation is told that any other relative system is an error.
/// Source: http://hl7.org/fhir/R4/datatypes.html#Coding , http://hl7.org/fhir/R4/datatypes.html#Identifier .
/// </remarks>
internal sealed class SystemCheck : ICheck
{
    public static readonly SystemCheck Instance = new();

    public void Check(ElementNode node, Findings findings)
    {
        if (node["system"] is not { Value: { } value } system || PrimitiveText.IsAbsoluteUri(value))
            return;
        var message = PrimitiveText.IsBareOid(value) ? StructureMessages.SystemIsBareOid
            : findings.Scope.TellsAdvice ? ConsistencyMessages.SystemNotAbsolute
            : StructureMessages.SystemRelative;
        findings.Add(message, system);
    }
}

/// <summary>The systems that a ValueSet includes or excludes are absolute: a contained CodeSystem is named by its url.</summary>
/// <remarks>"An absolute URI which is the code system from which the codes are selected":
/// http://hl7.org/fhir/R4/valueset-definitions.html#ValueSet.compose.include.system .</remarks>
internal sealed class IncludedSystemCheck : ICheck
{
    public static readonly IncludedSystemCheck Instance = new();

    public void Check(ElementNode node, Findings findings)
    {
        if (node["compose"] is not { } compose)
            return;
        foreach (var part in compose.Children)
            if (part.Name is "include" or "exclude")
                SystemCheck.Instance.Check(part, findings);
    }
}
