using Ajanvaraus.Fhir.Core.Tests.Json;
using Ajanvaraus.Fhir.Core.Tests.Validation.Profiles;

namespace Ajanvaraus.Fhir.Core.Tests.Validation;

/// <summary>
/// The verdict of HL7's reference validator on the kinds of its public R4 cases that need profiles, value sets or other
/// resources: "" where it finds nothing or only warns, else the places of errors.
/// </summary>
public sealed class ReferenceProfileVerdictTests
{
    private const string Extension = "http://example.net/StructureDefinition/x";

    /// <summary>An extension with a boolean.</summary>
    private static string ExtensionDefinition(string more) => $$$"""
        {
          "resourceType": "StructureDefinition", "url": "{{{Extension}}}", "name": "X", "status": "draft",
          "kind": "complex-type", "abstract": false, "type": "Extension", "derivation": "constraint",
          "baseDefinition": "http://hl7.org/fhir/StructureDefinition/Extension", {{{more}}},
          "differential": { "element": [
            { "id": "Extension.extension", "path": "Extension.extension", "max": "0" },
            { "id": "Extension.url", "path": "Extension.url", "fixedUri": "{{{Extension}}}" },
            { "id": "Extension.value[x]", "path": "Extension.value[x]", "min": 1, "type": [ { "code": "boolean" } ] } ] }
        }
        """;

    private static string Profile(string type, string elements, string more = "", string url = ProfileCase.Url) =>
        Parsed.Json(ProfileCase.Profile(type, elements, url, more: more));

    private const string X = """{"url":"http://example.net/StructureDefinition/x","valueBoolean":true}""";

    [Theory]
    // Where an extension may stand: http://hl7.org/fhir/R4/defining-extensions.html#context
    [InlineData("""{"resourceType":"Patient","extension":[#]}""", "")]
    [InlineData("""{"resourceType":"Patient","name":[{"text":"a","extension":[#]}]}""", "")]
    [InlineData("""{"resourceType":"Patient","active":true,"_active":{"extension":[#]}}""", "Patient.active.extension[0]")]
    [InlineData("""{"resourceType":"Basic","code":{"text":"b"},"extension":[#]}""", "Basic.extension[0]")]
    [InlineData("""{"resourceType":"Patient","address":[{"use":"home","city":"a","extension":[#]}]}""", "")]
    [InlineData("""{"resourceType":"Patient","address":[{"use":"work","city":"a","extension":[#]}]}""", "Patient.address[0].extension[0]")]
    [InlineData("""{"resourceType":"Patient","extension":[{"url":"http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired","valueBoolean":true,"_valueBoolean":{"extension":[#]}}]}""", "")]
    [InlineData("""{"resourceType":"Patient","extension":[{"url":"http://hl7.org/fhir/StructureDefinition/patient-cadavericDonor","valueBoolean":true,"_valueBoolean":{"extension":[#]}}]}""", "Patient.extension[0].value.extension[0]")]
    public void Context_of_an_extension(string json, string expected) => VerdictCase.Errors(
        json.Replace("#", X, StringComparison.Ordinal), ExtensionDefinition("""
            "context": [
              { "type": "element", "expression": "Patient" }, { "type": "element", "expression": "Patient.name" },
              { "type": "extension", "expression": "http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired" },
              { "type": "fhirpath", "expression": "Patient.address.where(use = 'home')" } ]
            """)).Should().Be(expected);

    [Theory]
    [InlineData("""{"resourceType":"Patient","extension":[#]}""", "")]
    [InlineData("""{"resourceType":"Patient","text":{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\">a</div>","extension":[#]}}""", "")]
    [InlineData("""{"resourceType":"Patient","contact":[{"name":{"text":"n"},"extension":[#]}]}""", "")]
    [InlineData("""{"resourceType":"Patient","name":[{"text":"a","extension":[#]}]}""", "Patient.name[0].extension[0]")]
    public void Context_of_an_extension_by_abstract_type(string json, string expected) => VerdictCase.Errors(
        json.Replace("#", X, StringComparison.Ordinal), ExtensionDefinition("""
            "context": [
              { "type": "element", "expression": "DomainResource" }, { "type": "element", "expression": "BackboneElement" },
              { "type": "element", "expression": "DomainResource.text" } ]
            """)).Should().Be(expected);

