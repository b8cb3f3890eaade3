namespace Ajanvaraus.Fhir.Server.Security.Policy;

/// <summary>By what identities are read from tokens and from stored work: how scopes are read, and the policy.</summary>
/// <param name="Scopes">By the search parameters in force now.</param>
public sealed record AccessRules(SmartScopeParser Scopes, AccessPolicy Policy);
