using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Tests.Json;
using Ajanvaraus.Fhir.Core.Validation;
using Ajanvaraus.Fhir.Core.Xml;
using Ajanvaraus.Fhir.Testing;

using Xunit.Abstractions;

namespace Ajanvaraus.Fhir.Core.Tests.Fuzz;

/// <summary>Damaged documents: a reader says what is wrong, and what it takes can be written and read again.</summary>
public sealed class ParserFuzzTests(ITestOutputHelper output)
{
    private const int Seed = 20261122;
    private const int LongestExample = 12 * 1024;

    private static readonly StructuralValidator Validator = new(Core.Definitions.R4.Definitions);

    [Fact]
    public void Damaged_json_is_refused_with_issues_or_read()
    {
        var summary = FuzzRun.Of(Seed, Corpus(FhirJson.ToBytes), input =>
        {
            if (Taken(FhirJson.Parse(input)) is not { } resource)
                return false;
            return Same(FhirJson.Parse(FhirJson.ToBytes(resource)), TreeText.Of(resource), TreeText.Of);
        });

        output.WriteLine(summary);
    }

    [Fact]
    public void Damaged_xml_is_refused_with_issues_or_read()
    {
        var summary = FuzzRun.Of(Seed, Corpus(FhirXml.ToBytes), input =>
        {
            if (Taken(FhirXml.Parse(input)) is not { } resource)
                return false;
            return Same(FhirJson.Parse(FhirJson.ToBytes(resource)), TreeText.Of(resource), TreeText.Of);
        });

        output.WriteLine(summary);
    }

    /// <summary>What is sound in JSON says the same in XML, whatever was done to it before.</summary>
    [Fact]
    public void Damaged_json_that_is_valid_goes_through_xml_unchanged()
    {
        var summary = FuzzRun.Of(Seed + 1, Corpus(FhirJson.ToBytes), input =>
        {
            if (Taken(FhirJson.Parse(input)) is not { } resource || !IsSound(resource))
                return false;
            return Same(FhirXml.Parse(FhirXml.ToBytes(resource)), Ordered(resource), Ordered);
        });

        output.WriteLine(summary);
    }

    /// <summary>The resource when there is nothing to say against it; issues otherwise.</summary>
    private static ElementNode? Taken(ParseResult result)
    {
        if (!result.HasErrors && result.Resource is not null)
            return result.Resource;
        if (result.Issues.IsEmpty || result.Issues.Any(i => MessageCatalogue.Find(i.Id) is null))
            result.Issues.Should().NotBeEmpty().And.OnlyContain(i => MessageCatalogue.Find(i.Id) != null);
        return null;
    }

    /// <summary>True; fails the test when what was written is not read as it was. Compared by hand first: this is
    /// asked a million times.</summary>
    private static bool Same(ParseResult again, string expected, Func<ElementNode, string> describe)
    {
        if (!again.Issues.IsEmpty || describe(again.Resource!) != expected)
        {
            again.Issues.Should().BeEmpty();
            describe(again.Resource!).Should().Be(expected);
        }
        return true;
    }

    private static bool IsSound(ElementNode resource) =>
        !Validator.Validate(resource).Any(i => i.Severity is IssueSeverity.Error or IssueSeverity.Fatal);

    /// <summary>Its text in the order of the definition: XML knows no other.</summary>
    private static string Ordered(ElementNode node) => TreeText.Of(InOrder(node));

    private static ElementNode InOrder(ElementNode node) => node.With(
        [.. node.Children.Select(InOrder).OrderBy(c => c.Property!.Element.Index)]);

    private static List<byte[]> Corpus(Func<ElementNode, byte[]> write)
    {
        var random = new RandomResource(Seed);
        var resources = Enumerable.Range(0, 50).Select(_ => random.Next()).ToList();
        IEnumerable<string> examples = [.. SharedExamples.Files(), .. SharedExamples.XmlFiles()];
        resources.AddRange(examples
            .Select(file => (file, bytes: SharedExamples.Read(file)))
            .Where(example => example.bytes.Length < LongestExample)
            .Select(example => example.file.EndsWith(".xml", StringComparison.Ordinal)
                ? FhirXml.Parse(example.bytes).Resource!
                : FhirJson.Parse(example.bytes).Resource!));
        return [.. resources.Select(write)];
    }
}
