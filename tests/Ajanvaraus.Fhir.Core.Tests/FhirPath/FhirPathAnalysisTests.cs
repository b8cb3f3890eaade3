using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.FhirPath;

namespace Ajanvaraus.Fhir.Core.Tests.FhirPath;

public sealed class FhirPathAnalysisTests
{
    [Theory]
    [InlineData("Appointment", "participant.stauts", "AJV-5060", 12)]
    [InlineData("Observation", "valueQuantity.unit", "AJV-5061", 0)]
    [InlineData("Appointment", "Patient.name", "AJV-5064", 0)]
    [InlineData("Appointment", "start + 1", "AJV-5032", 6)]
    [InlineData("Appointment", "start < 5", "AJV-5032", 6)]
    [InlineData("Appointment", "participant.upper()", "AJV-5034", 12)]
    [InlineData("Appointment", "iif(status, 1, 2)", "AJV-5062", 4)]
    [InlineData("Appointment", "status as Strin", "AJV-5022", 7)]
    [InlineData("Appointment", "children().first()", "AJV-5063", 11)]
    [InlineData("Appointment", "-status", "AJV-5033", 0)]
    public void What_can_never_be_is_told_with_its_place(string type, string text, string id, int position)
    {
        var errors = Check(type, text);

        errors.Should().ContainSingle();
        errors[0].Message.Id.Should().Be(id);
        errors[0].Position.Should().Be(position);
        errors[0].Kind.Should().Be(FhirPathErrorKind.Semantic);
    }

    [Theory]
    [InlineData("Bundle", "entry.resource.birthDate")]
    [InlineData("Appointment", "participant.actor.resolve().name.given")]
    [InlineData("Appointment", "contained.name & extension('u').value.unit")]
    [InlineData("Appointment", "start + 1 'h' < end and minutesDuration * 60 > 5")]
    [InlineData("Observation", "value.ofType(Quantity).unit | component.value.ofType(string)")]
    [InlineData("Questionnaire", "repeat(item | answer).linkId")]
    [InlineData("Appointment", "Resource.id | DomainResource.meta.profile")]
    [InlineData("Appointment", "participant.where(%x.y > 3).aggregate($total + 1, 0)")]
    public void What_may_be_is_not_told(string type, string text) => Check(type, text).Should().BeEmpty();

    /// <summary>One names an element that R4 took away.</summary>
    [Fact]
    public void Search_parameters_of_R4_are_sound_on_their_types_but_one()
    {
        var found = R4.Definitions.SearchParameters
            .Where(parameter => parameter.Expression.Length > 0 && parameter.Base.Length == 1)
            .Select(parameter => (parameter.Code, Base: parameter.Base[0], Errors: Check(parameter.Base[0], parameter.Expression)))
            .Where(result => !result.Errors.IsEmpty)
            .Select(result => $"{result.Base}.{result.Code}: {result.Errors[0]}");

        found.Should().ContainSingle().Which.Should().StartWith("DeviceDefinition.classification: ");
    }

    private static ImmutableArray<FhirPathError> Check(string type, string text) => FhirPathAnalysis.Check(
        FhirPathExpression.Parse(text).Expression!, R4.Definitions.Types[type],
        new FhirPathAnalysisOptions { ChecksOrder = true });
}
