using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Validation.Checks;

/// <summary>Entries have a fullUrl, but for those of batches and transactions; one that is the address of a resource on
/// a server is that of the resource in the entry.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/bundle.html#bundle-unique ,
/// http://hl7.org/fhir/R4/bundle-definitions.html#Bundle.entry.fullUrl .</remarks>
internal sealed class FullUrlCheck : ICheck
{
    public static readonly FullUrlCheck Instance = new();

    public void Check(ElementNode node, Findings findings)
    {
        if (node.Text("type") is null or "batch" or "batch-response" or "transaction" or "transaction-response")
            return;
        foreach (var entry in node.All("entry"))
        {
            if (entry["resource"] is not { } resource)
                continue;
            if (entry["fullUrl"] is not { } fullUrl)
                findings.Add(ContentMessages.FullUrlMissing, entry);
            else if (fullUrl.Value is { } url && resource.Id is { } id && IsOther(url, resource.Type.Name, id))
                findings.Add(ConsistencyMessages.FullUrlOfOther, fullUrl, $"{resource.Type.Name}/{id}");
        }
    }

    private static bool IsOther(string url, string type, string id) =>
        url.StartsWith("http", StringComparison.Ordinal)
        && ReferenceText.TrySplit(url, out _, out var urlType, out var urlId)
        && Definitions.R4.Definitions.Resource(urlType.ToString()) is not null
        && !(urlType.SequenceEqual(type) && urlId.SequenceEqual(id));
}
