using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Validation.Checks;

/// <summary>One rule, compiled for a type or an element; without state of its own during a check.</summary>
internal interface ICheck
{
    void Check(ElementNode node, Findings findings);
}
