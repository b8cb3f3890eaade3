namespace Ajanvaraus.Fhir.Core.Definitions;
internal static class EmbeddedDefinitions { public static FhirDefinitions Load() => throw new InvalidOperationException(); }
