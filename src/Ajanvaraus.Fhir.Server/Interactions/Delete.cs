using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Writing;

namespace Ajanvaraus.Fhir.Server.Interactions;

/// <summary>delete, also conditional by search parameters: the history stays.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/http.html#delete and #3.1.0.7.1.</remarks>
/// <param name="requiresIfMatch">What exists is deleted by its id only with If-Match; a condition needs none.</param>
public sealed class Delete(WritePipeline pipeline, SearchCriteria criteria, bool requiresIfMatch)
    : WriteInteraction(pipeline)
{
    public override Outcome<PlannedWrite> Plan(FhirRequest request)
    {
        var (type, id) = (request.Target.Type!, request.Target.Id);
        var ifMatch = Preconditions.IfMatch(request.Conditions);
        if (ifMatch.Failed)
            return ifMatch.Problem;
        var intent = new WriteIntent
        {
            Method = WriteMethod.Delete,
            Type = type,
            Id = id,
            IfMatch = ifMatch.Value.Version,
            RequiresIfMatch = requiresIfMatch && id is not null,
        };
        if (id is not null)
            return new PlannedWrite(intent, []);

        var condition = criteria.ParseCondition(type, request.Parameters);
        return condition.Failed
            ? condition.Problem
            : new PlannedWrite(intent with { Condition = condition.Value.Query }, []);
    }
}
