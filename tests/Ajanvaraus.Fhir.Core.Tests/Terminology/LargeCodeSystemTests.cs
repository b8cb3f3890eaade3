using System.Diagnostics;
using System.Text;

using Ajanvaraus.Fhir.Core.Conformance;
using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Terminology;
using Ajanvaraus.Fhir.Core.Terminology.Sets;
using Ajanvaraus.Fhir.Core.Tests.Json;

using Xunit.Abstractions;

namespace Ajanvaraus.Fhir.Core.Tests.Terminology;

/// <summary>50 000 concepts: that all is there, and that what was worked out once is not worked out again.</summary>
public sealed class LargeCodeSystemTests(ITestOutputHelper output)
{
    private const int Count = 50_000;

    [Fact]
    public void Fifty_thousand_concepts_are_expanded_by_pages_and_kept()
    {
        var source = new CountingSource(new ConformanceSet([CodeSystem(), Parsed.Resource(Set("is-a", "c0"))]));
        var service = new TerminologyService(source, Services.Clock);
        var watch = Stopwatch.StartNew();

        var first = Page(service, 0, 1000);
        var firstMs = watch.Elapsed.TotalMilliseconds;
        watch.Restart();
        var codes = Enumerable.Range(0, Count / 1000).SelectMany(i => Page(service, i * 1000, 1000).Codes).ToHashSet();
        var pagesMs = watch.Elapsed.TotalMilliseconds;
        watch.Restart();
        var found = service.Expand(Services.SetUrl, new ExpansionRequest { Filter = "palvelu 4999", Count = 100 });
        var filterMs = watch.Elapsed.TotalMilliseconds;

        first.Total.Should().Be(Count);
        codes.Should().HaveCount(Count);
        Services.Codes(found).Should().Equal(
            Enumerable.Range(0, Count).Select(i => $"c{i}").Where(code => code.Contains("4999", StringComparison.Ordinal)));
        source.Asked.Should().Be(2, "the value set and its code system are asked for once");
        output.WriteLine($"first page {firstMs:0} ms, {Count / 1000} pages {pagesMs:0} ms, filter {filterMs:0} ms");
    }

    [Fact]
    public void List_of_a_value_set_is_made_once_for_all_pages()
    {
        var source = new ConformanceSet([CodeSystem(), Parsed.Resource(Set("is-a", "c0"))]);
        var sets = new ValueSetCompiler(new TerminologyCatalogue(source, new TerminologyResources()), Count);

        var first = sets.Find(Services.SetUrl)!.Members(at: 1).Value!;
        var second = sets.Find(Services.SetUrl)!.Members(at: 2).Value!;

        first.Items.Should().HaveCount(Count);
        second.Should().BeSameAs(first);
    }

    [Fact]
    public void List_that_depends_on_the_date_is_made_once_for_all_pages_of_a_period()
    {
        var set = Services.Set(Services.All(), ",\"inactive\":false");
        var source = new ConformanceSet([Parsed.Resource(Services.CodeSystem), Parsed.Resource(set)]);
        var sets = new ValueSetCompiler(new TerminologyCatalogue(source, new TerminologyResources()), Count);
        IReadOnlyList<ValueSetMember> On(string date) =>
            sets.Find(Services.SetUrl)!.Members(TerminologyTime.Of(date)!.Value).Value!.Items;

        var first = On("2026-11-23T09:00:00Z");
        var nextPage = On("2026-11-23T09:00:01Z");
        var after = On("2027-01-01T00:00:00Z");

        nextPage.Should().BeSameAs(first);
        after.Select(member => member.Code).Except(first.Select(member => member.Code)).Should().Equal("sovittelu");
        On("2026-12-31T23:59:59Z").Should().Equal(first);
    }

    [Fact]
    public void Asking_for_single_codes_lists_nothing()
    {
        var service = new TerminologyService(
            new ConformanceSet([CodeSystem(), Parsed.Resource(Set("descendent-of", "c0"))]), Services.Clock);
        service.Contains(Services.SetUrl, Services.System, "c1").Should().BeTrue();
        var watch = Stopwatch.StartNew();

        var members = Enumerable.Range(0, Count).Count(i => service.Contains(Services.SetUrl, Services.System, $"c{i}") == true);

        members.Should().Be(Count - 1);
        output.WriteLine($"{watch.Elapsed.TotalMicroseconds / Count:0.00} µs per code");
    }

    private static (int Total, List<string> Codes) Page(TerminologyService service, int offset, int count)
    {
        var expansion = service.Expand(Services.SetUrl, new ExpansionRequest { Offset = offset, Count = count });
        return (int.Parse(expansion.Value!["expansion"]!.Text("total")!), Services.Codes(expansion));
    }

    private static string Set(string op, string value) => Services.Set(Services.All(Services.Filter("concept", op, value)));

    /// <summary>A tree of ten children each, with a property and a designation at every tenth.</summary>
    private static ElementNode CodeSystem()
    {
        var json = new StringBuilder("""
            {"resourceType":"CodeSystem","url":"urn:test:services","status":"active","content":"complete","concept":[
            """);
        for (var i = 0; i < Count; i++)
        {
            json.Append(i == 0 ? "" : ",").Append($$"""{"code":"c{{i}}","display":"Palvelu numero {{i}}" """);
            if (i % 10 == 0)
                json.Append($$""","designation":[{"language":"sv","value":"Tjänst nummer {{i}}"}]""");
            if (i > 0)
                json.Append($$""","property":[{"code":"parent","valueCode":"c{{(i - 1) / 10}}"}]""");
            json.Append('}');
        }
        return FhirJson.Parse(Encoding.UTF8.GetBytes(json.Append("]}").ToString())).Resource!;
    }

    private sealed class CountingSource(IConformanceSource source) : IConformanceSource
    {
        public int Asked { get; private set; }

        public ElementNode? Find(string resourceType, string canonical)
        {
            Asked++;
            return source.Find(resourceType, canonical);
        }
    }
}
