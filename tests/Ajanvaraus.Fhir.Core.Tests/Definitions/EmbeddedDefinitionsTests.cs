using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Search;

namespace Ajanvaraus.Fhir.Core.Tests.Definitions;

/// <summary>Facts that a reader can check by hand on http://hl7.org/fhir/R4 .</summary>
public sealed class EmbeddedDefinitionsTests
{
    [Fact]
    public void Appointment_participant_is_a_backbone_type_with_its_own_elements_and_rule()
    {
        var appointment = R4.Definitions.Resource("Appointment")!;

        var participant = appointment.Element("participant")!;

        participant.Min.Should().Be(1);
        participant.Max.Should().BeNull();
        participant.IsArray.Should().BeTrue();
        participant.Constraints.Should().Equal(
            new ConstraintSchema("app-1", true, "type.exists() or actor.exists()"));
        var type = participant.Properties.Single().Type;
        type.Name.Should().Be("Appointment.participant");
        type.Is("BackboneElement").Should().BeTrue();
        type.Elements.Select(e => e.Name).Should().Equal(
            "id", "extension", "modifierExtension", "type", "actor", "required", "status", "period");
        type.Element("actor")!.Targets.Should().Equal(
            "Device", "HealthcareService", "Location", "Patient", "Practitioner", "PractitionerRole", "RelatedPerson");
    }

    [Fact]
    public void Choice_has_one_property_per_type()
    {
        var value = R4.Definitions.Resource("Observation")!.Element("value")!;

        value.IsChoice.Should().BeTrue();
        value.Path.Should().Be("Observation.value[x]");
        value.Properties.Select(p => p.JsonName).Should().Equal(
            "valueQuantity", "valueCodeableConcept", "valueString", "valueBoolean", "valueInteger", "valueRange",
            "valueRatio", "valueSampledData", "valueTime", "valueDateTime", "valuePeriod");
        R4.Definitions.Resource("Observation")!.Property("valueQuantity")!.Type.Name.Should().Be("Quantity");
    }

    [Fact]
    public void Content_by_reference_has_the_type_and_rules_of_that_content()
    {
        var item = R4.Definitions.Types["Questionnaire.item"].Element("item")!;

        item.Properties.Single().Type.Should().BeSameAs(R4.Definitions.Types["Questionnaire.item"]);
        item.Constraints.Select(c => c.Key).Should().Contain("que-1");
    }

    [Theory]
    [InlineData("boolean", JsonForm.Boolean)]
    [InlineData("integer", JsonForm.Number)]
    [InlineData("positiveInt", JsonForm.Number)]
    [InlineData("unsignedInt", JsonForm.Number)]
    [InlineData("decimal", JsonForm.Number)]
    [InlineData("base64Binary", JsonForm.String)]
    [InlineData("xhtml", JsonForm.String)]
    [InlineData("Period", JsonForm.Object)]
    public void Type_has_the_form_of_the_json_format(string type, JsonForm form)
    {
        R4.Definitions.Types[type].Form.Should().Be(form);
    }

    [Fact]
    public void Specialisation_is_followed_to_the_root()
    {
        var types = R4.Definitions.Types;

        types["Patient"].Is("DomainResource").Should().BeTrue();
        types["Patient"].Is("Resource").Should().BeTrue();
        types["Bundle"].Is("DomainResource").Should().BeFalse();
        types["Age"].Is("Quantity").Should().BeTrue();
        types["positiveInt"].Is("integer").Should().BeTrue();
        types["Resource"].Base.Should().BeNull();
        types["Resource"].IsAbstract.Should().BeTrue();
    }

    [Fact]
    public void Attributes_of_xml_have_primitive_types()
    {
        var extension = R4.Definitions.Types["Extension"];

        extension.Element("url")!.IsXmlAttribute.Should().BeTrue();
        extension.Property("url")!.Type.Name.Should().Be("uri");
        extension.Property("id")!.Type.Name.Should().Be("string");
    }

    [Fact]
    public void Elements_of_the_source_product_are_left_out()
    {
        R4.Definitions.Types["Meta"].Property("project").Should().BeNull();
        R4.Definitions.Types["Binary"].Property("url").Should().BeNull();
        R4.Definitions.Resource("HealthcareService")!.Property("offeredIn").Should().BeNull();
    }

    [Fact]
    public void Required_codes_of_scheduling_are_listed()
    {
        var sets = R4.Definitions.ValueSets;

        sets["http://hl7.org/fhir/ValueSet/appointmentstatus"].CodesBySystem["http://hl7.org/fhir/appointmentstatus"]
            .Should().BeEquivalentTo("proposed", "pending", "booked", "arrived", "fulfilled", "cancelled", "noshow",
                "entered-in-error", "checked-in", "waitlist");
        sets["http://hl7.org/fhir/ValueSet/slotstatus"].CodesBySystem["http://hl7.org/fhir/slotstatus"]
            .Should().BeEquivalentTo("busy", "free", "busy-unavailable", "busy-tentative", "entered-in-error");
        sets["http://hl7.org/fhir/ValueSet/slotstatus"].HasCode("open").Should().BeFalse();
        sets.Should().NotContainKey("http://hl7.org/fhir/ValueSet/mimetypes");
    }

    [Fact]
    public void Patient_compartment_names_the_parameters_of_membership()
    {
        R4.Definitions.PatientCompartment["Appointment"].Should().Equal("actor");
        R4.Definitions.PatientCompartment.Should().NotContainKey("Slot");
    }

    [Theory]
    [InlineData("Patient")]
    [InlineData("Practitioner")]
    [InlineData("RelatedPerson")]
    [InlineData("Encounter")]
    [InlineData("Device")]
    public void Every_code_of_a_compartment_is_a_reference_parameter_of_its_type(string compartment)
    {
        var parameters = new SearchParameterRegistry(R4.Definitions);

        var unknown = R4.Definitions.Compartment(compartment)!
            .SelectMany(member => member.Value.Select(code => (Type: member.Key, Code: code)))
            .Where(member => member.Code != "{def}"
                && parameters.Find(member.Type, member.Code)?.Type != SearchParameterType.Reference);

        unknown.Should().BeEmpty();
    }

    [Fact]
    public void Composite_search_parameter_has_its_components()
    {
        var parameter = R4.Definitions.SearchParameters.Single(p => p.Url.EndsWith("/Observation-code-value-quantity"));

        parameter.Type.Should().Be("composite");
        parameter.Components.Select(c => c.Expression).Should().Equal("code", "value.ofType(Quantity)");
    }
}
