using System.Text;
using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Server.Demo;
using Ajanvaraus.Fhir.Testing;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Tests.Profiles;

/// <summary>HL7 Finland's extensions had other addresses in 2020 and 2021, which Kanta's profile still names.</summary>
/// <remarks>Source: hl7.fhir.fi.scheduling 0.2.0 (old) and 2.0.0-rc2 (current), hl7.fhir.fi.base 2.0.0-rc2.</remarks>
public sealed class ExtensionGenerationTests
{
    private const string Old = "http://hl7.fi/fhir/StructureDefinition/";
    private const string Current = "https://hl7.fi/fhir/finnish-scheduling/StructureDefinition/";
    private const string Base = "https://hl7.fi/fhir/finnish-base-profiles/StructureDefinition/";

    private const string Identifier = """ "valueIdentifier":{"system":"urn:ietf:rfc:3986","value":"urn:oid:1.2.3"} """;
    private const string Text = """ "valueString":"x" """;
    private const string Url = """ "valueUrl":"https://esimerkki.fi" """;
    private const string Contact = """ "valueContactPoint":{"system":"sms","value":"+358401234567"} """;
    private const string Changes = """ "extension":[{"url":"Cancellable","valueBoolean":true}] """;
    private const string SelfService = """ "extension":[{"url":"URL","valueUrl":"https://esimerkki.fi"}] """;
    private const string Journey = """ "extension":[{"url":"CustomerJourneyName","valueString":"x"}] """;
    private const string Product = """ "extension":[{"url":"RequestedServiceName","valueString":"x"}] """;
    private const string Calendar = """ "extension":[{"url":"ResourceCalendarName","valueString":"x"}] """;

    /// <summary>Where it stands, its address in each generation (or none), and a value of each.</summary>
    public static TheoryData<string, string, string, string> Extensions => new()
    {
        { "", Old + "AdditionalInformationURLExtension", Current + "additional-information-url", Url },
        { "", Old + "AppointmentMutabilityExtension", Current + "mutable", Changes },
        { "", Old + "CareGuaranteeExtension", Current + "care-guarantee-details", Text },
        { "", Old + "CareplanIdentifierExtension", Current + "careplan-identifier", Identifier },
        { "", Old + "ChildAppointment", Current + "child-appointment", Identifier },
        { "", Old + "CustomerJourneyExtension", Current + "customer-journey", Journey },
        { "", Old + "NotificationInfoExtension", Current + "notification-info", Contact },
        { "", Old + "ParentAppointment", "", Identifier },
        { "", Old + "MiscAppointmentDataExtension", "", Text },
        { "", Old + "VisibleToCustodian", "", Text },
        { "patientInstruction", Old + "PatientInstructionURLExtension", Current + "patient-instruction-url", Url },
        { "", Old + "QueueNoExt", Current + "queue-number", Text },
        { "", Old + "ReferralIdExtension", Current + "referral-id", Text },
        { "", Old + "RequestedServiceExtension", Current + "requested-service-info", Product },
        { "", Old + "ResourceCalendarIdExtension", Current + "resource-calendar", Calendar },
        { "", Old + "SelfServiceExtension", Current + "self-service-info", SelfService },
        { "", Old + "TicketNoExt", Current + "ticket-number", Text },
        { "", Old + "TopicIdExt", Current + "topic-id", Identifier },
        { "", Old + "ServiceEventExt", "", Identifier },
        { "", "", Base + "service-event", """ "valueOid":"urn:oid:1.2.246.10.1.14.1" """ },
        { "", Old + "NotificationMediumExtension", "", Coded("urn:oid:1.2.246.537.6.883.201501") },
        { "", "", Current + "notification-medium", Coded("urn:oid:1.2.246.537.6.883") },
        { "", Old + "PractitionerGenderExtension", "", Coded("urn:oid:1.2.246.537.5.1.1997") },
        { "", "", Current + "practitioner-gender", Coded("urn:oid:1.2.246.537.5.1") },
        { "Patient", Old + "HomeMunicipalityExtension", "", Coded("urn:oid:1.2.246.537.6.21.2003") },
        { "Patient", "", Base + "municipality-code", Coded("urn:oid:1.2.246.537.6.21") },
    };

    [Theory, MemberData(nameof(Extensions))]
    public void Both_generations_of_the_Finnish_extensions_are_read(string place, string old, string current, string value)
    {
        foreach (var url in new[] { old, current }.Where(url => url.Length > 0))
        {
            var sound = Validate(place, url, value);
            var faulty = Validate(place, url, """ "valueInteger":1 """);

            sound.Should().NotContain(issue => issue.StartsWith("AJV-14", StringComparison.Ordinal), url);
            faulty.Should().Contain(issue => issue.StartsWith("AJV-14", StringComparison.Ordinal), url);
        }
    }

    [Fact]
    public void Current_generation_is_the_one_that_is_written()
    {
        var examples = SocialPackage.ExampleNames.Select(name => Encoding.UTF8.GetString(SocialPackage.ExampleBytes(name)));
        var demo = County.Generate(CountySize.Small, 2022, new LocalDate(2026, 11, 22))
            .Select(resource => Encoding.UTF8.GetString(FhirJson.ToBytes(resource)));
        var sources = Directory.EnumerateFiles(Repository.Find("src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file).Contains(Old, StringComparison.Ordinal)).Select(Path.GetFileName).Order();

        examples.Concat(demo).Should().NotContain(text => text.Contains(Old, StringComparison.Ordinal));
        examples.Should().Contain(text => text.Contains(Current, StringComparison.Ordinal));
        // Where both are searched by one parameter, and where what came in the old one is read.
        sources.Should().Equal("FinnishExtensions.cs", "OwnSearchParameters.cs");
    }

    private static string Coded(string system) => $$""" "valueCoding":{"system":"{{system}}","code":"1","display":"x"} """;

    /// <summary>Ids of the messages about the extension.</summary>
    private static List<string> Validate(string place, string url, string value)
    {
        var extension = $$"""[{"url":"{{url}}",{{value}}}]""";
        var resource = place switch
        {
            "Patient" => $$"""{"resourceType":"Patient","extension":{{extension}}}""",
            "" => $$"""{"resourceType":"Appointment","extension":{{extension}},{{Appointment}}}""",
            _ => $$$"""{"resourceType":"Appointment",{{{Appointment}}},"{{{place}}}":"x","_{{{place}}}":{"extension":{{{extension}}} }}""",
        };
        var parsed = FhirJson.Parse(Encoding.UTF8.GetBytes(JsonNode.Parse(resource)!.ToJsonString()));
        return
        [
            .. SocialPackage.Validator.Validate(parsed.Resource!)
                .Where(issue => issue.Expression?.Contains("extension[0]", StringComparison.Ordinal) ?? false).Select(issue => issue.Id),
        ];
    }

    private const string Appointment = """ "status":"proposed","participant":[{"status":"needs-action"}] """;
}
