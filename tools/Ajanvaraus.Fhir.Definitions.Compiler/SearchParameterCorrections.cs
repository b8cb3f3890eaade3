namespace Ajanvaraus.Fhir.Definitions.Compiler;

/// <summary>Where the package's search parameters depart from R4 4.0.1, and what R4 says there.</summary>
/// <remarks>Not restored: <c>example</c>, <c>example-extension</c> and <c>example-reference</c>, which illustrate the
/// SearchParameter page and would redefine <c>_id</c> and <c>Condition.subject</c>.</remarks>
internal static class SearchParameterCorrections
{
    private const string Prefix = "http://hl7.org/fhir/SearchParameter/";
    private const string Structure = "http://hl7.org/fhir/StructureDefinition/";

    private static readonly Dictionary<string, string> Targets = new()
    {
        [Prefix + "MeasureReport-subject"] = "Practitioner Group Device Patient PractitionerRole RelatedPerson Location",
        [Prefix + "clinical-patient"] = "Patient Group",
    };

    /// <summary>Parameters that the package lacks. Those of CodeSystem and ValueSet extensions have no base and no
    /// expression in R4 either.</summary>
    public static IReadOnlyList<SearchParameterFacts> Restored { get; } =
    [
        .. Extensions("codesystem-extensions-CodeSystem-"), .. Extensions("valueset-extensions-ValueSet-"),
        Parameter("device-extensions-Device-din", "din", "token", "Device",
            $"Device.extension('{Prefix}device-extensions-Device-din')"),
        Parameter("diagnosticreport-genetic-DiagnosticReport-assessed-condition", "assessed-condition", "reference",
            "DiagnosticReport",
            $"DiagnosticReport.extension('{Structure}DiagnosticReport-geneticsAssessedCondition')"),
        Parameter("filter", "_filter", "special", "Resource", ""),
        Genetic("amino-acid-change", "string", "AminoAcidChangeName"),
        Genetic("dna-variant", "string", "DnaVariant"),
        Genetic("gene-amino-acid-change", "string", "AminoAcidChangeName"),
        Genetic("gene-dnavariant", "string", "DnaVariant"),
        Genetic("gene-identifier", "token", "Gene"),
        Parameter("patient-extensions-Patient-age", "age", "number", "Patient", ""),
        Parameter("patient-extensions-Patient-birthOrderBoolean", "birthOrderBoolean", "token", "Patient", ""),
        Parameter("patient-extensions-Patient-mothersMaidenName", "mothersMaidenName", "string", "Patient",
            $"Patient.extension('{Structure}patient-extensions-Patient-mothersMaidenName')"),
        Parameter("questionnaireresponse-extensions-QuestionnaireResponse-item-subject", "item-subject", "reference",
            "QuestionnaireResponse",
            $"QuestionnaireResponse.item.where(hasExtension('{Structure}questionnaireresponse-isSubject'))"
            + ".answer.value.ofType(Reference)"),
    ];

    public static SearchParameterFacts Correct(SearchParameterFacts parameter) =>
        Targets.TryGetValue(parameter.Url, out var targets) ? parameter with { Targets = targets } : parameter;

    private static IEnumerable<SearchParameterFacts> Extensions(string name) =>
    [
        Parameter(name + "author", "author", "string", "", ""),
        Parameter(name + "effective", "effective", "date", "", ""),
        Parameter(name + "end", "end", "date", "", ""),
        Parameter(name + "keyword", "keyword", "string", "", ""),
        Parameter(name + "workflow", "workflow", "token", "", ""),
    ];

    private static SearchParameterFacts Genetic(string code, string type, string extension) =>
        Parameter("observation-genetic-Observation-" + code, code, type, "Observation",
            $"Observation.extension('{Structure}observation-genetics{extension}')");

    private static SearchParameterFacts Parameter(
        string name, string code, string type, string @base, string expression) =>
        new(Prefix + name, code, type, @base, "", expression, []);
}
