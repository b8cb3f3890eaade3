namespace Ajanvaraus.Fhir.Core.Terminology.Systems;

/// <summary>A property of a concept: http://hl7.org/fhir/R4/codesystem.html#properties .</summary>
/// <param name="Type">code, Coding, string, integer, boolean, dateTime or decimal.</param>
/// <param name="Value">Primitive text; of a Coding its code.</param>
/// <param name="System">Of a Coding; else null.</param>
/// <param name="Display">Of a Coding; else null.</param>
public sealed record ConceptProperty(
    string Code, string Type, string Value, string? System = null, string? Display = null);

/// <summary>Another text for a concept.</summary>
/// <param name="Language">BCP 47; empty when it is not said.</param>
/// <param name="Use">What the text is for; null: another display.</param>
public sealed record Designation(string Language, string Value, DesignationUse? Use = null);

/// <summary>Coding of <c>designation.use</c>.</summary>
public sealed record DesignationUse(string? System, string Code, string? Display = null);

/// <summary>The properties that FHIR or HL7's own tables define: http://hl7.org/fhir/R4/codesystem-concept-properties.html .</summary>
public static class ConceptProperties
{
    public const string Inactive = "inactive";
    public const string NotSelectable = "notSelectable";
    public const string Abstract = "abstract";
    public const string Status = "status";
    public const string Parent = "parent";
    public const string SubsumedBy = "subsumedBy";
    public const string Child = "child";
    public const string EffectiveDate = "effectiveDate";
    public const string DeprecationDate = "deprecationDate";
    public const string Deprecated = "deprecated";
    public const string RetirementDate = "retirementDate";
}
