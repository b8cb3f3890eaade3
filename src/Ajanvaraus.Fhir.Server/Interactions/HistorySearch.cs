using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Persistence;

namespace Ajanvaraus.Fhir.Server.Interactions;

/// <summary>History of a type by POST: all versions of the resources that meet the criteria of the form now.</summary>
/// <remarks>
/// <para>Kanta's guide asks so for the versions of a client's appointments, with nothing of the criteria in the URL: the
/// links carry them sealed, as those of a search by POST. Without criteria it is the history of the type.</para>
/// <para>Errors: those of the search and of the history; more than 1,000 resources are too costly.</para>
/// <para>Source: the page Haku of https://simplifier.net/guide/kanta-potilastietovaranto-ajanvaraus-r4 .</para>
/// </remarks>
public sealed class HistorySearch(
    History history, ResourceStore store, SearchCriteria criteria, PageSeal seal, TimeProvider clock) : IInteraction
{
    private const int MostResources = 1000;

    public async Task<FhirResponse> InvokeAsync(FhirRequest request, CancellationToken cancel)
    {
        var path = PageLinks.PathOf(request);
        var state = request.Cursor is { } text ? await seal.OpenAsync(path, text, cancel) : null;
        // The links of a history by GET are not sealed: nothing in them is anybody's.
        if (state is null && (request.Method == HttpMethods.Get || request.Cursor is not null))
            return await history.InvokeAsync(request, cancel);
        var all = state?.Criteria ?? request.Parameters;
        var asked = request with { Parameters = all.RemoveAll(p => !History.IsKnown(p.Key)), Cursor = state?.Cursor };
        var ids = await MeetingAsync(request with { Parameters = all.RemoveAll(p => History.IsKnown(p.Key)) }, cancel);
        if (ids.Failed)
            return FhirResponse.Of(ids.Problem, request.Caller.Language);
        return await history.RunAsync(asked, ids.Value, LinksAsync, cancel);

        async ValueTask<Outcome<(string Self, string? Next)>> LinksAsync(string? nextCursor)
        {
            var now = FhirInstant.MicrosOf(clock.GetUtcNow());
            var self = await seal.SealAsync(path, now, new PageState(state?.Cursor, all), cancel);
            if (self.Failed || nextCursor is null)
                return self.Failed ? self.Problem : (self.Value, null);
            var next = await seal.SealAsync(path, now, new PageState(nextCursor, all), cancel);
            return next.Failed ? next.Problem : (self.Value, next.Value);
        }
    }

    /// <summary>Ids of the resources; null when there are no criteria.</summary>
    private async ValueTask<Outcome<ImmutableArray<string>?>> MeetingAsync(FhirRequest request, CancellationToken cancel)
    {
        var type = request.Target.Type!;
        var parsed = await criteria.ParseSearchAsync([type], request, cancel);
        if (parsed.Failed)
            return parsed.Problem;
        if (parsed.Value is not { Expression: { } expression, AsksContained: false })
            return parsed.Value.AsksContained ? SearchCriteria.ContainedRefused() : default(ImmutableArray<string>?);
        var found = await store.SearchAsync(
            parsed.Value with { Count = MostResources + 1, Sort = [], Includes = [], RevIncludes = [], Total = TotalMode.None, Offset = 0 },
            null, cancel);
        return found.Matches.Length > MostResources
            ? SearchMessages.TooCostly.As(ProblemKind.Invalid, type, type)
            : found.Matches.Select(match => match.Id).ToImmutableArray();
    }
}
