using System.Net;
using System.Text;
using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Server.Conformance;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Server.Tests.Profiles;

/// <summary>What writes are held to: claimed profiles always, others as the operator says.</summary>
public sealed class ProfileWriteTests
{
    private const string Base = "https://ajanvaraus.example/fhir/StructureDefinition/fi-social-";

    /// <summary>A service under no service task, which its profile asks for.</summary>
    private const string WithoutTask = """
        "resourceType":"HealthcareService","active":true,"providedBy":{"display":"x"},"name":"x",
        "type":[{"coding":[{"system":"https://ajanvaraus.example/fhir/CodeSystem/sosiaalipalvelu","code":"perhetyo"}]}]
        """;

    private const string Task = """
        ,"category":[{"coding":[{"system":"https://ajanvaraus.example/fhir/CodeSystem/palvelutehtava","code":"lastensuojelu"}]}]
        """;

    private static string Service(string more = "") => $"{{{WithoutTask}{more}}}";

    private static string Claimed(string more = "") =>
        Service($$""","meta":{"profile":["{{Base}}healthcare-service"]}{{more}}""");

    private static async Task<(HttpStatusCode Status, string Body)> PostAsync(
        FhirServer server, string path, string json, string? prefer = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(json, Encoding.UTF8, "application/fhir+json"),
        };
        if (prefer is not null)
            request.Headers.Add("Prefer", prefer);
        using var response = await server.Http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static Task<FhirServer> StartAsync(string policy)
    {
        ProfilePolicy.TryParse(policy, out var parsed, out _).Should().BeTrue();
        return FhirServer.StartAsync(DatabaseEngine.Sqlite, with: options => options with { Profiles = parsed });
    }

    [DatabaseTheory, EachDatabase]
    public async Task Write_that_breaks_the_profile_that_it_claims_is_refused_with_the_element(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);

        var (refused, body) = await PostAsync(server, "HealthcareService", Claimed());
        var (made, _) = await PostAsync(server, "HealthcareService", Claimed(Task));

        refused.Should().Be(HttpStatusCode.UnprocessableEntity);
        body.Should().Contain("HealthcareService.category").And.Contain("AJV-1405");
        made.Should().Be(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData(Task, "AJV-1451")]
    [InlineData("", "AJV-1452")]
    public async Task Write_that_claims_nothing_is_told_what_it_meets_when_it_asks(string more, string message)
    {
        await using var server = await FhirServer.StartAsync(DatabaseEngine.Sqlite);

        var (status, body) = await PostAsync(server, "HealthcareService", Service(more), "return=OperationOutcome");
        var (_, verdict) = await PostAsync(server, "HealthcareService/$validate", Service(more));

        status.Should().Be(HttpStatusCode.Created);
        body.Should().Contain(message).And.Contain(Base + "healthcare-service");
        verdict.Should().Contain(message);
    }

    [Fact]
    public async Task Required_refuses_what_meets_no_profile_and_takes_what_meets_one_unclaimed()
    {
        await using var server = await StartAsync("HealthcareService=required");

        var (refused, body) = await PostAsync(server, "HealthcareService", Service());
        var (made, _) = await PostAsync(server, "HealthcareService", Service(Task));
        var (other, _) = await PostAsync(server, "Organization", """{"resourceType":"Organization","name":"x"}""");

        refused.Should().Be(HttpStatusCode.UnprocessableEntity);
        JsonNode.Parse(body)!["issue"]![0]!["details"]!["coding"]![0]!["code"]!.ToString().Should().Be("AJV-1453");
        made.Should().Be(HttpStatusCode.Created);
        other.Should().Be(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Off_stores_what_breaks_its_claim()
    {
        await using var server = await StartAsync("*=off");

        var (status, _) = await PostAsync(server, "HealthcareService", Claimed());

        status.Should().Be(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("Appointment=required;Slot=off", true)]
    [InlineData(" *=Claimed , Slot=OFF ", true)]
    [InlineData("Appointment", false)]
    [InlineData("Appointment=strict", false)]
    [InlineData("Appointment=1", false)]
    [InlineData("Varaus=off", false)]
    public void Policy_is_read_or_refused(string text, bool isRead)
    {
        ProfilePolicy.TryParse(text, out _, out _).Should().Be(isRead);
    }

    [Fact]
    public void Policy_of_a_type_goes_before_that_of_all_others()
    {
        ProfilePolicy.TryParse("*=off;Slot=required", out var policy, out _);

        policy.Of("Slot").Should().Be(ProfileStrictness.Required);
        policy.Of("Appointment").Should().Be(ProfileStrictness.Off);
        ProfilePolicy.Default.Of("Appointment").Should().Be(ProfileStrictness.Claimed);
    }
}