    [Theory]
    [InlineData("""{"resourceType":"Patient","active":false,"extension":[#]}""", "")]
    [InlineData("""{"resourceType":"Patient","active":true,"extension":[#]}""", "Patient.extension[0]")]
    public void Context_of_an_extension_by_invariant(string json, string expected) => VerdictCase.Errors(
        json.Replace("#", X, StringComparison.Ordinal), ExtensionDefinition("""
            "context": [ { "type": "element", "expression": "Patient" } ], "contextInvariant": [ "Patient.active.not()" ]
            """)).Should().Be(expected);

    [Theory]
    // R4's own extensions, simple and complex: http://hl7.org/fhir/R4/extensibility.html
    [InlineData("""{"url":"http://hl7.org/fhir/StructureDefinition/patient-cadavericDonor","valueBoolean":true}""", "")]
    [InlineData("""{"url":"http://hl7.org/fhir/StructureDefinition/patient-cadavericDonor","valueString":"a"}""", "Patient.extension[0].value")]
    [InlineData("""{"url":"http://hl7.org/fhir/StructureDefinition/patient-animal","extension":[{"url":"species","valueCodeableConcept":{"text":"dog"}}]}""", "")]
    [InlineData("""{"url":"http://hl7.org/fhir/StructureDefinition/patient-animal","extension":[{"url":"breed","valueCodeableConcept":{"text":"dog"}}]}""", "Patient.extension[0].extension")]
    [InlineData("""{"url":"http://hl7.org/fhir/StructureDefinition/patient-animal","extension":[{"url":"species","valueCodeableConcept":{"text":"dog"}},{"url":"x","valueString":"a"}]}""", "Patient.extension[0].extension[1].url")]
    [InlineData("""{"url":"http://hl7.org/fhir/1.0/StructureDefinition/extension-Patient.animal","extension":[{"url":"species","valueCodeableConcept":{"text":"dog"}}]}""", "")]
    [InlineData("""{"url":"relative","valueString":"a"}""", "Patient.extension[0].url")]
    [InlineData("""{"url":"http://hl7.org/fhir/StructureDefinition/patient-congregation|4.0.0","valueString":"a"}""", "Patient.extension[0].url")]
    [InlineData("""{"url":"http://hl7.org/fhir/StructureDefinition/humanname-mothers-family","valueString":"a"}""", "Patient.extension[0]")]
    [InlineData("""{"valueString":"a"}""", "Patient.extension[0].url")]
    [InlineData("""{"url":"http://example.org/nowhere","valueString":"a"}""", "")]
    [InlineData("""{"url":"http://example.org/nowhere"}""", "Patient.extension[0]")]
    public void Extension_by_its_definition(string extension, string expected) =>
        VerdictCase.Errors($$$"""{"resourceType":"Patient","extension":[{{{extension}}}]}""").Should().Be(expected);

    [Theory]
    [InlineData("http://example.org/nowhere", "")]
    [InlineData("http://unknown.fi/nowhere", "Patient.modifierExtension[0]")]
    public void Unknown_modifier_extension(string url, string expected) =>
        VerdictCase.Errors($$$"""{"resourceType":"Patient","modifierExtension":[{"url":"{{{url}}}","valueString":"a"}]}""")
            .Should().Be(expected);

