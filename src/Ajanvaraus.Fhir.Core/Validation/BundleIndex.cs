using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Validation;

/// <summary>The resources of a Bundle by their fullUrl and by type and id.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/bundle.html#references .</remarks>
internal sealed class BundleIndex
{
    private readonly Dictionary<string, ElementNode> _byUrl = new(StringComparer.Ordinal);
    private readonly Dictionary<ElementNode, string> _urls = [];

    public BundleIndex(ElementNode bundle)
    {
        foreach (var entry in bundle.Children)
        {
            if (entry.Name != "entry" || entry["resource"] is not { } resource)
                continue;
            if (entry.Text("fullUrl") is { } url)
            {
                _byUrl.TryAdd(url, resource);
                _urls.TryAdd(resource, url);
            }
            if (resource.Id is { } id)
                _byUrl.TryAdd($"{resource.Type.Name}/{id}", resource);
        }
    }

    /// <summary>The resource that a reference in <paramref name="from"/> means; null when it is not in the Bundle.</summary>
    public ElementNode? Find(string reference, ElementNode from)
    {
        if (reference.IndexOf("/_history/", StringComparison.Ordinal) is var history and >= 0)
            reference = reference[..history];
        if (_byUrl.TryGetValue(reference, out var found))
            return PrimitiveText.IsAbsoluteUri(reference) || Beside(reference, from) is not { } nearer ? found : nearer;
        return null;
    }

    /// <summary>A relative reference means what stands below the base address of the entry that holds it.</summary>
    private ElementNode? Beside(string reference, ElementNode from)
    {
        if (!_urls.TryGetValue(from, out var url) || !ReferenceText.TrySplit(url, out var start, out _, out _))
            return null;
        return _byUrl.GetValueOrDefault(string.Concat(url.AsSpan(0, start), reference));
    }
}
