using Ajanvaraus.Fhir.Core.Tests.Validation.Profiles;

namespace Ajanvaraus.Fhir.Core.Tests.Validation;

/// <summary>
/// The verdict of HL7's reference validator on each kind of its public R4 cases, on small resources of our own: "" where
/// it finds nothing or only warns, else the place of an error.
/// </summary>
public sealed class ReferenceVerdictTests
{
    private const string Patient = """{"resourceType":"Patient"}""";

    private const string Observation =
        """{"resourceType":"Observation","status":"final","code":{"text":"a"}}""";

    private const string Bundle = """{"resourceType":"Bundle","type":"collection"}""";

    [Theory]
    // JSON: every property known, arrays where the definition has many, nothing empty, nothing twice
    [InlineData("""{"resourceType":"Patient","other":1}""", "Patient.other")]
    [InlineData("""{"resourceType":"CodeSystem","meta":{"profile":"http://example.org/p"},"status":"active","content":"complete"}""", "CodeSystem.meta.profile; CodeSystem.meta")]
    [InlineData("""{"resourceType":"Encounter","status":"planned","class":{"code":"AMB"},"reasonCode":{"text":"a"}}""", "Encounter.reasonCode")]
    [InlineData("""{"resourceType":"Patient","name":[]}""", "Patient.name")]
    [InlineData("""{"resourceType":"Patient","name":[{}]}""", "Patient.name[0]")]
    [InlineData("""{"resourceType":"Patient","name":[{"given":[]}]}""", "Patient.name[0].given; Patient.name[0]")]
    [InlineData("""{"resourceType":"Patient","active":true,"active":false}""", "Patient.active")]
    [InlineData("""{"resourceType":"Patient","birthDate":null}""", "Patient.birthDate")]
    [InlineData("""{"resourceType":"Patient","active":"true"}""", "Patient.active")]
    [InlineData("""{"resourceType":"Patient","name":[{"text":""}]}""", "Patient.name[0].text")]
    [InlineData("""{"resourceType":"Patient","birthDate":"2000-01-01","gender":"male","active":true}""", "")]
    [InlineData("""{"resourceType":"Parameters"}""", "")]
    public void Json_form(string json, string expected) => VerdictCase.Errors(json).Should().Be(expected);

    [Theory]
    // XML: order, namespace and content as the schemas have them
    [InlineData("""<List xmlns="http://hl7.org/fhir"><status value="current"/><mode value="changes"/></List>""", "")]
    [InlineData("""<List xmlns="http://hl7.org/fhir"><mode value="changes"/><status value="current"/></List>""", "List.status")]
    [InlineData("""<List xmlns="http://hl7.org/fhir"><status value="current">text</status><mode value="changes"/></List>""", "List.status")]
    [InlineData("""<List xmlns="http://hl7.org/fhir"><status value="current" other="a"/><mode value="changes"/></List>""", "List.status")]
    [InlineData("""<List xmlns="http://hl7.org/fhir"><status value="current"/><mode value="changes"/><mode1 value="a"/></List>""", "List.mode1")]
    [InlineData("""<List xmlns="http://hl7.org/fhir"><status xmlns="http://hl7.org/fhir1" value="current"/><mode value="changes"/></List>""", "List.status")]
    [InlineData("""<List xmlns="http://hl7.org/fhir1"><status value="current"/><mode value="changes"/></List>""", "List")]
    [InlineData("""<ClinicalDocument xmlns="urn:hl7-org:v3"/>""", "ClinicalDocument")]
    [InlineData("""<!DOCTYPE List [<!ENTITY a "b">]><List xmlns="http://hl7.org/fhir"><status value="current"/></List>""", "(document)")]
    [InlineData("""<Patient xmlns="http://hl7.org/fhir"><extension url=""><valueString value="a"/></extension></Patient>""", "Patient.extension[0].url")]
    public void Xml_form(string xml, string expected) => VerdictCase.XmlErrors(xml).Should().Be(expected);

