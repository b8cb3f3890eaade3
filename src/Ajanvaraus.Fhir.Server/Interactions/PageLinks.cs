using System.Text;

using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Server.Interactions;

/// <summary>The self and next links of a page: http://hl7.org/fhir/R4/http.html#paging.</summary>
public static class PageLinks
{
    private static readonly string[] Paths =
        ["", "metadata", "_history", "", "{0}", "{0}/_history", "{0}", "{0}/{1}", "{0}/{1}/_history",
            "", "", "{0}/{1}/{2}", "{0}/{1}/{2}", "", ""];

    /// <param name="applied">Parameters that were used: what was left out is told by not being here.</param>
    /// <param name="nextCursor">Null on the last page.</param>
    public static void Write(
        BundleWriter bundle, FhirRequest request, ImmutableArray<KeyValuePair<string, string>> applied,
        string? nextCursor)
    {
        Write(bundle, PathOf(request), applied, request.Cursor, nextCursor);
    }

    /// <summary>Below the base, of the interaction by GET.</summary>
    public static string PathOf(FhirRequest request) => request.Target is { Kind: TargetKind.Operation } operation
        ? string.Join('/', new[] { operation.Type, operation.Id, "$" + operation.Operation }.OfType<string>())
        : string.Format(
            Paths[(int)request.Target.Kind], request.Target.Type, request.Target.Id, request.Target.Member);

    /// <param name="path">Below the base: <c>Appointment/$find</c>.</param>
    /// <param name="cursor">Of this page; null on the first.</param>
    public static void Write(
        BundleWriter bundle, string path, ImmutableArray<KeyValuePair<string, string>> applied, string? cursor,
        string? nextCursor)
    {
        bundle.Link("self"u8, Url(path, applied, cursor));
        if (nextCursor is not null)
            bundle.Link("next"u8, Url(path, applied, nextCursor));
    }

    private static string Url(string path, ImmutableArray<KeyValuePair<string, string>> applied, string? cursor)
    {
        if (applied.IsEmpty && cursor is null)
            return path;
        var url = new StringBuilder(path, 128);
        var separator = '?';
        foreach (var (name, value) in applied)
        {
            // What may not stand in an address is left out, like all that was not used.
            if (HenkilotunnusText.LooksLikeIn(value) || HenkilotunnusText.LooksLikeIn(name))
                continue;
            url.Append(separator).Append(Escape(name)).Append('=').Append(Escape(value));
            separator = '&';
        }
        if (cursor is not null)
            url.Append(separator).Append("_cursor=").Append(Uri.EscapeDataString(cursor));
        return url.ToString();
    }

    // A query may hold ':', ',', '/' and '|' is read everywhere: links stay legible.
    private static string Escape(string text) => Uri.EscapeDataString(text)
        .Replace("%3A", ":").Replace("%2C", ",").Replace("%2F", "/");
}
