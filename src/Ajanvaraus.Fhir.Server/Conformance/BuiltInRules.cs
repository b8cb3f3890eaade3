using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Core.Validation;

namespace Ajanvaraus.Fhir.Server.Conformance;

/// <summary>What follows from R4 alone: made when it is first asked for, and the same for every server in the process.</summary>
internal static class BuiltInRules
{
    private static readonly Lazy<SearchParameterRegistry> Parameters = new(() => new SearchParameterRegistry(R4.Definitions));
    private static readonly Lazy<StructuralValidator> Structure = new(() => new StructuralValidator(R4.Definitions));

    /// <summary>The search parameters of R4, and our own.</summary>
    public static SearchParameterRegistry SearchParameters => Parameters.Value;

    public static StructuralValidator Validator => Structure.Value;
}
