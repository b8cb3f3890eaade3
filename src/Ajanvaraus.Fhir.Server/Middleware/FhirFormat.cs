namespace Ajanvaraus.Fhir.Server.Middleware;

/// <summary>How resources are written: http://hl7.org/fhir/R4/formats.html .</summary>
public enum FhirFormat { Json, Xml }

/// <summary>How a caller wants to see the answer.</summary>
/// <param name="IsPretty"><c>_pretty=true</c>.</param>
public readonly record struct Presentation(FhirFormat Format, bool IsPretty);
