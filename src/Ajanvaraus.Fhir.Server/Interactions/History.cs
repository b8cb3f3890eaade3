using System.Globalization;

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Booking;
using Ajanvaraus.Fhir.Server.Middleware;

namespace Ajanvaraus.Fhir.Server.Interactions;

/// <summary>history of a resource, of a type or of the whole system, newest first, a page at a time.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/http.html#history.</remarks>
public sealed class History(ResourceStore store, HoldExpiry holds, FhirLimits limits) : IInteraction
{
    public async Task<FhirResponse> InvokeAsync(FhirRequest request, CancellationToken cancel)
    {
        var query = Parse(request);
        if (query.Failed)
            return FhirResponse.Of(query.Problem, request.Caller.Language);
        await holds.SettleAsync(cancel);
        if (request.Target.Id is { } id && await store.ReadAsync(request.Target.Type!, id, cancel) is null)
            return FhirResponse.Of(RestIssues.NotFound(request.Target.Type!), request.Caller.Language);
        try
        {
            return Page(request, await store.HistoryAsync(query.Value, cancel));
        }
        catch (InvalidCursorException)
        {
            return FhirResponse.Of(RestIssues.InvalidCursor(), request.Caller.Language);
        }
    }

    private Outcome<HistoryQuery> Parse(FhirRequest request)
    {
        long? since = null;
        var count = limits.DefaultCount;
        foreach (var (name, value) in request.Parameters)
            switch (name)
            {
                case "_since" when Instant(value) is { } moment:
                    since = moment;
                    break;
                case "_since":
                    return RestIssues.InvalidParameter(name, "2026-11-21T09:00:00+02:00");
                case "_count" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number):
                    count = Math.Min(number, limits.MaxCount);
                    break;
                case "_count":
                    return RestIssues.InvalidParameter(name, "20");
                default:
                    if (request.Prefer.IsStrict)
                        return RestIssues.UnknownParameter(name);
                    break;
            }
        return new HistoryQuery
        {
            Type = request.Target.Type,
            Id = request.Target.Id,
            Since = since,
            Count = count,
            Cursor = request.Cursor,
        };
    }

    private static FhirResponse Page(FhirRequest request, HistoryPage page)
    {
        var output = new PooledBuffer(16 * 1024);
        var bundle = new BundleWriter(output, request.BaseUrl);
        bundle.Start("history"u8, page.Total);
        PageLinks.Write(bundle, request, Applied(request), page.NextCursor);
        foreach (var version in page.Versions)
            bundle.Version(version);
        bundle.End();
        return FhirResponse.OfBuffer(StatusCodes.Status200OK, output);
    }

    private static ImmutableArray<KeyValuePair<string, string>> Applied(FhirRequest request) =>
        request.Parameters.RemoveAll(p => p.Key is not ("_since" or "_count"));

    /// <summary>Microseconds since 1970 UTC; a date alone begins at midnight UTC. Null when it cannot be read.</summary>
    private static long? Instant(string text) =>
        text.Length >= 4 && char.IsAsciiDigit(text[0]) && DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? (moment - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond
            : null;
}