    [Theory]
    // Primitives: http://hl7.org/fhir/R4/datatypes.html#primitive
    [InlineData(""" "valueString":"  " """, "")]
    [InlineData(""" "valueString":"a <script>b</script>" """, "")]
    [InlineData(""" "valueInteger":34534536346345345345 """, "Parameters.parameter[0].value")]
    [InlineData(""" "valueBase64Binary":"YXNhcs2Rhc2Q=" """, "Parameters.parameter[0].value")]
    [InlineData(""" "valueBase64Binary":"%%%2@" """, "Parameters.parameter[0].value")]
    [InlineData(""" "valueInstant":"1983-00-01T12:32:45Z" """, "Parameters.parameter[0].value")]
    [InlineData(""" "valueInstant":"1983-01-01T12:32:45" """, "Parameters.parameter[0].value")]
    [InlineData(""" "valueInstant":"1983-01-01T12:32:45-15:00" """, "Parameters.parameter[0].value")]
    [InlineData(""" "valueUri":"not a uri" """, "Parameters.parameter[0].value")]
    [InlineData(""" "valueUri":"oid:1.2.3" """, "Parameters.parameter[0].value")]
    [InlineData(""" "valueUri":"urn:uuid:6a2ee390" """, "Parameters.parameter[0].value")]
    [InlineData(""" "valueUri":"urn:uuid:6A2EE390-978e-42c6-8f88-c17dff3bd8a3" """, "")]
    [InlineData(""" "valueUri":"urn:oid:1.2.03" """, "Parameters.parameter[0].value")]
    [InlineData(""" "valueDate":"1900-02-29" """, "Parameters.parameter[0].value")]
    [InlineData(""" "valueDateTime":"2020-11-11T10:58:14.768528" """, "Parameters.parameter[0].value")]
    [InlineData(""" "valueDateTime":"3017-09-06T06:30:54+00:00" """, "")]
    [InlineData(""" "valueTime":"25:00:00" """, "Parameters.parameter[0].value")]
    [InlineData(""" "valueCode":" a" """, "Parameters.parameter[0].value")]
    [InlineData(""" "valueCode":"a  b" """, "Parameters.parameter[0].value")]
    [InlineData(""" "valueOid":"urn:oid: 0.1.2" """, "Parameters.parameter[0].value")]
    [InlineData(""" "valueId":"12123/23" """, "Parameters.parameter[0].value")]
    [InlineData(""" "valueUnsignedInt":-1 """, "Parameters.parameter[0].value")]
    [InlineData(""" "valuePositiveInt":0 """, "Parameters.parameter[0].value")]
    [InlineData(""" "valueDecimal":-0.00000000000000000000000023 """, "")]
    public void Primitive_form(string value, string expected) => VerdictCase.Errors(
        $$"""{"resourceType":"Parameters","parameter":[{"name":"a",{{value}}}]}""").Should().Be(expected);

