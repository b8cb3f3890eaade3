using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Server.Writing;

namespace Ajanvaraus.Fhir.Server.Interactions;

/// <summary>A write that has been read and checked, not yet done.</summary>
/// <param name="Warnings">What validation had to say that does not stand in the way.</param>
public sealed record PlannedWrite(WriteIntent Intent, ImmutableArray<Issue> Warnings);

/// <summary>What create, update and delete share: plan, hand to the one write pipeline, answer.</summary>
public abstract class WriteInteraction(WritePipeline pipeline) : IInteraction
{
    /// <summary>Reads and checks a request without touching the database.</summary>
    public abstract Outcome<PlannedWrite> Plan(FhirRequest request);

    public async Task<FhirResponse> InvokeAsync(FhirRequest request, CancellationToken cancel)
    {
        await pipeline.PrepareAsync(
            request.Parameters.Select(p => p.Key).Append(request.Conditions.IfNoneExist), cancel);
        var plan = Plan(request);
        if (plan.Failed)
            return FhirResponse.Of(plan.Problem, request.Caller.Language);
        var written = await pipeline.WriteAsync([plan.Value.Intent], request.Caller, cancel);
        if (written.Failed)
            return FhirResponse.Of(written.Problem, request.Caller.Language);
        var warnings = plan.Value.Warnings;
        if (request.Prefer.Return == ReturnPreference.OperationOutcome)
            warnings = warnings.AddRange(await pipeline.AdviseAsync(plan.Value.Intent.Resource, cancel));
        return WriteResponses.Of(request, written.Value[0], warnings, ReturnPreference.Representation);
    }
}
