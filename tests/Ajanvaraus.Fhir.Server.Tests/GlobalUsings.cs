global using Ajanvaraus.Fhir.Testing;
