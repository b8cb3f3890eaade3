using Ajanvaraus.Fhir.Server.Interactions;
using Ajanvaraus.Fhir.Server.Writing;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary>Gives an operation of several transactions one answer for each Idempotency-Key.</summary>
/// <remarks>
/// The key is stored before the work and its answer after it, whole. Meanwhile the same request is told to come back
/// (409 with Retry-After). When the process dies in between, the request may be done again ten minutes later: so the
/// operation must be one that can be repeated.
/// </remarks>
internal sealed class AnsweredOnce(IOperation operation, RequestKeys keys) : IOperation
{
    public OperationRegistration Registration => operation.Registration;

    public async Task<FhirResponse> InvokeAsync(OperationContext context, CancellationToken cancel)
    {
        if (context.Caller.Key is not { } key)
            return await operation.InvokeAsync(context, cancel);
        var begun = await keys.BeginAsync(key, cancel);
        if (begun.Failed)
            return context.Problem(begun.Problem);
        return begun.Value is { IsUnderWay: false } known
            ? FhirResponse.OfBytes(known.Status, known.Body)
            : await RunAsync(context, key, cancel);
    }

    private async Task<FhirResponse> RunAsync(OperationContext context, RequestKey key, CancellationToken cancel)
    {
        var isDone = false;
        try
        {
            var response = await operation.InvokeAsync(WithoutKey(context), cancel);
            if (response.Problem is null)
            {
                await keys.AnswerAsync(key, response.Status, response.Body.ToArray(), CancellationToken.None);
                isDone = true;
            }
            return response;
        }
        finally
        {
            if (!isDone)
                await keys.ForgetAsync(key, CancellationToken.None);
        }
    }

    /// <summary>Its transactions are no requests of their own.</summary>
    private static OperationContext WithoutKey(OperationContext context) => new(
        context.Request with { Caller = context.Caller with { Key = null } }, context.Parameters);
}
