using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Persistence.Jobs;
using Ajanvaraus.Fhir.Server.Interactions;
using Ajanvaraus.Fhir.Server.Middleware;
using Ajanvaraus.Fhir.Server.Security;
using Ajanvaraus.Fhir.Server.Security.Policy;
using Ajanvaraus.Fhir.Server.Writing;

namespace Ajanvaraus.Fhir.Server.Jobs;

/// <summary>Any interaction whose caller prefers not to wait: its answer becomes the one entry of a Bundle.</summary>
/// <remarks>
/// What writes is done once: the request has the key that its caller gave, or one that is made of the job's name, and
/// when the process dies before the answer is stored, the next finds what was written by it.
/// </remarks>
internal sealed class RequestWork(JobBoard board, Func<Dispatcher> dispatcher, Func<AccessRules> rules) : IJobWork
{
    public string Kind => "request";

    public Task<FhirResponse> StartAsync(FhirRequest request, CancellationToken cancel) =>
        board.StartAsync(Kind, request, JobRequest.Of(request, Asked(request)), cancel);

    public async IAsyncEnumerable<Outcome<JobStep>> RunAsync(
        Job job, [EnumeratorCancellation] CancellationToken cancel)
    {
        var asked = JobRequest.Read(job.Request);
        using var response = await dispatcher().InvokeAsync(Request(job, asked), cancel);
        using var output = new PooledBuffer(16 * 1024);
        var bundle = new BundleWriter(output, asked.BaseUrl);
        bundle.Start("batch-response"u8);
        bundle.Response(response);
        bundle.End();
        yield return new JobStep("", "")
        {
            Result = new JobResult(StatusCodes.Status200OK, output.WrittenSpan.ToArray()),
        };
    }

    private static JsonObject Asked(FhirRequest request) => new()
    {
        ["method"] = request.Method,
        ["kind"] = (int)request.Target.Kind,
        ["target"] = JobRequest.Array(
            new[]
            {
                request.Target.Type, request.Target.Id, request.Target.VersionId, request.Target.Operation,
                request.Target.Member,
            }.Select(text => text ?? "")),
        ["parameters"] = JobRequest.Array(request.Parameters.SelectMany(p => (string[])[p.Key, p.Value])),
        ["cursor"] = request.Cursor,
        ["ifMatch"] = request.Conditions.IfMatch,
        ["ifNoneMatch"] = request.Conditions.IfNoneMatch,
        ["ifModifiedSince"] = request.Conditions.IfModifiedSince,
        ["ifNoneExist"] = request.Conditions.IfNoneExist,
        ["return"] = (int)request.Prefer.Return,
        ["strict"] = request.Prefer.IsStrict,
        ["format"] = (int)request.BodyFormat,
        ["jsonPatch"] = request.IsJsonPatch,
        ["body"] = Convert.ToBase64String(request.Body.Span),
        ["others"] = JobRequest.Array(request.OtherBaseUrls),
        ["key"] = request.Caller.Key?.ToText(),
    };

    private FhirRequest Request(Job job, JobRequest asked)
    {
        var json = asked.Asked;
        var target = asked.Texts("target").Select(text => text.Length > 0 ? text : null).ToArray();
        var key = (string?)json["key"] is { } given
            ? RequestKey.Read(given)
            : RequestKey.Of(job.Owner, "job " + job.Id, [], job.Request.Span);
        return new FhirRequest
        {
            Method = (string)json["method"]!,
            Target = new FhirTarget(
                (TargetKind)(int)json["kind"]!, target[0], target[1], target[2], target[3], target[4]),
            Parameters = [.. asked.Texts("parameters").Chunk(2).Select(p => KeyValuePair.Create(p[0], p[1]))],
            Cursor = (string?)json["cursor"],
            Conditions = new RequestConditions(
                (string?)json["ifMatch"], (string?)json["ifNoneMatch"], (string?)json["ifModifiedSince"],
                (string?)json["ifNoneExist"]),
            Prefer = new Preferences((ReturnPreference)(int)json["return"]!, (bool)json["strict"]!),
            BodyFormat = (FhirFormat)(int)json["format"]!,
            IsJsonPatch = (bool)json["jsonPatch"]!,
            Body = Convert.FromBase64String((string)json["body"]!),
            BaseUrl = asked.BaseUrl,
            OtherBaseUrls = asked.Texts("others"),
            Caller = asked.Caller(rules()) with
            {
                Key = (string)json["method"]! == HttpMethods.Get ? null : key,
                Origin = new RequestOrigin(job.Id, Address: null),
            },
        };
    }
}
