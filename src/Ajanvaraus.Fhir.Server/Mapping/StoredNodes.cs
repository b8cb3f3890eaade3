using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Persistence;

namespace Ajanvaraus.Fhir.Server.Mapping;

/// <summary>Stored bytes as a tree again, where something is to be changed.</summary>
internal static class StoredNodes
{
    /// <summary>What this server stored it can read: a fault here is a bug, not a client's error.</summary>
    public static ElementNode Parse(StoredResource stored) =>
        FhirJson.Parse(stored.Body.Span).Resource
        ?? throw new InvalidDataException($"{stored.Type}/{stored.Id} version {stored.Version} cannot be read back.");
}
