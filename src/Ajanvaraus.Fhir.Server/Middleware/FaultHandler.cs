using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Persistence.Engine;
using Ajanvaraus.Fhir.Server.Interactions;

namespace Ajanvaraus.Fhir.Server.Middleware;

/// <summary>The last resort: an exception becomes 500 with the request id, and a line in the log.</summary>
/// <remarks>
/// What Kestrel itself refuses while a body is read is the client's: cut short or badly chunked 400, too slow 408.
/// Nothing else is blamed on the client. A database that is away or not to be served from is 503: it may come back.
/// </remarks>
public sealed partial class FaultHandler(ILogger<FaultHandler> log)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Abort();
        }
        catch (BadHttpRequestException refused) when (!context.Response.HasStarted)
        {
            var isSlow = refused.StatusCode == StatusCodes.Status408RequestTimeout;
            await SendAsync(context, isSlow ? RestIssues.BodyTooSlow() : RestIssues.MalformedRequest());
        }
        catch (StorageFailedException failure) when (!context.Response.HasStarted)
        {
            LogStorage(log, failure, context.TraceIdentifier, context.Request.Method);
            await SendAsync(context, failure.Problem);
        }
        catch (StorageNotReadyException failure) when (!context.Response.HasStarted)
        {
            LogStorage(log, failure, context.TraceIdentifier, context.Request.Method);
            await SendAsync(context, StorageProblems.Unavailable);
        }
        catch (Exception fault)
        {
            LogFault(log, fault, context.TraceIdentifier, context.Request.Method);
            if (context.Response.HasStarted)
                context.Abort();
            else
                await SendAsync(context, RestIssues.Fault(context.TraceIdentifier));
        }
    }

    private static async Task SendAsync(HttpContext context, Problem problem)
    {
        using var response = FhirResponse.Of(problem, AcceptLanguage.Choose(context.Request.Headers.AcceptLanguage));
        var query = RequestQuery.Parse(context.Request.QueryString.Value);
        var format = ContentNegotiation.Choose(context.Request, query.Format) ?? FhirFormat.Json;
        await ResponseSender.SendAsync(context, response, new Presentation(format, query.IsPretty), baseUrl: "");
    }

    [LoggerMessage(1, LogLevel.Error, "Request {RequestId} ({Method}) failed")]
    private static partial void LogFault(ILogger log, Exception fault, string requestId, string method);

    [LoggerMessage(2, LogLevel.Error, "Request {RequestId} ({Method}) met storage that does not serve")]
    private static partial void LogStorage(ILogger log, Exception failure, string requestId, string method);
}