    [Theory]
    // Ids of resources are of the type id, those of elements any text, each once in its resource
    [InlineData(Patient, """ "id":"foo-bar" """, "")]
    [InlineData(Patient, """ "id":"/foobar==" """, "Patient.id")]
    [InlineData(Patient, """ "contained":[{"resourceType":"Organization","id":"/o==","name":"o"}],"managingOrganization":{"reference":"#/o=="} """, "Patient.contained[0].id")]
    [InlineData(Patient, """ "name":[{"id":"/foobar==","text":"a"}] """, "")]
    [InlineData(Patient, """ "identifier":[{"id":"2","value":"1"}],"name":[{"id":"2","text":"a"}] """, "Patient.name[0].id")]
    [InlineData(Patient, """ "id":"2","name":[{"id":"2","text":"a"}] """, "")]
    [InlineData(Bundle, """ "entry":[{"id":"e","fullUrl":"http://a.org/Patient/1","resource":{"resourceType":"Patient","name":[{"id":"e","text":"a"}]}}] """, "")]
    [InlineData(Bundle, """ "entry":[{"id":"e","fullUrl":"http://a.org/Patient/1","resource":{"resourceType":"Patient"}},{"id":"e","fullUrl":"http://a.org/Patient/2","resource":{"resourceType":"Patient"}}] """, "Bundle.entry[1].id")]
    // Attachments, units, identifiers
    [InlineData(Patient, """ "photo":[{"contentType":"text/plain","data":"dGV4dA==","size":4}] """, "")]
    [InlineData(Patient, """ "photo":[{"contentType":"text/plain","data":"dGV4dA==","size":100}] """, "Patient.photo[0].size")]
    [InlineData(Patient, """ "photo":[{"contentType":"text/plain","data":" dGV4\r\ndA==","hash":"Ny6gjKsz5xwCxlHbyDpHTTLGduo="}] """, "")]
    [InlineData(Patient, """ "photo":[{"contentType":"text/plain","data":"dGV4dA==","hash":"LEZwlbCg5nvlH2vQD4DLIRiEbdw="}] """, "Patient.photo[0].hash")]
    [InlineData(Patient, """ "identifier":[{"system":"urn:ietf:rfc:3986","value":"urn:oid:1.2.3"}] """, "")]
    [InlineData(Patient, """ "identifier":[{"system":"urn:ietf:rfc:3986","value":"1.2.3"}] """, "Patient.identifier[0].value")]
    [InlineData(Observation, """ "valueQuantity":{"value":1,"system":"http://unitsofmeasure.org","code":"mm[Hg]"} """, "")]
    [InlineData(Observation, """ "valueQuantity":{"value":1,"system":"http://unitsofmeasure.org","code":"{score}"} """, "")]
    [InlineData(Observation, """ "valueQuantity":{"value":1,"system":"http://unitsofmeasure.org","code":"10*3/uL"} """, "")]
    [InlineData(Observation, """ "valueQuantity":{"value":1,"system":"http://unitsofmeasure.org","code":"/[HPF]"} """, "")]
    [InlineData(Observation, """ "valueQuantity":{"value":1,"system":"http://unitsofmeasure.org","code":"whatever"} """, "Observation.value.code")]
    [InlineData(Observation, """ "valueQuantity":{"value":1,"system":"http://unitsofmeasure.org","code":"mmHg"} """, "Observation.value.code")]
    [InlineData(Observation, """ "valueQuantity":{"value":1,"system":"http://unitsofmeasure.org","code":"tbl"} """, "Observation.value.code")]
    [InlineData(Observation, """ "valueQuantity":{"value":1,"system":"http://unitsofmeasure.org","code":"kg/m2"} """, "")]
    [InlineData(Observation, """ "valueQuantity":{"value":1,"system":"http://unitsofmeasure.org","code":"[degF]"} """, "")]
    [InlineData(Observation, """ "valueQuantity":{"value":1,"system":"http://example.org/units","code":"whatever"} """, "")]
    // SimpleQuantity, where R4 has it: http://hl7.org/fhir/R4/datatypes.html#SimpleQuantity
    [InlineData(Observation, """ "valueQuantity":{"value":1,"comparator":"<"} """, "")]
    [InlineData(Observation, """ "valueRange":{"low":{"value":1,"comparator":"<"}} """, "Observation.value.low")]
    [InlineData(Observation, """ "referenceRange":[{"high":{"value":1,"comparator":">"}}] """, "Observation.referenceRange[0].high")]
    [InlineData("""{"resourceType":"MedicationStatement","status":"active","subject":{"display":"s"},"medicationCodeableConcept":{"text":"m"}}""", """ "dosage":[{"doseAndRate":[{"doseQuantity":{"value":1,"comparator":"<"}}]}] """, "MedicationStatement.dosage[0].doseAndRate[0].dose")]
    // Invariants: neither false nor, for want of an order, broken
    [InlineData("""{"resourceType":"Organization","name":"o"}""", """ "address":[{"use":"home","city":"a"}] """, "Organization.address[0]")]
    [InlineData("""{"resourceType":"RiskAssessment","status":"final","subject":{"display":"s"}}""", """ "prediction":[{"probabilityDecimal":101.0}] """, "RiskAssessment.prediction[0]")]
    [InlineData("""{"resourceType":"CarePlan","status":"active","intent":"plan","subject":{"display":"s"}}""", """ "activity":[{"detail":{"status":"scheduled","scheduledTiming":{"repeat":{"offset":1,"when":["ACM","AC"]}}}}] """, "")]
    [InlineData("""{"resourceType":"Questionnaire","status":"draft"}""", """ "item":[{"linkId":"1","type":"boolean"},{"linkId":"2","type":"boolean","enableWhen":[{"question":"1","operator":"=","answerBoolean":true},{"question":"1","operator":"=","answerBoolean":false}]}] """, "Questionnaire.item[1]")]
    [InlineData("""{"resourceType":"Questionnaire","status":"draft"}""", """ "item":[{"linkId":"1","type":"boolean"},{"linkId":"2","type":"boolean","enableWhen":[{"question":"1","operator":"exists","answerBoolean":true}]}] """, "")]
    [InlineData("""{"resourceType":"Questionnaire","status":"draft"}""", """ "item":[{"linkId":"2","type":"boolean","enableWhen":[{"question":"1","operator":"exists","answerBoolean":true}]},{"linkId":"1","type":"boolean"}] """, "")]
    [InlineData("""{"resourceType":"Questionnaire","status":"draft"}""", """ "item":[{"linkId":"1","type":"boolean","enableWhen":[{"question":"1.1","operator":"exists","answerBoolean":true}],"item":[{"linkId":"1.1","type":"boolean"}]}] """, "Questionnaire.item[0].enableWhen[0].question")]
    [InlineData("""{"resourceType":"Questionnaire","status":"draft"}""", """ "item":[{"linkId":"1","type":"boolean","enableWhen":[{"question":"9","operator":"exists","answerBoolean":true}]}] """, "Questionnaire.item[0].enableWhen[0].question")]
    [InlineData("""{"resourceType":"Measure","status":"draft"}""", """ "group":[{"population":[{"criteria":{"description":"d","language":"text/cql"}}]}] """, "Measure.group[0].population[0].criteria")]
    [InlineData("""{"resourceType":"Measure","status":"draft"}""", """ "name":"not a token" """, "")]
    [InlineData("""{"resourceType":"CareTeam"}""", """ "participant":[{"member":{"reference":"Patient/1"},"onBehalfOf":{"reference":"Organization/1"}}] """, "CareTeam.participant[0]")]
    [InlineData("""{"resourceType":"CareTeam"}""", """ "participant":[{"member":{"reference":"Practitioner/1"},"onBehalfOf":{"reference":"Organization/1"}}] """, "")]
    // Narrative
    [InlineData(Patient, """ "text":{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>a</p></div>"} """, "")]
    [InlineData(Patient, """ "text":{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\"><p onClick=\"a\">a</p></div>"} """, "Patient.text.div")]
    [InlineData(Patient, """ "text":{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\"><script>a</script></div>"} """, "Patient.text.div")]
    [InlineData(Patient, """ "text":{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>a</pa></div>"} """, "Patient.text.div")]
    [InlineData(Patient, """ "text":{"status":"generated","div":"<div>a</div>"} """, "Patient.text.div")]
    [InlineData(Patient, """ "text":{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\"><pre xml:space=\"preserve\"> a </pre></div>"} """, "")]
    [InlineData(Patient, """ "text":{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\">  </div>"} """, "Patient.text.div")]
    [InlineData(Patient, """ "language":"en-AU","text":{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"fr\">a</div>"} """, "")]
    [InlineData(Patient, """ "text":{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\"><h3>T</h3><table class=\"grid\"><tr><td>-</td><td><a href=\"mailto:a@b.example\">m</a> --&gt; <span style=\"background: LightGoldenRodYellow\">s</span></td></tr></table></div>"} """, "")]
    public void Content_of_elements(string json, string members, string expected) =>
        VerdictCase.Errors(ProfileCase.With(json, members)).Should().Be(expected);

