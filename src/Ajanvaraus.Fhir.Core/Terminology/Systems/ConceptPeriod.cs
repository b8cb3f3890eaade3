using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Terminology.Systems;

/// <summary>When a concept is approved for use, by its properties.</summary>
/// <remarks>
/// <para>Inactive: <c>inactive</c> is true; <c>status</c> is retired, deprecated, inactive or withdrawn; before
/// <c>effectiveDate</c>; from <c>deprecationDate</c>, <c>deprecated</c> (where it is a date) or <c>retirementDate</c>
/// on. A date is that day in UTC.</para>
/// <para>Where dates are given they decide for the moment asked for: a status tells only of now.</para>
/// <para>Source: http://hl7.org/fhir/R4/codesystem-concept-properties.html ; http://hl7.org/fhir/R4/valueset.html,
/// compose.inactive: "codes that are not approved for current use".</para>
/// </remarks>
internal static class ConceptPeriod
{
    public static bool IsActive(ImmutableArray<ConceptProperty> properties, long at)
    {
        var (isStopped, hasEnd) = (false, false);
        foreach (var property in properties)
        {
            switch (property.Code)
            {
                case ConceptProperties.Inactive:
                    isStopped |= property.Value == "true";
                    break;
                case ConceptProperties.Status:
                    isStopped |= property.Value is "retired" or "deprecated" or "inactive" or "withdrawn";
                    break;
                case ConceptProperties.EffectiveDate when Moment(property) is { } from:
                    if (at < from)
                        return false;
                    break;
                case ConceptProperties.DeprecationDate or ConceptProperties.Deprecated
                    or ConceptProperties.RetirementDate when Moment(property) is { } until:
                    if (at >= until)
                        return false;
                    hasEnd = true;
                    break;
            }
        }
        return hasEnd || !isStopped;
    }

    /// <summary>When a concept may begin or cease to be approved: between two of these moments nothing changes.</summary>
    public static IEnumerable<long> Moments(ImmutableArray<ConceptProperty> properties)
    {
        foreach (var property in properties)
            if (property.Code is ConceptProperties.EffectiveDate or ConceptProperties.DeprecationDate
                    or ConceptProperties.Deprecated or ConceptProperties.RetirementDate
                && Moment(property) is { } moment)
                yield return moment;
    }

    private static long? Moment(ConceptProperty property) =>
        FhirInstant.TryParse(property.Value, null, out var moment) ? moment.Start : null;
}
