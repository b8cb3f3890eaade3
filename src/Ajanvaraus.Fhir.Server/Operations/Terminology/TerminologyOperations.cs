using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Conformance;

namespace Ajanvaraus.Fhir.Server.Operations.Terminology;

/// <summary>The operations of terminology, each made once: http://hl7.org/fhir/R4/terminology-service.html .</summary>
internal static class TerminologyOperations
{
    public static ImmutableArray<IOperation> All(CurrentTerminology terminology, ResourceStore store) =>
    [
        new ExpandValueSet(terminology, store),
        new ValidateInValueSet(terminology, store),
        new ValidateInCodeSystem(terminology, store),
        new LookupCode(terminology, store),
        new SubsumesCodes(terminology, store),
        new TranslateCode(terminology, store),
    ];
}
