using System.Text.Json.Nodes;

using Xunit.Abstractions;

namespace Ajanvaraus.Fhir.Stress.Tests.Goals;

/// <summary>G09: many who change the same few resources, each with the version that they know.</summary>
public sealed class UpdateGoals(ITestOutputHelper output)
{
    private const int Resources = 20;

    [DatabaseTheory, EachDatabase, Trait(Reliability.Trait, "G09")]
    public async Task G09_Every_change_that_was_taken_is_a_version_and_none_is_lost(DatabaseEngine engine)
    {
        var goal = new Goal("G09", engine, output, GetType());
        var writers = Reliability.Size(24, 64);
        var each = Reliability.Size(12, engine == DatabaseEngine.Sqlite ? 200 : 60, asked: 200);
        await using var group = await ServerGroup.StartAsync(engine, Goal.Processes);
        await Office.PutAllAsync(group.Clients[0], Enumerable.Range(0, Resources).Select(n => Person(n, "first")));

        var answers = (await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(
            () => WriteAsync(group.Clients[writer % group.Clients.Count], writer, each, new Random(goal.Seed + writer)))))).SelectMany(a => a).ToList();
        var stale = await Task.WhenAll(Enumerable.Range(0, Resources).Select(n => group.Clients[0].PutAsync($"Patient/{n}", Person(n, "stale"), "W/\"1\"")));
        var histories = await Task.WhenAll(Enumerable.Range(0, Resources).Select(n => HistoryAsync(group.Clients[^1], n)));

        var taken = answers.Where(a => a.Answer.IsSuccess).ToLookup(a => a.Resource, a => a.Name);
        var lost = histories.Sum(h => taken[h.Resource].Except(h.Names).Count());
        var gaps = histories.Count(h => !h.Versions.SequenceEqual(Enumerable.Range(1, h.Versions.Length).Reverse()));
        var differing = histories.Count(h => h.Versions.Length - 1 != taken[h.Resource].Count());
        var others = answers.Where(a => !a.Answer.IsSuccess && a.Answer.Status is not (409 or 412)).Select(a => a.Answer).ToList();
        goal.Tell(
            $"{writers} writers × {each} changes of {Resources} resources with If-Match, by PUT, PATCH and in transactions; seed {goal.Seed}",
            $"{taken.Sum(t => t.Count())} taken, {lost} of them lost, {differing} resources with another number of versions, {gaps} histories with gaps; "
            + $"{Goal.Statuses(answers.Select(a => a.Answer))}; stale: {Goal.Statuses(stale)}");
        others.Should().BeEmpty();
        (lost, differing, gaps).Should().Be((0, 0, 0));
        stale.Should().OnlyContain(a => a.Status == 412);
        answers.Should().Contain(a => !a.Answer.IsSuccess, "the writers are to meet");
    }

    private static async Task<List<(int Resource, string Name, Answer Answer)>> WriteAsync(FhirClient server, int writer, int each, Random random)
    {
        var written = new List<(int, string, Answer)>();
        for (var n = 0; n < each; n++)
        {
            var (resource, name) = (random.Next(Resources), $"w{writer}x{n}");
            var known = (await server.GetAsync($"Patient/{resource}")).Body["meta"]!["versionId"]!.ToString();
            var tag = $"W/\"{known}\"";
            var answer = (n % 3) switch
            {
                0 => await server.PutAsync($"Patient/{resource}", Person(resource, name), tag),
                1 => await server.PatchAsync($"Patient/{resource}", Patch(name), "application/json-patch+json", tag),
                _ => await server.PostAsync("", Transaction(resource, name, tag)),
            };
            written.Add((resource, name, answer));
        }
        return written;
    }

    private static async Task<(int Resource, int[] Versions, string[] Names)> HistoryAsync(FhirClient server, int resource)
    {
        var (versions, names) = (new List<int>(), new List<string>());
        for (var url = $"Patient/{resource}/_history?_count=1000"; url is not null;)
        {
            var page = (await server.GetAsync(url)).Body;
            foreach (var told in page["entry"]!.AsArray().Select(e => e!["resource"]!))
            {
                versions.Add(int.Parse(told["meta"]!["versionId"]!.ToString(), System.Globalization.CultureInfo.InvariantCulture));
                names.Add(told["name"]![0]!["family"]!.ToString());
            }
            url = page["link"]!.AsArray().FirstOrDefault(l => l!["relation"]!.ToString() == "next")?["url"]!.ToString();
        }
        return (resource, [.. versions], [.. names]);
    }

    private static string Person(int n, string name) => $$"""
        {"resourceType":"Patient","id":"{{n}}","active":true,"name":[{"family":"{{name}}" }]}
        """;

    private static string Patch(string name) => new JsonArray(
        new JsonObject { ["op"] = "replace", ["path"] = "/name/0/family", ["value"] = name }).ToJsonString();

    private static string Transaction(int n, string name, string tag) => new JsonObject
    {
        ["resourceType"] = "Bundle", ["type"] = "transaction",
        ["entry"] = new JsonArray(new JsonObject
        {
            ["resource"] = JsonNode.Parse(Person(n, name)),
            ["request"] = new JsonObject { ["method"] = "PUT", ["url"] = $"Patient/{n}", ["ifMatch"] = tag },
        }),
    }.ToJsonString();
}
