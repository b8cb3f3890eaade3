using Ajanvaraus.Fhir.Core.FhirPath;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Tests.Json;

namespace Ajanvaraus.Fhir.Core.Tests.FhirPath;

public sealed class FhirPathEvaluationTests
{
    private static readonly ElementNode Appointment = Parsed.Resource("""
        {
          "resourceType": "Appointment", "id": "a1",
          "contained": [{ "resourceType": "Location", "id": "home", "name": "Koti" }],
          "extension": [{ "url": "http://example.org/note", "valueString": "hello" }],
          "status": "booked", "priority": 3,
          "serviceType": [{ "coding": [{ "system": "urn:s", "code": "x" }], "text": "Neuvonta" }],
          "start": "2026-10-25T09:00:00+02:00", "end": "2026-10-25T09:30:00+02:00",
          "created": "2026-10",
          "participant": [
            { "actor": { "reference": "Patient/p1" }, "status": "accepted" },
            { "actor": { "reference": "https://other.example/fhir/Practitioner/d1/_history/2" }, "status": "accepted" },
            { "actor": { "reference": "#home" }, "status": "tentative" }
          ]
        }
        """);

    [Theory]
    [InlineData("Appointment.status", "booked")]
    [InlineData("status", "booked")]
    [InlineData("Resource.id", "a1")]
    [InlineData("Patient.status", "")]
    [InlineData("Appointment.participant.status", "accepted,accepted,tentative")]
    [InlineData("Appointment.participant[2].status", "tentative")]
    [InlineData("Appointment.participant[9].status", "")]
    [InlineData("Appointment.participant.where(status = 'tentative').actor.reference", "#home")]
    [InlineData("participant.where($index = 1).actor.reference",
        "https://other.example/fhir/Practitioner/d1/_history/2")]
    [InlineData("participant.actor.where(resolve() is Patient).reference", "Patient/p1")]
    [InlineData("participant.actor.where(resolve() is Practitioner).count()", "1")]
    [InlineData("participant.actor.where(resolve() is Location).resolve().name", "Koti")]
    [InlineData("participant.status | participant.status", "accepted,tentative")]
    [InlineData("participant.status.combine(status).count()", "4")]
    [InlineData("extension('http://example.org/note').value", "hello")]
    [InlineData("hasExtension('http://example.org/note')", "true")]
    [InlineData("(extension.value as string)", "hello")]
    [InlineData("extension.value.as(String)", "hello")]
    [InlineData("extension.value.ofType(Quantity)", "")]
    [InlineData("status is code", "true")]
    [InlineData("status is string", "true")]
    [InlineData("status is System.String", "false")]
    [InlineData("'a' is System.String", "true")]
    [InlineData("status.type().name", "code")]
    [InlineData("participant.first().status", "accepted")]
    [InlineData("participant.last().status", "tentative")]
    [InlineData("participant.tail().count()", "2")]
    [InlineData("participant.skip(1).take(1).count()", "1")]
    [InlineData("participant.empty()", "false")]
    [InlineData("slot.exists()", "false")]
    [InlineData("slot.exists().not()", "true")]
    [InlineData("participant.exists(status = 'tentative')", "true")]
    [InlineData("participant.all(actor.exists())", "true")]
    [InlineData("status.hasValue()", "true")]
    [InlineData("participant[0].hasValue()", "false")]
    [InlineData("priority + 2", "5")]
    [InlineData("1 + 2 * 3", "7")]
    [InlineData("(1 + 2) * 3", "9")]
    [InlineData("7 div 2", "3")]
    [InlineData("7 mod 2", "1")]
    [InlineData("1 / 0", "")]
    [InlineData("-priority", "-3")]
    [InlineData("'a' & {} & 'b'", "ab")]
    [InlineData("'a' + 'b'", "ab")]
    [InlineData("priority > 2 and priority < 4", "true")]
    [InlineData("start < end", "true")]
    [InlineData("start < @2026-10-25T07:00:00Z", "false")]
    [InlineData("start = @2026-10-25T07:00:00Z", "true")]
    [InlineData("created < @2026-11-01", "true")]
    [InlineData("created < @2026-10-10", "")]
    [InlineData("'BOOKED' ~ status", "true")]
    [InlineData("'booked' in (status | 'x')", "true")]
    [InlineData("(status | 'x') contains 'y'", "false")]
    [InlineData("iif(status = 'booked', 'yes', 'no')", "yes")]
    [InlineData("status != false", "true")]
    [InlineData("participant.select(actor.reference).count()", "3")]
    [InlineData("1 year = 1 year", "true")]
    [InlineData("4 'mg' > 3 'mg'", "true")]
    [InlineData("4 'mg' > 3 'g'", "false")]
    [InlineData("4 'mg' > 3 'm'", "")]
    [InlineData("status.startsWith('boo') and status.length() = 6", "true")]
    [InlineData("status.upper().substring(0, 3)", "BOO")]
    [InlineData("repeat(participant).count()", "3")]
    [InlineData("%resource.id = %context.id", "true")]
    [InlineData("`status` /* a comment */ // another", "booked")]
    public void Expression_on_an_appointment_gives_these_values(string text, string expected)
    {
        var expression = FhirPathExpression.Parse(text);
        expression.Error.Should().BeNull();

        var result = expression.Expression!.Evaluate(Appointment);

        result.Error.Should().BeNull();
        string.Join(',', result.Values).Should().Be(expected);
    }

    [Theory]
    [InlineData("Observation.value", "5.4")]
    [InlineData("(Observation.value as Quantity).unit", "kg")]
    [InlineData("Observation.value.as(string)", "")]
    public void Choice_element_is_found_by_its_name_without_type(string text, string expected)
    {
        var observation = Parsed.Resource("""
            { "resourceType": "Observation", "status": "final", "code": { "text": "w" },
              "valueQuantity": { "value": 5.4, "unit": "kg" } }
            """);

        var values = FhirPathExpression.Parse(text).Expression!.Evaluate(observation).Values;

        string.Join(',', values.Select(value => value.Node?["value"]?.Value ?? value.ToString())).Should().Be(expected);
    }

    [Theory]
    [InlineData("participant.status = 'x' and participant")]
    [InlineData("participant < 3")]
    [InlineData("%unknown")]
    public void Rule_that_the_data_breaks_is_an_error_and_no_exception(string text)
    {
        var result = FhirPathExpression.Parse(text).Expression!.Evaluate(Appointment);

        result.Error.Should().NotBeNull();
        result.Values.Should().BeEmpty();
    }
}
