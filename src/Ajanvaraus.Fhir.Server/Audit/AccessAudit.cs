using System.Text;

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Persistence.Jobs;
using Ajanvaraus.Fhir.Server.Interactions;
using Ajanvaraus.Fhir.Server.Jobs;
using Ajanvaraus.Fhir.Server.Operations;
using Ajanvaraus.Fhir.Server.Security;

namespace Ajanvaraus.Fhir.Server.Audit;

/// <summary>Writes down each access to data of clients before it is answered; without that, there is no answer.</summary>
/// <remarks>
/// What an answer names is what the caller has learned, by whatever way it came: one look at the bytes that leave holds for
/// reads, searches, histories, includes, operations and entries of Bundles alike. Denied attempts are written down too. What a
/// transaction changed stands in the log already when it is answered. ADR 0030.
/// </remarks>
/// <param name="isOfClients">Whether resources of the type belong to clients.</param>
/// <param name="ownBases">Addresses of this server, without a slash at the end.</param>
/// <param name="hides">Whether personal identity codes can be hidden in what is stored.</param>
internal sealed class AccessAudit(
    AuditLog log, Func<string, bool> isOfClients, ImmutableArray<string> ownBases, Func<bool> hides)
{
    public bool Concerns(FhirRequest request) =>
        !request.Caller.Identity.IsUnlimited && request.Target.Kind != TargetKind.Metadata;

    public async Task<FhirResponse> InvokeAsync(
        FhirRequest request, Func<FhirRequest, CancellationToken, Task<FhirResponse>> run, CancellationToken cancel)
    {
        var seal = await log.SealAsync();
        if (seal.Failed)
            return FhirResponse.Of(seal.Problem, request.Caller.Language);
        var trail = new AuditTrail(log, () => Begin(request), seal.Value, ownBases.Add(request.BaseUrl), request.Caller.Trail);
        var response = await run(request with { Caller = request.Caller with { Trail = trail } }, cancel);
        var (things, outcome) = response.Problem is { } problem ? Refused(request, problem) : (Told(request, response, trail), 0);
        try
        {
            if (things.Count == 0 || await trail.AppendAsync(things, outcome) is not { } unwritten)
                return response;
            response.Dispose();
            return FhirResponse.Of(unwritten, request.Caller.Language);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    /// <summary>Of work in the background; null for work that nobody in particular asked for.</summary>
    public async ValueTask<Outcome<AuditTrail?>> TrailOfAsync(Job job, JobRequest request, Identity identity)
    {
        if (identity.IsUnlimited)
            return (AuditTrail?)null;
        var seal = await log.SealAsync();
        if (seal.Failed)
            return seal.Problem;
        AuditEntry Begin() => AuditEntry.Of(identity) with
        {
            Interaction = "operation",
            Operation = job.Kind,
            Query = Kept(request.Url.StartsWith(request.BaseUrl + "/", StringComparison.Ordinal)
                ? request.Url[(request.BaseUrl.Length + 1)..]
                : request.Url),
            RequestId = job.Id,
            Server = request.BaseUrl,
        };
        return new AuditTrail(log, Begin, seal.Value, ownBases.Add(request.BaseUrl), bundle: null);
    }

    /// <summary>What is known of the request itself.</summary>
    private AuditEntry Begin(FhirRequest request) => AuditEntry.Of(request.Caller.Identity) with
    {
        Interaction = InteractionName.Of(request),
        Operation = request.Target.Operation ?? (request.Target.Kind is TargetKind.Job or TargetKind.JobFile ? "_async" : null),
        Query = QueryOf(request),
        RequestId = request.Caller.Origin?.RequestId,
        Address = request.Caller.Origin?.Address,
        Server = request.BaseUrl,
    };

    private List<AuditedThing> Told(FhirRequest request, FhirResponse response, AuditTrail trail)
    {
        var clients = trail.Untold(response.MadeOf.Add(response.Body));
        var (action, interaction, data) = (ActionOf(request), InteractionName.Of(request), DataOf(request.Target));
        // An answer may be as telling without anybody in it: this client has none, and what was booked is known by its id.
        var isLooking = clients.Count == 0 && !trail.HasWritten && IsLookingAt(request) && isOfClients(request.Target.Member ?? request.Target.Type ?? "");
        if (isLooking)
            AskedFor(request, clients);
        // Who looks where a colleague is has told themselves to the log, though no client was named.
        if ((isLooking || request.Target.Operation == TellWhereabouts.Name) && clients.Count == 0)
            return [new AuditedThing(action, interaction, data, null)];
        // What a write told without writing it: somebody who was there already.
        if (action is "C" or "U" or "D")
            action = "E";
        return [.. clients.Order(StringComparer.Ordinal).Select(c => new AuditedThing(action, interaction, data, c))];
    }

    /// <summary>Searches and reads; of what was written the log knows.</summary>
    private static bool IsLookingAt(FhirRequest request) => IsSearch(request)
        || (request.Method == HttpMethods.Get
            && request.Target.Kind is TargetKind.Instance or TargetKind.Version or TargetKind.InstanceHistory or TargetKind.TypeHistory);

    /// <summary>An attempt that was not allowed, or that met nothing that the caller may know of.</summary>
    private (IReadOnlyList<AuditedThing> Things, int Outcome) Refused(FhirRequest request, Problem problem)
    {
        const int notThere = 4, notAllowed = 8;
        var target = request.Target;
        var outcome = problem.Kind switch
        {
            ProblemKind.Forbidden => notAllowed,
            ProblemKind.NotFound or ProblemKind.Gone when target.Type is { } type && isOfClients(type) => notThere,
            // That several meet a condition tells that there are any.
            ProblemKind.PreconditionFailed when target is { Kind: TargetKind.Type, Type: { } type } && isOfClients(type) => notThere,
            _ => 0,
        };
        if (outcome == 0)
            return ([], 0);
        var clients = new HashSet<string>();
        AskedFor(request, clients);
        var (action, interaction, data) = (ActionOf(request), InteractionName.Of(request), DataOf(target));
        return (
            clients.Count == 0
                ? [new AuditedThing(action, interaction, data, null)]
                : [.. clients.Order(StringComparer.Ordinal).Select(c => new AuditedThing(action, interaction, data, c))],
            outcome);
    }

    /// <summary>Clients that the request itself names, outside its body.</summary>
    private static void AskedFor(FhirRequest request, HashSet<string> clients)
    {
        if (request.Target is { Type: "Patient", Id: { } id })
            clients.Add(id);
        foreach (var (name, value) in request.Parameters)
            if (name == "patient" && !value.Contains('/', StringComparison.Ordinal))
                MentionedClients.Find("Patient/" + value.Replace(",", ",Patient/", StringComparison.Ordinal), clients);
            else
                MentionedClients.Find(value, clients);
    }

    private static string ActionOf(FhirRequest request) => request.Target.Kind switch
    {
        TargetKind.Operation or TargetKind.Job or TargetKind.JobFile => "E",
        _ when IsSearch(request) => "E",
        _ => request.Method switch
        {
            "GET" => "R",
            "POST" when request.Target.Kind == TargetKind.Type => "C",
            "PUT" or "PATCH" => "U",
            "DELETE" => "D",
            _ => "E",
        },
    };

    private static bool IsSearch(FhirRequest request) => request.Target.Kind switch
    {
        TargetKind.Type or TargetKind.System => request.Method == HttpMethods.Get,
        TargetKind.TypeSearchForm or TargetKind.SystemSearchForm or TargetKind.Compartment or TargetKind.CompartmentSearchForm => true,
        _ => false,
    };

    private static string? DataOf(FhirTarget target) => target switch
    {
        { Kind: TargetKind.Compartment or TargetKind.CompartmentSearchForm } => null,
        { Type: { } type, Id: { } id, VersionId: { } version } => $"{type}/{id}/_history/{version}",
        { Type: { } type, Id: { } id } => $"{type}/{id}",
        _ => null,
    };

    private string? QueryOf(FhirRequest request)
    {
        if (!IsSearch(request) && request.Target.Kind != TargetKind.Operation && request.Parameters.IsEmpty)
            return null;
        var query = new StringBuilder(PageLinks.PathOf(request));
        var separator = '?';
        foreach (var (name, value) in request.Parameters)
        {
            query.Append(separator).Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
            separator = '&';
        }
        return Kept(query.ToString());
    }

    /// <summary>Without keys nothing that has to be hidden can be kept.</summary>
    private string Kept(string text) => hides() ? text : HenkilotunnusText.Hidden(text);
}
