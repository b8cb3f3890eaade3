using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Scheduling.Slots;
using Ajanvaraus.Fhir.Server.Interactions;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Security;
using Ajanvaraus.Fhir.Server.Security.Policy;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary>An operation whose caller names only what they see: in the URL, by parameters, and within resources.</summary>
/// <remarks>
/// What is not seen is answered as what is not there: 404 for the resource of the URL, one 403 for all others. Names of
/// offers and of computed Slots are no resources. ADR 0026.
/// </remarks>
internal sealed class OfWhatIsSeen(IOperation operation, ResourceStore store) : IOperation
{
    public OperationRegistration Registration => operation.Registration;

    public async Task<FhirResponse> InvokeAsync(OperationContext context, CancellationToken cancel)
    {
        if (context.Caller.Identity.Reach(ScopeInteractions.Read) is not { } seen)
            return await operation.InvokeAsync(context, cancel);
        var (itself, others) = (new NamedResources(seen), new NamedResources(seen));
        if (context is { Type: { } type, Id: { } id } && !IsOffer(type, id))
            itself.Add(type, id);
        Gather(context.Parameters, others);
        var (seesItself, seesOthers) = await store.QueryAsync(
            async session => (
                await itself.AreSeenAsync(session.MeetingAsync), await others.AreSeenAsync(session.MeetingAsync)),
            cancel);
        if (!seesItself)
            return context.Problem(RestIssues.NotFound(context.Type!));
        return seesOthers
            ? await operation.InvokeAsync(context, cancel)
            : TokenProblems.Answer(TokenProblems.NotGranted, context.Caller.Language);
    }

    private static void Gather(OperationParameters parameters, NamedResources named)
    {
        if (parameters.RawResource is { } raw)
            named.AddReferences(raw);
        foreach (var parameter in parameters.Items)
        {
            if (parameter.Resource is { } resource)
                named.AddReferences(resource);
            else if ((parameter.Value?.Text("reference") ?? parameter.Text) is { } text)
                Gather(parameter.Name, text, named);
            Gather(parameter.Parts, named);
        }
    }

    private static void Gather(string name, string text, NamedResources named)
    {
        var reference = LocalReference.Parse(text)
            ?? (WithIdentifiers.TypeOf(name) is { } type && ReferenceText(text, type) is { } id ? new LocalReference(type, id) : null);
        if (reference is { } found && !IsOffer(found.Type, found.Id))
            named.Add(found.Type, found.Id);
    }

    /// <summary>An id alone, or an absolute reference by whatever name the caller has for this server.</summary>
    private static string? ReferenceText(string text, string type) => !text.Contains('/', StringComparison.Ordinal)
        ? text
        : Core.Model.ReferenceText.TrySplit(text, out _, out var named, out var id) && named.SequenceEqual(type) ? id.ToString() : null;

    private static bool IsOffer(string type, string id) => type == "Appointment" && OfferId.Parse(id) is not null;
}
