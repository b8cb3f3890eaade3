using System.Collections.Frozen;

using Ajanvaraus.Fhir.Core.Conformance;
using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Terminology;
using Ajanvaraus.Fhir.Core.Validation.Checks;
using Ajanvaraus.Fhir.Core.Validation.Profiles;

namespace Ajanvaraus.Fhir.Core.Validation;

/// <summary>What is asked of single types when somebody asks for a validation, beyond structure and profiles.</summary>
/// <remarks>A write does not ask this: what it takes in can be read and searched all the same.</remarks>
internal sealed class ContentRules
{
    private readonly FrozenDictionary<TypeSchema, ICheck> _checks;

    /// <param name="terminology">Null: codes are not looked up in their systems.</param>
    public ContentRules(
        FhirDefinitions definitions, IConformanceSource source, ITerminology? terminology, ProfileLibrary library)
    {
        var canonicals = new CanonicalCheck(definitions);
        var searches = new SearchDefinitions(source, definitions);
        var coding = terminology is null ? null : new CodingCheck(source, terminology, definitions);
        _checks = definitions.Types.Values
            .Select(type => (Type: type, Checks: AllChecks.Of([.. Checks(type)])))
            .Where(pair => pair.Checks is not null)
            .ToFrozenDictionary(pair => pair.Type, pair => pair.Checks!);

        IEnumerable<ICheck> Checks(TypeSchema type)
        {
            if (type.Kind == TypeKind.Resource)
                yield return ElementIdsCheck.Instance;
            if (CanonicalUrlCheck.Concerns(type))
                yield return CanonicalUrlCheck.Instance;
            if (type.Is("uri"))
                yield return UriFormCheck.Instance;
            foreach (var check in OfName(type))
                yield return check;
        }

        ICheck[] OfName(TypeSchema type) => type.Name switch
        {
            "Attachment" => [AttachmentCheck.Instance],
            "Bundle" => [SearchsetCheck.Instance, FullUrlCheck.Instance, GatheredCheck.Instance],
            "canonical" => [canonicals],
            "CapabilityStatement" => [new OfferedSearchCheck(searches)],
            "code" => [RequiredCodeCheck.Instance],
            "CodeSystem" => [SupplementCheck.Instance, ConceptsPresentCheck.Instance],
            "Coding" when coding is not null => [coding],
            "Identifier" => [IdentifierCheck.Instance],
            "MeasureReport" => [new MeasureReportCheck(source)],
            "Meta" => [SecurityLabelCheck.Instance],
            "Questionnaire" => [EnableWhenCheck.Instance],
            "QuestionnaireResponse" => [new QuestionnaireResponseCheck(source)],
            "Reference" => [ReferenceTypeCheck.Instance, TargetTypeCheck.Instance],
            "SearchParameter" => [new DerivedSearchCheck(searches), CompositeSearchCheck.Instance],
            "StructureDefinition" =>
                [new TypeProfileCheck(library), new KnownElementsCheck(library), new RefixedValuesCheck(library)],
            "ValueSet" => terminology is null ? [IncludedSystemCheck.Instance]
                : [IncludedSystemCheck.Instance, new FilterValueCheck(source, terminology)],
            _ => type.Is("Quantity") ? [UnitCheck.Instance] : [],
        };
    }

    public void Check(ElementNode node, Findings findings)
    {
        if (_checks.TryGetValue(node.Type, out var check))
            check.Check(node, findings);
    }
}
