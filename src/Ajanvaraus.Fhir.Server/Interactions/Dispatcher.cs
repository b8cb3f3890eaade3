using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Server.Audit;
using Ajanvaraus.Fhir.Server.Operations;
using Ajanvaraus.Fhir.Server.Security;
using Ajanvaraus.Fhir.Server.Security.Representation;

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

    /// <summary>Begins to do in the background what a caller does not want to wait for; null: callers always wait.</summary>
    public Func<FhirRequest, CancellationToken, Task<FhirResponse>>? Background { get; set; }

    /// <summary>Registers an interaction while the server is put together.</summary>
    public void Add(TargetKind kind, string method, IInteraction interaction) =>
        _interactions.Add((kind, method), interaction);

    /// <summary>Writes down who asks for what; null: nobody does.</summary>
    internal AccessAudit? Audit { get; set; }

    public Task<FhirResponse> InvokeAsync(FhirRequest request, CancellationToken cancel) =>
        Audit is { } audit && audit.Concerns(request)
            ? audit.InvokeAsync(request, RunAsync, cancel)
            : RunAsync(request, cancel);

    private Task<FhirResponse> RunAsync(FhirRequest request, CancellationToken cancel)
    {
        if (RequestTexts.Check(request) is { } faulty)
            return Task.FromResult(FhirResponse.Of(faulty, request.Caller.Language));
        return request.Target.Kind != TargetKind.Metadata && Security.Representation.Representatives.AreAsked(request.Caller.Identity)
            ? InvokeForAnotherAsync(request, cancel)
            : InvokeKnownAsync(request, cancel);
    }

    /// <summary>Those who may act for another; null: nobody may.</summary>
    public Representatives? Representatives { get; set; }

    private async Task<FhirResponse> InvokeForAnotherAsync(FhirRequest request, CancellationToken cancel)
    {
        var identity = Representatives is { } representatives
            ? await representatives.CheckAsync(request.Caller.Identity, Changes(request), cancel)
            : TokenProblems.NotGranted;
        return identity.Failed
            ? TokenProblems.Answer(identity.Problem, request.Caller.Language)
            : await InvokeKnownAsync(request with { Caller = request.Caller with { Identity = identity.Value } }, cancel);
    }

    private Task<FhirResponse> InvokeKnownAsync(FhirRequest request, CancellationToken cancel)
    {
        if (Refusal(request) is { } refused)
            return Task.FromResult(TokenProblems.Answer(refused, request.Caller.Language));
        if (request.Prefer.IsAsync && Background is { } background && CanGoOnAlone(request))
            return background(request, cancel);
        if (request.Target.Kind == TargetKind.Operation)
            return _operations.InvokeAsync(request, cancel);
        return Find(request) is { } interaction
            ? interaction.InvokeAsync(request, cancel)
            : Task.FromResult(NotAllowed(Allowed(request.Target), request));
    }

    /// <summary>Counts what callers ask for; null: nobody counts.</summary>
    public RequestRates? Rates { get; set; }

    /// <summary>Why the caller's rates or scopes do not allow it; null when they do. What scopes refuse counts as asked.</summary>
    public Problem? Refusal(FhirRequest request) => Rates?.OfInteraction(request) ?? ScopeRules.Check(request, _operations);

    /// <summary>Whether there is anything to do that does not begin work of its own.</summary>
    private bool CanGoOnAlone(FhirRequest request) => request.Target.Kind switch
    {
        TargetKind.Metadata or TargetKind.Job or TargetKind.JobFile => false,
        TargetKind.Operation => _operations.Find(request.Target) is { Registration.BeginsWork: false },
        _ => Find(request) is not null,
    };

    /// <summary>Name of the operation that a URL names; null when there is none of that name there.</summary>
    public string? OperationOf(FhirTarget target) =>
        target.Kind == TargetKind.Operation ? _operations.Find(target)?.Registration.Name : null;

    private bool Changes(FhirRequest request) =>
        !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !OnlyReads(request);

    /// <summary>True for what a POST asks without changing anything: an operation of that kind, or a search by form.</summary>
    public bool OnlyReads(FhirRequest request) => request.Target.Kind switch
    {
        TargetKind.Operation => _operations.Find(request.Target) is { Registration: { AffectsState: false, BeginsWork: false } },
        TargetKind.TypeSearchForm or TargetKind.SystemSearchForm or TargetKind.CompartmentSearchForm or TargetKind.TypeHistory =>
            request.Method == HttpMethods.Post,
        _ => false,
    };

    /// <summary>The interaction of a method on a target; null when there is none, and for operations.</summary>
    public IInteraction? Find(FhirRequest request) =>
        request.Target.Type == AuditEvents.Type && !AuditEvents.IsServed(request.Target.Kind, request.Method)
            ? null
            : _interactions.GetValueOrDefault((request.Target.Kind, request.Method));

    /// <summary>405 with the <c>Allow</c> header that RFC 9110 asks for.</summary>
    public static FhirResponse NotAllowed(string allowed, FhirRequest request) =>
        FhirResponse.Of(RestIssues.MethodNotAllowed(allowed), request.Caller.Language).With("Allow", allowed);

    private string Allowed(FhirTarget target)
    {
        var methods = _interactions.Keys
            .Where(k => k.Kind == target.Kind && (target.Type != AuditEvents.Type || AuditEvents.IsServed(k.Kind, k.Method)))
            .Select(k => k.Method).ToList();
        if (methods.Contains(HttpMethods.Get))
            methods.Add(HttpMethods.Head);
        methods.Sort(StringComparer.Ordinal);
        return string.Join(", ", methods);
    }
}
