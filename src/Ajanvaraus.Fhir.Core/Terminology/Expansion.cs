using Ajanvaraus.Fhir.Core.Terminology.Sets;
using Ajanvaraus.Fhir.Core.Terminology.Systems;

namespace Ajanvaraus.Fhir.Core.Terminology;

/// <summary>The codes of a value set, or a page of them.</summary>
/// <param name="Total">Codes of all pages.</param>
/// <param name="Systems">The code systems that were used, each once.</param>
internal sealed record Expansion(
    ValueSetDefinition ValueSet, ExpansionRequest Request, int Total, ImmutableArray<ValueSetMember> Page,
    ImmutableArray<CodeSystemHead> Systems, long At);
