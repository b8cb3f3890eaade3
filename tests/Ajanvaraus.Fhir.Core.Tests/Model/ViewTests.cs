using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Core.Tests.Json;

namespace Ajanvaraus.Fhir.Core.Tests.Model;

public sealed class ViewTests
{
    [Fact]
    public void Slot_is_read_with_its_capacity_services_and_filler_tag()
    {
        var slot = new SlotView(Parsed.Resource("""
            {"resourceType":"Slot","id":"s","meta":{"tag":[
              {"system":"https://ajanvaraus.example/fhir/CodeSystem/slot-tag","code":"filler"}]},
             "extension":[{"url":"http://fhir-registry.smarthealthit.org/StructureDefinition/slot-capacity","valueInteger":5}],
             "serviceType":[{"coding":[{"system":"urn:oid:1.2.246.537.6.49","code":"NC"}]}],
             "appointmentType":{"coding":[{"code":"10"}],"text":"x"},
             "schedule":{"reference":"Schedule/a"},"status":"free",
             "start":"2026-11-23T09:00:00+02:00","end":"2026-11-23T09:30:00+02:00"}
            """));

        slot.Id.Should().Be("s");
        slot.ScheduleReference.Should().Be("Schedule/a");
        slot.Status.Should().Be("free");
        slot.Start.Should().Be(DateTimeOffset.Parse("2026-11-23T07:00:00Z"));
        slot.End.Should().Be(DateTimeOffset.Parse("2026-11-23T07:30:00Z"));
        slot.Capacity.Should().Be(5);
        slot.Services.Should().Equal("urn:oid:1.2.246.537.6.49|NC", "|10");
        slot.IsFiller.Should().BeTrue();
    }

    [Fact]
    public void Slot_without_extension_and_tag_has_one_seat_and_is_no_filler()
    {
        var slot = new SlotView(Parsed.Resource("""{"resourceType":"Slot","status":"busy"}"""));

        slot.Capacity.Should().Be(1);
        slot.IsFiller.Should().BeFalse();
        slot.Start.Should().BeNull();
        slot.Services.Should().BeEmpty();
    }

    [Fact]
    public void Schedule_is_active_and_in_Helsinki_unless_it_says_otherwise()
    {
        var plain = new ScheduleView(Parsed.Resource("""
            {"resourceType":"Schedule","actor":[{"reference":"Practitioner/p"},{"reference":"Location/l"}],
             "planningHorizon":{"start":"2026-11-01","end":"2026-11-30"}}
            """));
        var other = new ScheduleView(Parsed.Resource("""
            {"resourceType":"Schedule","active":false,"actor":[{"display":"x"}],
             "extension":[{"url":"http://hl7.org/fhir/StructureDefinition/timezone","valueCode":"Europe/Stockholm"}]}
            """));

        plain.Active.Should().BeTrue();
        plain.ZoneId.Should().Be("Europe/Helsinki");
        plain.Actors.Should().Equal("Practitioner/p", "Location/l");
        plain.HorizonStart.Should().Be(DateTimeOffset.Parse("2026-11-01T00:00:00+02:00"));
        plain.HorizonEnd.Should().Be(DateTimeOffset.Parse("2026-12-01T00:00:00+02:00"));
        other.Active.Should().BeFalse();
        other.ZoneId.Should().Be("Europe/Stockholm");
        other.Actors.Should().BeEmpty();
        other.HorizonEnd.Should().BeNull();
    }

    [Fact]
    public void Appointment_is_read_with_its_participants_and_hold()
    {
        var appointment = new AppointmentView(Parsed.Resource("""
            {"resourceType":"Appointment","id":"a","status":"pending","comment":"c","description":"d",
             "extension":[{"url":"https://ajanvaraus.example/fhir/StructureDefinition/held-until","valueInstant":"2026-11-23T07:05:00Z"}],
             "identifier":[{"system":"urn:x","value":"1"}],"slot":[{"reference":"Slot/s"}],
             "cancelationReason":{"text":"r"},
             "serviceCategory":[{"coding":[{"system":"urn:c","code":"1"}]}],
             "appointmentType":{"coding":[{"system":"urn:t","code":"2"}]},
             "participant":[{"actor":{"reference":"Patient/p"},"required":"optional","status":"accepted"},
               {"type":[{"coding":[{"system":"urn:p","code":"3"}]}],"status":"needs-action"}]}
            """));

        appointment.HeldUntil.Should().Be(DateTimeOffset.Parse("2026-11-23T07:05:00Z"));
        appointment.Slots.Should().Equal("Slot/s");
        appointment.Identifiers.Should().Equal(new IdentifierView("urn:x", "1"));
        appointment.Services.Should().Equal("urn:c|1");
        appointment.AppointmentTypes.Should().Equal("urn:t|2");
        appointment.CancelationReason!.Text("text").Should().Be("r");
        (appointment.Id, appointment.Status, appointment.Comment, appointment.Description)
            .Should().Be(("a", "pending", "c", "d"));
        appointment.Participants.Should().BeEquivalentTo(
            [
                new ParticipantView("Patient/p", "optional", "accepted", []),
                new ParticipantView(null, "required", "needs-action", ["urn:p|3"]),
            ],
            o => o.WithStrictOrdering());
    }
}