    [Theory]
    [InlineData("""{"resourceType":"Patient"}""", """{"path":"Patient.identifier","min":0}""", "")]
    [InlineData("""{"resourceType":"Patient"}""", """{"path":"Patient.identifier","min":1}""", "Patient.identifier")]
    [InlineData("""{"resourceType":"Patient"}""", """{"path":"Patient.identifier","min":0,"fixedIdentifier":{"use":"usual"}}""", "")]
    [InlineData("""{"resourceType":"Patient"}""", """{"path":"Patient.identifier","min":1,"fixedIdentifier":{"use":"usual"}}""", "Patient.identifier")]
    [InlineData("""{"resourceType":"Patient"}""", """{"path":"Patient.identifier","min":1,"patternIdentifier":{"use":"usual"}}""", "Patient.identifier")]
    [InlineData("""{"resourceType":"Patient","telecom":[{"system":"phone","value":"1","use":"home"}]}""", """{"path":"Patient.telecom","fixedContactPoint":{"use":"home"}}""", "Patient.telecom[0]")]
    // A slice by a whole pattern, optional, with required parts
    [InlineData("""{"resourceType":"Patient","address":[{"type":"both","city":"a"}]}""", """{"path":"Patient.address","slicing":{"discriminator":[{"type":"pattern","path":"$this"}],"rules":"open"}},{"id":"Patient.address:s","path":"Patient.address","sliceName":"s","patternAddress":{"type":"both"}},{"id":"Patient.address:s.line","path":"Patient.address.line","min":1},{"id":"Patient.address:p","path":"Patient.address","sliceName":"p","patternAddress":{"type":"postal"}},{"id":"Patient.address:p.line","path":"Patient.address.line","min":1}""", "Patient.address[0].line")]
    [InlineData("""{"resourceType":"Patient","address":[{"type":"physical","city":"a"},{"type":"postal","line":["l"]}]}""", """{"path":"Patient.address","slicing":{"discriminator":[{"type":"pattern","path":"$this"}],"rules":"open"}},{"id":"Patient.address:s","path":"Patient.address","sliceName":"s","patternAddress":{"type":"both"}},{"id":"Patient.address:s.line","path":"Patient.address.line","min":1},{"id":"Patient.address:p","path":"Patient.address","sliceName":"p","patternAddress":{"type":"postal"}},{"id":"Patient.address:p.line","path":"Patient.address.line","min":1}""", "")]
    public void Patient_profile(string json, string elements, string expected) =>
        VerdictCase.Errors(json, Profile("Patient", elements)).Should().Be(expected);

    [Theory]
    // A choice sliced by type
    [InlineData(""" "effectiveDateTime":"2020" """, "")]
    [InlineData(""" "effectivePeriod":{"start":"2020","end":"2021"} """, "")]
    [InlineData(""" "effectivePeriod":{"start":"2020"} """, "Observation.effective.end")]
    [InlineData(""" "effectiveInstant":"2020-01-01T00:00:00Z" """, "Observation.effective")]
    [InlineData(""" "status":"final" """, "Observation.effective")]
    public void Choice_sliced_by_type(string members, string expected) => VerdictCase.Errors(
        ProfileCase.With("""{"resourceType":"Observation","status":"final","code":{"text":"a"}}""", members),
        Profile("Observation", """
            {"id":"Observation.effective[x]","path":"Observation.effective[x]","min":1,"type":[{"code":"dateTime"},{"code":"Period"}],
             "slicing":{"discriminator":[{"type":"type","path":"$this"}],"rules":"open"}},
            {"id":"Observation.effective[x]:effectivePeriod","path":"Observation.effective[x]","sliceName":"effectivePeriod","type":[{"code":"Period"}]},
            {"id":"Observation.effective[x]:effectivePeriod.start","path":"Observation.effective[x].start","min":1},
            {"id":"Observation.effective[x]:effectivePeriod.end","path":"Observation.effective[x].end","min":1}
            """)).Should().Be(expected);

    private const string PatientEntry = """{"fullUrl":"http://a.org/Patient/1","resource":{"resourceType":"Patient","active":false}}""";

    private const string BasicEntry = """{"fullUrl":"http://a.org/Basic/1","resource":{"resourceType":"Basic","code":{"text":"b"}}}""";

    [Theory]
    // Entries sliced by the profile of their resource; nothing else may stand
    [InlineData(PatientEntry + "," + BasicEntry, "")]
    [InlineData(BasicEntry, "Bundle.entry")]
    [InlineData(PatientEntry + "," + PatientEntry + "," + BasicEntry, "Bundle.entry[1].fullUrl; Bundle.entry[1]")]
    [InlineData("""{"fullUrl":"http://a.org/Patient/1","resource":{"resourceType":"Patient"}},""" + BasicEntry, "Bundle.entry[0]; Bundle.entry")]
    public void Entries_sliced_by_profile(string entries, string expected) => VerdictCase.Errors(
        $$$"""{"resourceType":"Bundle","type":"collection","entry":[{{{entries}}}]}""",
        Profile("Bundle", """
            {"path":"Bundle.entry","slicing":{"discriminator":[{"type":"profile","path":"$this.resource"}],"ordered":false,"rules":"closed"}},
            {"path":"Bundle.entry","sliceName":"p","min":1,"max":"1"},
            {"path":"Bundle.entry.resource","min":1,"type":[{"code":"Resource","profile":["http://example.org/StructureDefinition/active-patient"]}]},
            {"path":"Bundle.entry","sliceName":"b","min":1,"max":"1"},
            {"path":"Bundle.entry.resource","min":1,"type":[{"code":"Resource","profile":["http://hl7.org/fhir/StructureDefinition/Basic"]}]}
            """),
        Profile("Patient", """{"path":"Patient.active","min":1}""", url: "http://example.org/StructureDefinition/active-patient"))
        .Should().Be(expected);

