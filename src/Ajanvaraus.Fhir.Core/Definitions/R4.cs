namespace Ajanvaraus.Fhir.Core.Definitions;

/// <summary>FHIR R4 4.0.1 as embedded in this assembly.</summary>
public static class R4
{
    private static readonly Lazy<FhirDefinitions> Loaded = new(EmbeddedDefinitions.Load);

    public static FhirDefinitions Definitions => Loaded.Value;
}
