using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.FhirPath.Analysis;

namespace Ajanvaraus.Fhir.Core.FhirPath;

public sealed record FhirPathAnalysisOptions
{
    public static readonly FhirPathAnalysisOptions Default = new();

    /// <summary>Whether <c>children().first()</c> is an error: children have no order to rely on.</summary>
    public bool ChecksOrder { get; init; }

    /// <summary>Type of <c>%resource</c>; null: the root, where it is a resource, else any.</summary>
    public TypeSchema? Resource { get; init; }
}

/// <summary>Semantic errors, found before any data is seen: what can never be, by the definitions.</summary>
/// <remarks>
/// <para>An element that a type does not have, a type that does not exist, a function on what it cannot work on, an
/// operator between types that it does not join, a condition that is no Boolean, another resource type at the head.
/// Where the type is not known (<c>resolve()</c>, a contained resource, a variable) nothing is said.</para>
/// <para>Source: http://hl7.org/fhirpath/N1/#type-safety-and-strict-evaluation .</para>
/// </remarks>
public static class FhirPathAnalysis
{
    /// <summary>All semantic errors in the order of the text; empty for a sound expression.</summary>
    /// <param name="expression">What is to be evaluated.</param>
    /// <param name="root">Type of the root; null: not known.</param>
    /// <param name="options">Null: the usual.</param>
    public static ImmutableArray<FhirPathError> Check(
        FhirPathExpression expression, TypeSchema? root, FhirPathAnalysisOptions? options = null)
    {
        var visitor = new TypeVisitor(root, options ?? FhirPathAnalysisOptions.Default);
        visitor.Visit(expression.Tree);
        return [.. visitor.Errors.OrderBy(error => error.Position)];
    }
}