    [Theory]
    // Codes: http://hl7.org/fhir/R4/terminologies.html
    [InlineData(Patient, """ "gender":"asdf" """, "Patient.gender")]
    [InlineData("""{"resourceType":"Immunization","status":"Completed","vaccineCode":{"text":"v"},"patient":{"display":"p"},"occurrenceString":"o"}""", "", "Immunization.status")]
    [InlineData(Patient, """ "_gender":{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason","valueCode":"unknown"}]} """, "Patient.gender")]
    [InlineData(Patient, """ "_birthDate":{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason","valueCode":"unknown"}]} """, "")]
    [InlineData(Patient, """ "maritalStatus":{"coding":[{"system":"http://example.org/s","code":"x"}]} """, "")]
    [InlineData(Patient, """ "maritalStatus":{"coding":[{"code":"M"}]} """, "")]
    [InlineData(Patient, """ "maritalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-MaritalStatus","code":"M","display":"Wed"}]} """, "")]
    [InlineData(Patient, """ "maritalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-MaritalStatus","code":"no-code"}]} """, "Patient.maritalStatus.coding[0]")]
    [InlineData(Patient, """ "identifier":[{"value":"1","type":{"coding":[{"system":"http://hl7.org/fhir/v2/0203","code":"MR"}]}}] """, "Patient.identifier[0].type.coding[0].system")]
    [InlineData(Patient, """ "maritalStatus":{"coding":[{"system":"http://hl7.org/fhir/ValueSet/marital-status","code":"M"}]} """, "Patient.maritalStatus.coding[0].system")]
    [InlineData(Patient, """ "identifier":[{"value":"1","type":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v2-0203","code":"NNFIN"}]}}] """, "")]
    [InlineData(Patient, """ "maritalStatus":{"coding":[{"system":"http://build.fhir.org/marital","code":"M"}]} """, "Patient.maritalStatus.coding[0].system")]
    [InlineData(Patient, """ "maritalStatus":{"coding":[{"system":"http://hl7.org/fhir/R4/codesystem-marital.html","code":"M"}]} """, "Patient.maritalStatus.coding[0].system")]
    [InlineData(Patient, """ "meta":{"security":[{"system":"http://example.org/s","code":"x"},{"system":"http://example.org/s","code":"y"},{"system":"http://example.org/s","code":"x"}]} """, "Patient.meta.security[2]")]
    [InlineData(Observation, """ "code":{"coding":[{"system":"http://snomed.info/sct","code":"1"},{"system":"http://loinc.org","code":"1234-5"},{"system":"http://hl7.org/fhir/sid/cvx","code":"207"}]} """, "")]
    [InlineData("""{"resourceType":"ValueSet","status":"draft"}""", """ "jurisdiction":[{"coding":[{"system":"urn:iso:std:iso:3166","code":"US"}]}] """, "")]
    [InlineData("""{"resourceType":"ValueSet","status":"draft"}""", """ "compose":{"include":[{"system":"http://terminology.hl7.org/CodeSystem/v3-MaritalStatus","concept":[{"code":"no-code"}]}]} """, "")]
    [InlineData("""{"resourceType":"ValueSet","status":"draft"}""", """ "compose":{"include":[{"concept":[{"code":"a"}]}]} """, "ValueSet.compose.include[0]")]
    [InlineData("""{"resourceType":"CodeSystem","status":"draft","content":"complete"}""", """ "supplements":"http://loinc.org","concept":[{"code":"a"}] """, "CodeSystem.content")]
    [InlineData(Patient, """ "maritalStatus":{"coding":[{"system":"marital","code":"M"}]} """, "Patient.maritalStatus.coding[0].system")]
    [InlineData(Patient, """ "identifier":[{"system":"sotu","value":"1"}] """, "Patient.identifier[0].system")]
    [InlineData(Patient, """ "identifier":[{"system":"1.2.246.21","value":"1"}] """, "")]
    [InlineData("""{"resourceType":"CodeSystem","status":"draft","content":"not-present"}""", """ "concept":[{"code":"a"}] """, "CodeSystem.concept[0]")]
    [InlineData("""{"resourceType":"ValueSet","status":"draft"}""", """ "compose":{"include":[{"system":"#kept"}]} """, "ValueSet.compose.include[0].system")]
    [InlineData("""{"resourceType":"ValueSet","status":"draft"}""", """ "compose":{"include":[{"system":"http://example.org/s"}],"exclude":[{"system":"s","concept":[{"code":"a"}]}]} """, "ValueSet.compose.exclude[0].system")]
    // Canonicals and addresses: http://hl7.org/fhir/R4/references.html#canonical
    [InlineData("""{"resourceType":"ValueSet","status":"active"}""", """ "url":"http://example.org/ValueSet/a" """, "")]
    [InlineData("""{"resourceType":"ValueSet","status":"active"}""", """ "url":"urn:uuid:6a2ee390-978e-42c6-8f88-c17dff3bd8a3" """, "")]
    [InlineData("""{"resourceType":"ValueSet","status":"active"}""", """ "url":"urn:uuid:6a2ee390" """, "ValueSet.url")]
    [InlineData("""{"resourceType":"ValueSet","status":"active"}""", """ "url":"ValueSet/a" """, "ValueSet.url")]
    [InlineData("""{"resourceType":"Measure","status":"active"}""", """ "library":["Library/a"] """, "Measure.library[0]")]
    [InlineData("""{"resourceType":"QuestionnaireResponse","status":"in-progress"}""", """ "questionnaire":"http://example.org/Questionnaire/nowhere|2" """, "")]
    [InlineData("""{"resourceType":"QuestionnaireResponse","status":"in-progress"}""", """ "questionnaire":"http://hl7.org/fhir/ValueSet/example-extensional" """, "QuestionnaireResponse.questionnaire")]
    [InlineData(Patient, """ "meta":{"profile":["http://example.org/StructureDefinition/nowhere"]} """, "")]
    // Definitions: search parameters as HL7 defined them, profiles of the right type
    [InlineData("""{"resourceType":"CapabilityStatement","status":"draft","date":"2019","kind":"requirements","fhirVersion":"4.0.1","format":["json"],"description":"d"}""", """ "rest":[{"mode":"server","resource":[{"type":"Patient","searchParam":[{"name":"gender","definition":"http://hl7.org/fhir/SearchParameter/individual-gender","type":"token"}]}]}] """, "")]
    [InlineData("""{"resourceType":"CapabilityStatement","status":"draft","date":"2019","kind":"requirements","fhirVersion":"4.0.1","format":["json"],"description":"d"}""", """ "rest":[{"mode":"server","resource":[{"type":"Patient","searchParam":[{"name":"gender","definition":"http://hl7.org/fhir/SearchParameter/individual-gender","type":"date"}]}]}] """, "CapabilityStatement.rest[0].resource[0].searchParam[0].type")]
    [InlineData("""{"resourceType":"SearchParameter","url":"http://example.org/SearchParameter/a","name":"A","status":"draft","description":"d","code":"a","derivedFrom":"http://hl7.org/fhir/SearchParameter/Organization-name"}""", """ "base":["Organization"],"type":"string","expression":"Organization.name" """, "")]
    [InlineData("""{"resourceType":"SearchParameter","url":"http://example.org/SearchParameter/a","name":"A","status":"draft","description":"d","code":"a","derivedFrom":"http://hl7.org/fhir/SearchParameter/Organization-name"}""", """ "base":["Organization"],"type":"token","expression":"Organization.name" """, "SearchParameter.type")]
    [InlineData("""{"resourceType":"SearchParameter","url":"http://example.org/SearchParameter/a","name":"A","status":"draft","description":"d","code":"a","derivedFrom":"http://hl7.org/fhir/SearchParameter/Organization-name"}""", """ "base":["Patient"],"type":"string","expression":"Patient.name" """, "SearchParameter.base[0]")]
    [InlineData("""{"resourceType":"StructureDefinition","url":"http://example.org/StructureDefinition/a","name":"A","status":"draft","kind":"resource","abstract":false,"type":"Observation","baseDefinition":"http://hl7.org/fhir/StructureDefinition/Observation","derivation":"constraint"}""", """ "differential":{"element":[{"id":"Observation.value[x]","path":"Observation.value[x]","type":[{"code":"Quantity","profile":["http://hl7.org/fhir/StructureDefinition/SimpleQuantity"]}]}]} """, "")]
    [InlineData("""{"resourceType":"StructureDefinition","url":"http://example.org/StructureDefinition/a","name":"A","status":"draft","kind":"resource","abstract":false,"type":"Observation","baseDefinition":"http://hl7.org/fhir/StructureDefinition/Observation","derivation":"constraint"}""", """ "differential":{"element":[{"id":"Observation.value[x]","path":"Observation.value[x]","type":[{"code":"Quantity","profile":["http://hl7.org/fhir/StructureDefinition/Count"]}]}]} """, "StructureDefinition.differential.element[0].type[0].profile[0]")]
    [InlineData("""{"resourceType":"StructureDefinition","url":"http://example.org/StructureDefinition/a","name":"A","status":"draft","kind":"resource","abstract":false,"type":"Observation","baseDefinition":"http://hl7.org/fhir/StructureDefinition/Observation","derivation":"constraint"}""", """ "differential":{"element":[{"id":"Observation.subject","path":"Observation.subject","type":[{"code":"Reference"},{"code":"Reference"}]}]} """, "StructureDefinition.differential.element[0]")]
    [InlineData("""{"resourceType":"StructureDefinition","url":"http://example.org/StructureDefinition/a","name":"A","status":"draft","kind":"resource","abstract":false,"type":"Observation","baseDefinition":"http://hl7.org/fhir/StructureDefinition/Observation","derivation":"constraint"}""", """ "differential":{"element":[{"id":"Observation.status","path":"Observation.status","short":"s"},{"id":"Observation.valueBla","path":"Observation.valueBla","min":1}]} """, "StructureDefinition.differential.element[1]")]
    [InlineData("""{"resourceType":"StructureDefinition","url":"http://example.org/StructureDefinition/a","status":"draft","kind":"resource","abstract":false,"type":"Patient","baseDefinition":"http://hl7.org/fhir/StructureDefinition/Patient","derivation":"constraint"}""", """ "differential":{"element":[{"id":"Patient.name","path":"Patient.name","min":1}]} """, "StructureDefinition.name")]
    [InlineData("""{"resourceType":"SearchParameter","url":"http://example.org/SearchParameter/a","name":"A","status":"draft","description":"d","code":"a","base":["Patient"],"type":"composite","expression":"Patient"}""", """ "component":[{"definition":"http://hl7.org/fhir/SearchParameter/Patient-active","expression":"active"}] """, "SearchParameter.type")]
    [InlineData("""{"resourceType":"SearchParameter","url":"http://example.org/SearchParameter/a","name":"A","status":"draft","description":"d","code":"a","base":["Patient"],"type":"composite","expression":"Patient"}""", """ "component":[{"definition":"http://hl7.org/fhir/SearchParameter/Patient-active","expression":"active"},{"definition":"http://hl7.org/fhir/SearchParameter/Patient-active","expression":"active"}] """, "")]
    // A base fixes Observation.value[x]:valueQuantity.system to UCUM
    [InlineData("""{"resourceType":"StructureDefinition","url":"http://example.org/StructureDefinition/a","name":"A","status":"draft","kind":"resource","abstract":false,"type":"Observation","baseDefinition":"http://hl7.org/fhir/StructureDefinition/bodyheight","derivation":"constraint"}""", """ "differential":{"element":[{"id":"Observation.value[x]:valueQuantity.system","path":"Observation.value[x].system","fixedUri":"http://example.org/units"}]} """, "StructureDefinition.differential.element[0].fixed")]
    [InlineData("""{"resourceType":"StructureDefinition","url":"http://example.org/StructureDefinition/a","name":"A","status":"draft","kind":"resource","abstract":false,"type":"Observation","baseDefinition":"http://hl7.org/fhir/StructureDefinition/bodyheight","derivation":"constraint"}""", """ "differential":{"element":[{"id":"Observation.value[x]:valueQuantity.system","path":"Observation.value[x].system","fixedUri":"http://unitsofmeasure.org"}]} """, "")]
    public void Codes_and_canonicals(string json, string members, string expected) =>
        VerdictCase.Errors(ProfileCase.With(json, members)).Should().Be(expected);

