using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Server.Interactions;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary><c>$process</c>: a batch or transaction, as by POST to the base, for clients that call everything by its name.</summary>
/// <param name="bundles">What a POST to the base does.</param>
internal sealed class ProcessBundle(Func<IInteraction> bundles) : IOperation
{
    public OperationRegistration Registration { get; } = new(
        "process", OperationLevels.System | OperationLevels.Type, ["Bundle"],
        Canonicals.Base + "/OperationDefinition/Bundle-process")
    {
        AffectsState = true,
        ReadsBody = true,
    };

    public Task<FhirResponse> InvokeAsync(OperationContext context, CancellationToken cancel) =>
        context.Request.Resource is null
            ? bundles().InvokeAsync(context.Request, cancel)
            : Task.FromResult(context.Problem(RestIssues.NestedBundle("Bundle")));
}
