using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Middleware;

namespace Ajanvaraus.Fhir.Server.Interactions;

/// <summary>A contained resource as a match of its own: the fullUrl tells which resource contains it.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/search.html#contained , <c>_containedType=contained</c>.</remarks>
public static class ContainedMatch
{
    /// <summary>What matched, out of the resource that contains it.</summary>
    public static ElementNode Of(ElementNode container, StoredResource match) =>
        container.All("contained").First(c => c.Type.Name == match.Type && match.IsContainedId(c.Id));

    /// <param name="bundle">The searchset.</param>
    /// <param name="query">Tells how much of it is wanted.</param>
    /// <param name="match">The container, found by what it contains.</param>
    public static void Write(BundleWriter bundle, SearchQuery query, StoredResource match)
    {
        var container = StoredNodes.Parse(match);
        var contained = Of(container, match);
        if (PartialResource.IsPart(query))
            contained = SummaryFilter.Apply(contained, query.Summary, query.Elements);
        using var bytes = new PooledBuffer(1024);
        FhirJson.Write(bytes, contained);
        bundle.FoundInside(container.Type.Name, $"{container.Id}#{contained.Id}", bytes.WrittenSpan);
    }
}
