using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Conformance;
using Ajanvaraus.Fhir.Server.Interactions;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Messages;

namespace Ajanvaraus.Fhir.Server.Writing;

/// <summary>What every write needs beside its session.</summary>
public sealed record WriteServices(
    CurrentSearchParameters Parameters, IdSource Ids, ConditionalReferences Conditions, SearchCriteria Criteria,
    SlotClaims SlotClaims)
{
    /// <summary>How many times to come a client may have in a service that says nothing of it, when citizens book; 0: any number.</summary>
    public int MaxBookings { get; init; }

    /// <summary>Null: this server sends no messages.</summary>
    internal OutgoingMessages? Messages { get; init; }

    /// <summary>The one of this moment: ask for it once where two answers must agree.</summary>
    public SearchIndexer Indexer => Parameters.Indexer;

    public PreparedResource Prepare(ElementNode resource)
    {
        var indexer = Indexer;
        return new PreparedResource(resource, indexer.Index(resource), indexer.Rules);
    }

    /// <summary>The version that a write is about to replace; null when there is none.</summary>
    public PreparedResource? PrepareBefore(StoredResource? stored) =>
        stored is { IsDeleted: false } ? PrepareBefore(stored, StoredNodes.Parse(stored)) : null;

    /// <inheritdoc cref="PrepareBefore(StoredResource)"/>
    public PreparedResource PrepareBefore(StoredResource stored, ElementNode content) =>
        Prepare(content) with { Version = stored.Version };
}
