using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Validation;

/// <summary>A resource in a Bundle.</summary>
/// <param name="FullUrl">Of its entry; null when it has none.</param>
/// <param name="Id">By which others refer to it; null when it is yet to get one.</param>
public sealed record BundledResource(string? FullUrl, string? Id, ElementNode Resource);

/// <summary>The resources of a Bundle by their fullUrl and by type and id.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/bundle.html#references .</remarks>
public sealed class BundleIndex
{
    private readonly Dictionary<string, ElementNode> _byUrl = new(StringComparer.Ordinal);
    private readonly Dictionary<ElementNode, string> _urls = [];

    public BundleIndex(ElementNode bundle)
        : this(bundle.All("entry").Where(entry => entry["resource"] is not null).Select(entry =>
            new BundledResource(entry.Text("fullUrl"), entry["resource"]!.Id, entry["resource"]!)))
    {
    }

    public BundleIndex(IEnumerable<BundledResource> resources)
    {
        foreach (var (url, id, resource) in resources)
        {
            if (url is not null)
            {
                _byUrl.TryAdd(url, resource);
                _urls.TryAdd(resource, url);
            }
            if (id is not null)
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
