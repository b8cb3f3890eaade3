using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.BillOfMaterials;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Architecture.Tests;

/// <summary>The bill of materials of a release lists what the server is made of: docs/security.md.</summary>
public sealed class BillOfMaterialsTests
{
    private static readonly string Assets = Repository.Find("src", "Ajanvaraus.Fhir.Server", "obj", "project.assets.json");

    [Fact]
    public void Every_package_that_was_restored_for_the_server_is_listed_once_with_its_version_and_digest()
    {
        var restored = JsonNode.Parse(File.ReadAllText(Assets))!["libraries"]!.AsObject()
            .Where(l => (string?)l.Value!["type"] == "package").Select(l => "pkg:nuget/" + l.Key.Replace('/', '@'));

        var components = Bill.Of(Restored.Read(Assets))["components"]!.AsArray();

        components.Select(c => (string)c!["purl"]!).Should().BeEquivalentTo(restored).And.Contain(p => p.StartsWith("pkg:nuget/Npgsql@"));
        components.Should().OnlyContain(c => ((string)c!["hashes"]![0]!["content"]!).Length == 128);
    }

    [Fact]
    public void Every_package_that_runs_tells_a_licence_and_all_that_is_named_is_listed()
    {
        var bill = Bill.Of(Restored.Read(Assets));
        var components = bill["components"]!.AsArray();
        var listed = components.Select(c => (string)c!["bom-ref"]!).ToHashSet();

        components.Where(c => (string?)c!["scope"] == "required" && c["licenses"] is null).Select(c => (string)c!["purl"]!).Should().BeEmpty();
        var dependencies = bill["dependencies"]!.AsArray();
        dependencies.SelectMany(d => d!["dependsOn"]!.AsArray()).Select(a => (string)a!).Should().BeSubsetOf(listed);
        dependencies.Should().HaveCount(components.Count + 1);
    }

    [Fact]
    public void Program_writes_the_bill_and_the_same_restore_gives_the_same_bill()
    {
        var folder = Directory.CreateTempSubdirectory("ajanvaraus-bom-");
        try
        {
            var (one, other) = (Path.Combine(folder.FullName, "one.json"), Path.Combine(folder.FullName, "other.json"));

            Program.Main([Assets, one]).Should().Be(0);
            Program.Main([Assets, other]).Should().Be(0);
            Program.Main([Path.Combine(folder.FullName, "none"), other]).Should().Be(1);

            File.ReadAllBytes(one).Should().Equal(File.ReadAllBytes(other));
            ((string?)JsonNode.Parse(File.ReadAllText(one))!["bomFormat"]).Should().Be("CycloneDX");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
