using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Server.Interactions;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary>The operations that this server offers, found by name, level and type.</summary>
public sealed class OperationTable(IEnumerable<IOperation> operations)
{
    private readonly ImmutableArray<IOperation> _operations = [.. operations];

    public ImmutableArray<IOperation> Items => _operations;

    /// <summary>Runs the operation that the URL names.</summary>
    /// <remarks>Errors: no such operation here (404); GET on one that may change data (405); an unreadable body.</remarks>
    public async Task<FhirResponse> InvokeAsync(FhirRequest request, CancellationToken cancel)
    {
        var operation = Find(request.Target);
        if (operation is null)
            return FhirResponse.Of(RestIssues.UnknownOperation(), request.Caller.Language);
        var isGet = request.Method == HttpMethods.Get;
        if (!(isGet && !operation.Registration.AffectsState) && request.Method != HttpMethods.Post)
            return Dispatcher.NotAllowed(operation.Registration.AffectsState ? "POST" : "GET, HEAD, POST", request);

        var context = Read(request, operation.Registration);
        return context.Failed
            ? FhirResponse.Of(context.Problem, request.Caller.Language)
            : await operation.InvokeAsync(context.Value, cancel);
    }

    /// <summary>The operation of a URL; null when there is none of that name there.</summary>
    public IOperation? Find(FhirTarget target)
    {
        var level = target switch
        {
            { VersionId: not null } => OperationLevels.Version,
            { Id: not null } => OperationLevels.Instance,
            { Type: not null } => OperationLevels.Type,
            _ => OperationLevels.System,
        };
        foreach (var operation in _operations)
            if (operation.Registration.Name == target.Operation && operation.Registration.AppliesTo(level, target.Type))
                return operation;
        return null;
    }

    private static Outcome<OperationContext> Read(FhirRequest request, OperationRegistration operation)
    {
        if (operation.ReadsBody || (request.IsLines && operation.TakesLines))
            return new OperationContext(request, OperationParameters.Read(request.Parameters, null));
        if (request.IsLines)
            return RestIssues.UnsupportedMediaType();
        return operation.TakesFaultyResources ? ReadFaulty(request) : Read(request);
    }

    private static Outcome<OperationContext> Read(FhirRequest request)
    {
        if (HasNoBody(request))
            return new OperationContext(request, OperationParameters.Read(request.Parameters, null));
        var body = request.ReadResource();
        if (body.Failed)
            return body.Problem;
        var parameters = OperationParameters.Read(request.Parameters, body.Value);
        if (parameters.Items.FirstOrDefault(p => p.Name.Length == 0) is { } nameless)
            return ParameterProblems.Nameless(nameless.Expression);
        return RequestTexts.Check(parameters) is { } faulty ? faulty : new OperationContext(request, parameters);
    }

    private static Outcome<OperationContext> ReadFaulty(FhirRequest request)
    {
        if (HasNoBody(request))
            return new OperationContext(request, OperationParameters.Read(request.Parameters, null));
        var body = request.ReadFaultyResource();
        return body.Failed
            ? body.Problem
            : new OperationContext(request, OperationParameters.Read(request.Parameters, body.Value!.Resource))
            {
                Faults = body.Value.Issues,
            };
    }

    private static bool HasNoBody(FhirRequest request) => request.Resource is null && request.Body.IsEmpty;
}
