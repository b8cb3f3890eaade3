using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Server.Tests.Security;

using Xunit.Abstractions;

namespace Ajanvaraus.Fhir.Stress.Tests.Goals;

/// <summary>G59: whoever was answered stands in the log, whatever becomes of the server; and what changed has its entry.</summary>
public sealed class AuditGoals(ITestOutputHelper output)
{
    private const int Clients = 8;
    private const int Callers = 12;

    [DatabaseTheory, EachDatabase, Trait(Reliability.Trait, "G59")]
    public async Task G59_Nothing_is_missing_from_the_log_after_kills(DatabaseEngine engine)
    {
        var goal = new Goal("G59", engine, output, GetType());
        var random = new Random(goal.Seed);
        await using var issuer = await TestIssuer.StartAsync(TimeProvider.System);
        await using var database = await TestDatabase.CreateAsync(engine);
        var servers = new List<ServerProcess>();
        for (var n = 0; n < (engine == DatabaseEngine.Sqlite ? 1 : Goal.Processes); n++)
            servers.Add(await ServerProcess.StartWithTokensAsync(database.Option, issuer.Name, TestIssuer.Audience));
        await using var ended = new Servers(servers);
        var server = servers[0];
        for (var client = 0; client < Clients; client++)
            (await server.Client.SendAsync(HttpMethod.Put, $"Patient/{client}", Patient(client, 0), Program(issuer, "integraatio"), $"made-{client}"))
                .Status.Should().Be(201);
        var answered = new ConcurrentBag<(string Request, int Client, string? Version)>();
        var kills = Reliability.Size(4, 20);
        for (var cycle = 0; cycle < kills; cycle++)
        {
            var isOver = false;
            var load = Enumerable.Range(0, Callers)
                .Select(caller => CallAsync(servers[caller % servers.Count].Client, issuer, $"{cycle}-{caller}", caller, () => isOver, answered)).ToArray();
            await Task.Delay(random.Next(300, 1200));
            var killed = servers[cycle % servers.Count];
            await killed.KillAsync();
            isOver = true;
            await Task.WhenAll(load);
            await killed.StartAgainAsync();
        }

        var log = await LogAsync(server.Client, Program(issuer, "lokivalvonta"));
        var missing = answered.Where(a => log[a.Request].Count(e => ClientOf(e) == a.Client) != 1).ToList();
        var versions = await VersionsAsync(server.Client, Program(issuer, "integraatio"));
        var written = log.SelectMany(g => g).Select(VersionOf).OfType<string>().ToList();
        var (exit, told) = await CheckLogAsync(database.Option, server);

        goal.Tell(
            $"{kills} × kill -9 under {Callers} callers who read and write {Clients} clients: {answered.Count} answers, {versions.Count} versions",
            $"answers without their entry: {missing.Count}; versions without entry: {versions.Except(written).Count()}, entries without version: "
            + $"{written.Except(versions).Count()}, twice: {written.Count - written.Distinct().Count()}; check-log: {told}");
        answered.Should().HaveCountGreaterThan(5 * kills);
        missing.Should().BeEmpty();
        written.Should().BeEquivalentTo(versions);
        exit.Should().Be(0, told);
    }

    /// <summary>Reads and writes by turns until the server is killed.</summary>
    private static async Task CallAsync(
        FhirClient client, TestIssuer issuer, string name, int caller, Func<bool> isOver,
        ConcurrentBag<(string Request, int Client, string? Version)> answered)
    {
        var token = Program(issuer, "integraatio");
        for (var n = 0; !isOver(); n++)
        {
            var (request, about) = ($"{name}-{n}", (caller + n) % Clients);
            try
            {
                var isWrite = n % 3 == 0;
                var answer = await client.SendAsync(
                    isWrite ? HttpMethod.Put : HttpMethod.Get, $"Patient/{about}", isWrite ? Patient(about, n + (1000 * caller)) : null, token, request);
                if (answer.Status is 200 or 201)
                    answered.Add((request, about, (string?)answer.Body["meta"]!["versionId"]));
            }
            catch (HttpRequestException)
            {
                // Killed before the whole answer came: nobody was told anything.
                return;
            }
        }
    }

    private static string Patient(int client, int number) => $$"""
        {"resourceType":"Patient","id":"{{client}}","active":true,"multipleBirthInteger":{{number}} }
        """;

    private static string Program(TestIssuer issuer, string workTask)
    {
        var claims = issuer.Program();
        claims["work_task"] = workTask;
        return issuer.Sign(claims);
    }

    private static async Task<ILookup<string, JsonNode>> LogAsync(FhirClient client, string token)
    {
        var events = new List<JsonNode>();
        for (string? url = "AuditEvent?_count=1000&date=lt2200"; url is not null;)
        {
            var page = await client.SendAsync(HttpMethod.Get, url, null, token, "log");
            page.Status.Should().Be(200, page.Text);
            events.AddRange((page.Body["entry"]?.AsArray() ?? []).Select(e => e!["resource"]!));
            url = page.Body["link"]!.AsArray().Where(l => (string)l!["relation"]! == "next").Select(l => (string?)l!["url"]).FirstOrDefault();
        }
        return events.ToLookup(e => e["entity"]!.AsArray()
            .Where(x => (string?)x!["type"]?["code"] == "XrequestId").Select(x => (string)x!["what"]!["identifier"]!["value"]!).First());
    }

    private static int ClientOf(JsonNode told) => told["entity"]!.AsArray().Where(e => (string?)e!["type"]?["code"] == "1")
        .Select(e => int.Parse(((string)e!["what"]!["reference"]!)["Patient/".Length..], CultureInfo.InvariantCulture)).SingleOrDefault(-1);

    /// <summary>Of a write.</summary>
    private static string? VersionOf(JsonNode told) => (string)told["action"]! is "C" or "U"
        ? told["entity"]!.AsArray().Where(e => (string?)e!["role"]?["code"] == "4").Select(e => (string?)e!["what"]!["reference"]).Single()
        : null;

    private static async Task<List<string>> VersionsAsync(FhirClient client, string token)
    {
        var versions = new List<string>();
        for (var n = 0; n < Clients; n++)
        {
            var last = await client.SendAsync(HttpMethod.Get, $"Patient/{n}", null, token, "versions");
            for (var version = int.Parse((string)last.Body["meta"]!["versionId"]!, CultureInfo.InvariantCulture); version > 0; version--)
                versions.Add($"Patient/{n}/_history/{version}");
        }
        return versions;
    }

    /// <summary>As an operator does, beside the server.</summary>
    private static async Task<(int Exit, string Told)> CheckLogAsync(string database, ServerProcess server)
    {
        var (exit, text) = await server.RunAsync("check-log", "--database", database);
        return (exit, text.Trim());
    }

    private sealed class Servers(IEnumerable<ServerProcess> servers) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            foreach (var server in servers)
                await server.DisposeAsync();
        }
    }
}
