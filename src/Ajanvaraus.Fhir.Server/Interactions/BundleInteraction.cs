using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Server.Middleware;

namespace Ajanvaraus.Fhir.Server.Interactions;

/// <summary>A Bundle posted to the base: reads it, then hands it to <see cref="Batch"/> or <see cref="Transaction"/>.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/http.html#transaction.</remarks>
public sealed class BundleInteraction(Batch batch, Transaction transaction, FhirLimits limits) : IInteraction
{
    private const string EntryPath = "Bundle.entry[";

    public Task<FhirResponse> InvokeAsync(FhirRequest request, CancellationToken cancel)
    {
        if (request.Body.IsEmpty)
            return Refuse(RestIssues.BodyMissing(), request);
        var parsed = request.ParseBody();
        if (parsed.Resource is not { } bundle || bundle.Type.Name != "Bundle")
            return Refuse(
                parsed.HasErrors
                    ? new Problem(ProblemKind.Invalid, parsed.Issues)
                    : RestIssues.WrongType("Bundle", parsed.Resource!.Type.Name), request);
        var isBatch = bundle.Text("type") == "batch";
        if (parsed.HasErrors && !(isBatch && AllLieInEntries(parsed.Issues)))
            return Refuse(new Problem(ProblemKind.Invalid, parsed.Issues), request);
        if (!isBatch && bundle.Text("type") != "transaction")
            return Refuse(RestIssues.BundleTypeExpected(), request);
        ImmutableArray<ElementNode> entries = [.. bundle.All("entry")];
        if (entries.Length > limits.MaxBundleEntries)
            return Refuse(RestIssues.TooManyEntries(limits.MaxBundleEntries), request);
        return isBatch
            ? batch.RunAsync(request, entries, parsed.Issues, cancel)
            : transaction.RunAsync(request, entries, cancel);
    }

    // Entries of a batch stand alone: one that cannot be read does not harm the others.
    private static bool AllLieInEntries(ImmutableArray<Issue> issues)
    {
        foreach (var issue in issues)
            if (issue.Severity == IssueSeverity.Fatal
                || issue.Expression?.StartsWith(EntryPath, StringComparison.Ordinal) != true)
                return false;
        return true;
    }

    private static Task<FhirResponse> Refuse(Problem problem, FhirRequest request) =>
        Task.FromResult(FhirResponse.Of(problem, request.Caller.Language));
}
