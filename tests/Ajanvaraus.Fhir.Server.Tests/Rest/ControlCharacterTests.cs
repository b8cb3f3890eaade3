using System.Text;

namespace Ajanvaraus.Fhir.Server.Tests.Rest;

/// <summary>No text with a NUL comes as far as a database: PostgreSQL would refuse it as a fault.</summary>
public sealed class ControlCharacterTests
{
    private static readonly (string Method, string Url, string? Body)[] Requests =
    [
        ("GET", "Patient?name=a%00b", null),
        ("GET", "Patient?name%00=a", null),
        ("GET", "Patient?name=a%01b", null),
        ("GET", "Patient?_cursor=a%00b", null),
        ("GET", "Patient?_sort=name&_cursor=" + Cursor("""[1,1,1,"a\u0000b"]"""), null),
        ("GET", "Patient?_sort=name&_cursor=" + Cursor("[1,1,1,[]]"), null),
        ("GET", "Patient/_history?_cursor=a%00b", null),
        ("GET", "Appointment/$find?start=2027-02-01&end=2027-02-02&schedule=Schedule/a%00b", null),
        ("GET", "Appointment/$find?start=2027-02-01&end=2027-02-02&service-type=a%00b", null),
        ("POST", "Appointment/$find", Parameters("""{"name":"schedule","valueReference":{"reference":"Schedule/a\u0000b"}}""")),
        ("POST", "Appointment/$book", Parameters("""{"name":"slot","valueString":"Slot/a\u0000b"}""")),
        ("POST", "Appointment/$book", Parameters(
            """{"name":"appt-resource","resource":{"resourceType":"Appointment","id":"a\u0000b"}}""")),
        ("PUT", "Patient?identifier=a%00b", """{"resourceType":"Patient"}"""),
        ("DELETE", "Patient?identifier=a%00b", null),
        ("POST", "", Transaction("""{"method":"DELETE","url":"Patient/a%00b"}""")),
        ("POST", "", Transaction("""{"method":"GET","url":"Patient/a%00b"}""")),
        ("POST", "", Transaction("""{"method":"GET","url":"Patient/a/_history/%00"}""")),
    ];

    [DatabaseTheory, EachDatabase]
    public async Task Text_with_a_control_character_is_400_wherever_it_stands(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);

        foreach (var (method, url, body) in Requests)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), url);
            if (body is not null)
                request.Content = new StringContent(body, Encoding.UTF8, "application/fhir+json");

            using var response = await server.Http.SendAsync(request);

            var text = await response.Content.ReadAsStringAsync();
            ((int)response.StatusCode).Should().Be(400, "{0} {1} {2} was answered {3}", method, url, body, text);
            (await TestServer.ResourceOf(response)).Name.Should().Be("OperationOutcome");
        }
    }

    private static string Cursor(string json) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    private static string Parameters(string parameter) =>
        $$"""{"resourceType":"Parameters","parameter":[{{parameter}}]}""";

    private static string Transaction(string request) =>
        $$"""{"resourceType":"Bundle","type":"transaction","entry":[{"request":{{request}}}]}""";
}
