using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Tests.Json;
using Ajanvaraus.Fhir.Core.Validation;

namespace Ajanvaraus.Fhir.Core.Tests.Validation;

/// <summary>One row per rule: what breaks it, which message tells, and where.</summary>
public sealed class StructuralValidatorTests
{
    private static readonly StructuralValidator Validator = new(R4.Definitions);

    [Theory]
    // Cardinality
    [InlineData("""{"resourceType":"Slot","status":"free","start":"2026-11-23T09:00:00Z","end":"2026-11-23T09:30:00Z"}""", "AJV-1101", "Slot.schedule")]
    [InlineData("""{"resourceType":"Appointment","status":"proposed"}""", "AJV-1101", "Appointment.participant")]
    [InlineData("""{"resourceType":"Appointment","status":"proposed","participant":[{"status":"accepted","actor":{"display":"y"}},{"actor":{"display":"x"}}]}""", "AJV-1101", "Appointment.participant[1].status")]
    [InlineData("""{"resourceType":"Group","type":"person","actual":true,"characteristic":[{"code":{"text":"a"},"exclude":false}]}""", "AJV-1101", "Group.characteristic[0].value")]
    // Formats
    [InlineData("""{"resourceType":"Patient","birthDate":"2026-02-30"}""", "AJV-1213", "Patient.birthDate")]
    [InlineData("""{"resourceType":"Patient","name":[{"given":["a",""]}]}""", "AJV-1206", "Patient.name[0].given[1]")]
    [InlineData("""{"resourceType":"Observation","status":"final","code":{"text":"a"},"valueDateTime":"2026-11-23T09:00:00"}""", "AJV-1214", "Observation.value")]
    [InlineData("""{"resourceType":"Patient","text":{"status":"generated","div":"<p>x</p>"}}""", "AJV-1218", "Patient.text.div")]
    // Emptiness
    [InlineData("""{"resourceType":"Patient","name":[{"id":"n"}]}""", "AJV-1104", "Patient.name[0]")]
    [InlineData("""{"resourceType":"Patient","_birthDate":{"id":"n"}}""", "AJV-1104", "Patient.birthDate")]
    // Required bindings
    [InlineData("""{"resourceType":"Patient","gender":"nainen"}""", "AJV-1131", "Patient.gender")]
    [InlineData("""{"resourceType":"Condition","subject":{"display":"x"},"clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-clinical","code":"no"}]}}""", "AJV-1132", "Condition.clinicalStatus")]
    [InlineData("""{"resourceType":"Condition","subject":{"display":"x"},"clinicalStatus":{"text":"voimassa"}}""", "AJV-1132", "Condition.clinicalStatus")]
    // Extensions
    [InlineData("""{"resourceType":"Patient","extension":[{"url":"http://a"}]}""", "AJV-1140", "Patient.extension[0]")]
    [InlineData("""{"resourceType":"Patient","extension":[{"url":"http://a","valueString":"x","extension":[{"url":"b","valueCode":"c"}]}]}""", "AJV-1141", "Patient.extension[0]")]
    [InlineData("""{"resourceType":"Patient","extension":[{"valueString":"x"}]}""", "AJV-1101", "Patient.extension[0].url")]
    // References and contained resources
    [InlineData("""{"resourceType":"Patient","managingOrganization":{"reference":"abc"}}""", "AJV-1150", "Patient.managingOrganization.reference")]
    [InlineData("""{"resourceType":"Patient","managingOrganization":{"reference":"Organization/a/b"}}""", "AJV-1150", "Patient.managingOrganization.reference")]
    [InlineData("""{"resourceType":"Patient","managingOrganization":{"reference":"Organisaatio/1"}}""", "AJV-1151", "Patient.managingOrganization.reference")]
    [InlineData("""{"resourceType":"Patient","managingOrganization":{"reference":"#o"}}""", "AJV-1153", "Patient.managingOrganization.reference")]
    [InlineData("""{"resourceType":"Patient","contained":[{"resourceType":"Organization","id":"o","name":"o","contained":[{"resourceType":"Organization","id":"p","name":"p"}]}],"managingOrganization":{"reference":"#o"}}""", "AJV-1154", "Patient.contained[0].contained[0]")]
    [InlineData("""{"resourceType":"Patient","contained":[{"resourceType":"Organization","name":"o"}]}""", "AJV-1155", "Patient.contained[0]")]
    [InlineData("""{"resourceType":"Patient","contained":[{"resourceType":"Organization","id":"o","name":"o"},{"resourceType":"Location","id":"o"}],"managingOrganization":{"reference":"#o"}}""", "AJV-1156", "Patient.contained[1].id")]
    // Invariants
    [InlineData("""{"resourceType":"Appointment","status":"proposed","participant":[{"status":"accepted"}]}""", "AJV-1417", "Appointment.participant[0]")]
    [InlineData("""{"resourceType":"Appointment","status":"booked","participant":[{"status":"accepted","actor":{"display":"y"}}]}""", "AJV-1417", "Appointment")]
    [InlineData("""{"resourceType":"Patient","name":[{"text":"a","period":{"start":"2026-05","end":"2026-04"}}]}""", "AJV-1417", "Patient.name[0].period")]
    [InlineData("""{"resourceType":"Patient","telecom":[{"value":"1"}]}""", "AJV-1417", "Patient.telecom[0]")]
    [InlineData("""{"resourceType":"Patient","contained":[{"resourceType":"Organization","id":"o","telecom":[{"system":"phone","value":"1"}]}],"managingOrganization":{"reference":"#o"}}""", "AJV-1417", "Patient.contained[0]")]
    [InlineData("""{"resourceType":"Questionnaire","status":"draft","item":[{"linkId":"a","type":"group","item":[{"linkId":"a","type":"string"}]}]}""", "AJV-1417", "Questionnaire.item[0].item[0].linkId")]
    // Ids
    [InlineData("""{"resourceType":"Patient","id":"a_b"}""", "AJV-1160", "Patient.id")]
    [InlineData("""{"resourceType":"Patient","name":[{"id":"a b","text":"x"}]}""", "AJV-1161", "Patient.name[0].id")]
    // Bundles
    [InlineData("""{"resourceType":"Bundle","type":"transaction","entry":[{"resource":{"resourceType":"Patient"}}]}""", "AJV-1170", "Bundle.entry[0]")]
    [InlineData("""{"resourceType":"Bundle","type":"searchset","entry":[{"fullUrl":"http://a/Patient/1"}]}""", "AJV-1171", "Bundle.entry[0]")]
    [InlineData("""{"resourceType":"Bundle","type":"collection","entry":[{"fullUrl":"urn:a:1","resource":{"resourceType":"Patient"}},{"fullUrl":"urn:a:1","resource":{"resourceType":"Patient"}}]}""", "AJV-1172", "Bundle.entry[1].fullUrl")]
    [InlineData("""{"resourceType":"Bundle","type":"collection","entry":[{"fullUrl":"http://a/Patient/1/_history/2","resource":{"resourceType":"Patient"}}]}""", "AJV-1173", "Bundle.entry[0].fullUrl")]
    [InlineData("""{"resourceType":"Patient","extension":[{"url":"oma","valueString":"x"}]}""", "AJV-1142", "Patient.extension[0].url")]
    [InlineData("""{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient"},"request":{"method":"POST","url":"Patient"}}]}""", "AJV-1175", "Bundle.entry[0]")]
    [InlineData("""{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient","gender":"x"}}]}""", "AJV-1131", "Bundle.entry[0].resource.gender")]
    public void Broken_rule_is_an_error_with_its_place(string json, string id, string expression)
    {
        var issues = Validator.Validate(Parsed.Resource(json));

        issues.Where(i => i.Severity == IssueSeverity.Error).Select(i => (i.Id, i.Expression))
            .Should().Equal((id, expression));
    }

