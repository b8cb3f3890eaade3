using System.Text.Json;

namespace Ajanvaraus.Fhir.Server.Tests.Hostile;

/// <summary>Texts that would break a line of the log.</summary>
[Collection(LonelyTests.Name)]
public sealed class HostileLogTests
{
    /// <summary>What callers send is in a log, if at all, as a value of a JSON object on one line.</summary>
    [Fact]
    public async Task Lines_of_the_log_stay_lines_of_JSON_whatever_is_sent()
    {
        var written = new StringWriter();
        var output = Console.Out;
        Console.SetOut(TextWriter.Synchronized(written));
        try
        {
            await using var server = await FhirServer.StartAsync(DatabaseEngine.Sqlite);
            var run = new HostileRun(server.Http);
            foreach (var text in (string[])
            [
                "a\r\nX: forged", "a\n{\"LogLevel\":\"Error\"}", "\u001b[2J\u001b[31mred", "{RequestId}", "{0}{1}{99}", "%s%n%x", "\"}},{\"a\":\"", "\\u000a", "\u2028\u2029", "\u202e", "${jndi:ldap://127.0.0.1/a}", "`id`", "$(id)", "<b>", "\0",
            ])
            {
                var encoded = Uri.EscapeDataString(text);
                await run.GetAsync(text, $"Patient/{encoded}", 400, 404);
                await run.GetAsync(text, $"Patient?name={encoded}", 200, 400);
                await run.GetAsync(text, $"{encoded}/1", 404, 400);
                var request = HostileRun.Request("GET", "Patient/none");
                request.Headers.TryAddWithoutValidation("X-Request-Id", string.Concat(text.Where(c => c is >= ' ' and < (char)127)));
                await run.SendAsync(text, request, 404);
            }
            await run.FinishAsync();
        }
        finally
        {
            Console.SetOut(output);
        }

        foreach (var line in written.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries))
            JsonDocument.Parse(line).RootElement.GetProperty("LogLevel").GetString().Should().NotBe("Error");
        written.ToString().Should().NotContainAny("jndi", "forged", "\u001b");
    }
}
