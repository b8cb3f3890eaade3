using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Terminology.Systems;

namespace Ajanvaraus.Fhir.Core.Terminology.Sets;

/// <summary>The codes of one code system that an include or exclude chooses.</summary>
internal abstract class CodeSelection(string system)
{
    public string System { get; } = system;

    /// <summary>Why the codes cannot be listed; null when they can.</summary>
    public virtual Problem? Unlistable => null;

    /// <summary>Why not even single codes can be told; null when they can.</summary>
    public virtual Problem? Unknown => null;

    /// <summary>Whether the code is chosen; null when it cannot be told.</summary>
    public abstract bool? Has(string code);

    /// <summary>Whether the code is approved for use; true also where nothing is known of it.</summary>
    /// <param name="at">Microseconds since 1970 UTC.</param>
    public virtual bool IsActive(string code, long at) => true;

    /// <summary>When codes may begin or cease to be approved for use.</summary>
    public virtual ImmutableArray<long> Moments => [];

    /// <summary>A code that is chosen, with what is known of it.</summary>
    public virtual ValueSetMember Member(string code) => new(System, code, null, -1, null);

    /// <summary>In the order of the source; only of what can be listed.</summary>
    public abstract IEnumerable<ValueSetMember> Members();
}

/// <summary>Codes that the value set names; the code system need not be known.</summary>
internal sealed class ListedCodes : CodeSelection
{
    private readonly EnumeratedCodeSystem? _source;
    private readonly ImmutableArray<ListedConcept> _concepts;
    private readonly Dictionary<string, ListedConcept> _byCode;

    public ListedCodes(string system, ImmutableArray<ListedConcept> concepts, EnumeratedCodeSystem? source)
        : base(system)
    {
        _source = source;
        _concepts = concepts;
        var comparer = source?.Head.IsCaseSensitive == false ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
        _byCode = new Dictionary<string, ListedConcept>(concepts.Length, comparer);
        foreach (var concept in concepts)
            _byCode.TryAdd(concept.Code, concept);
    }

    public override bool? Has(string code) => _byCode.ContainsKey(code);

    public override ValueSetMember Member(string code) => Member(_byCode[code]);

    public override bool IsActive(string code, long at) => _source is null || _source.IsActive(code, at);

    public override ImmutableArray<long> Moments => _source?.Concepts.Moments ?? [];

    public override IEnumerable<ValueSetMember> Members()
    {
        foreach (var listed in _concepts)
            yield return Member(listed);
    }

    private ValueSetMember Member(ListedConcept listed)
    {
        var concept = _source?.Concepts.Find(listed.Code) ?? -1;
        return new ValueSetMember(System, listed.Code, concept < 0 ? null : _source, concept, listed);
    }
}

/// <summary>All concepts of a code system, or those that pass filters.</summary>
/// <param name="chosen">Null: all.</param>
internal sealed class ChosenConcepts(EnumeratedCodeSystem source, ConceptBits? chosen) : CodeSelection(source.Url)
{
    public override bool? Has(string code)
    {
        var concept = source.Concepts.Find(code);
        if (concept < 0)
            return source.IsComplete ? false : null;
        return chosen is null || chosen[concept];
    }

    public override bool IsActive(string code, long at) => source.IsActive(code, at);

    public override ImmutableArray<long> Moments => source.Concepts.Moments;

    public override ValueSetMember Member(string code) => Member(source.Concepts.Find(code));

    public override IEnumerable<ValueSetMember> Members()
    {
        for (var i = 0; i < source.Concepts.Count; i++)
            if (chosen is null || chosen[i])
                yield return Member(i);
    }

    private ValueSetMember Member(int concept) => new(System, source.Concepts.Code(concept), source, concept, null);
}

/// <summary>Codes of a grammar: they can be checked, not listed.</summary>
/// <param name="isChosen">Null: all.</param>
internal sealed class GrammarCodes(GrammarCodeSystem source, Func<string, bool>? isChosen) : CodeSelection(source.Url)
{
    public override Problem? Unlistable { get; } =
        TerminologyMessages.CodesCannotBeListed.As(ProblemKind.Unprocessable, null, source.Url);

    public override bool? Has(string code) => isChosen is null ? source.Has(code) : isChosen(code);

    public override IEnumerable<ValueSetMember> Members() => [];
}

/// <summary>Codes of a system that is not known here, or chosen by what cannot be done.</summary>
internal sealed class UnknownCodes(string system, Problem why) : CodeSelection(system)
{
    public override Problem? Unlistable => why;

    public override Problem? Unknown => why;

    public override bool? Has(string code) => null;

    public override IEnumerable<ValueSetMember> Members() => [];
}