    [Theory]
    [InlineData("""{"resourceType":"Patient","identifier":[{"system":"1.2.246.21","value":"x"}]}""", "AJV-1190", "Patient.identifier[0].system")]
    [InlineData("""{"resourceType":"Patient","meta":{"tag":[{"system":"tunniste","code":"x"}]}}""", "AJV-1191", "Patient.meta.tag[0].system")]
    [InlineData("""{"resourceType":"Bundle","type":"collection","entry":[{"fullUrl":"Patient/1","resource":{"resourceType":"Patient"}}]}""", "AJV-1174", "Bundle.entry[0].fullUrl")]
    [InlineData("""{"resourceType":"StructureDefinition","url":"http://example.org/a","status":"draft","kind":"resource","abstract":false,"type":"Patient"}""", "AJV-1497", "StructureDefinition.name")]
    [InlineData("""{"resourceType":"Patient","name":[{"text":"  "}]}""", "AJV-1219", "Patient.name[0].text")]
    [InlineData("""{"resourceType":"StructureDefinition","url":"http://a","name":"A","status":"draft","kind":"resource","abstract":false,"type":"Patient","description":"","differential":{"element":[{"id":"Patient","path":"Patient"}]}}""", "AJV-1219", "StructureDefinition.description")]
    [InlineData("""{"resourceType":"Patient","managingOrganization":{"reference":"Location/1"}}""", "AJV-1152", "Patient.managingOrganization.reference")]
    [InlineData("""{"resourceType":"Patient","contained":[{"resourceType":"Organization","id":"o","name":"o"}]}""", "AJV-1157", "Patient.contained[0]")]
    public void Odd_but_sound_content_is_a_warning(string json, string id, string expression)
    {
        var issues = Validator.Validate(Parsed.Resource(json));

        issues.Select(i => (i.Id, i.Severity, i.Expression)).Should().Equal((id, IssueSeverity.Warning, expression));
    }

