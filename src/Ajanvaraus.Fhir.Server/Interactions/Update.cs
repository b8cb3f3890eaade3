using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Writing;

namespace Ajanvaraus.Fhir.Server.Interactions;

/// <summary>update, also with a client's id, and conditional by search parameters.</summary>
/// <remarks>
/// Source: http://hl7.org/fhir/R4/http.html#update, #cond-update and #concurrency. <c>If-None-Match: *</c> makes it
/// create only.
/// </remarks>
/// <param name="requiresIfMatch">What exists is updated by its id only with If-Match; a condition needs none.</param>
public sealed class Update(
    WritePipeline pipeline, ResourceReader reader, SearchCriteria criteria, bool requiresIfMatch)
    : WriteInteraction(pipeline)
{
    public override Outcome<PlannedWrite> Plan(FhirRequest request)
    {
        var (type, id) = (request.Target.Type!, request.Target.Id);
        if (id is not null && !ResourceReader.IsId(id))
            return RestIssues.InvalidId(type);
        var input = reader.Read(request, type);
        if (input.Failed)
            return input.Problem;
        if (CheckId(input.Value.Resource, id) is { } mismatch)
            return mismatch;
        var ifMatch = Preconditions.IfMatch(request.Conditions);
        if (ifMatch.Failed)
            return ifMatch.Problem;
        var condition = Condition(request);
        if (condition.Failed)
            return condition.Problem;

        var intent = new WriteIntent
        {
            Method = WriteMethod.Put,
            Type = type,
            Id = id,
            Resource = input.Value.Resource,
            IfMatch = ifMatch.Value.Version,
            RequiresIfMatch = requiresIfMatch && id is not null,
            IfNoneMatchAny = Preconditions.IsCreateOnly(request.Conditions),
            Condition = condition.Value.Query,
        };
        return new PlannedWrite(intent, input.Value.Warnings);
    }

    private static Problem? CheckId(ElementNode resource, string? id) =>
        id is not null && resource.Id != id ? RestIssues.IdMismatch(resource.Type.Name) : null;

    private Outcome<OptionalQuery> Condition(FhirRequest request) => request.Target.Id is not null
        ? new OptionalQuery(null)
        : criteria.ParseCondition(request.Target.Type!, request.Parameters);
}
