using System.Collections.Frozen;

namespace Ajanvaraus.Fhir.Server.Security;

/// <summary>Types whose resources tell of no client: what is offered, by whom, where, and in which words.</summary>
internal static class OpenTypes
{
    private static readonly FrozenSet<string> Types = FrozenSet.Create(
        "ActivityDefinition", "CodeSystem", "ConceptMap", "HealthcareService", "Location", "NamingSystem",
        "OperationDefinition", "Organization", "PlanDefinition", "Practitioner", "PractitionerRole", "Questionnaire",
        "Schedule", "SearchParameter", "Slot", "StructureDefinition", "ValueSet");

    /// <summary>What may be done with any resource of the type: read and search, or nothing.</summary>
    public static ScopeInteractions Allowed(string type) =>
        Types.Contains(type) ? ScopeInteractions.Read | ScopeInteractions.Search : ScopeInteractions.None;
}
