using Ajanvaraus.Fhir.Persistence.Identities;
using Ajanvaraus.Fhir.Server.Tests.Booking;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Server.Tests.Security;

/// <summary>Personal identity codes over HTTP: which are taken, and by what they are found.</summary>
public sealed class IdentityTests
{
    private const string System = "urn:oid:1.2.246.21";
    private const string One = "131052-308T";
    private const string Other = "131052Y308T";

    private static readonly string[] AddressesWithCode =
    [
        $"Patient?identifier={System}|{One}",
        $"Patient?identifier={System}%7C{One}",
        $"Patient?identifier=urn%3Aoid%3A1.2.246.21%7C{One}",
        $"Patient?identifier={System}|131052-308X",
        $"Patient?identifier={System}|",
        $"Patient?identifier={One}",
        "Patient?identifier=131052-308X",
        $"Patient?identifier=a,{One}",
        $"Patient?identifier:not={One}",
        $"Patient?identifier=131052%2D308T",
        $"Patient?identifier=131052%252D308T",
        "Patient?identifier=131052+308T",
        "Patient?identifier=131052%2B308T",
        "Patient?identifier=131052y308t",
        $"Patient?_filter=identifier eq {One}",
        $"Patient?_content={One}",
        $"Patient?_id={One}",
        $"Patient/{One}",
        $"Patient/{One}/_history/1",
        $"Patient/a/_history/{One}",
        $"Patient/{One}/Appointment",
        $"Appointment?patient.identifier={System}|{One}",
        $"Appointment?patient:identifier={System}|{One}",
        $"Appointment?patient={One}",
        $"Practitioner?_has:Appointment:actor:identifier={One}",
        $"?_type=Patient&identifier={One}",
        $"Patient/_history?identifier={One}",
        $"Slot/$find?start=2027-02-01&patient={One}",
        $"CodeSystem/$validate-code?url={System}&code={One}",
        $"ValueSet/$expand?url={System}|{One}",
        $"Patient/$everything?identifier={One}",
        $"$export?_typeFilter=Patient%3Fidentifier%3D{One}",
    ];

