using Ajanvaraus.Fhir.Core.Conformance;
using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Terminology;

namespace Ajanvaraus.Fhir.Core.Validation.Checks;

/// <summary>The system of a Coding is a code system, and has the code where all its codes are known.</summary>
/// <remarks>Whatever the binding: a code that its system does not have means nothing.
/// Source: http://hl7.org/fhir/R4/datatypes.html#Coding , http://hl7.org/fhir/R4/codesystem.html#supplements .</remarks>
internal sealed class CodingCheck(IConformanceSource source, ITerminology terminology, FhirDefinitions definitions)
    : ICheck
{
    public void Check(ElementNode node, Findings findings)
    {
        if (node["system"] is not { Value: { Length: > 0 } system } at)
            return;
        if (source.Find("CodeSystem", system)?["supplements"] is not null)
        {
            findings.Add(ContentMessages.SystemIsSupplement, at, system);
            return;
        }
        switch (terminology.Standing(system, node.Text("code") ?? ""))
        {
            case CodeStanding.SystemUnknown when IsValueSet(system):
                findings.Add(ContentMessages.SystemIsValueSet, at, system);
                break;
            case CodeStanding.SystemUnknown when IsPage(system):
                findings.Add(ContentMessages.SystemIsPage, at, system);
                break;
            case CodeStanding.SystemUnknown when IsOfEarlierFhir(system):
                findings.Add(ContentMessages.SystemOfEarlierFhir, at, system);
                break;
            case CodeStanding.NotInSystem when node.Text("code") is { Length: > 0 } code && !IsPersonNumber(system, code):
                findings.Add(ContentMessages.CodeNotInSystem, node, code, system);
                break;
        }
    }

    private bool IsValueSet(string system) =>
        definitions.ValueSets.ContainsKey(system) || source.Find("ValueSet", system) is not null
        || system.StartsWith("http://hl7.org/fhir/ValueSet/", StringComparison.Ordinal)
        || system.StartsWith("http://terminology.hl7.org/ValueSet/", StringComparison.Ordinal);

    /// <summary>NNxxx of v2 table 0203 stands for as many codes as there are countries: <c>NNFIN</c>.</summary>
    private static bool IsPersonNumber(string system, string code) =>
        system == "http://terminology.hl7.org/CodeSystem/v2-0203" && code is ['N', 'N', _, _, _]
        && code.All(char.IsAsciiLetterUpper);

    /// <summary>A page of HL7's site about a code system, or of its next edition.</summary>
    private static bool IsPage(string system) =>
        system.StartsWith("http://build.fhir.org/", StringComparison.Ordinal)
        || (system.StartsWith("http://hl7.org/fhir/", StringComparison.Ordinal)
            && system.EndsWith(".html", StringComparison.Ordinal));

    /// <summary>R4 named all of these anew.</summary>
    private static bool IsOfEarlierFhir(string system) =>
        system.StartsWith("http://hl7.org/fhir/v2/", StringComparison.Ordinal)
        || system.StartsWith("http://hl7.org/fhir/v3/", StringComparison.Ordinal);
}
