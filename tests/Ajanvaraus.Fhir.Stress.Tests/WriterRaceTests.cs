namespace Ajanvaraus.Fhir.Stress.Tests;

/// <summary>Plain writes at the same moment, over several processes where the database serves several.</summary>
public sealed class WriterRaceTests
{
    private const int Writers = 64;

    [DatabaseTheory, EachDatabase]
    [Rule("http", "transactional-integrity", "Of many who change one version at once, one succeeds.")]
    public async Task Of_64_writers_with_If_Match_as_many_succeed_as_there_are_versions(DatabaseEngine engine)
    {
        await using var group = await ServerGroup.StartAsync(engine, processes: 3);
        await group.Clients[0].PutAsync("Patient/race", Patient(-1));

        var answers = (await Task.WhenAll(Enumerable.Range(0, Writers).Select(n => WriteAsync(group, n)))).SelectMany(a => a).ToList();

        var read = await group.Clients[0].GetAsync("Patient/race");
        var version = int.Parse((string)read.Body["meta"]!["versionId"]!);
        answers.Select(a => a.Status).Should().OnlyContain(s => s == 200 || s == 412);
        answers.Count(a => a.IsSuccess).Should().Be(version - 1).And.BeGreaterThan(0);
        var history = await group.Clients[^1].GetAsync("Patient/race/_history?_count=1000");
        history.Body["entry"]!.AsArray().Select(e => (string)e!["resource"]!["meta"]!["versionId"]!)
            .Should().Equal(Enumerable.Range(1, version).Reverse().Select(v => $"{v}"));
    }

    [DatabaseTheory, EachDatabase]
    [Rule("http", "transactional-integrity", "Conditional creates at the same moment make one resource.")]
    public async Task Conditional_creates_at_the_same_moment_make_one_resource(DatabaseEngine engine)
    {
        await using var group = await ServerGroup.StartAsync(engine, processes: 3);

        var answers = await Task.WhenAll(Enumerable.Range(0, Writers).Select(n =>
            group.Clients[n % group.Clients.Count].PostAsync("", Create())));

        var statuses = answers.Select(a => (string)a.Body["entry"]![0]!["response"]!["status"]!).ToList();
        statuses.Count(s => s.StartsWith("201", StringComparison.Ordinal)).Should().Be(1);
        statuses.Count(s => s.StartsWith("200", StringComparison.Ordinal)).Should().Be(Writers - 1);
        var found = await group.Clients[0].GetAsync("Patient?identifier=urn:test:race|one");
        found.Body["entry"]!.AsArray().Should().HaveCount(1);
    }

    /// <summary>Reads the version and writes on it, twice.</summary>
    private static async Task<List<Answer>> WriteAsync(ServerGroup group, int writer)
    {
        var client = group.Clients[writer % group.Clients.Count];
        var answers = new List<Answer>();
        for (var round = 0; round < 2; round++)
        {
            var read = await client.GetAsync("Patient/race");
            answers.Add(await client.PutAsync(
                "Patient/race", Patient((round * Writers) + writer), $"W/\"{read.Body["meta"]!["versionId"]}\""));
        }
        return answers;
    }

    private static string Patient(int writer) =>
        $$"""{"resourceType":"Patient","id":"race","name":[{"family":"Kirjoittaja {{writer}}"}]}""";

    private static string Create() => """
        {"resourceType":"Bundle","type":"transaction","entry":[{"resource":{"resourceType":"Patient",
        "identifier":[{"system":"urn:test:race","value":"one"}]},
        "request":{"method":"POST","url":"Patient","ifNoneExist":"identifier=urn:test:race|one"}}]}
        """;
}
