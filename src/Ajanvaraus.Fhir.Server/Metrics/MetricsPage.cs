using System.Globalization;
using System.Net;
using System.Text;

using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Persistence.Engine;
using Ajanvaraus.Fhir.Server.Messages;

namespace Ajanvaraus.Fhir.Server.Metrics;

/// <summary><c>/metrics</c>: how the server does, for the programs that watch it.</summary>
/// <remarks>
/// Format: OpenMetrics text 1.0. Nothing of clients is in it, but how much an office works: it is told to the machine itself and to the addresses
/// that <c>--metrics-from</c> names, and to others it is not there.
/// </remarks>
internal sealed class MetricsPage(
    RequestMetrics requests, MessageCounts messages, ResourceStore store, TimeProvider clock, ImmutableArray<IPAddress> readers)
{
    public const string Path = "/metrics";

    private const string MediaType = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    public async Task AnswerAsync(HttpContext context)
    {
        if (!MayRead(context.Connection.RemoteIpAddress))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        var page = new StringBuilder();
        WriteRequests(page);
        WriteProcess(page);
        WriteMessages(page);
        await WriteWaitingAsync(page, context.RequestAborted);
        page.Append("# EOF\n");
        context.Response.ContentType = MediaType;
        await context.Response.WriteAsync(page.ToString(), context.RequestAborted);
    }

    private bool MayRead(IPAddress? address)
    {
        if (address is null)
            return false;
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return IPAddress.IsLoopback(plain) || readers.Contains(plain);
    }

    private void WriteRequests(StringBuilder page)
    {
        Describe(page, "ajanvaraus_requests", "counter", "FHIR requests that were answered.");
        foreach (var (interaction, operation, status, count) in requests.Requests)
            Write(page, $"ajanvaraus_requests_total{{{Labels(interaction, operation)},status=\"{status}\"}}", count);
        Describe(page, "ajanvaraus_request_seconds", "histogram", "How long they took, until the answer was handed over.");
        foreach (var (interaction, operation, durations) in requests.Latencies)
            WriteBuckets(page, Labels(interaction, operation), durations);
        Describe(page, "ajanvaraus_refusals", "counter", "Requests that were refused, by the first issue told.");
        foreach (var (issue, count) in requests.Refusals)
            Write(page, $"ajanvaraus_refusals_total{{issue=\"{issue}\"}}", count);
        Describe(page, "ajanvaraus_requests_in_progress", "gauge", "Requests that have begun and not ended.");
        Write(page, "ajanvaraus_requests_in_progress", requests.InProgress);
    }

    private static void WriteBuckets(StringBuilder page, string labels, Durations durations)
    {
        var (counts, below) = (durations.Counts, 0L);
        for (var n = 0; n < counts.Length; n++)
        {
            below += counts[n];
            var bound = n < RequestMetrics.Bounds.Length ? RequestMetrics.Bounds[n].ToString(CultureInfo.InvariantCulture) : "+Inf";
            Write(page, $"ajanvaraus_request_seconds_bucket{{{labels},le=\"{bound}\"}}", below);
        }
        Write(page, $"ajanvaraus_request_seconds_count{{{labels}}}", below);
        Write(page, $"ajanvaraus_request_seconds_sum{{{labels}}}", durations.Sum);
    }

    private void WriteProcess(StringBuilder page)
    {
        WriteGauge(page, "ajanvaraus_database_under_way", "Reads and transactions under way, or waiting for a connection or their turn.", store.UnderWay);
        Describe(page, "ajanvaraus_sql_statements", "counter", "SQL statements that reads and transactions have run.");
        Write(page, "ajanvaraus_sql_statements_total", store.Statements);
        WriteGauge(page, "process_resident_memory_bytes", "Memory of the process.", Environment.WorkingSet);
        WriteGauge(page, "dotnet_gc_heap_bytes", "Memory of managed objects.", GC.GetTotalMemory(forceFullCollection: false));
        WriteGauge(page, "dotnet_threadpool_threads", "Threads of the pool.", ThreadPool.ThreadCount);
        WriteGauge(page, "dotnet_threadpool_queue", "Work that waits for a thread.", ThreadPool.PendingWorkItemCount);
        if (OperatingSystem.IsLinux())
            WriteGauge(page, "process_open_fds", "Files and sockets that are open.", Directory.EnumerateFileSystemEntries("/proc/self/fd").Count());
    }

    private void WriteMessages(StringBuilder page)
    {
        Describe(page, "ajanvaraus_messages", "counter", "Messages to clients, by what became of them in this process.");
        foreach (var (outcome, count) in messages.All)
            Write(page, $"ajanvaraus_messages_total{{outcome=\"{outcome}\"}}", count);
    }

    /// <summary>A database that does not answer tells nothing of what waits in it; that it is away stands in /health/ready.</summary>
    private async Task WriteWaitingAsync(StringBuilder page, CancellationToken cancel)
    {
        try
        {
            var now = FhirInstant.MicrosOf(clock.GetUtcNow());
            var (jobs, outbox) = await store.QueryAsync(
                async session => (await session.Jobs.UnderWayAsync(), await session.Outbox.WaitingAsync(now)), cancel);
            Describe(page, "ajanvaraus_jobs", "gauge", "Work in the background: exports, imports and what callers did not wait for.");
            Write(page, "ajanvaraus_jobs{state=\"waiting\"}", jobs.Waiting);
            Write(page, "ajanvaraus_jobs{state=\"running\"}", jobs.Running);
            WriteGauge(page, "ajanvaraus_jobs_oldest_seconds", "Age of the oldest that has not ended.", Age(jobs.Oldest, now));
            Describe(page, "ajanvaraus_outbox", "gauge", "Messages that wait: until they are due, and since.");
            Write(page, "ajanvaraus_outbox{state=\"waiting\"}", outbox.Waiting - outbox.Due);
            Write(page, "ajanvaraus_outbox{state=\"due\"}", outbox.Due);
            WriteGauge(page, "ajanvaraus_outbox_oldest_seconds", "For how long the longest overdue message has been due.", Age(outbox.Oldest, now));
        }
        catch (Exception away) when (away is StorageFailedException or StorageNotReadyException)
        {
            page.Append("# the database does not answer\n");
        }
    }

    private static double Age(long? moment, long now) => moment is { } then ? (now - then) / 1e6 : 0;

    private static string Labels(string interaction, string operation) => operation.Length == 0
        ? $"interaction=\"{interaction}\""
        : $"interaction=\"{interaction}\",operation=\"{operation}\"";

    private static void WriteGauge(StringBuilder page, string name, string help, double value)
    {
        Describe(page, name, "gauge", help);
        Write(page, name, value);
    }

    private static void Describe(StringBuilder page, string name, string type, string help) =>
        page.Append("# TYPE ").Append(name).Append(' ').Append(type).Append("\n# HELP ").Append(name).Append(' ').Append(help).Append('\n');

    private static void Write(StringBuilder page, string name, double value) =>
        page.Append(name).Append(' ').Append(value.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