    [Theory]
    [InlineData(BasicEntry, "")]
    [InlineData(PatientEntry, "Bundle.entry[0].resource")]
    public void Resource_of_an_entry_by_type(string entries, string expected) => VerdictCase.Errors(
        $$$"""{"resourceType":"Bundle","type":"collection","entry":[{{{entries}}}]}""",
        Profile("Bundle", """{"path":"Bundle.entry.resource","type":[{"code":"Basic"}]}""")).Should().Be(expected);

    [Theory]
    [InlineData("one", """{"resourceType":"Patient","name":[{"text":"a"}]}""", "")]
    [InlineData("one", """{"resourceType":"Patient"}""", "Parameters.parameter[0].resource.name")]
    [InlineData("two", """{"resourceType":"Patient","name":[{"text":"a"}]}""", "Parameters.parameter[0]; Parameters.parameter")]
    public void Resource_of_a_parameter_by_profile(string name, string resource, string expected) => VerdictCase.Errors(
        $$$"""{"resourceType":"Parameters","parameter":[{"name":"{{{name}}}","resource":{{{resource}}}}]}""",
        Profile("Parameters", """
            {"id":"Parameters.parameter","path":"Parameters.parameter","min":1,"max":"1","slicing":{"discriminator":[{"type":"value","path":"name"}],"rules":"closed"}},
            {"id":"Parameters.parameter:one","path":"Parameters.parameter","sliceName":"one","min":1,"max":"1"},
            {"id":"Parameters.parameter:one.name","path":"Parameters.parameter.name","fixedString":"one"},
            {"id":"Parameters.parameter:one.resource","path":"Parameters.parameter.resource","min":1,"type":[{"code":"Resource","profile":["http://example.org/StructureDefinition/named-patient"]}]}
            """),
        Profile("Patient", """{"path":"Patient.name","min":1}""", url: "http://example.org/StructureDefinition/named-patient"))
        .Should().Be(expected);

    [Theory]
    // What is said of all parameters holds in each slice
    [InlineData("""{"name":"a","valueString":"v"}""", "")]
    [InlineData("""{"name":"a","valueString":"v","extension":[{"url":"http://example.org/x","valueString":"e"}]}""", "Parameters.parameter[0].extension")]
    [InlineData("""{"name":"a","valueString":"v","modifierExtension":[{"url":"http://example.org/x","valueString":"e"}]}""", "Parameters.parameter[0].modifierExtension")]
    [InlineData("""{"name":"a","valueBoolean":true}""", "Parameters.parameter[0].value")]
    public void Parameters_without_extensions(string parameter, string expected) => VerdictCase.Errors(
        $$$"""{"resourceType":"Parameters","parameter":[{{{parameter}}}]}""",
        Profile("Parameters", """
            {"id":"Parameters.parameter","path":"Parameters.parameter","slicing":{"discriminator":[{"type":"value","path":"name"}],"rules":"closed"}},
            {"id":"Parameters.parameter.extension","path":"Parameters.parameter.extension","max":"0"},
            {"id":"Parameters.parameter.modifierExtension","path":"Parameters.parameter.modifierExtension","max":"0"},
            {"id":"Parameters.parameter:a","path":"Parameters.parameter","sliceName":"a","min":1,"max":"1"},
            {"id":"Parameters.parameter:a.name","path":"Parameters.parameter.name","fixedString":"a"},
            {"id":"Parameters.parameter:a.value[x]:valueString","path":"Parameters.parameter.value[x]","sliceName":"valueString","min":1,"type":[{"code":"string"}]}
            """)).Should().Be(expected);