    [DatabaseTheory, EachDatabase]
    public async Task R27_No_address_may_hold_a_code_whatever_the_method(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = new Office(server.Http);

        foreach (var address in AddressesWithCode)
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Put, HttpMethod.Post, HttpMethod.Delete, HttpMethod.Patch })
            {
                var answer = await office.SendAsync(method, address, method == HttpMethod.Get ? null : """{"resourceType":"Patient"}""");

                answer.Status.Should().Be(400, $"{method} {address}: {answer.Text}");
                answer.Rules.Should().Contain("AJV-6105", address);
                answer.Text.Should().NotContain("131052").And.NotContain("308");
            }
        (await office.GetAsync("Patient?identifier=urn:own|17&phone=050123-4567&birthdate=1952-10-13")).Status.Should().Be(200);
    }

    [DatabaseTheory, EachDatabase]
    public async Task R26_R27_A_search_by_POST_finds_the_person_of_exactly_that_code(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var office = new Office(server.Http);
        await office.PutAsync(Patient("one", One));
        await office.PutAsync(Patient("other", Other));
        await office.PutAsync("""{"resourceType":"Practitioner","id":"a","active":true}""");
        await office.PutAsync(Appointment("logical", $$"""{"type":"Patient","identifier":{"system":"{{System}}","value":"{{One}}"} }"""));
        await office.PutAsync(Appointment("literal", """{"reference":"Patient/one"}"""));

        foreach (var (type, criteria, found) in new[]
        {
            ("Patient", $"identifier={System}|{One}", "one"),
            ("Patient", $"identifier={System}|{Other}", "other"),
            ("Patient", $"identifier={One}", "one"),
            ("Patient", $"identifier={System}|131052X308T", ""),
            ("Patient", $"identifier={System}|131052y308t", ""),
            ("Patient", $"identifier={System}|131052-308", ""),
            ("Patient", $"identifier={System}|{One},{System}|{Other}", "one other"),
            ("Patient", $"identifier:not={System}|{One}", "other"),
            ("Patient", $"identifier={System}|", "one other"),
            ("Patient", $"identifier:of-type=http://terminology.hl7.org/CodeSystem/v2-0203|NNFIN|{Other}", "other"),
            ("Patient", $"_filter=identifier eq {System}|{Other}", "other"),
            ("Patient", $"_content={One}", ""),
            ("Appointment", $"patient.identifier={System}|{One}", "literal"),
            ("Appointment", $"patient:identifier={System}|{One}", "literal logical"),
            ("Appointment", $"actor:identifier={One}", "literal logical"),
            ("Appointment", $"patient:identifier={System}|{Other}", ""),
        })
        {
            var answer = await SearchAsync(server.Http, type, $"{criteria}&_sort=_id");

            string.Join(' ', answer.Body["entry"]?.AsArray().Select(e => e!["resource"]!["id"]!.ToString()) ?? [])
                .Should().Be(found, $"{criteria}: {answer.Text}");
            answer.Body["link"]!.ToJsonString().Should().NotContain("131052");
        }
        (await office.GetAsync("Patient/one")).Body["identifier"]![0]!["value"]!.ToString().Should().Be(One);
        (await office.GetAsync("Patient/one/_history/1")).Text.Should().Contain(One);
    }

    [Theory]
    [InlineData("131052-308X", "1952-10-13", "AJV-6101")]
    [InlineData("131052-308t", "1952-10-13", "AJV-6101")]
    [InlineData("１31052-308T", "1952-10-13", "AJV-6101")]
    [InlineData("010190-999X", "1990-01-01", "AJV-6101")]
    [InlineData("131052-308T ", "1952-10-13", "AJV-6101")]
    [InlineData("131052A308T", "1952-10-13", "AJV-6102")]
    [InlineData("131052+308T", "1952", "AJV-6102")]
    public async Task R26_A_wrong_code_is_refused_by_every_way_of_writing_and_not_repeated(
        string code, string birth, string id)
    {
        await using var server = await FhirServer.StartAsync(DatabaseEngine.Sqlite);
        var office = new Office(server.Http);
        await office.PutAsync("""{"resourceType":"Patient","id":"p","birthDate":"1952-10-13"}""");
        var patient = Patient("p", code).Replace("1952-10-13", birth);
        var bundle = $$"""
            {"resourceType":"Bundle","type":"transaction","entry":[{"request":{"method":"PUT","url":"Patient/p"},"resource":{{patient}} }]}
            """;

        foreach (var answer in new[]
        {
            await office.SendAsync(HttpMethod.Put, "Patient/p", patient),
            await office.PostAsync("Patient", patient),
            await office.PostAsync("", bundle),
            await office.PatchAsync("Patient/p", $$"""
                [{"op":"add","path":"/identifier","value":[{"system":"{{System}}","value":"{{code}}"}]},
                 {"op":"replace","path":"/birthDate","value":"{{birth}}"}]
                """),
        })
        {
            answer.Status.Should().BeOneOf(400, 422);
            answer.Rules.Should().Contain(id, answer.Text);
            answer.Text.Should().NotContain(code.Trim()).And.Contain("identifier[0].value").And.NotContain("308");
        }
        (await office.GetAsync("Patient/p")).Text.Should().NotContain("identifier");
    }

    [Fact]
    public async Task R27_A_code_without_its_system_and_one_as_id_are_refused()
    {
        await using var server = await FhirServer.StartAsync(DatabaseEngine.Sqlite);
        var office = new Office(server.Http);

        var bare = await office.PostAsync("Patient", $$"""{"resourceType":"Patient","identifier":[{"value":"{{One}}"}]}""");
        var asId = await office.PostAsync("", $$"""
            {"resourceType":"Bundle","type":"transaction","entry":[{"request":{"method":"PUT","url":"Patient/{{One}}"},
             "resource":{"resourceType":"Patient","id":"{{One}}"} }]}
            """);

        (bare.Status, bare.Rules.First()).Should().Be((422, "AJV-6103"), bare.Text);
        asId.Status.Should().BeOneOf(400, 422);
        asId.Rules.Should().Contain("AJV-6104", asId.Text);
        (bare.Text + asId.Text).Should().NotContain(One);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Without_keys_what_holds_a_code_is_not_stored_and_the_setting_is_named(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine, with: o => o with { Identities = IdentityKeys.None });
        var office = new Office(server.Http);

        var refused = await office.PostAsync("Patient", Patient("p", One));
        var taken = await office.PostAsync("Patient", """{"resourceType":"Patient","active":true}""");

        (refused.Status, refused.Rules.First()).Should().Be((422, "AJV-6106"), refused.Text);
        refused.Text.Should().Contain("--identity-keys").And.NotContain(One);
        taken.Status.Should().Be(201, taken.Text);
        (await DatabaseText.OfAsync(server.StoredIn)).Should().NotContain(One);
    }

    internal static string Appointment(string id, string actor) => $$"""
        {"resourceType":"Appointment","id":"{{id}}","status":"proposed","participant":[{"status":"accepted","actor":{{actor}} }]}
        """;

    internal static string Patient(string id, string code) => $$"""
        {"resourceType":"Patient","id":"{{id}}","birthDate":"1952-10-13","identifier":[{"use":"official","system":"{{System}}",
         "type":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v2-0203","code":"NNFIN"}]},"value":"{{code}}"}]}
        """;

    internal static async Task<Answer> SearchAsync(HttpClient http, string type, string criteria, params (string, string)[] headers)
    {
        using var form = new FormUrlEncodedContent(criteria.Split('&').Select(pair => pair.Split('=', 2))
            .Select(pair => KeyValuePair.Create(pair[0], pair[1])));
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{type}/_search") { Content = form };
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        using var response = await http.SendAsync(request);
        return new Answer(response, await response.Content.ReadAsStringAsync());
    }
}
