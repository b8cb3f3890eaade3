using System.Text.RegularExpressions;

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Terminology.Systems;

namespace Ajanvaraus.Fhir.Core.Terminology.Sets;

/// <summary>Chooses the concepts of a code system that pass all filters.</summary>
/// <remarks>
/// <para>Source: http://hl7.org/fhir/R4/valueset-filter-operator.html . <c>concept</c> and <c>code</c> are the code,
/// <c>display</c> its display, <c>parent</c> and <c>child</c> come from the hierarchy.</para>
/// <para>Errors: an operator that the property does not allow, a property that the code system does not have, a value
/// that is no code of it, a regular expression that cannot be run in linear time.</para>
/// </remarks>
internal static class ConceptFilters
{
    private const int LongestPattern = 1000;

    public static Outcome<ConceptBits> Choose(EnumeratedCodeSystem system, ImmutableArray<ConceptFilter> filters)
    {
        var chosen = new ConceptBits(system.Concepts.Count);
        for (var i = 0; i < system.Concepts.Count; i++)
            chosen.Add(i);
        foreach (var filter in filters)
        {
            var test = Test(system, filter);
            if (test.Failed)
                return test.Problem;
            for (var i = 0; i < system.Concepts.Count; i++)
                if (chosen[i] && !test.Value(i))
                    chosen.Remove(i);
        }
        return chosen;
    }

    private static Outcome<Func<int, bool>> Test(EnumeratedCodeSystem system, ConceptFilter filter) =>
        filter.Operator switch
        {
            "is-a" or "descendent-of" or "is-not-a" or "generalizes" => Hierarchy(system, filter),
            _ when !HasProperty(system, filter.Property) => NotSupported(system, filter),
            "=" => Equal(system, filter),
            "in" => In(system, filter, isIn: true),
            "not-in" => In(system, filter, isIn: false),
            "exists" => Exists(system, filter),
            "regex" => Matches(system, filter),
            _ => NotSupported(system, filter),
        };

    private static Outcome<Func<int, bool>> Hierarchy(EnumeratedCodeSystem system, ConceptFilter filter)
    {
        if (!IsCode(filter.Property))
            return NotSupported(system, filter);
        var concept = system.Concepts.Find(filter.Value);
        if (concept < 0)
            return WrongValue(filter);
        var graph = system.Concepts.Graph;
        var reached = filter.Operator == "generalizes" ? graph.Ancestors(concept) : graph.Descendants(concept);
        return filter.Operator switch
        {
            "descendent-of" => Outcome<Func<int, bool>>.Of(i => i != concept && reached[i]),
            "is-not-a" => Outcome<Func<int, bool>>.Of(i => !reached[i]),
            _ => Outcome<Func<int, bool>>.Of(i => reached[i]),
        };
    }

    private static Outcome<Func<int, bool>> Equal(EnumeratedCodeSystem system, ConceptFilter filter)
    {
        if (IsCode(filter.Property))
        {
            var concept = system.Concepts.Find(filter.Value);
            return concept < 0 ? WrongValue(filter) : Outcome<Func<int, bool>>.Of(i => i == concept);
        }
        return Outcome<Func<int, bool>>.Of(i => Values(system, i, filter.Property).Contains(filter.Value));
    }

    private static Outcome<Func<int, bool>> In(EnumeratedCodeSystem system, ConceptFilter filter, bool isIn)
    {
        var wanted = filter.Value.Split(',', StringSplitOptions.TrimEntries).ToHashSet();
        return Outcome<Func<int, bool>>.Of(
            i => Values(system, i, filter.Property).Any(wanted.Contains) == isIn);
    }

    private static Outcome<Func<int, bool>> Exists(EnumeratedCodeSystem system, ConceptFilter filter) =>
        filter.Value is "true" or "false"
            ? Outcome<Func<int, bool>>.Of(
                i => Values(system, i, filter.Property, withDefault: false).Any() == (filter.Value == "true"))
            : WrongValue(filter);

    private static Outcome<Func<int, bool>> Matches(EnumeratedCodeSystem system, ConceptFilter filter)
    {
        if (filter.Value.Length > LongestPattern)
            return WrongValue(filter);
        try
        {
            // Without backtracking the time is linear; the whole value has to match.
            var pattern = new Regex(
                $@"\A(?:{filter.Value})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return Outcome<Func<int, bool>>.Of(i => Values(system, i, filter.Property).Any(pattern.IsMatch));
        }
        catch (Exception failure) when (failure is ArgumentException or NotSupportedException)
        {
            return WrongValue(filter);
        }
    }

    private static bool IsCode(string property) => property is "concept" or "code";

    private static bool HasProperty(EnumeratedCodeSystem system, string property) => IsCode(property)
        || property is "display" or ConceptProperties.Parent or ConceptProperties.Child or ConceptProperties.Inactive
            or ConceptProperties.NotSelectable
        || system.HasProperty(property);

    /// <param name="withDefault">What is not said of <c>inactive</c> and <c>notSelectable</c> is false.</param>
    private static IEnumerable<string> Values(
        EnumeratedCodeSystem system, int concept, string property, bool withDefault = true)
    {
        var concepts = system.Concepts;
        switch (property)
        {
            case "concept" or "code":
                return [concepts.Code(concept)];
            case "display":
                return concepts.Display(concept) is { } display ? [display] : [];
            case ConceptProperties.Parent:
                return Codes(concepts, concepts.Graph.Parents(concept));
            case ConceptProperties.Child:
                return Codes(concepts, concepts.Graph.Children(concept));
        }
        var values = concepts.Properties(concept).Where(p => p.Code == property).Select(p => p.Value);
        return withDefault && property is ConceptProperties.Inactive or ConceptProperties.NotSelectable
            ? values.DefaultIfEmpty("false")
            : values;
    }

    private static string[] Codes(ConceptTable concepts, ReadOnlySpan<int> ordinals)
    {
        var codes = new string[ordinals.Length];
        for (var i = 0; i < codes.Length; i++)
            codes[i] = concepts.Code(ordinals[i]);
        return codes;
    }

    private static Problem NotSupported(EnumeratedCodeSystem system, ConceptFilter filter) =>
        TerminologyMessages.FilterNotSupported.As(
            ProblemKind.Unprocessable, null, filter.Property, filter.Operator, system.Url);

    private static Problem WrongValue(ConceptFilter filter) => TerminologyMessages.FilterValueWrong.As(
        ProblemKind.Unprocessable, null, filter.Property, filter.Operator, filter.Value);
}
