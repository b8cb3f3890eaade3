using System.Collections.Concurrent;

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Terminology.Systems;
using Ajanvaraus.Fhir.Core.Ucum;

namespace Ajanvaraus.Fhir.Core.Terminology.Sets;

/// <summary>Makes value sets ready, with all that they import; what was made once is kept.</summary>
/// <remarks>A part that is not known or makes no sense does not spoil the others: single codes may still be told.</remarks>
/// <param name="limit">Codes of one value set.</param>
internal sealed class ValueSetCompiler(TerminologyCatalogue catalogue, int limit)
{
    private readonly TerminologyCatalogue _catalogue = catalogue;
    private readonly int _limit = limit;

    private const int MaxDepth = 32;
    private const int MaxWeight = 1000;
    private const int MaxFilters = 200;

    private readonly ConcurrentDictionary<string, CompiledValueSet> _known = new();

    /// <summary>Null when there is no such value set.</summary>
    public CompiledValueSet? Find(string canonical)
    {
        if (_known.TryGetValue(canonical, out var known))
            return known;
        return new Walk(this).Find(canonical) is { } compiled ? _known.GetOrAdd(canonical, compiled) : null;
    }

    /// <summary>A value set that came with the question; it is not kept.</summary>
    public CompiledValueSet Compile(ValueSetDefinition definition) => new Walk(this).Compile(definition);

    private CompiledConceptSet Part(ValueSetDefinition definition, ConceptSet part, Walk walk)
    {
        if (part.System is null && (part.ValueSets.IsEmpty || !part.Filters.IsEmpty || !part.Concepts.IsEmpty))
            return new CompiledConceptSet(
                new UnknownCodes("", Fault(definition, TerminologyMessages.IncludeWithoutContent)), []);
        return new CompiledConceptSet(
            part.System is null ? null : Selection(part, part.System),
            [.. part.ValueSets.Select(canonical => walk.Find(canonical) ?? Missing(canonical))]);
    }

    private CodeSelection Selection(ConceptSet part, string system)
    {
        var source = _catalogue.CodeSystem(part.SystemCanonical!);
        if (!part.Concepts.IsEmpty)
            return new ListedCodes(system, part.Concepts, source as EnumeratedCodeSystem);
        if (source is GrammarCodeSystem grammar && OfGrammar(grammar, part.Filters) is { } codes)
            return codes;
        if (source is not EnumeratedCodeSystem enumerated)
            return new UnknownCodes(system, source is null
                ? TerminologyMessages.UnknownCodeSystem.As(ProblemKind.NotFound, null, part.SystemCanonical!)
                : TerminologyMessages.FilterNotSupported.As(
                    ProblemKind.Unprocessable, null, part.Filters[0].Property, part.Filters[0].Operator, system));
        if (enumerated.Head.Content is CodeSystemContent.NotPresent or CodeSystemContent.Supplement)
            return new UnknownCodes(system, TerminologyMessages.ContentNotPresent.As(
                ProblemKind.Unprocessable, null, system));
        return Chosen(enumerated, part.Filters);
    }

    /// <summary>Of UCUM, <c>canonical = m</c> chooses the units of that dimension; null for other filters.</summary>
    /// <remarks>Source: http://hl7.org/fhir/R4/ucum.html .</remarks>
    private static GrammarCodes? OfGrammar(GrammarCodeSystem grammar, ImmutableArray<ConceptFilter> filters)
    {
        if (filters.IsEmpty)
            return new GrammarCodes(grammar, null);
        var units = new List<UcumUnit>();
        foreach (var filter in filters)
        {
            if (grammar.Url != GrammarCodeSystems.Ucum || filter is not { Property: "canonical", Operator: "=" }
                || UcumUnits.Parse(filter.Value) is not { } unit)
                return null;
            units.Add(unit);
        }
        return new GrammarCodes(
            grammar, code => UcumUnits.Parse(code) is { } asked && units.TrueForAll(asked.IsCommensurable));
    }

    private static CodeSelection Chosen(EnumeratedCodeSystem system, ImmutableArray<ConceptFilter> filters)
    {
        if (filters.IsEmpty)
            return new ChosenConcepts(system, null);
        var chosen = ConceptFilters.Choose(system, filters);
        return chosen.Failed ? new UnknownCodes(system.Url, chosen.Problem) : new ChosenConcepts(system, chosen.Value);
    }

    private static int Filters(ValueSetDefinition definition) =>
        definition.Include.Concat(definition.Exclude).Sum(part => part.Filters.Length);

    private static CompiledValueSet Missing(string canonical) => new(
        new ValueSetDefinition(canonical, ""),
        TerminologyMessages.UnknownValueSet.As(ProblemKind.NotFound, null, canonical));

    private static CompiledValueSet Faulty(ValueSetDefinition definition, Message message) =>
        new(definition, Fault(definition, message));

    private static Problem Fault(ValueSetDefinition definition, Message message) =>
        message.As(ProblemKind.Unprocessable, null, definition.Canonical);

    /// <summary>One way through value sets that import others.</summary>
    /// <remarks>What was made on the way is not kept beyond it: where there is a circle, it depends on its entry.</remarks>
    private sealed class Walk(ValueSetCompiler compiler)
    {
        private readonly Dictionary<string, CompiledValueSet> _made = [];
        private readonly List<string> _path = [];

        public CompiledValueSet? Find(string canonical)
        {
            if (_made.TryGetValue(canonical, out var made))
                return made;
            if (compiler._known.TryGetValue(canonical, out var known))
                return known;
            if (compiler._catalogue.ValueSet(canonical) is not { } definition)
                return null;
            if (_path.Contains(definition.Canonical))
                return Faulty(definition, TerminologyMessages.ValueSetCircle);
            return _made[canonical] = Compile(definition);
        }

        public CompiledValueSet Compile(ValueSetDefinition definition)
        {
            if (definition.Include.IsEmpty)
                return Faulty(definition, TerminologyMessages.ValueSetWithoutCodes);
            if (definition.Supplements.FirstOrDefault(s => compiler._catalogue.CodeSystem(s) is null) is { } missing)
                return new CompiledValueSet(
                    definition, TerminologyMessages.UnknownCodeSystem.As(ProblemKind.NotFound, null, missing));
            if (_path.Count == MaxDepth || Filters(definition) > MaxFilters)
                return Faulty(definition, TerminologyMessages.ValueSetOfTooMany);
            _path.Add(definition.Canonical);
            var compiled = new CompiledValueSet(
                definition, [.. definition.Include.Select(part => compiler.Part(definition, part, this))],
                [.. definition.Exclude.Select(part => compiler.Part(definition, part, this))], compiler._limit);
            _path.RemoveAt(_path.Count - 1);
            return compiled.Weight > MaxWeight ? Faulty(definition, TerminologyMessages.ValueSetOfTooMany) : compiled;
        }
    }
}
