namespace Ajanvaraus.Fhir.Core.Tests.Validation.Profiles;

/// <summary>One row per rule of ElementDefinition: a rule, a resource, and what is wrong where; "" when nothing is.</summary>
public sealed class ElementRuleTests
{
    private const string Patient = """{"resourceType":"Patient"}""";

    private const string Observation =
        """{"resourceType":"Observation","status":"final","code":{"text":"a"},"subject":{"reference":"Patient/1"}}""";

    [Theory]
    // min and max: http://hl7.org/fhir/R4/conformance-rules.html#cardinality
    [InlineData("""{"path":"Patient.name","min":1}""", "", "AJV-1405 Patient.name")]
    [InlineData("""{"path":"Patient.name","min":1}""", """ "name":[{"text":"a"}] """, "")]
    [InlineData("""{"path":"Patient.name","max":"1"}""", """ "name":[{"text":"a"},{"text":"b"}] """, "AJV-1406 Patient.name")]
    [InlineData("""{"path":"Patient.name","max":"2"}""", """ "name":[{"text":"a"},{"text":"b"}] """, "")]
    [InlineData("""{"path":"Patient.photo","max":"0"}""", """ "photo":[{"title":"a"}] """, "AJV-1406 Patient.photo")]
    [InlineData("""{"path":"Patient.name.family","min":1}""", """ "name":[{"family":"a"},{"text":"b"}] """, "AJV-1405 Patient.name[1].family")]
    [InlineData("""{"path":"Patient.name.family","min":1}""", "", "")]
    [InlineData("""{"path":"Patient.contact.name","min":1}""", """ "contact":[{"organization":{"display":"o"}}] """, "AJV-1405 Patient.contact[0].name")]
    [InlineData("""{"path":"Patient.contact.name.family","min":1}""", """ "contact":[{"name":{"text":"a"}}] """, "AJV-1405 Patient.contact[0].name.family")]
    [InlineData("""{"path":"Patient.deceased[x]","min":1}""", """ "deceasedBoolean":false """, "")]
    [InlineData("""{"path":"Patient.deceased[x]","min":1}""", "", "AJV-1405 Patient.deceased")]
    [InlineData("""{"path":"Patient.birthDate","min":1}""", """ "_birthDate":{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason","valueCode":"unknown"}]} """, "")]
    // fixed[x]
    [InlineData("""{"path":"Patient.gender","fixedCode":"female"}""", """ "gender":"female" """, "")]
    [InlineData("""{"path":"Patient.gender","fixedCode":"female"}""", """ "gender":"male" """, "AJV-1409 Patient.gender")]
    [InlineData("""{"path":"Patient.gender","fixedCode":"female"}""", "", "")]
    [InlineData("""{"path":"Patient.maritalStatus","fixedCodeableConcept":{"text":"a"}}""", """ "maritalStatus":{"text":"a"} """, "")]
    [InlineData("""{"path":"Patient.maritalStatus","fixedCodeableConcept":{"text":"a"}}""", """ "maritalStatus":{"text":"a","coding":[{"code":"M"}]} """, "AJV-1409 Patient.maritalStatus")]
    [InlineData("""{"path":"Patient.maritalStatus","fixedCodeableConcept":{"coding":[{"system":"http://s","code":"a"}]}}""", """ "maritalStatus":{"id":"x","coding":[{"code":"a","system":"http://s"}]} """, "")]
    // pattern[x]
    [InlineData("""{"path":"Patient.maritalStatus","patternCodeableConcept":{"coding":[{"system":"http://s","code":"a"}]}}""", """ "maritalStatus":{"text":"t","coding":[{"code":"b"},{"system":"http://s","code":"a","display":"A"}]} """, "")]
    [InlineData("""{"path":"Patient.maritalStatus","patternCodeableConcept":{"coding":[{"system":"http://s","code":"a"}]}}""", """ "maritalStatus":{"coding":[{"system":"http://s","code":"b"},{"system":"http://t","code":"a"}]} """, "AJV-1410 Patient.maritalStatus")]
    [InlineData("""{"path":"Patient.gender","patternCode":"female"}""", """ "gender":"other" """, "AJV-1410 Patient.gender")]
    // minValue[x] and maxValue[x]
    [InlineData("""{"path":"Patient.birthDate","minValueDate":"1900-01-01"}""", """ "birthDate":"1899-12-31" """, "AJV-1411 Patient.birthDate")]
    [InlineData("""{"path":"Patient.birthDate","minValueDate":"1900-01-01"}""", """ "birthDate":"1900" """, "")]
    [InlineData("""{"path":"Patient.birthDate","maxValueDate":"2000-01-01"}""", """ "birthDate":"2000-01-01" """, "")]
    [InlineData("""{"path":"Patient.birthDate","maxValueDate":"2000-01-01"}""", """ "birthDate":"2000-01-02" """, "AJV-1412 Patient.birthDate")]
    [InlineData("""{"path":"Patient.multipleBirth[x]","maxValueInteger":3}""", """ "multipleBirthInteger":4 """, "AJV-1412 Patient.multipleBirth")]
    [InlineData("""{"path":"Patient.multipleBirth[x]","maxValueInteger":3}""", """ "multipleBirthInteger":3 """, "")]
    // maxLength
    [InlineData("""{"path":"Patient.name.family","maxLength":3}""", """ "name":[{"family":"abc"}] """, "")]
    [InlineData("""{"path":"Patient.name.family","maxLength":3}""", """ "name":[{"family":"abcd"}] """, "AJV-1413 Patient.name[0].family")]
    // binding
    [InlineData("""{"path":"Patient.name.use","binding":{"strength":"required","valueSet":"http://hl7.org/fhir/ValueSet/administrative-gender"}}""", """ "name":[{"use":"official","text":"a"}] """, "AJV-1414 Patient.name[0].use")]
    [InlineData("""{"path":"Patient.maritalStatus","binding":{"strength":"required","valueSet":"http://hl7.org/fhir/ValueSet/administrative-gender"}}""", """ "maritalStatus":{"text":"a"} """, "AJV-1414 Patient.maritalStatus")]
    [InlineData("""{"path":"Patient.maritalStatus","binding":{"strength":"required","valueSet":"http://hl7.org/fhir/ValueSet/administrative-gender|4.0.1"}}""", """ "maritalStatus":{"coding":[{"system":"http://hl7.org/fhir/administrative-gender","code":"male"}]} """, "")]
    [InlineData("""{"path":"Patient.maritalStatus","binding":{"strength":"extensible","valueSet":"http://hl7.org/fhir/ValueSet/administrative-gender"}}""", """ "maritalStatus":{"text":"a"} """, "")]
    // constraint
    [InlineData("""{"path":"Patient","constraint":[{"key":"p-1","severity":"error","human":"A name.","expression":"name.exists()"}]}""", "", "AJV-1417 Patient")]
    [InlineData("""{"path":"Patient.name","constraint":[{"key":"p-2","severity":"error","human":"A family.","expression":"family.exists()"}]}""", """ "name":[{"family":"a"},{"text":"b"}] """, "AJV-1417 Patient.name[1]")]
    [InlineData("""{"path":"Patient.name","constraint":[{"key":"p-2","severity":"warning","human":"A family.","expression":"family.exists()"}]}""", """ "name":[{"text":"b"}] """, "")]
    [InlineData("""{"path":"Patient.name","constraint":[{"key":"inv-1","severity":"error","human":"Of the resource.","expression":"%resource.active = true"}]}""", """ "active":false,"name":[{"text":"b"}] """, "AJV-1417 Patient.name[0]")]
    // The elements of an extension's type and of a data type that is used
    [InlineData("""{"path":"Patient.identifier.assigner.display","min":1}""", """ "identifier":[{"assigner":{"reference":"Organization/1"}}] """, "AJV-1405 Patient.identifier[0].assigner.display")]
    public void Rule_of_an_element_is_checked_at_its_place(string element, string members, string expected)
    {
        var profile = ProfileCase.Profile("Patient", element);

        var errors = ProfileCase.ErrorText(ProfileCase.With(Patient, members), profile);

        errors.Should().Be(expected);
    }