    [Theory]
    // Slices told by the value of an extension that each slice asks for
    [InlineData("One", "Many", "")]
    [InlineData("One", "One", "PlanDefinition.action")]
    public void Actions_sliced_by_the_value_of_an_extension(string first, string second, string expected) =>
        VerdictCase.Errors($$$"""
            {"resourceType":"PlanDefinition","status":"active","action":[
              {"title":"t","extension":[{"url":"{{{Extension}}}","valueCode":"{{{first}}}"}]},
              {"title":"t","extension":[{"url":"{{{Extension}}}","valueCode":"{{{second}}}"}]}]}
            """,
        Profile("PlanDefinition", """
            {"id":"PlanDefinition.action","path":"PlanDefinition.action","min":1,"slicing":{"discriminator":[{"type":"value","path":"extension('http://example.net/StructureDefinition/x').value"}],"rules":"open"}},
            {"id":"PlanDefinition.action.extension:t","path":"PlanDefinition.action.extension","sliceName":"t","type":[{"code":"Extension","profile":["http://example.net/StructureDefinition/x"]}]},
            {"id":"PlanDefinition.action:one","path":"PlanDefinition.action","sliceName":"one","min":1},
            {"id":"PlanDefinition.action:one.extension:t/One","path":"PlanDefinition.action.extension","sliceName":"t/One","min":1,"max":"1","type":[{"code":"Extension","profile":["http://example.net/StructureDefinition/x"]}]},
            {"id":"PlanDefinition.action:one.extension:t/One.valueCode","path":"PlanDefinition.action.extension.valueCode","min":1,"max":"1","type":[{"code":"code"}],"fixedCode":"One"},
            {"id":"PlanDefinition.action:many","path":"PlanDefinition.action","sliceName":"many","min":1},
            {"id":"PlanDefinition.action:many.extension:t/Many","path":"PlanDefinition.action.extension","sliceName":"t/Many","min":1,"max":"1","type":[{"code":"Extension","profile":["http://example.net/StructureDefinition/x"]}]},
            {"id":"PlanDefinition.action:many.extension:t/Many.valueCode","path":"PlanDefinition.action.extension.valueCode","min":1,"max":"1","type":[{"code":"code"}],"fixedCode":"Many"}
            """),
        ExtensionDefinition(""" "context": [ { "type": "element", "expression": "PlanDefinition.action" } ] """)
            .Replace("boolean", "code", StringComparison.Ordinal)).Should().Be(expected);

    [Theory]
    // Entries of a List sliced by the type of what they point to
    [InlineData("Condition", "Observation", "")]
    [InlineData("Condition", "Condition", "List.entry[1]; List.entry")]
    public void Entries_sliced_by_the_type_of_their_target(string first, string second, string expected) =>
        VerdictCase.Errors($$$"""
            {"resourceType":"List","status":"current","mode":"working","contained":[
              {"resourceType":"Condition","id":"c","subject":{"display":"s"}},
              {"resourceType":"Observation","id":"o","status":"final","code":{"text":"o"}}],
             "entry":[{"item":{"reference":"#{{{(first == "Condition" ? "c" : "o")}}}"}},{"item":{"reference":"#{{{(second == "Condition" ? "c" : "o")}}}"}}]}
            """,
        Profile("List", """
            {"id":"List.entry","path":"List.entry","slicing":{"discriminator":[{"type":"type","path":"item.resolve()"}],"ordered":false,"rules":"closed"}},
            {"id":"List.entry:a","path":"List.entry","sliceName":"a","min":1,"max":"1"},
            {"id":"List.entry:a.item","path":"List.entry.item","type":[{"code":"Reference","targetProfile":["http://hl7.org/fhir/StructureDefinition/Condition"]}]},
            {"id":"List.entry:b","path":"List.entry","sliceName":"b","min":1,"max":"3"},
            {"id":"List.entry:b.item","path":"List.entry.item","type":[{"code":"Reference","targetProfile":["http://hl7.org/fhir/StructureDefinition/Observation"]}]}
            """)).Should().Be(expected);

    private const string OwnCodes = """
        {"resourceType":"ValueSet","url":"http://example.org/ValueSet/v","status":"active","compose":{"include":[
          {"system":"http://example.org/CodeSystem/c","concept":[{"code":"a"},{"code":"b"}]}]}}
        """;

