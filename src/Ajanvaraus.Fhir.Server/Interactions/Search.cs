using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Booking;
using Ajanvaraus.Fhir.Server.Middleware;

namespace Ajanvaraus.Fhir.Server.Interactions;

/// <summary>search of one type, by GET or by POST <c>_search</c>.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/http.html#search.</remarks>
public sealed class Search(ResourceStore store, HoldExpiry holds, SearchCriteria criteria) : IInteraction
{
    public Task<FhirResponse> InvokeAsync(FhirRequest request, CancellationToken cancel) =>
        RunAsync([request.Target.Type!], request, cancel);

    /// <summary>Searches the types and answers with a page of the searchset.</summary>
    public async Task<FhirResponse> RunAsync(
        ImmutableArray<string> types, FhirRequest request, CancellationToken cancel)
    {
        var query = await criteria.ParseSearchAsync(types, request, cancel);
        if (query.Failed)
            return FhirResponse.Of(query.Problem, request.Caller.Language);
        await holds.SettleAsync(cancel);
        try
        {
            return Page(request, query.Value, await store.SearchAsync(query.Value, request.Cursor, cancel));
        }
        catch (InvalidCursorException)
        {
            return FhirResponse.Of(RestIssues.InvalidCursor(), request.Caller.Language);
        }
    }

    private static FhirResponse Page(FhirRequest request, SearchQuery query, SearchPage page)
    {
        var output = new PooledBuffer(16 * 1024);
        var bundle = new BundleWriter(output, request.BaseUrl);
        bundle.Start("searchset"u8, page.Total);
        PageLinks.Write(bundle, request, query.Applied, page.NextCursor);
        if (query.Summary != SummaryMode.Count)
        {
            foreach (var match in page.Matches)
                Entry(bundle, query, match, isMatch: true);
            foreach (var included in page.Included)
                Entry(bundle, query, included, isMatch: false);
            var warnings = page.IsIncludedTruncated
                ? query.Warnings.Add(RestIssues.IncludedTruncated())
                : query.Warnings;
            WriteWarnings(bundle, warnings, request.Caller.Language);
        }
        bundle.End();
        return FhirResponse.OfBuffer(StatusCodes.Status200OK, output);
    }

    private static void Entry(BundleWriter bundle, SearchQuery query, StoredResource resource, bool isMatch)
    {
        if (!PartialResource.IsPart(query))
        {
            bundle.Found(resource, resource.Body.Span, isMatch);
            return;
        }
        using var part = new PooledBuffer(resource.Body.Length);
        PartialResource.Write(part, resource.Body.Span, query);
        bundle.Found(resource, part.WrittenSpan, isMatch);
    }

    private static void WriteWarnings(BundleWriter bundle, ImmutableArray<Issue> warnings, string language)
    {
        if (warnings.IsEmpty)
            return;
        using var outcome = new PooledBuffer(512);
        OutcomeBody.Write(outcome, warnings, language);
        bundle.Outcome(outcome.WrittenSpan);
    }
}
