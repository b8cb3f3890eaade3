using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Search;

namespace Ajanvaraus.Fhir.Core.Model;

/// <summary>Cuts a resource down to what <c>_summary</c> or <c>_elements</c> asks for.</summary>
/// <remarks>
/// <para>Mandatory elements and modifiers stay, so that the rest is neither invalid nor misread; what was cut carries
/// the tag SUBSETTED. <c>_summary=count</c> asks for no resource at all and changes none here.</para>
/// <para>Source: http://hl7.org/fhir/R4/search.html#summary , http://hl7.org/fhir/R4/search.html#elements .</para>
/// </remarks>
public static class SummaryFilter
{
    public const string TagSystem = "http://terminology.hl7.org/CodeSystem/v3-ObservationValue";
    public const string TagCode = "SUBSETTED";

    /// <param name="elements">Names of elements at the top of the resource; empty when <c>_elements</c> is not asked.</param>
    public static ElementNode Apply(ElementNode resource, SummaryMode mode, ImmutableArray<string> elements)
    {
        if (mode is SummaryMode.True)
            return Subsetted(Summary(resource));
        if (mode is SummaryMode.Text)
            return Subsetted(Keep(resource, e => IsKept(e) || e.Name == "text"));
        if (mode is SummaryMode.Data)
            return Subsetted(resource.Without("text"));
        return elements.IsDefaultOrEmpty
            ? resource
            : Subsetted(Keep(resource, e => IsKept(e) || IsListed(e, elements)));
    }

    private static bool IsKept(ElementSchema element) =>
        element.Min > 0 || element.IsModifier || element.Name is "id" or "meta";

    private static bool IsListed(ElementSchema element, ImmutableArray<string> elements)
    {
        foreach (var name in elements)
            if (name == element.Name || (element.IsChoice && element.Properties.Any(p => p.JsonName == name)))
                return true;
        return false;
    }

    private static ElementNode Keep(ElementNode node, Func<ElementSchema, bool> isKept) =>
        node.With(node.Children.RemoveAll(child => !isKept(child.Property!.Element)));

    /// <summary>Data types stay whole; backbone elements (<c>Appointment.participant</c>) are cut as the resource is.</summary>
    private static ElementNode Summary(ElementNode node)
    {
        var children = ImmutableArray.CreateBuilder<ElementNode>(node.Children.Length);
        foreach (var child in node.Children)
        {
            var element = child.Property!.Element;
            if (element.IsSummary || IsKept(element))
                children.Add(child.Type.Name.Contains('.') ? Summary(child) : child);
        }
        return node.With(children.DrainToImmutable());
    }

    private static ElementNode Subsetted(ElementNode resource)
    {
        var meta = resource["meta"] ?? resource.New("meta");
        foreach (var tag in meta.All("tag"))
            if (tag.Text("system") == TagSystem && tag.Text("code") == TagCode)
                return resource;
        var subsetted = meta.New("tag");
        subsetted = subsetted.With([subsetted.New("system", TagSystem), subsetted.New("code", TagCode)]);
        return resource.Replace("meta", meta.Append(subsetted));
    }
}
