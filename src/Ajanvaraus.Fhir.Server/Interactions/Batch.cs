using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Server.Middleware;

namespace Ajanvaraus.Fhir.Server.Interactions;

/// <summary>batch: each entry on its own, as if sent alone.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/http.html#brules.</remarks>
public sealed class Batch(BundleEntries reader, Dispatcher dispatcher)
{
    /// <param name="issues">What the reader of the Bundle found, each inside one entry.</param>
    public async Task<FhirResponse> RunAsync(
        FhirRequest request, ImmutableArray<ElementNode> entries, ImmutableArray<Issue> issues,
        CancellationToken cancel)
    {
        var output = new PooledBuffer(16 * 1024);
        var bundle = new BundleWriter(output, request.BaseUrl);
        bundle.Start("batch-response"u8);
        for (var index = 0; index < entries.Length; index++)
        {
            using var response = await RunOneAsync(request, entries[index], index, issues, cancel);
            bundle.Response(response);
        }
        bundle.End();
        return FhirResponse.OfBuffer(StatusCodes.Status200OK, output);
    }

    private async Task<FhirResponse> RunOneAsync(
        FhirRequest bundle, ElementNode entry, int index, ImmutableArray<Issue> issues, CancellationToken cancel)
    {
        var language = bundle.Caller.Language;
        var own = issues.RemoveAll(i => !IsIn(i, index));
        if (own.Any(i => i.Severity is IssueSeverity.Error or IssueSeverity.Fatal))
            return FhirResponse.Of(new Problem(ProblemKind.Invalid, own), language);
        var request = reader.Read(entry, index, bundle);
        if (request.Failed)
            return FhirResponse.Of(request.Problem, language);

        var response = await dispatcher.InvokeAsync(AsEntry(request.Value, index), cancel);
        if (response.Problem is not { } problem)
            return response;
        using (response)
            return FhirResponse.Of(EntryProblems.Locate(problem, index), language) with { Version = response.Version };
    }

    // The caller has the resources that it sent: an answer repeats them only when asked. Each entry has a key of its
    // own: one that was refused is tried again while the others are answered as before.
    private static FhirRequest AsEntry(FhirRequest request, int index) => request with
    {
        Prefer = request.Prefer.Return == ReturnPreference.Default
            ? request.Prefer with { Return = ReturnPreference.Minimal }
            : request.Prefer,
        Caller = request.Caller with { Key = request.Caller.Key?.OfEntry(index) },
    };

    private static bool IsIn(Issue issue, int index) =>
        issue.Expression?.StartsWith($"Bundle.entry[{index}]", StringComparison.Ordinal) == true;
}
