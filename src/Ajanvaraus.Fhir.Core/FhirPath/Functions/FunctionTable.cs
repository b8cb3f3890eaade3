using System.Collections.Frozen;

namespace Ajanvaraus.Fhir.Core.FhirPath.Functions;

/// <summary>Every function by name: http://hl7.org/fhirpath/N1/#functions, http://hl7.org/fhir/R4/fhirpath.html#functions.</summary>
internal static class FunctionTable
{
    private static readonly FrozenDictionary<string, FunctionDefinition> ByName =
        new[]
        {
            ExistenceFunctions.All, FilteringFunctions.All, SubsettingFunctions.All, CombiningFunctions.All,
            ConversionFunctions.All, StringFunctions.All, PatternFunctions.All, EncodingFunctions.All,
            MathFunctions.All, TreeFunctions.All, UtilityFunctions.All, TemporalFunctions.All, BoundaryFunctions.All,
            FhirFunctions.All, TerminologyFunctions.All, ProfileFunctions.All,
        }.SelectMany(family => family).ToFrozenDictionary(function => function.Name);

    public static FunctionDefinition? Find(string name) => ByName.GetValueOrDefault(name);

    public static ImmutableArray<string> Names => ByName.Keys;

    /// <summary>Stands for the body of a function that the compiler makes for each place it is called at.</summary>
    public static void CompiledInPlace(in FunctionCall call) =>
        throw new InvalidOperationException($"The compiler makes the body of {call.Name} itself.");
}