    [Theory]
    // Bundles: http://hl7.org/fhir/R4/bundle.html
    [InlineData("collection", """ "entry":[{"fullUrl":"http://a.org/Patient/1","resource":{"resourceType":"Patient","id":"1"}}] """, "")]
    [InlineData("collection", """ "entry":[{"fullUrl":"http://a.org/Patient/1","resource":{"resourceType":"Patient","id":"1"}},{"fullUrl":"http://a.org/RelatedPerson/1","resource":{"resourceType":"RelatedPerson","id":"1","patient":{"reference":"Patient/1"}}}] """, "")]
    [InlineData("collection", """ "entry":[{"fullUrl":"Patient/1","resource":{"resourceType":"Patient","id":"1"}}] """, "Bundle.entry[0].fullUrl")]
    [InlineData("collection", """ "entry":[{"fullUrl":"resource:0","resource":{"resourceType":"Patient"}},{"fullUrl":"resource:1","resource":{"resourceType":"Basic","code":{"text":"b"},"subject":{"reference":"resource:0"}}}] """, "")]
    [InlineData("collection", """ "entry":[{"fullUrl":"http://a.org/Patient/1","resource":{"resourceType":"Patient","id":"2"}}] """, "Bundle.entry[0].fullUrl")]
    [InlineData("collection", """ "entry":[{"fullUrl":"http://a.org/page/1","resource":{"resourceType":"Patient","id":"2"}}] """, "")]
    [InlineData("collection", """ "entry":[{"fullUrl":"urn:uuid:267b18ce-3d37-4581-9baa-6fada338038b","resource":{"resourceType":"Patient","id":"2"}}] """, "")]
    [InlineData("collection", """ "entry":[{"resource":{"resourceType":"Patient"}}] """, "Bundle.entry[0]")]
    [InlineData("collection", """ "entry":[{"fullUrl":"http://a.org/Patient/1","resource":{"resourceType":"Patient","gender":"x"}},{"fullUrl":"http://a.org/Patient/2","resource":{"resourceType":"Patient"}}] """, "Bundle.entry[0].resource.gender")]
    [InlineData("collection", """ "entry":[{"fullUrl":"http://a.org/Practitioner/1","resource":{"resourceType":"Organization","id":"1","name":"o"}},{"fullUrl":"http://a.org/Patient/1","resource":{"resourceType":"Patient","generalPractitioner":[{"reference":"http://a.org/Practitioner/1"}]}}] """, "Bundle.entry[0].fullUrl; Bundle.entry[1].resource.generalPractitioner[0]")]
    [InlineData("batch", """ "entry":[{"request":{"method":"POST","url":"Patient"},"resource":{"resourceType":"Patient"}}] """, "")]
    [InlineData("message", """ "entry":[{"fullUrl":"http://a.org/MessageHeader/1","resource":{"resourceType":"MessageHeader","eventUri":"http://a.org/e","source":{"endpoint":"http://a.org"}}},{"fullUrl":"http://a.org/Patient/1"}] """, "Bundle.entry[1]")]
    [InlineData("message", """ "entry":[{"fullUrl":"urn:uuid:267b18ce-3d37-4581-9baa-6fada338038b","resource":{"resourceType":"MessageHeader","eventUri":"http://a.org/e","source":{"endpoint":"http://a.org"},"sender":{"reference":"urn:uuid:7221aa91-d9e1-44fa-8b90-c5a8c7caeade"}}}] """, "")]
    [InlineData("searchset", """ "entry":[{"fullUrl":"http://a.org/x","resource":{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"value"}]}}] """, "")]
    [InlineData("searchset", """ "entry":[{"fullUrl":"http://a.org/x","search":{"mode":"outcome"},"resource":{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"value"}]}}] """, "")]
    [InlineData("searchset", """ "entry":[{"fullUrl":"http://a.org/x","search":{"mode":"match"},"resource":{"resourceType":"Patient"}}] """, "Bundle.entry[0].resource")]
    [InlineData("searchset", """ "entry":[{"fullUrl":"http://a.org/x","search":{"mode":"outcome"},"resource":{"resourceType":"Patient","id":"1"}}] """, "Bundle.entry[0].resource")]
    [InlineData("collection", """ "entry":[{"fullUrl":"http://a.org/Patient/1","resource":{"resourceType":"Patient","id":"1","contained":[{"resourceType":"Provenance","id":"p","target":[{"reference":"#"}],"recorded":"2020-10-18T23:43:17Z","agent":[{"who":{"display":"w"}}]}]}}] """, "")]
    public void Bundles(string type, string members, string expected) =>
        VerdictCase.Errors(ProfileCase.With($$"""{"resourceType":"Bundle","type":"{{type}}"}""", members)).Should().Be(expected);

