using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Terminology.Systems;

/// <summary>Reads a CodeSystem resource: http://hl7.org/fhir/R4/codesystem.html .</summary>
internal static class CodeSystemReader
{
    public static EnumeratedCodeSystem Read(ElementNode resource)
    {
        var head = Head(resource);
        var builder = new ConceptTableBuilder(head.IsCaseSensitive);
        AddConcepts(builder, head, resource, ConceptTableBuilder.NoParent);
        return new EnumeratedCodeSystem(head, builder.Build());
    }

    private static CodeSystemHead Head(ElementNode resource) =>
        new(resource.Text("url") ?? "", resource.Text("version") ?? "")
        {
            Name = resource.Text("name"),
            Title = resource.Text("title"),
            Language = resource.Text("language"),
            Content = Content(resource.Text("content")),
            Supplements = resource.Text("supplements"),
            Hierarchy = Hierarchy(resource.Text("hierarchyMeaning")),
            IsCaseSensitive = resource.Text("caseSensitive") != "false",
            PropertyTypes = resource.All("property").DistinctBy(p => p.Text("code"))
                .ToImmutableDictionary(p => p.Text("code") ?? "", p => p.Text("type") ?? ""),
        };

    public static CodeSystemContent Content(string? code) => code switch
    {
        "complete" => CodeSystemContent.Complete,
        "fragment" => CodeSystemContent.Fragment,
        "example" => CodeSystemContent.Example,
        "supplement" => CodeSystemContent.Supplement,
        _ => CodeSystemContent.NotPresent,
    };

    public static HierarchyMeaning Hierarchy(string? code) => code switch
    {
        "is-a" => HierarchyMeaning.IsA,
        "part-of" => HierarchyMeaning.PartOf,
        "grouped-by" => HierarchyMeaning.GroupedBy,
        "classified-with" => HierarchyMeaning.ClassifiedWith,
        _ => HierarchyMeaning.Unsaid,
    };

    private static void AddConcepts(ConceptTableBuilder builder, CodeSystemHead head, ElementNode parent, int under)
    {
        foreach (var node in parent.Children)
        {
            if (node.Name != "concept" || node.Text("code") is not { } code)
                continue;
            var concept = builder.Add(code, node.Text("display"), under);
            foreach (var child in node.Children)
            {
                if (child.Name == "designation")
                    builder.Add(concept, DesignationReader.Read(child));
                else if (child.Name == "property" && Property(child) is { } property)
                    builder.Add(concept, property);
            }
            AddConcepts(builder, head, node, concept);
        }
    }

    private static ConceptProperty? Property(ElementNode node)
    {
        if (node.Text("code") is not { } code || node["value"] is not { } value)
            return null;
        return value.IsPrimitive
            ? new ConceptProperty(code, value.Type.Name, value.Value ?? "")
            : new ConceptProperty(
                code, value.Type.Name, value.Text("code") ?? "", value.Text("system"), value.Text("display"));
    }
}

/// <summary>Reads designations, which concepts of code systems and value sets have alike.</summary>
internal static class DesignationReader
{
    public static ImmutableArray<Designation> ReadAll(ElementNode concept) =>
        concept["designation"] is null ? [] : [.. concept.All("designation").Select(Read)];

    public static Designation Read(ElementNode node)
    {
        var use = node["use"] is { } coding && coding.Text("code") is { } code
            ? new DesignationUse(coding.Text("system"), code, coding.Text("display"))
            : null;
        return new Designation(node.Text("language") ?? "", node.Text("value") ?? "", use);
    }
}
