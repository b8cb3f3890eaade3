using System.Collections.Frozen;

using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Terminology.Maps;

/// <summary>Reads a ConceptMap resource: http://hl7.org/fhir/R4/conceptmap.html .</summary>
internal static class ConceptMapReader
{
    public static ConceptMapDefinition Read(ElementNode resource) => new(
        resource.Text("url") ?? "", resource.Text("version") ?? "", resource.Text("source"), resource.Text("target"),
        [.. resource.All("group").Select(Group)]);

    private static MapGroup Group(ElementNode group) => new(
        group.Text("source"), group.Text("target"),
        group.All("element").Where(e => e.Text("code") is not null).GroupBy(e => e.Text("code")!)
            .ToFrozenDictionary(same => same.Key, same => same.SelectMany(Targets).ToImmutableArray()),
        group["unmapped"] is { } rule
            ? new UnmappedRule(rule.Text("mode") ?? "", rule.Text("code"), rule.Text("display"), rule.Text("url"))
            : null);

    private static IEnumerable<MapTarget> Targets(ElementNode element) => element.All("target").Select(
        target => new MapTarget(
            target.Text("code"), target.Text("display"), target.Text("equivalence") ?? "relatedto",
            Others(target, "dependsOn"), Others(target, "product")));

    private static ImmutableArray<MapDependency> Others(ElementNode target, string name) =>
    [
        .. target.All(name).Select(o => new MapDependency(
            o.Text("property") ?? "", o.Text("system"), o.Text("value") ?? "", o.Text("display"))),
    ];
}