    private const string Document =
        """{"resourceType":"Bundle","type":"document","identifier":{"system":"http://a.org","value":"1"},"timestamp":"2026-11-22T10:00:00Z"}""";

    private static string Composition(string members) => ProfileCase.With(
        """{"resourceType":"Composition","id":"1","status":"final","type":{"text":"t"},"date":"2026-11-22","title":"t","author":[{"display":"a"}]}""",
        members);

    private static string Version(string version) =>
        $$$$"""{"fullUrl":"http://a.org/Patient/1","resource":{"resourceType":"Patient","id":"1","meta":{"versionId":"{{{{version}}}}"}}}""";

    public static TheoryData<string, string, string> Gathered => new()
    {
        { """ "subject":{"reference":"Patient/1"} """, Version("1"), "" },
        { """ "subject":{"reference":"Patient/2"} """, Version("1"), "Bundle.entry[0].resource.subject.reference" },
        { """ "author":[{"reference":"http://a.org/Patient/1"}] """, Version("1"), "" },
        { """ "author":[{"reference":"http://b.org/Patient/1"}] """, Version("1"), "Bundle.entry[0].resource.author[0].reference" },
        { """ "section":[{"title":"s","entry":[{"reference":"Patient/1/_history/2"}]}] """, $"{Version("1")},{Version("2")}", "" },
        { """ "section":[{"title":"s","section":[{"entry":[{"reference":"Patient/1/_history/3"}]}]}] """, $"{Version("1")},{Version("2")}", "Bundle.entry[0].resource.section[0].section[0].entry[0].reference" },
        { """ "subject":{"reference":"Patient/1"} """, $"{Version("1")},{Version("2")}", "Bundle.entry[0].resource.subject.reference" },
    };

