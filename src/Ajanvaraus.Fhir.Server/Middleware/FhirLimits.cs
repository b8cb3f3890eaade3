using Ajanvaraus.Fhir.Server.Interactions;

namespace Ajanvaraus.Fhir.Server.Middleware;

/// <summary>What one request may ask of the server.</summary>
/// <param name="MaxResourceBytes">Of a body with one resource or a form, after decompression.</param>
/// <param name="MaxTerminologyBytes">Of a body for a CodeSystem, ValueSet or ConceptMap, which may list tens of
/// thousands of codes.</param>
/// <param name="MaxBundleBytes">Of a batch or transaction.</param>
/// <param name="MaxBundleEntries">Entries of a batch or transaction.</param>
/// <param name="DefaultCount">Versions on a page of a history unless <c>_count</c> says otherwise.</param>
/// <param name="MaxCount">More is cut to this.</param>
public sealed record FhirLimits(
    int MaxResourceBytes = 2 * 1024 * 1024,
    int MaxTerminologyBytes = 16 * 1024 * 1024,
    int MaxBundleBytes = 50 * 1024 * 1024,
    int MaxBundleEntries = 10_000,
    int DefaultCount = 50,
    int MaxCount = 1000)
{
    public static readonly FhirLimits Default = new();

    /// <summary>The largest body that a request to this target may have.</summary>
    internal int BytesFor(FhirTarget target) => target switch
    {
        { Kind: TargetKind.System } or { Kind: TargetKind.Operation, Operation: "process" or "import" } => MaxBundleBytes,
        { Type: "CodeSystem" or "ValueSet" or "ConceptMap" } => Math.Max(MaxResourceBytes, MaxTerminologyBytes),
        _ => MaxResourceBytes,
    };
}
