using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Writing;

namespace Ajanvaraus.Fhir.Server.Interactions;

/// <summary>patch by JSON Patch or FHIRPath Patch, also conditional by search parameters.</summary>
/// <remarks>
/// <para>The patch is applied to the current version under its lock, in the transaction that writes the outcome, and
/// what comes out passes everything that an update passes.</para>
/// <para>Errors: what is no patch 400; a patch that cannot be applied, a test that fails, a result that breaks the
/// definitions 422; the id or the type changed 400.</para>
/// <para>Source: http://hl7.org/fhir/R4/http.html#patch.</para>
/// </remarks>
/// <param name="requiresIfMatch">What exists is patched by its id only with If-Match; a condition needs none.</param>
public sealed class Patch(
    WritePipeline pipeline, PatchReader patches, ResourceReader reader, SearchCriteria criteria, bool requiresIfMatch)
    : WriteInteraction(pipeline)
{
    public override Outcome<PlannedWrite> Plan(FhirRequest request)
    {
        var (type, id) = (request.Target.Type!, request.Target.Id);
        if (id is not null && !ResourceReader.IsId(id))
            return RestIssues.InvalidId(type);
        var change = patches.Read(request);
        if (change.Failed)
            return change.Problem;
        var ifMatch = Preconditions.IfMatch(request.Conditions);
        if (ifMatch.Failed)
            return ifMatch.Problem;
        var condition = id is not null
            ? new OptionalQuery(null)
            : criteria.ParseCondition(type, request.Parameters);
        if (condition.Failed)
            return condition.Problem;

        var apply = change.Value;
        var intent = new WriteIntent
        {
            Method = WriteMethod.Patch,
            Type = type,
            Id = id,
            Edit = current => Edited(request, current, apply(current)),
            IfMatch = ifMatch.Value.Version,
            RequiresIfMatch = requiresIfMatch && id is not null,
            Condition = condition.Value.Query,
        };
        return new PlannedWrite(intent, []);
    }

    /// <summary>The patched resource, checked; the current one itself when nothing has changed.</summary>
    private Outcome<ElementNode> Edited(FhirRequest request, ElementNode current, Outcome<ElementNode> patched)
    {
        if (patched.Failed)
            return patched.Problem;
        if (patched.Value.Type != current.Type || patched.Value.Id != current.Id)
            return IdentityFixed(current);
        if (FhirJson.ToBytes(patched.Value).AsSpan().SequenceEqual(FhirJson.ToBytes(current)))
            return current;
        var input = reader.Check(patched.Value, request);
        return input.Failed ? input.Problem : input.Value.Resource;
    }

    private static Problem IdentityFixed(ElementNode current) => new(ProblemKind.Invalid,
    [
        PatchMessages.IdentityFixed.At($"{current.Type.Name}.id") with
        {
            Details = [RuleCodes.Own("immutable-element")],
        },
    ]);
}
