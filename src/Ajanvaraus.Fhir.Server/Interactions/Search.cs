using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Audit;
using Ajanvaraus.Fhir.Server.Booking;
using Ajanvaraus.Fhir.Server.Middleware;

namespace Ajanvaraus.Fhir.Server.Interactions;

/// <summary>search of one type, by GET or by POST <c>_search</c>.</summary>
/// <remarks>
/// <para>Source: http://hl7.org/fhir/R4/http.html#search.</para>
/// <para>The links of a search by POST hold its criteria sealed: what a caller kept out of URLs stays out of them. So do
/// those of an entry of a batch that asks for a personal identity code.</para>
/// </remarks>
internal sealed class Search(
    ComputedSlotSearch slots, AuditEvents log, HoldExpiry holds, SearchCriteria criteria, PageSeal seal, TimeProvider clock) : IInteraction
{
    public Task<FhirResponse> InvokeAsync(FhirRequest request, CancellationToken cancel) =>
        RunAsync([request.Target.Type!], request, within: null, cancel);

    /// <summary>Searches the types and answers with a page of the searchset.</summary>
    /// <param name="within">What matches must meet besides what the request asks, by the types searched; null: nothing.</param>
    public async Task<FhirResponse> RunAsync(
        ImmutableArray<string> types, FhirRequest request, Func<ImmutableArray<string>, SearchExpression>? within,
        CancellationToken cancel)
    {
        var opened = await OpenAsync(request, cancel);
        if (opened is not { } state)
            return FhirResponse.Of(RestIssues.InvalidCursor(), request.Caller.Language);
        request = request with { Parameters = state.Criteria ?? request.Parameters };
        var parsed = await criteria.ParseSearchAsync(types, request, cancel);
        if (parsed.Failed)
            return FhirResponse.Of(parsed.Problem, request.Caller.Language);
        var query = within is null ? parsed.Value : Narrowed(parsed.Value, within);
        return await PageAsync(request, query, state, cancel);
    }

    /// <summary>Answers with a page of a search that the caller did not write as one: that of an operation.</summary>
    /// <param name="query">Its links show what was applied, and lead to the address of the request.</param>
    public async Task<FhirResponse> RunAsync(FhirRequest request, SearchQuery query, CancellationToken cancel) =>
        await OpenAsync(request, cancel) is { } state
            ? await PageAsync(request, query, state, cancel)
            : FhirResponse.Of(RestIssues.InvalidCursor(), request.Caller.Language);

    private async Task<FhirResponse> PageAsync(
        FhirRequest request, SearchQuery query, PageState state, CancellationToken cancel)
    {
        await holds.SettleAsync(cancel);
        try
        {
            var found = query.ResourceTypes is [AuditEvents.Type]
                ? await log.SearchAsync(query, state.Cursor, cancel)
                : await slots.SearchAsync(query, state.Cursor, cancel);
            if (found.Failed)
                return FhirResponse.Of(found.Problem, request.Caller.Language);
            var page = await slots.AsSeenAsync(found.Value, request.Caller.Identity, cancel);
            var links = await LinksAsync(request, query, state, page.NextCursor, cancel);
            return links.Failed
                ? FhirResponse.Of(links.Problem, request.Caller.Language)
                : Page(request, query, page, links.Value);
        }
        catch (InvalidCursorException)
        {
            return FhirResponse.Of(RestIssues.InvalidCursor(), request.Caller.Language);
        }
    }

    private static SearchQuery Narrowed(SearchQuery query, Func<ImmutableArray<string>, SearchExpression> within)
    {
        // Of what is searched for, which is not the container of it.
        if (query.Expression is ContainsExpression contains)
            return query with
            {
                Expression = contains with { Operand = new AndExpression([within(contains.Types), contains.Operand]) },
            };
        var inside = within(query.ResourceTypes);
        return query with { Expression = query.Expression is { } asked ? new AndExpression([inside, asked]) : inside };
    }

    /// <summary>What the link carries that the request came by; null when it is none of this server's.</summary>
    private async ValueTask<PageState?> OpenAsync(FhirRequest request, CancellationToken cancel) =>
        request.Cursor is { } text
            ? await seal.OpenAsync(PageLinks.PathOf(request), text, cancel)
            : new PageState(null, null);

    private async ValueTask<Outcome<Links>> LinksAsync(
        FhirRequest request, SearchQuery query, PageState state, string? next, CancellationToken cancel)
    {
        var isSealed = state.Criteria is not null
            || request.Target.Kind is TargetKind.TypeSearchForm or TargetKind.SystemSearchForm
                or TargetKind.CompartmentSearchForm
            || query.Applied.Any(criterion => HenkilotunnusText.LooksLikeIn(criterion.Value));
        var links = new Links(isSealed ? [] : query.Applied, request.Cursor, null);
        var path = PageLinks.PathOf(request);
        var now = FhirInstant.MicrosOf(clock.GetUtcNow());
        if (isSealed && state.Criteria is null)
        {
            var self = await seal.SealAsync(path, now, new PageState(state.Cursor, query.Applied), cancel);
            if (self.Failed)
                return self.Problem;
            links = links with { Self = self.Value };
        }
        if (next is null)
            return links;
        var following = await seal.SealAsync(path, now, new PageState(next, isSealed ? query.Applied : null), cancel);
        return following.Failed ? following.Problem : links with { Next = following.Value };
    }

    private static FhirResponse Page(FhirRequest request, SearchQuery query, SearchPage page, Links links)
    {
        var output = new PooledBuffer(16 * 1024);
        var bundle = new BundleWriter(output, request.BaseUrl);
        bundle.Start("searchset"u8, page.Total);
        PageLinks.Write(bundle, PageLinks.PathOf(request), links.Applied, links.Self, links.Next);
        if (query.Summary != SummaryMode.Count)
        {
            foreach (var match in page.Matches)
                Entry(bundle, query, match, isMatch: true);
            // "The list of elements does not apply to included resources": http://hl7.org/fhir/R4/search.html#elements.
            var whole = query with { Elements = [] };
            foreach (var included in page.Included)
                Entry(bundle, whole, included, isMatch: false);
            var warnings = page.IsIncludedTruncated
                ? query.Warnings.Add(RestIssues.IncludedTruncated())
                : query.Warnings;
            WriteWarnings(bundle, warnings, request.Caller.Language);
        }
        bundle.End();
        return FhirResponse.OfBuffer(StatusCodes.Status200OK, output) with
        {
            MadeOf = PartialResource.IsPart(query) ? [.. page.Matches.Concat(page.Included).Select(resource => resource.Body)] : [],
        };
    }

    private static void Entry(BundleWriter bundle, SearchQuery query, StoredResource resource, bool isMatch)
    {
        if (resource.ContainedId is not null)
        {
            ContainedMatch.Write(bundle, query, resource);
            return;
        }
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

    /// <param name="Applied">Criteria that the links show.</param>
    /// <param name="Self">Sealed; null: the page is told by its criteria alone.</param>
    /// <param name="Next">Sealed; null on the last page.</param>
    private sealed record Links(ImmutableArray<KeyValuePair<string, string>> Applied, string? Self, string? Next);
}
