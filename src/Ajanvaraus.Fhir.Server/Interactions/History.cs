using System.Globalization;

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Booking;
using Ajanvaraus.Fhir.Server.Middleware;
using Ajanvaraus.Fhir.Server.Security;
using Ajanvaraus.Fhir.Server.Security.Policy;

namespace Ajanvaraus.Fhir.Server.Interactions;

/// <summary>history of a resource, of a type or of the whole system, a page at a time.</summary>
/// <remarks>
/// <para>Shape: newest first, or by <c>_sort=_lastUpdated</c> oldest first; <c>_count=0</c> tells the total only.</para>
/// <para>Errors: a value that cannot be read, by the name of its parameter; a parameter that there is not only under
/// <c>Prefer: handling=strict</c>.</para>
/// <para>Source: http://hl7.org/fhir/R4/http.html#history.</para>
/// </remarks>
/// <param name="zone">Of dates and times without offset.</param>
public sealed class History(ResourceStore store, HoldExpiry holds, FhirLimits limits, ZoneRules zone) : IInteraction
{
    public Task<FhirResponse> InvokeAsync(FhirRequest request, CancellationToken cancel) =>
        RunAsync(request, null, null, cancel);

    /// <summary>As above, of some resources only.</summary>
    /// <param name="request">With the parameters of the history alone.</param>
    /// <param name="ids">Of the type; null: all.</param>
    /// <param name="links">Makes the texts of the self and next links of a cursor; null: they show the parameters.</param>
    /// <param name="cancel">Ends the wait.</param>
    internal async Task<FhirResponse> RunAsync(
        FhirRequest request, ImmutableArray<string>? ids,
        Func<string?, ValueTask<Outcome<(string Self, string? Next)>>>? links, CancellationToken cancel)
    {
        var query = Parse(request);
        if (query.Failed)
            return FhirResponse.Of(query.Problem, request.Caller.Language);
        await holds.SettleAsync(cancel);
        var visible = request.Caller.Identity.Reach(
            request.Target.Id is null ? ScopeInteractions.Search : ScopeInteractions.Read);
        if (request.Target.Id is { } id && await store.ReadAsync(request.Target.Type!, id, visible, cancel) is null)
            return FhirResponse.Of(RestIssues.NotFound(request.Target.Type!), request.Caller.Language);
        try
        {
            var page = await store.HistoryAsync(query.Value with { Ids = ids, Visibility = visible }, cancel);
            page = page with
            {
                Versions = await Masking.ApplyAsync(store, request.Caller.Identity, page.Versions, cancel),
            };
            if (links is null)
                return Page(request, page, request.Cursor, page.NextCursor, Applied(request));
            var made = await links(page.NextCursor);
            return made.Failed
                ? FhirResponse.Of(made.Problem, request.Caller.Language)
                : Page(request, page, made.Value.Self, made.Value.Next, []);
        }
        catch (InvalidCursorException)
        {
            return FhirResponse.Of(RestIssues.InvalidCursor(), request.Caller.Language);
        }
    }

    private Outcome<HistoryQuery> Parse(FhirRequest request)
    {
        var query = new HistoryQuery
        {
            Type = request.Target.Type,
            Id = request.Target.Id,
            Count = limits.DefaultCount,
            Cursor = request.Cursor,
        };
        foreach (var (name, value) in request.Parameters)
        {
            if (!IsKnown(name))
            {
                if (request.Prefer.IsStrict)
                    return RestIssues.UnknownParameter(name);
                continue;
            }
            if (Read(query, name, value) is not { } read)
                return RestIssues.InvalidParameter(name, Example(name));
            query = read;
        }
        return query;
    }

    internal static bool IsKnown(string name) => name is "_since" or "_at" or "_count" or "_sort";

    /// <summary>The query with one parameter more; null when its value cannot be read.</summary>
    private HistoryQuery? Read(HistoryQuery query, string name, string value) => name switch
    {
        "_since" => Span(value) is { } since ? query with { Since = since.Start } : null,
        "_at" => Span(value) is { } at ? query with { At = (at.Start, at.End) } : null,
        "_count" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? query with { Count = Math.Min(count, limits.MaxCount) }
            : null,
        _ => value is "_lastUpdated" or "-_lastUpdated"
            ? query with { IsOldestFirst = value[0] == '_' }
            : null,
    };

    private static string Example(string name) => name switch
    {
        "_count" => "20",
        "_sort" => "-_lastUpdated",
        _ => "2026-11-21T09:00:00+02:00",
    };

    /// <summary>
    /// The moments that a date or time covers as it is written; without offset it is one of the server's zone. A plus
    /// sign that a client did not encode arrives as a blank.
    /// </summary>
    private FhirInstant? Span(string text) =>
        FhirInstant.TryParse(text.Replace(' ', '+'), zone, out var span) ? span : null;

    private static FhirResponse Page(
        FhirRequest request, HistoryPage page, string? self, string? next,
        ImmutableArray<KeyValuePair<string, string>> applied)
    {
        var output = new PooledBuffer(16 * 1024);
        var bundle = new BundleWriter(output, request.BaseUrl);
        bundle.Start("history"u8, page.Total);
        PageLinks.Write(bundle, PageLinks.PathOf(request), applied, self, next);
        foreach (var version in page.Versions)
            bundle.Version(version);
        bundle.End();
        return FhirResponse.OfBuffer(StatusCodes.Status200OK, output);
    }

    private static ImmutableArray<KeyValuePair<string, string>> Applied(FhirRequest request) =>
        request.Parameters.RemoveAll(p => !IsKnown(p.Key));
}
