using System.Net;

using Ajanvaraus.Fhir.Server.Tests.Rest;

namespace Ajanvaraus.Fhir.Server.Tests.Operations;

public sealed class ValidateTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Slot = """
        {"resourceType":"Slot","text":{"status":"generated","div":"<div xmlns='http://www.w3.org/1999/xhtml'>s</div>"},
         "schedule":{"reference":"Schedule/1"},"status":"free",
         "start":"2026-11-23T09:00:00Z","end":"2026-11-23T09:30:00Z"}
        """;

    /// <summary>Severity, code and place of every issue.</summary>
    private static async Task<IEnumerable<string>> IssuesOf(HttpResponseMessage response)
    {
        var outcome = await TestServer.ResourceOf(response);
        return outcome.All("issue").Select(i => $"{i.Text("severity")} {i.Text("code")} {i.Text("expression")}".TrimEnd());
    }

    private async Task PutProfileAsync(string id, string type, string elements)
    {
        using var put = await server.SendAsync("PUT", $"StructureDefinition/{id}", $$"""
            {"resourceType":"StructureDefinition","id":"{{id}}","url":"http://example.org/{{id}}","name":"P","status":"active",
             "kind":"resource","abstract":false,"type":"{{type}}","derivation":"constraint",
             "baseDefinition":"http://hl7.org/fhir/StructureDefinition/{{type}}","differential":{"element":[{{elements}}]} }
            """);
        put.StatusCode.Should().BeOneOf(HttpStatusCode.Created, HttpStatusCode.OK);
    }

    [Fact]
    public async Task Sound_resource_is_answered_by_one_information()
    {
        using var response = await server.SendAsync("POST", "Slot/$validate", Slot);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        // Which of the server's profiles it meets.
        (await IssuesOf(response)).Should().Equal("information informational Slot");
    }

    [Theory]
    [InlineData("""{"resourceType":"Patient","gender":"nainen"}""", "error code-invalid Patient.gender")]
    [InlineData("""{"resourceType":"Patient","colour":"red"}""", "error structure Patient.colour")]
    [InlineData("""{"resourceType":"Patient","telecom":[{"value":"1"}]}""", "error invariant Patient.telecom[0]")]
    [InlineData("""{"resourceType":"Observation","status":"final","code":{"text":"a"}}""", "error invalid Observation")]
    public async Task Unsound_resource_is_answered_by_200_and_its_faults(string json, string expected)
    {
        using var response = await server.SendAsync("POST", "Patient/$validate", json);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        (await IssuesOf(response)).Should().Contain(expected);
    }

    [Fact]
    public async Task Best_practice_is_advice_apart_from_the_rules()
    {
        using var response = await server.SendAsync("POST", "Patient/$validate", """{"resourceType":"Patient"}""");

        (await IssuesOf(response)).Should().Equal("warning business-rule Patient");
    }

    [Fact]
    public async Task Resource_of_parameters_is_located_as_itself()
    {
        using var response = await server.SendAsync("POST", "Patient/$validate", """
            {"resourceType":"Parameters","parameter":[{"name":"mode","valueCode":"create"},
             {"name":"resource","resource":{"resourceType":"Patient","colour":"red","birthDate":"2026-02-30"}}]}
            """);

        (await IssuesOf(response)).Should().Contain(
            ["error structure Patient.colour", "error value Patient.birthDate"]);
    }

    [Fact]
    public async Task Parameters_at_their_own_type_are_what_is_validated()
    {
        using var response = await server.SendAsync("POST", "Parameters/$validate", """
            {"resourceType":"Parameters","parameter":[{"name":"a","valueDate":"2026-02-30"}]}
            """);

        (await IssuesOf(response)).Should().Contain("error value Parameters.parameter[0].value");
    }

    [Fact]
    public async Task Answers_are_validated_by_the_stored_questionnaire()
    {
        using var put = await server.SendAsync("PUT", "Questionnaire/q", """
            {"resourceType":"Questionnaire","id":"q","url":"http://example.org/q","status":"active",
             "item":[{"linkId":"1","type":"integer"}]}
            """);

        using var response = await server.SendAsync("POST", "QuestionnaireResponse/$validate", """
            {"resourceType":"QuestionnaireResponse","questionnaire":"http://example.org/q","status":"completed",
             "item":[{"linkId":"2","answer":[{"valueInteger":1}]}]}
            """);

        put.StatusCode.Should().Be(HttpStatusCode.Created);
        (await IssuesOf(response)).Should().Contain("error value QuestionnaireResponse.item[0].linkId");
    }

    [Fact]
    public async Task Profile_without_name_is_taken_in_and_can_be_asked_for()
    {
        using var put = await server.SendAsync("PUT", "StructureDefinition/nameless", """
            {"resourceType":"StructureDefinition","id":"nameless","url":"http://example.org/nameless","kind":"resource",
             "abstract":false,"type":"Patient","derivation":"constraint",
             "baseDefinition":"http://hl7.org/fhir/StructureDefinition/Patient",
             "differential":{"element":[{"path":"Patient.name","min":1}]} }
            """);

        using var response = await server.SendAsync(
            "POST", "Patient/$validate?profile=http://example.org/nameless", """{"resourceType":"Patient"}""");

        put.StatusCode.Should().Be(HttpStatusCode.Created);
        (await IssuesOf(response)).Should().Contain("error required Patient.name");
    }

    [Theory]
    [InlineData("""{"resourceType":"Patient","name":[""", HttpStatusCode.BadRequest)]
    [InlineData("""{"resourceType":"Potilas"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"resourceType":"Parameters","parameter":[{"name":"mode","valueCode":"create"}]}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"resourceType":"Parameters","parameter":[{"name":"mode","valueCode":"guess"}]}""", HttpStatusCode.BadRequest)]
    public async Task Request_that_holds_no_resource_is_refused(string json, HttpStatusCode expected)
    {
        using var response = await server.SendAsync("POST", "Patient/$validate", json);

        response.StatusCode.Should().Be(expected);
        (await TestServer.ResourceOf(response)).Type.Name.Should().Be("OperationOutcome");
    }

    [Fact]
    public async Task Profile_that_is_not_known_is_an_error_when_asked_for_and_a_warning_when_claimed()
    {
        using var asked = await server.SendAsync(
            "POST", "Slot/$validate?profile=http://example.org/unknown", Slot);
        using var claimed = await server.SendAsync("POST", "Slot/$validate",
            Slot.Replace("\"resourceType\":\"Slot\",", "\"resourceType\":\"Slot\",\"meta\":{\"profile\":[\"http://example.org/unknown\"]},"));

        (await IssuesOf(asked)).Should().Equal("error not-found Slot");
        (await IssuesOf(claimed)).Should().Equal("warning not-found Slot.meta.profile[0]");
    }

    [Fact]
    public async Task Profile_that_is_put_is_in_force_at_once_and_so_is_its_next_version()
    {
        const string url = "Slot/$validate?profile=http://example.org/commented";
        using var before = await server.SendAsync("POST", url, Slot);
        await PutProfileAsync("commented", "Slot", """{"id":"Slot.comment","path":"Slot.comment","min":1}""");
        using var after = await server.SendAsync("POST", url, Slot);
        await PutProfileAsync("commented", "Slot", """{"id":"Slot.specialty","path":"Slot.specialty","min":1}""");
        using var changed = await server.SendAsync("POST", url, Slot);

        (await IssuesOf(before)).Should().Equal("error not-found Slot");
        (await IssuesOf(after)).Should().Equal("error required Slot.comment");
        (await IssuesOf(changed)).Should().Equal("error required Slot.specialty");
    }

    [Fact]
    public async Task Claimed_profile_is_enforced_by_create_update_and_transaction()
    {
        await PutProfileAsync("named", "Patient", """{"id":"Patient.name","path":"Patient.name","min":1}""");
        const string nameless = """{"resourceType":"Patient","id":"n1","meta":{"profile":["http://example.org/named"]}}""";
        const string named = """{"resourceType":"Patient","id":"n1","meta":{"profile":["http://example.org/named"]},"name":[{"text":"a"}]}""";
        var transaction = $$"""
            {"resourceType":"Bundle","type":"transaction","entry":[
              {"resource":{{named}},"request":{"method":"PUT","url":"Patient/n1"} },
              {"resource":{{nameless}},"request":{"method":"POST","url":"Patient"} }]}
            """;

        using var create = await server.SendAsync("POST", "Patient", nameless);
        using var update = await server.SendAsync("PUT", "Patient/n1", nameless);
        using var all = await server.SendAsync("POST", "", transaction);
        using var sound = await server.SendAsync("PUT", "Patient/n1", named);

        create.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await TestServer.IssueOf(create)).Should().Be(("required", "Patient.name"));
        update.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        all.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await TestServer.IssueOf(all)).Should().Be(("required", "Bundle.entry[1].resource.name"));
        sound.StatusCode.Should().Be(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Value_set_that_is_not_known_leaves_a_required_code_unchecked_with_a_warning()
    {
        await PutProfileAsync("coded", "Slot", """
            {"id":"Slot.appointmentType","path":"Slot.appointmentType",
             "binding":{"strength":"required","valueSet":"http://example.org/not-here"}}
            """);

        using var response = await server.SendAsync("POST", "Slot/$validate?profile=http://example.org/coded",
            Slot.Replace("\"status\":\"free\"", "\"status\":\"free\",\"appointmentType\":{\"coding\":[{\"system\":\"http://s\",\"code\":\"x\"}]}"));

        (await IssuesOf(response)).Should().Equal("warning not-supported Slot.appointmentType");
    }

    [Fact]
    public async Task Stored_resource_is_validated_by_its_address()
    {
        using var put = await server.PutPatientAsync("stored");

        using var get = await server.SendAsync("GET", "Patient/stored/$validate");
        using var post = await server.SendAsync("POST", "Patient/stored/$validate", """
            {"resourceType":"Parameters","parameter":[
              {"name":"profile","valueUri":"http://example.org/unknown"},{"name":"mode","valueCode":"profile"}]}
            """);
        using var delete = await server.SendAsync("GET", "Patient/stored/$validate?mode=delete");
        using var missing = await server.SendAsync("GET", "Patient/never-was/$validate");

        (await IssuesOf(get)).Should().Equal("warning business-rule Patient");
        (await IssuesOf(post)).Should().Equal("warning business-rule Patient", "error not-found Patient");
        (await IssuesOf(delete)).Should().Equal("information informational");
        missing.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Update_of_another_id_is_told_when_that_is_the_mode()
    {
        using var response = await server.SendAsync("POST", "Slot/a/$validate?mode=update",
            Slot.Replace("\"resourceType\":\"Slot\",", "\"resourceType\":\"Slot\",\"id\":\"b\","));

        (await IssuesOf(response)).Should().ContainSingle().Which.Should().EndWith("Slot.id");
    }
}
