using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Terminology.Systems;

namespace Ajanvaraus.Fhir.Core.Terminology;

/// <summary>Looks codes up in a code system, and compares two of them by its hierarchy.</summary>
internal static class ConceptLookup
{
    /// <remarks>Errors: the code is none of the code system, or not among those known.</remarks>
    public static Outcome<ConceptDetails> Details(CodeSystem system, string code, string? language, long at)
    {
        if (Unfound(system, code) is { } problem)
            return problem;
        if (system is not EnumeratedCodeSystem enumerated)
            return new ConceptDetails(system.Head, code, code, [], [], IsAbstract: false, IsActive: true);
        var concepts = enumerated.Concepts;
        var concept = concepts.Find(code);
        var designations = concepts.Designations(concept);
        var display = ConceptText.Choose(concepts.Display(concept), system.Head.Language, designations, language);
        return new ConceptDetails(
            system.Head, concepts.Code(concept), display ?? concepts.Code(concept), designations,
            [.. Properties(concepts, concept)], enumerated.IsAbstract(concept), enumerated.IsActive(concept, at));
    }

    /// <summary>Source: http://hl7.org/fhir/R4/codesystem-operation-subsumes.html .</summary>
    /// <remarks>Errors: one of the codes is none of the code system, or not among those known.</remarks>
    public static Outcome<Subsumption> Compare(CodeSystem system, string codeA, string codeB)
    {
        if ((Unfound(system, codeA) ?? Unfound(system, codeB)) is { } problem)
            return problem;
        if (system is not EnumeratedCodeSystem enumerated)
            return codeA == codeB ? Subsumption.Equivalent : Subsumption.NotSubsumed;
        var (a, b) = (enumerated.Concepts.Find(codeA), enumerated.Concepts.Find(codeB));
        if (a == b)
            return Subsumption.Equivalent;
        if (!enumerated.HierarchyIsSubsumption)
            return Subsumption.NotSubsumed;
        var graph = enumerated.Concepts.Graph;
        return (graph.IsA(b, a), graph.IsA(a, b)) switch
        {
            // In a circle each is below the other: they mean the same.
            (true, true) => Subsumption.Equivalent,
            (true, false) => Subsumption.Subsumes,
            (false, true) => Subsumption.SubsumedBy,
            _ => Subsumption.NotSubsumed,
        };
    }

    /// <summary>The code itself and those that it subsumes, or that subsume it.</summary>
    /// <remarks>Errors: the code is none of the code system, or not among those known.</remarks>
    public static Outcome<ImmutableHashSet<string>> Around(CodeSystem system, string code, bool isBelow)
    {
        if (Unfound(system, code) is { } problem)
            return problem;
        if (system is not EnumeratedCodeSystem { HierarchyIsSubsumption: true, Concepts: { Graph.IsFlat: false } concepts })
            return ImmutableHashSet.Create(code);
        var concept = concepts.Find(code);
        var reached = isBelow ? concepts.Graph.Descendants(concept) : concepts.Graph.Ancestors(concept);
        return Enumerable.Range(0, concepts.Count).Where(n => reached[n]).Select(concepts.Code).ToImmutableHashSet();
    }

    private static Problem? Unfound(CodeSystem system, string code)
    {
        if (system.Head.Content is CodeSystemContent.NotPresent or CodeSystemContent.Supplement)
            return TerminologyMessages.ContentNotPresent.As(ProblemKind.Unprocessable, null, system.Url);
        return system.Has(code) switch
        {
            true => null,
            false => TerminologyMessages.UnknownCode.As(ProblemKind.NotFound, null, code, system.Url),
            null => TerminologyMessages.CodeNotAmongKnown.As(ProblemKind.NotFound, null, code, system.Url),
        };
    }

    private static IEnumerable<ConceptProperty> Properties(ConceptTable concepts, int concept)
    {
        foreach (var property in concepts.Properties(concept))
            if (property.Code is not (ConceptProperties.Parent or ConceptProperties.Child))
                yield return property;
        foreach (var parent in concepts.Graph.Parents(concept).ToArray())
            yield return Code(concepts, ConceptProperties.Parent, parent);
        foreach (var child in concepts.Graph.Children(concept).ToArray())
            yield return Code(concepts, ConceptProperties.Child, child);
    }

    private static ConceptProperty Code(ConceptTable concepts, string property, int concept) =>
        new(property, "code", concepts.Code(concept), Display: concepts.Display(concept));
}