    [Theory]
    [InlineData("a", "")]
    [InlineData("x", "Basic.code")]
    public void Invariant_with_memberOf(string code, string expected) => VerdictCase.Errors(
        $$$"""{"resourceType":"Basic","code":{"coding":[{"system":"http://example.org/CodeSystem/c","code":"{{{code}}}"}]}}""",
        Profile("Basic", """{"path":"Basic.code","constraint":[{"key":"m-1","severity":"error","human":"h","expression":"memberOf('http://example.org/ValueSet/v')"}]}"""),
        OwnCodes).Should().Be(expected);

    [Theory]
    [InlineData("FI")]
    [InlineData("Finland")]
    public void Invariant_that_warns(string country) => VerdictCase.Errors(
        $$$"""{"resourceType":"Patient","address":[{"country":"{{{country}}}"}]}""",
        Profile("Patient", """{"path":"Patient.address.country","constraint":[{"key":"c-1","severity":"warning","human":"h","expression":"Patient.address.country.memberOf('http://hl7.org/fhir/ValueSet/iso3166-1-2')"}]}"""))
        .Should().BeEmpty();

    [Theory]
    [InlineData(""" "valueQuantity":{"value":1,"system":"http://unitsofmeasure.org","code":"a"} """, "")]
    [InlineData(""" "valueQuantity":{"value":1,"system":"http://unitsofmeasure.org","code":"cm"} """, "Observation.value")]
    [InlineData(""" "valueString":"a" """, "Observation.value")]
    public void Quantity_in_units_of_a_value_set(string members, string expected) => VerdictCase.Errors(
        ProfileCase.With("""{"resourceType":"Observation","status":"final","code":{"text":"a"}}""", members),
        Profile("Observation", """{"path":"Observation.value[x]","type":[{"code":"Quantity"}],"binding":{"strength":"required","valueSet":"http://example.org/ValueSet/u"}}"""),
        """{"resourceType":"ValueSet","url":"http://example.org/ValueSet/u","status":"active","compose":{"include":[{"system":"http://unitsofmeasure.org","concept":[{"code":"a"},{"code":"mo"}]}]}}""")
        .Should().Be(expected);

    [Theory]
    [InlineData("|0.2", "Patient.name")]
    [InlineData("|0.1", "")]
    [InlineData("|0.9", "")]
    public void Profile_of_a_version(string version, string expected) => VerdictCase.Errors(
        $$$"""{"resourceType":"Patient","meta":{"profile":["{{{ProfileCase.Url}}}{{{version}}}"]}}""",
        OwnCodes,
        Profile("Patient", """{"path":"Patient.name","min":1}""", """ "version": "0.2", """),
        Profile("Patient", """{"path":"Patient.name","min":0}""", """ "version": "0.1", """)).Should().Be(expected);

    [Theory]
    // One of several profiles of a type is enough
    [InlineData("""{"use":"home","type":"postal"}""", "")]
    [InlineData("""{"use":"home"}""", "")]
    [InlineData("""{"city":"a"}""", "Patient.address[0]")]
    public void Address_by_one_of_two_profiles(string address, string expected) => VerdictCase.Errors(
        $$$"""{"resourceType":"Patient","address":[{{{address}}}]}""",
        Profile("Patient", """{"path":"Patient.address","type":[{"code":"Address","profile":["http://example.org/StructureDefinition/a1","http://example.org/StructureDefinition/a2"]}]}""", """ "fhirVersion": "4.0.1", """),
        DataType("Address", """{"path":"Address.use","min":1}""", "a1"), DataType("Address", """{"path":"Address.type","min":1}""", "a2"))
        .Should().Be(expected);

