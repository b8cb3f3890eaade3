using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Server.Interactions;
using Ajanvaraus.Fhir.Server.Writing;

using Microsoft.AspNetCore.Http.Features;

namespace Ajanvaraus.Fhir.Server.Middleware;

/// <summary>Where HTTP ends: a request below the base becomes a <see cref="FhirRequest"/>, its answer is sent.</summary>
public sealed partial class FhirEndpoint(
    Dispatcher dispatcher, FhirLimits limits, ImmutableArray<string> ownBaseUrls, ILogger<FhirEndpoint> log)
{
    public const string BasePath = "/fhir";

    public async Task InvokeAsync(HttpContext context)
    {
        var query = RequestQuery.Parse(context.Request.QueryString.Value);
        var baseUrl = $"{context.Request.Scheme}://{context.Request.Host.Value}{context.Request.PathBase}{BasePath}";
        using var response = await AnswerAsync(context, query, baseUrl);
        await ResponseSender.SendAsync(context, response, query.IsPretty, baseUrl);
    }

    private async Task<FhirResponse> AnswerAsync(HttpContext context, RequestQuery query, string baseUrl)
    {
        var language = AcceptLanguage.Choose(context.Request.Headers.AcceptLanguage);
        if (ContentNegotiation.CheckAccept(context.Request.Headers.Accept, query.Format) is { } refusal)
            return FhirResponse.Of(refusal, language);
        var target = dispatcher.Targets.Parse(context.Request.Path.Value.AsSpan(BasePath.Length));
        if (target.Failed)
            return FhirResponse.Of(target.Problem, language);

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
            Caller = new Caller("", language),
        };
        var response = HasBody(context)
            ? await WithBodyAsync(request, context, query)
            : await DispatchAsync(request, context);
        Log(context, request, response);
        return response;
    }

    private async Task<FhirResponse> WithBodyAsync(FhirRequest request, HttpContext context, RequestQuery query)
    {
        var isForm = ContentNegotiation.IsForm(context.Request.ContentType);
        if (CheckContentType(request, context.Request.ContentType, isForm) is { } refusal)
            return FhirResponse.Of(refusal, request.Caller.Language);
        var limit = request.Target.Kind == TargetKind.System ? limits.MaxBundleBytes : limits.MaxResourceBytes;
        var body = await RequestBody.ReadAsync(context.Request, limit, context.RequestAborted);
        if (body.Failed)
            return FhirResponse.Of(body.Problem, request.Caller.Language);

        using var buffer = body.Value;
        if (!isForm)
            request = request with { Body = RequestBody.Content(buffer) };
        else
        {
            var all = query.And(buffer.WrittenSpan);
            request = request with { Parameters = all.Parameters, Cursor = all.Cursor };
        }
        return await DispatchAsync(request, context);
    }

    private async Task<FhirResponse> DispatchAsync(FhirRequest request, HttpContext context)
    {
        if (!IdempotencyHeader.IsGiven(context))
            return await dispatcher.InvokeAsync(request, context.RequestAborted);
        var keyed = IdempotencyHeader.Read(context, request, request.Body.Span);
        if (keyed.Failed)
            return FhirResponse.Of(keyed.Problem, request.Caller.Language);
        var response = await dispatcher.InvokeAsync(keyed.Value, context.RequestAborted);
        return keyed.Value.Caller.Key is { IsReplayed: true } && response.Problem is null
            ? response.With(IdempotencyHeader.Replayed, "true")
            : response;
    }

    private static Problem? CheckContentType(FhirRequest request, string? contentType, bool isForm)
    {
        var wantsForm = request.Target.Kind is TargetKind.SystemSearchForm or TargetKind.TypeSearchForm;
        if (wantsForm)
            return isForm ? null : RestIssues.FormExpected();
        return ContentNegotiation.CheckResourceType(contentType);
    }

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
