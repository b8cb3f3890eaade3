using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Validation;
using Ajanvaraus.Fhir.Scheduling.Templates;
using Ajanvaraus.Fhir.Server.Mapping;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Tests.Operations;

public sealed class WeekTemplateMappingTests
{
    private static readonly WeekTemplate Full = new(
        "ohjaus", 3, "Europe/Helsinki", new LocalDate(2026, 11, 23), 2,
        [
            new TemplateEntry
            {
                Week = 2,
                Day = IsoDayOfWeek.Sunday,
                Start = new LocalTime(8, 15),
                End = LocalTime.Midnight,
                SlotLength = Duration.FromMinutes(45),
                Gap = Duration.FromMinutes(15),
                Capacity = 6,
                Services = ["http://t|sosiaalityo"],
                TimeTypes = ["http://a|neuvonta"],
                ContactModes = ["https://ajanvaraus.example/fhir/CodeSystem/yhteystapa|video"],
                Audience = "citizen",
                ReleaseDaysAhead = 14,
            },
        ]);

    [Fact]
    public void Template_written_and_read_is_the_same()
    {
        var basic = WeekTemplateWriting.Write(Full, "ohjaus", opensOnHolidays: true);

        var read = WeekTemplateMapping.Read(basic, "Basic");

        read.Failed.Should().BeFalse();
        read.Value!.Template.Should().BeEquivalentTo(Full);
        read.Value.OpensOnHolidays.Should().BeTrue();
    }

    [Fact]
    public void Template_is_written_as_a_sound_Basic()
    {
        var bytes = FhirJson.ToBytes(WeekTemplateWriting.Write(Full, "ohjaus"));

        var parsed = FhirJson.Parse(bytes);

        parsed.Issues.Should().BeEmpty();
        new StructuralValidator(R4.Definitions).Validate(parsed.Resource!)
            .Where(i => i.Severity is IssueSeverity.Error or IssueSeverity.Fatal).Should().BeEmpty();
    }
}
