using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Validation.Checks;

/// <summary>What each entry of a Bundle needs by the Bundle's type; fullUrls are absolute and unique.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/bundle.html#invs , bdl-3, bdl-5, bdl-7, bdl-8.</remarks>
internal sealed class BundleCheck : ICheck
{
    public static readonly BundleCheck Instance = new();

    public void Check(ElementNode node, Findings findings)
    {
        var type = node.Text("type");
        var asksRequests = type is "batch" or "transaction" or "history";
        HashSet<(string Url, string? Version)>? fullUrls = null;
        foreach (var entry in node.Children)
        {
            if (entry.Name != "entry")
                continue;
            CheckContent(entry, asksRequests, findings);
            if (entry["fullUrl"] is not { Value: { } url } fullUrl)
                continue;
            CheckFullUrl(fullUrl, url, findings);
            fullUrls ??= [];
            if (type != "history" && !fullUrls.Add((url, entry["resource"]?["meta"]?.Text("versionId"))))
                findings.Add(StructureMessages.FullUrlRepeated, fullUrl);
        }
    }

    private static void CheckContent(ElementNode entry, bool asksRequests, Findings findings)
    {
        var hasRequest = entry["request"] is not null;
        if (!hasRequest && asksRequests)
            findings.Add(StructureMessages.EntryWithoutRequest, entry);
        else if (hasRequest && !asksRequests)
            findings.Add(StructureMessages.EntryRequestNotAllowed, entry);
        else if (!hasRequest && entry["resource"] is null && entry["response"] is null && !entry.Children.IsEmpty)
            findings.Add(StructureMessages.EntryEmpty, entry);
    }

    private static void CheckFullUrl(ElementNode fullUrl, string url, Findings findings)
    {
        if (!PrimitiveText.IsAbsoluteUri(url))
            findings.Add(
                findings.Scope.TellsAdvice ? ConsistencyMessages.FullUrlNotAbsolute : StructureMessages.FullUrlRelative, fullUrl);
        else if (url.Contains("/_history/", StringComparison.Ordinal))
            findings.Add(StructureMessages.FullUrlVersioned, fullUrl);
    }
}