    [Theory]
    [MemberData(nameof(Gathered))]
    public void Documents(string members, string entries, string expected) => VerdictCase.Errors(ProfileCase.With(Document,
        $$$""" "entry":[{"fullUrl":"http://a.org/Composition/1","resource":{{{Composition(members)}}} },{{{entries}}}] """))
        .Should().Be(expected);

    [Theory]
    [InlineData("urn:uuid:7221aa91-d9e1-44fa-8b90-c5a8c7caeade", "")]
    [InlineData("urn:uuid:7221aa91-d9e1-44fa-8b90-c5a8c7caeadf", "Bundle.entry[0].resource.focus[0].reference")]
    public void Messages(string focus, string expected) => VerdictCase.Errors($$$"""
        {"resourceType":"Bundle","type":"message","entry":[
          {"fullUrl":"urn:uuid:267b18ce-3d37-4581-9baa-6fada338038b","resource":{"resourceType":"MessageHeader",
            "eventUri":"http://a.org/e","source":{"endpoint":"http://a.org"},"focus":[{"reference":"{{{focus}}}"}]}},
          {"fullUrl":"urn:uuid:7221aa91-d9e1-44fa-8b90-c5a8c7caeade","resource":{"resourceType":"Patient"}}]}
        """).Should().Be(expected);