    [Theory]
    // A slice told by what the profile of a data type fixes
    [InlineData("urn:oid:1.2", "123456789012345", "")]
    [InlineData("urn:oid:1.3", "1", "")]
    public void References_sliced_by_the_system_of_an_identifier_profile(string system, string value, string expected) =>
        VerdictCase.Errors(
            $$$"""{"resourceType":"Patient","generalPractitioner":[{"identifier":{"system":"{{{system}}}","value":"{{{value}}}"}}]}""",
            Profile("Patient", """
                {"id":"Patient.generalPractitioner","path":"Patient.generalPractitioner","slicing":{"discriminator":[{"type":"value","path":"identifier.system"}],"rules":"open"}},
                {"id":"Patient.generalPractitioner:s","path":"Patient.generalPractitioner","sliceName":"s"},
                {"id":"Patient.generalPractitioner:s.identifier","path":"Patient.generalPractitioner.identifier","type":[{"code":"Identifier","profile":["http://example.org/StructureDefinition/i"]}]}
                """),
            DataType("Identifier", """
                {"id":"Identifier.system","path":"Identifier.system","min":1,"fixedUri":"urn:oid:1.2"},
                {"id":"Identifier.value","path":"Identifier.value","min":1,"constraint":[{"key":"d-1","severity":"warning","human":"h","expression":"matches('^([0-9]){15,}$')"}]}
                """, "i")).Should().Be(expected);

    [Theory]
    [InlineData("http://example.org/CodeSystem/s", "Observation.code.coding[0].system")]
    [InlineData("http://example.org/CodeSystem/other", "")]
    public void Code_of_a_supplement(string system, string expected) => VerdictCase.Errors(
        $$$"""{"resourceType":"Observation","status":"final","code":{"coding":[{"system":"{{{system}}}","code":"a"}]}}""",
        """{"resourceType":"CodeSystem","url":"http://example.org/CodeSystem/s","status":"draft","content":"complete","supplements":"http://loinc.org","concept":[{"code":"a"}]}""")
        .Should().Be(expected);

    [Theory]
    [InlineData("cohort", "MeasureReport.group[0].measureScore")]
    [InlineData("proportion", "")]
    public void Score_of_a_measure_report(string scoring, string expected) => VerdictCase.Errors(
        """{"resourceType":"MeasureReport","status":"complete","type":"summary","measure":"http://example.org/Measure/m","period":{"start":"2020"},"group":[{"measureScore":{"value":1}}]}""",
        $$$"""{"resourceType":"Measure","url":"http://example.org/Measure/m","status":"active","scoring":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/measure-scoring","code":"{{{scoring}}}"}]}}""")
        .Should().Be(expected);

    [Theory]
    // Answers: http://hl7.org/fhir/R4/questionnaireresponse.html
    [InlineData("completed", """{"linkId":"1","answer":[{"valueInteger":1}]}""", "")]
    [InlineData("completed", """{"linkId":"1","answer":[{"valueInteger":1}]},{"linkId":"9","answer":[{"valueInteger":1}]}""", "QuestionnaireResponse.item[1].linkId")]
    [InlineData("completed", """{"linkId":"1","answer":[{"valueString":"1"}]}""", "QuestionnaireResponse.item[0].answer[0].value")]
    [InlineData("completed", """{"linkId":"1","answer":[{"valueInteger":1},{"valueInteger":2}]}""", "QuestionnaireResponse.item[0].answer[1]")]
    [InlineData("completed", """{"linkId":"2","answer":[{"valueInteger":1}]}""", "QuestionnaireResponse.item")]
    [InlineData("in-progress", """{"linkId":"2","answer":[{"valueInteger":1}]}""", "")]
    [InlineData("completed", """{"linkId":"1","answer":[{"valueInteger":1}]},{"linkId":"2","answer":[{"valueInteger":1}]}""", "QuestionnaireResponse.item")]
    [InlineData("completed", """{"linkId":"1","answer":[{"valueInteger":1}]},{"linkId":"2","answer":[{"valueInteger":1}]},{"linkId":"3","answer":[{"valueInteger":1}]}""", "")]
    [InlineData("completed", """{"linkId":"1","answer":[{"valueInteger":2}]},{"linkId":"2","answer":[{"valueInteger":1}]},{"linkId":"3","answer":[{"valueInteger":1}]}""", "QuestionnaireResponse.item[2]")]
    [InlineData("completed", """{"linkId":"1","answer":[{"valueInteger":1}]},{"linkId":"4","answer":[{"valueCoding":{"system":"http://example.org/CodeSystem/c","code":"a"}}]}""", "")]
    [InlineData("completed", """{"linkId":"1","answer":[{"valueInteger":1}]},{"linkId":"4","answer":[{"valueCoding":{"system":"http://example.org/CodeSystem/c","code":"x"}}]}""", "QuestionnaireResponse.item[1].answer[0].value")]
    [InlineData("completed", """{"linkId":"1","answer":[{"valueInteger":1}]},{"linkId":"5","answer":[{"valueString":"open"}]}""", "QuestionnaireResponse.item[1].answer[0].value")]
    [InlineData("completed", """{"linkId":"1","answer":[{"valueInteger":1}]},{"linkId":"6","item":[{"linkId":"6.1","answer":[{"valueBoolean":true}]}]}""", "")]
    [InlineData("completed", """{"linkId":"1","answer":[{"valueInteger":1}]},{"linkId":"6","answer":[{"valueBoolean":true}]}""", "QuestionnaireResponse.item[1].answer[0]")]
    public void Answers_by_their_questionnaire(string status, string items, string expected) => VerdictCase.Errors(
        $$$"""{"resourceType":"QuestionnaireResponse","questionnaire":"http://example.org/Questionnaire/q|1","status":"{{{status}}}","item":[{{{items}}}]}""",
        """
        {"resourceType":"Questionnaire","url":"http://example.org/Questionnaire/q","version":"1","status":"draft","item":[
          {"linkId":"1","type":"integer","required":true},
          {"linkId":"2","type":"integer"},
          {"linkId":"3","type":"integer","required":true,"enableBehavior":"all","enableWhen":[
            {"question":"1","operator":"=","answerInteger":1},{"question":"2","operator":"=","answerInteger":1}]},
          {"linkId":"4","type":"choice","answerValueSet":"http://example.org/ValueSet/v"},
          {"linkId":"5","type":"choice","answerOption":[{"valueCoding":{"code":"yes"}}]},
          {"linkId":"6","type":"group","item":[{"linkId":"6.1","type":"boolean"}]}]}
        """,
        OwnCodes).Should().Be(expected);

