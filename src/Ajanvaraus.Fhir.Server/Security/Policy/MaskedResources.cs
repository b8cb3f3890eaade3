using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Search;

namespace Ajanvaraus.Fhir.Server.Security.Policy;

/// <summary>The resources of a kind of which a caller is told a part only.</summary>
/// <param name="Condition">What the database is asked of those that may be masked.</param>
/// <param name="IsMasked">By the resource or version itself, and by whether the resource as it is now meets the condition.</param>
/// <param name="Searched">What masked resources meet, for searches in what is left out of them.</param>
public sealed record MaskedResources(
    PartlySeen Kind, SearchExpression Condition, Func<ElementNode, bool, bool> IsMasked, SearchExpression Searched);