    [Theory]
    [InlineData("""{"resourceType":"Patient"}""", "a resource may be empty")]
    [InlineData("""{"resourceType":"Patient","meta":{"lastUpdated":"2026-11-23T09:00:00Z","versionId":"3"}}""", "meta of a client is let pass")]
    [InlineData("""{"resourceType":"Patient","_gender":{"extension":[{"url":"http://a","valueCode":"unknown"}]}}""", "an absent code has a reason")]
    [InlineData("""{"resourceType":"Patient","managingOrganization":{"reference":"Organization/1/_history/2"}}""", "a reference to a version")]
    [InlineData("""{"resourceType":"Patient","managingOrganization":{"reference":"urn:uuid:c757873d-ec9a-4326-a141-556f43239520"}}""", "a reference inside a transaction")]
    [InlineData("""{"resourceType":"Patient","managingOrganization":{"reference":"Organization?identifier=a|b"}}""", "a conditional reference")]
    [InlineData("""{"resourceType":"Patient","contained":[{"resourceType":"Provenance","id":"p","recorded":"2026-11-23T09:00:00Z","target":[{"reference":"#"}],"agent":[{"who":{"display":"x"}}]}]}""", "# is the container")]
    [InlineData("""{"resourceType":"Bundle","type":"history","entry":[{"fullUrl":"http://a/1","request":{"method":"PUT","url":"Patient/1"},"response":{"status":"200"}},{"fullUrl":"http://a/1","request":{"method":"DELETE","url":"Patient/1"},"response":{"status":"204"}}]}""", "a history repeats")]
    public void Sound_content_has_no_issue(string json, string because)
    {
        var issues = Validator.Validate(Parsed.Resource(json));

        issues.Should().BeEmpty(because);
    }

    [Fact]
    public void Contained_reference_in_a_bundle_entry_means_that_entry()
    {
        var issues = Validator.Validate(Parsed.Resource("""
            {"resourceType":"Bundle","type":"collection","entry":[
              {"resource":{"resourceType":"Patient","contained":[{"resourceType":"Organization","id":"o","name":"o"}],
                "managingOrganization":{"reference":"#o"}}},
              {"resource":{"resourceType":"Patient","managingOrganization":{"reference":"#o"}}}]}
            """));

        issues.Select(i => (i.Id, i.Expression)).Should().Equal(
            ("AJV-1153", "Bundle.entry[1].resource.managingOrganization.reference"));
    }

    [Fact]
    public void Tree_with_two_of_a_single_element_is_refused()
    {
        var slot = Parsed.Resource("""{"resourceType":"Patient","gender":"female"}""");

        var issues = Validator.Validate(slot.Append(slot.New("gender", "male")));

        issues.Select(i => (i.Id, i.Expression)).Should().Equal(("AJV-1102", "Patient.gender"));
    }

    [Fact]
    public void Long_text_is_refused_by_its_length()
    {
        var text = new string('a', (1024 * 1024) + 1);

        var issues = Validator.Validate(Parsed.Resource($$"""{"resourceType":"Patient","name":[{"text":"{{text}}"}]}"""));

        issues.Select(i => i.Id).Should().Equal("AJV-1207");
    }

    [Fact]
    public void Findings_end_at_the_limit()
    {
        var names = string.Join(',', Enumerable.Repeat("""{"id":"n"}""", 500));

        var issues = Validator.Validate(Parsed.Resource($$"""{"resourceType":"Patient","name":[{{names}}]}"""));

        issues.Should().HaveCount(StructuralValidator.MaxIssues);
    }
}
