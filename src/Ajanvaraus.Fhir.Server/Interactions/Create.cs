using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Writing;

namespace Ajanvaraus.Fhir.Server.Interactions;

/// <summary>create, also conditional by If-None-Exist: the server gives the id.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/http.html#create and #ccreate. An id in the body is not looked at.</remarks>
public sealed class Create(WritePipeline pipeline, ResourceReader reader, SearchCriteria criteria)
    : WriteInteraction(pipeline)
{
    public override Outcome<PlannedWrite> Plan(FhirRequest request)
    {
        var type = request.Target.Type!;
        var resource = reader.Read(request, type);
        if (resource.Failed)
            return resource.Problem;
        SearchQuery? ifNoneExist = null;
        if (request.Conditions.IfNoneExist is { } condition)
        {
            var query = criteria.ParseCondition(type, condition);
            if (query.Failed)
                return query.Problem;
            ifNoneExist = query.Value;
        }
        var intent = new WriteIntent
        {
            Method = WriteMethod.Post,
            Type = type,
            Resource = resource.Value.Resource,
            IfNoneExist = ifNoneExist,
        };
        return new PlannedWrite(intent, resource.Value.Warnings);
    }
}