    [Theory]
    // References: what is said of a target that is here; the rest is not fetched
    [InlineData(Observation, """ "subject":{"reference":"#p"} """, "Observation.subject.reference")]
    [InlineData(Observation, """ "subject":{"reference":"#p"},"contained":[{"resourceType":"Patient","id":"p"}] """, "")]
    [InlineData(Observation, """ "subject":{"reference":"Patient/1"} """, "")]
    [InlineData(Observation, """ "subject":{"reference":"Patient/1","type":"Group"} """, "Observation.subject")]
    [InlineData(Observation, """ "subject":{"type":"Patient","identifier":{"value":"1"}} """, "")]
    [InlineData(Observation, """ "subject":{"reference":"Patient/1","type":"patient"} """, "Observation.subject; Observation.subject.type")]
    [InlineData(Observation, """ "subject":{"reference":"#o"},"contained":[{"resourceType":"Organization","id":"o","name":"o"}] """, "Observation.subject")]
    [InlineData("""{"resourceType":"MedicationRequest","status":"active","intent":"plan","subject":{"reference":"Patient/1"},"medicationCodeableConcept":{"text":"m"}}""", """ "contained":[{"resourceType":"Practitioner","id":"r","name":[{"text":"n"}]}],"requester":{"reference":"#r"} """, "")]
    [InlineData("""{"resourceType":"MedicationRequest","status":"active","intent":"plan","subject":{"reference":"Patient/1"}}""", "", "MedicationRequest.medication")]
    [InlineData(Observation, """ "subject":{"reference":"Patient?identifier=a&name="} """, "")]
    [InlineData(Observation, """ "subject":{"reference":"Patient?identifier=a&=b"} """, "Observation.subject.reference")]
    [InlineData(Observation, """ "subject":{"reference":"Patient?identifier"} """, "Observation.subject.reference")]
    public void References(string json, string members, string expected) =>
        VerdictCase.Errors(ProfileCase.With(json, members)).Should().Be(expected);
}
