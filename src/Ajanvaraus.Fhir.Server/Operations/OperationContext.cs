using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Server.Interactions;
using Ajanvaraus.Fhir.Server.Security;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary>One call of an operation: where it was called, with what, by whom; and the ways to answer.</summary>
public sealed class OperationContext(FhirRequest request, OperationParameters parameters)
{
    /// <summary>Everything else of the request: <c>Prefer</c>, conditions, base address.</summary>
    public FhirRequest Request { get; } = request;

    public OperationParameters Parameters { get; } = parameters;

    /// <summary>What the reader found wrong with the body; for operations that take faulty resources, else empty.</summary>
    public ImmutableArray<Issue> Faults { get; init; } = [];

    /// <summary>Resource type of the URL; null at system level.</summary>
    public string? Type => Request.Target.Type;

    /// <summary>Logical id of the URL; null at system and type level.</summary>
    public string? Id => Request.Target.Id;

    /// <summary>Of the URL, as written; null but for operations on one version.</summary>
    public string? VersionId => Request.Target.VersionId;

    public Caller Caller => Request.Caller;

    public FhirResponse Resource(int status, ElementNode resource) => FhirResponse.OfResource(status, resource);

    public FhirResponse Problem(Problem problem) => FhirResponse.Of(problem, Caller.Language);
}
