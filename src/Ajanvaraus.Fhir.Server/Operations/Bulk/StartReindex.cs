using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Server.Interactions;
using Ajanvaraus.Fhir.Server.Jobs;

namespace Ajanvaraus.Fhir.Server.Operations.Bulk;

/// <summary><c>$reindex</c>: makes the search indexes anew, by the SearchParameters that are stored now.</summary>
internal sealed class StartReindex(JobBoard board) : IOperation
{
    public OperationRegistration Registration { get; } = new(
        "reindex", OperationLevels.System, [], Canonicals.Base + "/OperationDefinition/reindex")
    {
        AffectsState = true,
        BeginsWork = true,
    };

    public Task<FhirResponse> InvokeAsync(OperationContext context, CancellationToken cancel) => board.StartAsync(
        ReindexWork.Name, context.Request, JobRequest.Of(context.Request, new JsonObject()), cancel);
}
