using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Validation;
using Ajanvaraus.Fhir.Server.Capability;
using Ajanvaraus.Fhir.Server.Operations;

namespace Ajanvaraus.Fhir.Server.Tests.Operations;

public sealed class OperationDefinitionTests
{
    public static TheoryData<string> Ids =>
    [
        "Appointment-find", "Slot-find", "Appointment-hold", "Slot-hold", "Appointment-book", "Appointment-cancel",
        "Appointment-release", "Appointment-reschedule", "Schedule-apply-template", "fhirpath",
        "Appointment-check-in", "Appointment-no-show", "Appointment-fulfill", "Appointment-undo", "Schedule-absence",
        "Schedule-reassign", "Schedule-end-absence", "Schedule-week", "group-call-off",
        "import", "reindex", "Bundle-process",
    ];

    private static ElementNode Definition(string id) => OperationDefinitions.Load().Single(d => d.Id == id);

    private static IEnumerable<string> NamesIn(ElementNode definition) => definition.All("parameter")
        .Where(p => p.Text("use") == "in").Select(p => p.Text("name")!);

    [Theory, MemberData(nameof(Ids))]
    public void Definition_is_structurally_sound_and_has_its_canonical(string id)
    {
        var definition = Definition(id);

        var issues = new StructuralValidator(R4.Definitions).Validate(definition);

        issues.Where(i => i.Severity != IssueSeverity.Information).Should().BeEmpty();
        definition.Text("url").Should().Be($"{Canonicals.Base}/OperationDefinition/{id}");
    }

    [Theory, MemberData(nameof(Ids))]
    public void Definition_has_a_title_in_Finnish_too(string id)
    {
        var title = Definition(id)["title"]!;

        var languages = title.All("extension")
            .SelectMany(e => e.All("extension")).Where(e => e.Text("url") == "lang").Select(e => e.Text("value"));

        languages.Should().Contain("fi");
    }

    [Theory]
    [InlineData("Appointment-find")]
    [InlineData("Slot-find")]
    public void Find_is_defined_with_exactly_the_parameters_that_are_read(string id)
    {
        var names = NamesIn(Definition(id));

        names.Should().BeEquivalentTo(FindReader.Names);
    }

    [Fact]
    public void Apply_template_is_defined_with_exactly_the_parameters_that_are_read()
    {
        var names = NamesIn(Definition("Schedule-apply-template"));

        names.Should().BeEquivalentTo(TemplateInput.Names);
    }

    /// <summary>The names stand as literals in the code of the operations.</summary>
    [Theory]
    [InlineData("Appointment-book", "BookingInput.cs", "BookAppointment.cs", "BookingExtras.cs", "SeriesBooking.cs")]
    [InlineData("Appointment-check-in", "AppointmentTarget.cs", "ChangeAppointmentStatus.cs")]
    [InlineData("Schedule-absence", "RecordAbsence.cs")]
    [InlineData("Schedule-reassign", "ReassignmentInput.cs", "TeamCalendars.cs")]
    [InlineData("Schedule-end-absence", "EndAbsence.cs")]
    [InlineData("Schedule-week", "TellWeek.cs", "AskedCalendars.cs", "TeamCalendars.cs")]
    [InlineData("Schedule-whereabouts", "TellWhereabouts.cs", "AskedCalendars.cs", "TeamCalendars.cs")]
    [InlineData("group-call-off", "CallOffGroup.cs")]
    [InlineData("Appointment-hold", "BookingInput.cs", "HoldAppointment.cs")]
    [InlineData("Slot-hold", "BookingInput.cs", "HoldAppointment.cs", "HoldSlot.cs")]
    [InlineData("Appointment-cancel", "AppointmentTarget.cs", "CancelAppointment.cs", "SeriesMembership.cs")]
    [InlineData("Appointment-release", "AppointmentTarget.cs")]
    [InlineData("Appointment-reschedule", "AppointmentTarget.cs", "RescheduleAppointment.cs", "BookingExtras.cs", "SeriesMembership.cs")]
    [InlineData("fhirpath", "FhirPathInput.cs")]
    public void Every_parameter_that_is_defined_is_read(string id, params string[] files)
    {
        var folder = Path.Combine(Repository.Root, "src", "Ajanvaraus.Fhir.Server", "Operations");
        var code = string.Concat(files.Select(f => File.ReadAllText(Path.Combine(folder, f))));

        var unread = NamesIn(Definition(id)).Where(name => !code.Contains($"\"{name}\"", StringComparison.Ordinal));

        unread.Should().BeEmpty();
    }
}
