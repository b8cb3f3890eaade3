using System.Text;

using Ajanvaraus.Fhir.Core.Conformance;
using Ajanvaraus.Fhir.Server.Conformance;
using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Server.Tests.Conformance;

public sealed class ConformanceCatalogueTests
{
    private const string Url = "http://example.org/ValueSet/answers";

    private static string ValueSet(string name) =>
        $$"""{"resourceType":"ValueSet","id":"answers","url":"{{Url}}","name":"{{name}}","status":"active"}""";

    private static async Task PutAsync(FhirServer server, string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/fhir+json");
        using var response = await server.Http.PutAsync(path, content);
        response.EnsureSuccessStatusCode();
    }

    private static async Task<string?> NameAsync(ConformanceCatalogue catalogue) =>
        (await catalogue.CurrentAsync(CancellationToken.None)).Find("ValueSet", Url)?.Text("name");

    [DatabaseTheory, EachDatabase]
    public async Task Catalogue_follows_create_update_and_delete_at_once(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var catalogue = new ConformanceCatalogue(server.Store, ConformanceSet.Empty);

        var before = await NameAsync(catalogue);
        await PutAsync(server, "ValueSet/answers", ValueSet("First"));
        var created = await NameAsync(catalogue);
        await PutAsync(server, "ValueSet/answers", ValueSet("Second"));
        var updated = await NameAsync(catalogue);
        using var _ = await server.Http.DeleteAsync("ValueSet/answers");
        var deleted = await NameAsync(catalogue);

        before.Should().BeNull();
        created.Should().Be("First");
        updated.Should().Be("Second");
        deleted.Should().BeNull();
    }

    [DatabaseTheory, EachDatabase]
    public async Task Catalogue_stays_the_same_while_other_types_are_written(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var catalogue = new ConformanceCatalogue(server.Store, ConformanceSet.Empty);
        await PutAsync(server, "ValueSet/answers", ValueSet("First"));

        var before = await catalogue.CurrentAsync(CancellationToken.None);
        await PutAsync(server, "Patient/p", """{"resourceType":"Patient","id":"p","active":true}""");
        var after = await catalogue.CurrentAsync(CancellationToken.None);

        after.Should().BeSameAs(before);
    }

    [DatabaseTheory, EachDatabase]
    public async Task Catalogue_reads_only_what_has_changed_anew(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        var catalogue = new ConformanceCatalogue(server.Store, ConformanceSet.Empty);
        await PutAsync(server, "ValueSet/answers", ValueSet("First"));

        var before = (await catalogue.CurrentAsync(CancellationToken.None)).Find("ValueSet", Url);
        await PutAsync(server, "CodeSystem/c", """
            {"resourceType":"CodeSystem","id":"c","url":"http://example.org/c","status":"active","content":"complete"}
            """);
        var current = await catalogue.CurrentAsync(CancellationToken.None);

        current.Find("ValueSet", Url).Should().BeSameAs(before);
        current.Find("CodeSystem", "http://example.org/c").Should().NotBeNull();
    }

    [DatabaseTheory, EachDatabase]
    public async Task Catalogue_asks_below_for_what_is_not_stored(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);
        await PutAsync(server, "ValueSet/answers", ValueSet("First"));
        var stored = await new ConformanceCatalogue(server.Store, ConformanceSet.Empty)
            .CurrentAsync(CancellationToken.None);
        using var _ = await server.Http.DeleteAsync("ValueSet/answers");

        var name = await NameAsync(new ConformanceCatalogue(server.Store, stored));

        name.Should().Be("First");
    }
}
