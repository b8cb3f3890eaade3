using System.Globalization;
using System.Text.Json.Nodes;

using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Persistence.Jobs;

namespace Ajanvaraus.Fhir.Server.Jobs;

/// <summary>What the address of a bulk job answers when it is done: the files and what they hold.</summary>
/// <remarks>Source: http://hl7.org/fhir/uv/bulkdata/STU2/export.html#response---complete-status .</remarks>
internal static class JobManifest
{
    /// <param name="moment">Of <c>transactionTime</c>, in microseconds.</param>
    /// <param name="files">Named <c>Patient-1.ndjson</c>, <c>deleted-1.ndjson</c>, <c>error-1.ndjson</c>.</param>
    /// <param name="needsToken">The files are given with a token only.</param>
    public static byte[] Of(
        Job job, JobRequest asked, long moment, IEnumerable<JobFile> files, bool needsToken)
    {
        var (output, deleted, error) = (new JsonArray(), new JsonArray(), new JsonArray());
        foreach (var file in files)
        {
            var kind = file.Name[..file.Name.IndexOf('-', StringComparison.Ordinal)];
            var (list, type) = kind switch
            {
                "deleted" => (deleted, "Bundle"),
                "error" => (error, "OperationOutcome"),
                "outcome" => (output, "OperationOutcome"),
                _ => (output, kind),
            };
            list.Add(new JsonObject
            {
                ["type"] = type, ["url"] = $"{asked.BaseUrl}/_async/{job.Id}/{file.Name}", ["count"] = file.Lines,
            });
        }
        return System.Text.Encoding.UTF8.GetBytes(new JsonObject
        {
            ["transactionTime"] = FhirInstant.MomentOf(moment)
                .ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            ["request"] = asked.Url,
            ["requiresAccessToken"] = needsToken,
            ["output"] = output,
            ["deleted"] = deleted,
            ["error"] = error,
        }.ToJsonString());
    }
}
