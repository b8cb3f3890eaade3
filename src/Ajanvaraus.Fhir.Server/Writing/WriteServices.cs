using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Interactions;

namespace Ajanvaraus.Fhir.Server.Writing;

/// <summary>What every write needs beside its session.</summary>
public sealed record WriteServices(
    SearchIndexer Indexer, IdSource Ids, ConditionalReferences Conditions, SearchCriteria Criteria)
{
    public PreparedResource Prepare(ElementNode resource) => new(resource, Indexer.Index(resource));
}
