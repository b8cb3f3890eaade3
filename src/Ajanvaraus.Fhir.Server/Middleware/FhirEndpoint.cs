using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Server.Interactions;
using Ajanvaraus.Fhir.Server.Metrics;
using Ajanvaraus.Fhir.Server.Security;

using Microsoft.AspNetCore.Http.Features;

namespace Ajanvaraus.Fhir.Server.Middleware;

/// <summary>Where HTTP ends: a request below the base becomes a <see cref="FhirRequest"/>, its answer is sent.</summary>
public sealed partial class FhirEndpoint(
    Dispatcher dispatcher, Authentication authentication, FhirLimits limits, ImmutableArray<string> ownBaseUrls,
    Admission admission, RequestMetrics metrics, ILogger<FhirEndpoint> log)
{
    public const string BasePath = "/fhir";

    public async Task InvokeAsync(HttpContext context)
    {
        var begun = metrics.Begin();
        // What throws is answered further out, as a fault or as a database that is away.
        var (interaction, operation, status, issue) = ("", "", StatusCodes.Status500InternalServerError, (string?)null);
        try
        {
            var target = dispatcher.Targets.Parse(context.Request.Path.Value.AsSpan(BasePath.Length));
            if (!target.Failed)
                (interaction, operation) = (InteractionName.Of(target.Value.Kind, Method(context.Request.Method)), dispatcher.OperationOf(target.Value) ?? "");
            (status, issue) = await AnswerAsync(context, target);
        }
        finally
        {
            metrics.End(begun, interaction, operation, status, issue);
        }
    }

    /// <returns>The status, and the id of the issue that was told first; null: none.</returns>
    private async Task<(int Status, string? Issue)> AnswerAsync(HttpContext context, Outcome<FhirTarget> target)
    {
        var query = RequestQuery.Parse(context.Request.QueryString.Value);
        var baseUrl = $"{context.Request.Scheme}://{context.Request.Host.Value}{context.Request.PathBase}{BasePath}";
        var (response, presentation) = await AnswerAsync(context, target, query, baseUrl);
        using (response)
            await ResponseSender.SendAsync(context, response, presentation, baseUrl);
        return (response.Status, response.Problem is { Issues: [{ Id: var id }, ..] } ? id : null);
    }

    private async Task<(FhirResponse Response, Presentation Presentation)> AnswerAsync(
        HttpContext context, Outcome<FhirTarget> target, RequestQuery query, string baseUrl)
    {
        var language = AcceptLanguage.Choose(context.Request.Headers.AcceptLanguage);
        var chosen = ContentNegotiation.Choose(context.Request, query.Format);
        // A file of lines is what it is; only what is wrong with the request is told in a format.
        if (chosen is null && target is not { Failed: false, Value.Kind: TargetKind.JobFile })
            return NotAcceptable(language, query);
        var presentation = new Presentation(chosen ?? FhirFormat.Json, query.IsPretty);
        if (AddressIdentities.HoldAny(context.Request))
            return (FhirResponse.Of(RestIssues.IdentityInAddress(), language), presentation);
        var identity = IsPublic(target)
            ? Identity.Nobody
            : await authentication.IdentifyAsync(context.Request.Headers.Authorization, context.RequestAborted);
        if (identity.Failed)
            return (TokenProblems.Answer(TooManyFailures(context, identity.Problem) ?? identity.Problem, language), presentation);
        if (dispatcher.Rates?.OfRequest(identity.Value) is { } tooMany)
            return (FhirResponse.Of(tooMany, language), presentation);
        if (target.Failed)
            return (FhirResponse.Of(target.Problem, language), presentation);

        var request = new FhirRequest
        {
            Method = Method(context.Request.Method),
            Target = target.Value,
            Parameters = query.Parameters,
            Cursor = query.Cursor,
            Conditions = Conditions(context.Request.Headers),
            Prefer = Preferences.Parse(context.Request.Headers["Prefer"]),
            BaseUrl = baseUrl,
            OtherBaseUrls = ownBaseUrls,
            Caller = new Caller(identity.Value, language)
            {
                Origin = new RequestOrigin(context.TraceIdentifier, context.Connection.RemoteIpAddress?.ToString()),
            },
        };
        FhirResponse response;
        if (!HasBody(context))
            response = await DispatchAsync(request, context);
        else if (request.Target.Kind is TargetKind.SystemSearchForm or TargetKind.TypeSearchForm
            or TargetKind.CompartmentSearchForm or TargetKind.TypeHistory)
            (response, presentation) = await WithFormAsync(request, context, query, presentation);
        else
            response = await WithResourceAsync(request, context);
        Log(context, request, response);
        return (response, presentation);
    }

    /// <summary>By the address that the connection comes from, or for which a known proxy speaks.</summary>
    private Problem? TooManyFailures(HttpContext context, Problem problem) => problem.Kind == ProblemKind.Unauthenticated
        ? dispatcher.Rates?.OfFailure($"{context.Connection.RemoteIpAddress}")
        : null;

    /// <summary>What a client must read before it can ask for a token.</summary>
    private static bool IsPublic(Outcome<FhirTarget> target) =>
        target is { Failed: false, Value: { Kind: TargetKind.Metadata } or { Kind: TargetKind.Operation, Operation: "versions", Type: null } };

    private async Task<FhirResponse> WithResourceAsync(FhirRequest request, HttpContext context)
    {
        var isPatch = request.Method == HttpMethods.Patch;
        var isJsonPatch = isPatch && ContentNegotiation.IsJsonPatch(context.Request.ContentType);
        var isLines = request.Target.Kind == TargetKind.Operation && ContentNegotiation.IsLines(context.Request.ContentType);
        Outcome<FhirFormat> format = isJsonPatch || isLines
            ? FhirFormat.Json
            : ContentNegotiation.BodyFormat(context.Request.ContentType);
        if (format.Failed)
            return Refused(format.Problem, request, isPatch);
        var body = await RequestBody.ReadAsync(
            context.Request, limits.BytesFor(request.Target), context.RequestAborted);
        if (body.Failed)
            return FhirResponse.Of(body.Problem, request.Caller.Language);
        using var buffer = body.Value;
        return await DispatchAsync(
            request with
            {
                Body = RequestBody.Content(buffer),
                BodyFormat = format.Value,
                IsJsonPatch = isJsonPatch,
                IsLines = isLines,
            }, context);
    }

    /// <summary>A body of another media type; with PATCH the caller is told which it may have: RFC 5789, 2.2.</summary>
    private static FhirResponse Refused(Problem problem, FhirRequest request, bool isPatch)
    {
        var response = FhirResponse.Of(problem, request.Caller.Language);
        return isPatch ? response.With("Accept-Patch", ContentNegotiation.PatchTypes) : response;
    }

    /// <summary>A search by POST, whose form may also say how to answer.</summary>
    private async Task<(FhirResponse Response, Presentation Presentation)> WithFormAsync(
        FhirRequest request, HttpContext context, RequestQuery query, Presentation presentation)
    {
        if (!ContentNegotiation.IsForm(context.Request.ContentType))
            return (FhirResponse.Of(RestIssues.FormExpected(), request.Caller.Language), presentation);
        var body = await RequestBody.ReadAsync(context.Request, limits.MaxResourceBytes, context.RequestAborted);
        if (body.Failed)
            return (FhirResponse.Of(body.Problem, request.Caller.Language), presentation);
        using var buffer = body.Value;
        var all = query.And(buffer.WrittenSpan);
        if (ContentNegotiation.Choose(context.Request, all.Format) is not { } format)
            return NotAcceptable(request.Caller.Language, all);
        request = request with { Parameters = all.Parameters, Cursor = all.Cursor };
        return (await DispatchAsync(request, context), new Presentation(format, all.IsPretty));
    }

    private async Task<FhirResponse> DispatchAsync(FhirRequest request, HttpContext context)
    {
        var isSearch = Admission.IsSearch(request, dispatcher);
        if (admission.Enter(isSearch) is { } overloaded)
            return FhirResponse.Of(overloaded, request.Caller.Language);
        try
        {
            return await (IdempotencyHeader.IsGiven(context)
                ? DispatchKeyedAsync(request, context)
                : dispatcher.InvokeAsync(request, context.RequestAborted));
        }
        finally
        {
            admission.Leave(isSearch);
        }
    }

    private async Task<FhirResponse> DispatchKeyedAsync(FhirRequest request, HttpContext context)
    {
        var keyed = IdempotencyHeader.Read(context, request, request.Body.Span);
        if (keyed.Failed)
            return FhirResponse.Of(keyed.Problem, request.Caller.Language);
        var response = await dispatcher.InvokeAsync(keyed.Value, context.RequestAborted);
        return keyed.Value.Caller.Key is { IsReplayed: true } && response.Problem is null
            ? response.With(IdempotencyHeader.Replayed, "true")
            : response;
    }

    /// <summary>Said in JSON: no format that the caller wants is spoken here.</summary>
    private static (FhirResponse Response, Presentation Presentation) NotAcceptable(string language, RequestQuery query) =>
        (FhirResponse.Of(RestIssues.NotAcceptable(), language), new Presentation(FhirFormat.Json, query.IsPretty));

    // A body with GET or HEAD means nothing (RFC 9110, 9.3.1) and is left unread.
    private static bool HasBody(HttpContext context) =>
        !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method)
        && context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true;

    private static string Method(string method) => HttpMethods.IsHead(method) ? HttpMethods.Get : method;

    private static RequestConditions Conditions(IHeaderDictionary headers)
    {
        string? ifMatch = headers.IfMatch, ifNoneMatch = headers.IfNoneMatch;
        string? ifModifiedSince = headers.IfModifiedSince, ifNoneExist = headers["If-None-Exist"];
        return ifMatch is null && ifNoneMatch is null && ifModifiedSince is null && ifNoneExist is null
            ? RequestConditions.None
            : new RequestConditions(ifMatch, ifNoneMatch, ifModifiedSince, ifNoneExist);
    }

    private void Log(HttpContext context, FhirRequest request, FhirResponse response)
    {
        if (response.Problem is { } problem)
            LogRefusal(
                log, context.TraceIdentifier, request.Method, request.Target.Type, response.Status,
                problem.Issues.IsEmpty ? "" : problem.Issues[0].Id);
        else if (request.Method != HttpMethods.Get && request.Target.Kind is TargetKind.Type or TargetKind.Instance)
            LogWrite(
                log, context.TraceIdentifier, request.Method, request.Target.Type, response.Status, response.Location);
    }

    [LoggerMessage(10, LogLevel.Information, "Refused {RequestId}: {Method} {Type} {Status} {IssueId}")]
    private static partial void LogRefusal(
        ILogger log, string requestId, string method, string? type, int status, string issueId);

    [LoggerMessage(11, LogLevel.Information, "Wrote {RequestId}: {Method} {Type} {Status} {Location}")]
    private static partial void LogWrite(
        ILogger log, string requestId, string method, string? type, int status, string? location);
}
