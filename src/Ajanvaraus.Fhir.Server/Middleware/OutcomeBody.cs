using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Json;

namespace Ajanvaraus.Fhir.Server.Middleware;

/// <summary>Writes issues as the JSON of an OperationOutcome.</summary>
public static class OutcomeBody
{
    /// <param name="language"><c>fi</c>, <c>sv</c> or <c>en</c>.</param>
    public static void Write(PooledBuffer output, ImmutableArray<Issue> issues, string language) =>
        FhirJson.Write(output, OperationOutcomes.From(issues, language));
}
