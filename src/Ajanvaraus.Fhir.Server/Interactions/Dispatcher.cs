using Ajanvaraus.Fhir.Server.Operations;

namespace Ajanvaraus.Fhir.Server.Interactions;

/// <summary>One FHIR interaction.</summary>
/// <remarks>One instance serves all requests. Errors are responses with a problem; exceptions are bugs.</remarks>
public interface IInteraction
{
    Task<FhirResponse> InvokeAsync(FhirRequest request, CancellationToken cancel);
}

/// <summary>Finds and runs the interaction of a request.</summary>
public sealed class Dispatcher
{
    private readonly Dictionary<(TargetKind Kind, string Method), IInteraction> _interactions = [];
    private readonly OperationTable _operations;

    public Dispatcher(TargetParser targets, OperationTable operations)
    {
        Targets = targets;
        _operations = operations;
    }

    public TargetParser Targets { get; }

    /// <summary>Registers an interaction while the server is put together.</summary>
    public void Add(TargetKind kind, string method, IInteraction interaction) =>
        _interactions.Add((kind, method), interaction);

    public Task<FhirResponse> InvokeAsync(FhirRequest request, CancellationToken cancel)
    {
        if (RequestTexts.Check(request) is { } faulty)
            return Task.FromResult(FhirResponse.Of(faulty, request.Caller.Language));
        if (request.Target.Kind == TargetKind.Operation)
            return _operations.InvokeAsync(request, cancel);
        return Find(request) is { } interaction
            ? interaction.InvokeAsync(request, cancel)
            : Task.FromResult(NotAllowed(Allowed(request.Target.Kind), request));
    }

    /// <summary>The interaction of a method on a target; null when there is none, and for operations.</summary>
    public IInteraction? Find(FhirRequest request) =>
        _interactions.GetValueOrDefault((request.Target.Kind, request.Method));

    /// <summary>405 with the <c>Allow</c> header that RFC 9110 asks for.</summary>
    public static FhirResponse NotAllowed(string allowed, FhirRequest request) =>
        FhirResponse.Of(RestIssues.MethodNotAllowed(allowed), request.Caller.Language).With("Allow", allowed);

    private string Allowed(TargetKind kind)
    {
        var methods = _interactions.Keys.Where(k => k.Kind == kind).Select(k => k.Method).ToList();
        if (methods.Contains(HttpMethods.Get))
            methods.Add(HttpMethods.Head);
        methods.Sort(StringComparer.Ordinal);
        return string.Join(", ", methods);
    }
}
