using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Terminology.Systems;

namespace Ajanvaraus.Fhir.Core.Terminology.Sets;

/// <summary>Reads a ValueSet resource: http://hl7.org/fhir/R4/valueset.html .</summary>
/// <remarks>Without a composition the codes are those of its expansion.</remarks>
internal static class ValueSetReader
{
    private const string SupplementExtension = "http://hl7.org/fhir/StructureDefinition/valueset-supplement";

    public static ValueSetDefinition Read(ElementNode resource)
    {
        var compose = resource["compose"];
        return new ValueSetDefinition(resource.Text("url") ?? "", resource.Text("version") ?? "")
        {
            Name = resource.Text("name"),
            Title = resource.Text("title"),
            Status = resource.Text("status") ?? "unknown",
            Resource = resource,
            Include = compose is null ? Expanded(resource["expansion"]) : [.. compose.All("include").Select(Part)],
            Exclude = compose is null ? [] : [.. compose.All("exclude").Select(Part)],
            IsActiveOnly = compose?.Text("inactive") == "false",
            LockedDate = compose?.Text("lockedDate"),
            Supplements =
            [
                .. resource.All("extension").Where(e => e.Text("url") == SupplementExtension)
                    .Select(e => e.Text("value")).OfType<string>(),
            ],
        };
    }

    private static ConceptSet Part(ElementNode part) => new(
        part.Text("system"), part.Text("version"),
        [.. part.All("concept").Where(c => c.Text("code") is not null).Select(Listed)],
        [.. part.All("filter").Select(f => new ConceptFilter(
            f.Text("property") ?? "", f.Text("op") ?? "", f.Text("value") ?? ""))],
        [.. part.All("valueSet").Where(v => v.Value is not null).Select(v => v.Value!)]);

    private static ListedConcept Listed(ElementNode concept) =>
        new(concept.Text("code")!, concept.Text("display"), DesignationReader.ReadAll(concept));

    /// <summary>The codes in order; one part for each run of one system.</summary>
    private static ImmutableArray<ConceptSet> Expanded(ElementNode? expansion)
    {
        if (expansion is null)
            return [];
        var parts = ImmutableArray.CreateBuilder<ConceptSet>();
        var run = new List<ElementNode>();
        foreach (var node in Contained(expansion))
        {
            if (run.Count > 0 && SystemOf(run[0]) != SystemOf(node))
                Close(parts, run);
            run.Add(node);
        }
        Close(parts, run);
        return parts.DrainToImmutable();
    }

    private static (string?, string?) SystemOf(ElementNode node) => (node.Text("system"), node.Text("version"));

    private static void Close(ImmutableArray<ConceptSet>.Builder parts, List<ElementNode> run)
    {
        if (run.Count == 0)
            return;
        var (system, version) = SystemOf(run[0]);
        parts.Add(new ConceptSet(system, version, [.. run.Select(Listed)], [], []));
        run.Clear();
    }

    // An abstract group without a code only holds others together.
    private static IEnumerable<ElementNode> Contained(ElementNode parent)
    {
        foreach (var node in parent.All("contains"))
        {
            if (node.Text("code") is not null && node.Text("system") is not null)
                yield return node;
            foreach (var below in Contained(node))
                yield return below;
        }
    }
}
