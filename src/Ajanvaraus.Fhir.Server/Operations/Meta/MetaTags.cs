using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Server.Operations.Meta;

/// <summary>What of <c>meta</c> can be given and taken by operations: profiles, tags and security labels.</summary>
/// <remarks>Two tags or labels are the same when system and code are: http://hl7.org/fhir/R4/resource.html#simple-tags .</remarks>
internal static class MetaTags
{
    private static readonly string[] Names = ["profile", "security", "tag"];

    /// <summary>The answer of the operations: Parameters with a <c>return</c> of type Meta.</summary>
    public static ElementNode Answer(ElementNode? meta)
    {
        var parameters = new ElementNode(null, R4.Definitions.Resource("Parameters")!, null, []);
        // FHIR has no empty elements: where there is nothing to tell, there is no parameter.
        if (meta is null || meta.Children.IsEmpty)
            return parameters;
        var parameter = parameters.New("parameter").Set("name", "return");
        return parameters.Append(parameter.Append(parameter.New("valueMeta").With(meta.Children)));
    }

    /// <summary>The resource with what it does not have yet; itself when it has all.</summary>
    public static ElementNode Add(ElementNode resource, ElementNode given)
    {
        var meta = resource["meta"] ?? resource.New("meta");
        var changed = meta;
        foreach (var tag in Tags(given))
            if (!Tags(changed).Any(known => IsSame(known, tag)))
                changed = changed.Append(tag);
        return ReferenceEquals(changed, meta) ? resource : resource.Replace("meta", changed);
    }

    /// <summary>The resource without what is given; itself when it has none of it.</summary>
    public static ElementNode Delete(ElementNode resource, ElementNode given)
    {
        if (resource["meta"] is not { } meta)
            return resource;
        var gone = Tags(given).ToList();
        var kept = meta.Children.RemoveAll(child => gone.Exists(tag => IsSame(child, tag)));
        return kept.Length == meta.Children.Length ? resource : resource.Replace("meta", meta.With(kept));
    }

    private static IEnumerable<ElementNode> Tags(ElementNode meta) => meta.Children.Where(c => Names.Contains(c.Name));

    private static bool IsSame(ElementNode one, ElementNode other) =>
        one.Name == other.Name && one.Value == other.Value
        && one.Text("system") == other.Text("system") && one.Text("code") == other.Text("code");
}