    [Theory]
    // type
    [InlineData("""{"path":"Observation.value[x]","type":[{"code":"Quantity"}]}""", """ "valueQuantity":{"value":1} """, "")]
    [InlineData("""{"path":"Observation.value[x]","type":[{"code":"Quantity"}]}""", """ "valueString":"a" """, "AJV-1408 Observation.value")]
    [InlineData("""{"path":"Observation.value[x]","type":[{"code":"Quantity"},{"code":"string"}]}""", """ "valueString":"a" """, "")]
    [InlineData("""{"path":"Observation.value[x]","type":[{"code":"Quantity"}]},{"path":"Observation.value[x].code","min":1}""", """ "valueQuantity":{"value":1} """, "AJV-1405 Observation.value.code")]
    // a type slice by its short path
    [InlineData("""{"path":"Observation.valueQuantity","min":1}""", """ "valueString":"a" """, "AJV-1421 Observation.value")]
    [InlineData("""{"path":"Observation.valueQuantity.code","fixedCode":"kg"}""", """ "valueQuantity":{"value":1,"system":"http://unitsofmeasure.org","code":"g"} """, "AJV-1409 Observation.value.code")]
    [InlineData("""{"path":"Observation.valueQuantity.code","fixedCode":"kg"}""", """ "valueString":"a" """, "")]
    // profile of a type
    [InlineData("""{"path":"Observation.value[x]","type":[{"code":"Quantity","profile":["http://hl7.org/fhir/StructureDefinition/SimpleQuantity"]}]}""", """ "valueQuantity":{"value":1,"comparator":"<"} """, "AJV-1417 Observation.value; AJV-1406 Observation.value.comparator")]
    [InlineData("""{"path":"Observation.value[x]","type":[{"code":"Quantity","profile":["http://hl7.org/fhir/StructureDefinition/SimpleQuantity","http://hl7.org/fhir/StructureDefinition/MoneyQuantity"]}]}""", """ "valueQuantity":{"value":1,"comparator":"<","system":"urn:iso:std:iso:4217","code":"EUR"} """, "")]
    [InlineData("""{"path":"Observation.value[x]","type":[{"code":"Quantity","profile":["http://hl7.org/fhir/StructureDefinition/SimpleQuantity","http://hl7.org/fhir/StructureDefinition/MoneyQuantity"]}]}""", """ "valueQuantity":{"value":1,"comparator":"<"} """, "AJV-1430 Observation.value")]
    // targetProfile
    [InlineData("""{"path":"Observation.subject","type":[{"code":"Reference","targetProfile":["http://hl7.org/fhir/StructureDefinition/Group"]}]}""", "", "AJV-1431 Observation.subject")]
    [InlineData("""{"path":"Observation.subject","type":[{"code":"Reference","targetProfile":["http://hl7.org/fhir/StructureDefinition/Group","http://hl7.org/fhir/StructureDefinition/Patient"]}]}""", "", "")]
    [InlineData("""{"path":"Observation.subject","type":[{"code":"Reference","targetProfile":["http://hl7.org/fhir/StructureDefinition/Patient"]}]}""", """ "subject":{"type":"Group","display":"x"} """, "AJV-1431 Observation.subject")]
    [InlineData("""{"path":"Observation.subject","type":[{"code":"Reference","targetProfile":["http://hl7.org/fhir/StructureDefinition/Patient"]}]}""", """ "subject":{"display":"x"} """, "")]
    // aggregation and versioning
    [InlineData("""{"path":"Observation.subject","type":[{"code":"Reference","aggregation":["contained"]}]}""", "", "AJV-1433 Observation.subject")]
    [InlineData("""{"path":"Observation.subject","type":[{"code":"Reference","aggregation":["contained"]}]}""", """ "subject":{"reference":"#p"},"contained":[{"resourceType":"Patient","id":"p"}] """, "")]
    [InlineData("""{"path":"Observation.subject","type":[{"code":"Reference","aggregation":["referenced"]}]}""", """ "subject":{"reference":"#p"},"contained":[{"resourceType":"Patient","id":"p"}] """, "AJV-1433 Observation.subject")]
    [InlineData("""{"path":"Observation.subject","type":[{"code":"Reference","versioning":"specific"}]}""", "", "AJV-1434 Observation.subject")]
    [InlineData("""{"path":"Observation.subject","type":[{"code":"Reference","versioning":"specific"}]}""", """ "subject":{"reference":"Patient/1/_history/2"} """, "")]
    // content reference: a component has the ranges of the Observation itself
    [InlineData("""{"path":"Observation.component.referenceRange.text","min":1}""", """ "component":[{"code":{"text":"c"},"referenceRange":[{"low":{"value":1}}]}] """, "AJV-1405 Observation.component[0].referenceRange[0].text")]
    [InlineData("""{"path":"Observation.referenceRange.text","min":1}""", """ "component":[{"code":{"text":"c"},"referenceRange":[{"low":{"value":1}}]}] """, "")]
    public void Rule_of_a_type_is_checked_at_its_place(string element, string members, string expected)
    {
        var profile = ProfileCase.Profile("Observation", element);

        var errors = ProfileCase.ErrorText(ProfileCase.With(Observation, members), profile);

        errors.Should().Be(expected);
    }
}
