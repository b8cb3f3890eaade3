using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Middleware;
using Ajanvaraus.Fhir.Server.Writing;

namespace Ajanvaraus.Fhir.Server.Interactions;

/// <summary>transaction: all writes of a Bundle or none, then its reads.</summary>
/// <remarks>
/// <para>Order: DELETE, POST, PUT and PATCH, then searches, reads and operations that change nothing, on what the writes left (http://hl7.org/fhir/R4/http.html#trules); the
/// answer has the order of the request. References among the entries are resolved by the write pipeline.</para>
/// <para>Errors: everything found wrong with any entry, at once, each issue with its entry; nothing is written.</para>
/// </remarks>
public sealed class Transaction(BundleEntries reader, Dispatcher dispatcher, WritePipeline pipeline)
{
    public async Task<FhirResponse> RunAsync(
        FhirRequest bundle, ImmutableArray<ElementNode> entries, CancellationToken cancel)
    {
        var requests = entries.Select(e => e["request"]).ToList();
        await pipeline.PrepareAsync(
            requests.Select(r => Query(r?.Text("url"))).Concat(requests.Select(r => r?.Text("ifNoneExist"))), cancel);
        var planned = Plan(bundle, entries);
        if (planned.Failed)
            return FhirResponse.Of(planned.Problem, bundle.Caller.Language);
        var plan = planned.Value;
        ImmutableArray<PlannedEntry> writes = [.. plan.Where(e => e.Write is not null).OrderBy(e => Order(e.Write!))];
        var responses = new FhirResponse[entries.Length];
        if (!writes.IsEmpty)
        {
            var written = await pipeline.WriteAsync(
                ImmutableArray.CreateRange(writes, w => w.Write!.Intent), bundle.Caller, cancel);
            if (written.Failed)
                return FhirResponse.Of(written.Problem, bundle.Caller.Language);
            for (var i = 0; i < writes.Length; i++)
                responses[writes[i].Index] = WriteResponses.Of(
                    writes[i].Request, written.Value[i], writes[i].Write!.Warnings, ReturnPreference.Minimal);
        }
        foreach (var entry in plan)
            if (entry.Write is null)
            {
                var read = await dispatcher.InvokeAsync(entry.Request, cancel);
                responses[entry.Index] = read.Problem is { } problem
                    ? FhirResponse.Of(EntryProblems.Locate(problem, entry.Index), bundle.Caller.Language) with
                    {
                        Version = read.Version,
                    }
                    : read;
            }
        return Answer(bundle, responses);
    }

    private static string? Query(string? url) =>
        url is not null && url.IndexOf('?', StringComparison.Ordinal) is var start and >= 0 ? url[start..] : null;

    private static FhirResponse Answer(FhirRequest bundle, FhirResponse[] responses)
    {
        var output = new PooledBuffer(16 * 1024);
        var writer = new BundleWriter(output, bundle.BaseUrl);
        writer.Start("transaction-response"u8);
        foreach (var response in responses)
            using (response)
                writer.Response(response);
        writer.End();
        return FhirResponse.OfBuffer(StatusCodes.Status200OK, output);
    }

    private Outcome<ImmutableArray<PlannedEntry>> Plan(FhirRequest bundle, ImmutableArray<ElementNode> entries)
    {
        var plan = ImmutableArray.CreateBuilder<PlannedEntry>(entries.Length);
        var problems = new List<Problem>();
        for (var index = 0; index < entries.Length; index++)
        {
            var entry = PlanOne(bundle, entries[index], index);
            if (entry.Failed)
                problems.Add(EntryProblems.Locate(entry.Problem, index));
            else
                plan.Add(entry.Value);
        }
        if (CheckIdentities(plan) is { } duplicate)
            problems.Add(duplicate);
        return problems.Count == 0
            ? plan.DrainToImmutable()
            : problems[0] with { Issues = [.. problems.SelectMany(p => p.Issues)] };
    }

    private Outcome<PlannedEntry> PlanOne(FhirRequest bundle, ElementNode entry, int index)
    {
        var read = reader.Read(entry, index, bundle);
        if (read.Failed)
            return read.Problem;
        var request = read.Value;
        if (RequestTexts.Check(request) is { } faulty)
            return faulty;
        if (dispatcher.Refusal(request) is { } refused)
            return refused;
        if (request.Method == HttpMethods.Get || dispatcher.OnlyReads(request))
            return new PlannedEntry(index, request, null);
        if (request.Target.Kind == TargetKind.Operation)
            return RestIssues.EntryOperation(index);
        if (dispatcher.Find(request) is not WriteInteraction interaction)
            return RestIssues.EntryMethodNotServed(index);

        var write = interaction.Plan(request);
        if (write.Failed)
            return write.Problem;
        var intent = write.Value.Intent with { EntryIndex = index, FullUrl = entry.Text("fullUrl") };
        return new PlannedEntry(index, request, write.Value with { Intent = intent });
    }

    // http://hl7.org/fhir/R4/http.html#trules: identities that overlap make the transaction fail.
    private static Problem? CheckIdentities(IEnumerable<PlannedEntry> plan)
    {
        var identities = new Dictionary<(string Type, string Id), int>();
        var fullUrls = new Dictionary<string, int>();
        foreach (var (index, _, write) in plan)
        {
            if (write is null)
                continue;
            if (write.Intent is { Id: { } id, Type: var type } && !identities.TryAdd((type, id), index))
                return RestIssues.DuplicateIdentity(identities[(type, id)], index);
            if (write.Intent.FullUrl is { } fullUrl && !fullUrls.TryAdd(fullUrl, index))
                return RestIssues.DuplicateFullUrl(fullUrls[fullUrl], index);
        }
        return null;
    }

    private static int Order(PlannedWrite write) => write.Intent.Method switch
    {
        WriteMethod.Delete => 0,
        WriteMethod.Post => 1,
        _ => 2,
    };

    /// <param name="Write">Null for an entry that reads.</param>
    private sealed record PlannedEntry(int Index, FhirRequest Request, PlannedWrite? Write);
}
