namespace Ajanvaraus.Fhir.Definitions.Compiler;

/// <summary>Where the package departs from R4 4.0.1, and what R4 says there.</summary>
/// <remarks>The package carries elements of its own product and of R5; the published R4 is at
/// http://hl7.org/fhir/R4 . Tests compare the result with the published tables.</remarks>
internal static class Corrections
{
    /// <summary>Elements that R4 does not have; the backbone types under them go too.</summary>
    private static readonly HashSet<string> Added =
    [
        "Binary.url",
        "DeviceDefinition.bodySite", "DeviceDefinition.classification",
        "Meta.account", "Meta.accounts", "Meta.author", "Meta.compartment", "Meta.deleted", "Meta.onBehalfOf",
        "Meta.project",
        "HealthcareService.offeredIn",
        "ObservationDefinition.publisher",
        "ResearchStudy.associatedParty", "ResearchStudy.classifier", "ResearchStudy.comparisonGroup",
        "ResearchStudy.descriptionSummary", "ResearchStudy.label", "ResearchStudy.name",
        "ResearchStudy.objective.description", "ResearchStudy.outcomeMeasure", "ResearchStudy.progressStatus",
        "ResearchStudy.recruitment", "ResearchStudy.region", "ResearchStudy.result", "ResearchStudy.studyDesign",
        "ResearchStudy.whyStopped",
        "EvidenceVariable.characteristic.definitionByCombination",
        "EvidenceVariable.characteristic.definitionByTypeAndValue",
        "EvidenceVariable.characteristic.definitionCanonical",
        "EvidenceVariable.characteristic.definitionCodeableConcept",
        "EvidenceVariable.characteristic.definitionExpression", "EvidenceVariable.characteristic.definitionId",
        "EvidenceVariable.characteristic.definitionReference", "EvidenceVariable.characteristic.duration[x]",
        "EvidenceVariable.characteristic.instances[x]", "EvidenceVariable.characteristic.linkId",
        "EvidenceVariable.characteristic.note", "EvidenceVariable.characteristic.timeFromEvent",
    ];

    /// <summary>Elements that the package lacks: the element they follow, and what they are.</summary>
    private static readonly (string Type, string After, ElementFacts Element)[] Missing =
    [
        ("EvidenceVariable.characteristic", "description", Element("definition[x]", "1..1", "s",
            [
                new("Reference", ["Group"]), new("canonical", ["ActivityDefinition"]), Plain("CodeableConcept"),
                Plain("Expression"), Plain("DataRequirement"), Plain("TriggerDefinition"),
            ])),
        ("EvidenceVariable.characteristic", "definition[x]", Element("usageContext", "0..*", "", [Plain("UsageContext")])),
        ("EvidenceVariable.characteristic", "exclude", Element("participantEffective[x]", "0..1", "",
            [Plain("dateTime"), Plain("Period"), Plain("Duration"), Plain("Timing")])),
        ("EvidenceVariable.characteristic", "participantEffective[x]",
            Element("timeFromStart", "0..1", "", [Plain("Duration")])),
        ("EvidenceVariable.characteristic", "timeFromStart", Element("groupMeasure", "0..1", "", [Plain("code")])
            with { Binding = "required http://hl7.org/fhir/ValueSet/group-measure" }),
    ];

    /// <summary>Elements that the package changed, by path.</summary>
    private static readonly Dictionary<string, Func<ElementFacts, ElementFacts>> Changed = new()
    {
        ["AuditEvent.agent.who"] = e => References(e, "Device", "Organization", "Patient", "Practitioner",
            "PractitionerRole", "RelatedPerson"),
        ["AuditEvent.source.observer"] = e => References(e, "Device", "Organization", "Patient", "Practitioner",
            "PractitionerRole", "RelatedPerson"),
        ["Bundle.entry"] = e => Rule(e, "bdl-8", "fullUrl.contains('/_history/').not()"),
        ["Bundle.entry.response.outcome"] = e => e with { Types = [Plain("Resource")] },
        ["DetectedIssue.status"] = e => e with { Binding = "required http://hl7.org/fhir/ValueSet/observation-status" },
        ["EvidenceVariable.characteristic"] = e => e with { Cardinality = "1..*", Constraints = [] },
        ["EvidenceVariable.characteristic.description"] = e => e with { Types = [Plain("string")] },
        ["MeasureReport.subject"] = e => References(e, "Device", "Group", "Location", "Patient", "Practitioner",
            "PractitionerRole", "RelatedPerson"),
        ["RiskAssessment.prediction"] = e => Rule(e, "ras-2",
            "probability is decimal implies (probability as decimal) <= 100"),
        ["ResearchStudy.site"] = e => References(e, "Location"),
        ["Timing.repeat"] = e => Rule(e, "tim-9",
            "offset.empty() or (when.exists() and ((when in ('C' | 'CM' | 'CD' | 'CV')).not()))"),
    };

    /// <summary>Rules on whole types that the package changed.</summary>
    private static readonly Dictionary<string, (string Key, string Expression)> ChangedRules = new()
    {
        ["Appointment"] = ("app-4", "Appointment.cancelationReason.exists() implies "
            + "(Appointment.status='no-show' or Appointment.status='cancelled')"),
    };

    public static IReadOnlyList<TypeFacts> Apply(IReadOnlyList<TypeFacts> types) =>
        [.. types.Where(type => !IsAdded(type.Name)).Select(Correct)];

    private static bool IsAdded(string path) =>
        Added.Any(added => path == added || path.StartsWith(added + ".", StringComparison.Ordinal));

    private static TypeFacts Correct(TypeFacts type)
    {
        var elements = type.Elements.Where(e => !IsAdded(type.Name + "." + e.Name))
            .Select(e => Changed.TryGetValue(type.Name + "." + e.Name, out var change) ? change(e) : e).ToList();
        foreach (var (_, after, element) in Missing.Where(m => m.Type == type.Name))
            elements.Insert(elements.FindIndex(e => e.Name == after) + 1, element);
        var rules = ChangedRules.TryGetValue(type.Name, out var rule)
            ? Replace(type.Constraints, rule.Key, rule.Expression)
            : type.Constraints;
        return type with { Elements = elements, Constraints = rules };
    }

    private static ElementFacts Element(string name, string cardinality, string flags, TypeReference[] types) =>
        new(name, cardinality, flags, types, "", []);

    private static TypeReference Plain(string code) => new(code, []);

    private static ElementFacts References(ElementFacts element, params string[] targets) =>
        element with { Types = [new TypeReference("Reference", targets)] };

    private static ElementFacts Rule(ElementFacts element, string key, string expression) =>
        element with { Constraints = Replace(element.Constraints, key, expression) };

    private static List<ConstraintFacts> Replace(
        IReadOnlyList<ConstraintFacts> rules, string key, string expression) =>
        [.. rules.Select(rule => rule.Key == key ? rule with { Expression = expression } : rule)];
}