    [Theory]
    [InlineData("""{"resourceType":"Patient","name":[{"text":"a"}]}""", "")]
    [InlineData("""{"resourceType":"Patient"}""", "Patient.name")]
    [InlineData("""{"resourceType":"Basic","code":{"text":"b"}}""", "")]
    public void Profile_that_a_guide_asks_of_every_resource_of_a_type(string json, string expected) => VerdictCase.Errors(
        json,
        """{"resourceType":"ImplementationGuide","url":"http://example.org/ImplementationGuide/g","name":"G","status":"active","packageId":"g","fhirVersion":["4.0.1"],"global":[{"type":"Patient","profile":"http://example.org/StructureDefinition/p"}]}""",
        Profile("Patient", """{"path":"Patient.name","min":1}""")).Should().Be(expected);

    [Theory]
    // A filter by a property: whether there is such a code is known where the value names its system
    [InlineData("kind", "part", "")]
    [InlineData("kind", "other", "")]
    [InlineData("marital", "http://terminology.hl7.org/CodeSystem/v3-MaritalStatus#M", "")]
    [InlineData("marital", "http://terminology.hl7.org/CodeSystem/v3-MaritalStatus#other", "ValueSet.compose.include[0].filter[0].value")]
    [InlineData("marital", "http://example.org/nowhere#other", "")]
    [InlineData("note", "other", "")]
    public void Filter_by_a_property(string property, string value, string expected) => VerdictCase.Errors(
        $$$"""
        {"resourceType":"ValueSet","status":"draft","compose":{"include":[{"system":"http://example.org/CodeSystem/f",
         "filter":[{"property":"{{{property}}}","op":"=","value":"{{{value}}}"}]}]}}
        """,
        """
        {"resourceType":"CodeSystem","url":"http://example.org/CodeSystem/f","status":"draft","content":"complete",
         "property":[{"code":"kind","type":"code"},{"code":"marital","type":"Coding"},{"code":"note","type":"string"}],
         "concept":[{"code":"part"},{"code":"a","property":[{"code":"kind","valueCode":"part"}]}]}
        """).Should().Be(expected);

    private static string DataType(string type, string elements, string name) =>
        Profile(type, elements, url: "http://example.org/StructureDefinition/" + name)
            .Replace("\"kind\":\"resource\"", "\"kind\":\"complex-type\"", StringComparison.Ordinal);
}
