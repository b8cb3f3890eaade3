using Ajanvaraus.Fhir.Core.Terminology.Systems;

namespace Ajanvaraus.Fhir.Core.Terminology.Sets;

/// <summary>One code of an expanded value set.</summary>
/// <param name="Source">Its code system, and <paramref name="Concept"/> its ordinal there; null: not known here.</param>
/// <param name="Listed">As the value set names it; null when a filter or the whole system brought it in.</param>
internal readonly record struct ValueSetMember(
    string System, string Code, EnumeratedCodeSystem? Source, int Concept, ListedConcept? Listed)
{
    public bool IsActive(long at) => Source is null || Source.IsActive(Concept, at);

    public bool IsAbstract => Source is not null && Source.IsAbstract(Concept);

    /// <summary>As the value set says, else as the code system does.</summary>
    public string? Display(string? language)
    {
        var (ofSystem, systemLanguage) = Source is null
            ? (null, null)
            : (Source.Concepts.Display(Concept), Source.Head.Language);
        var display = Listed?.Display ?? ofSystem;
        return language is null
            ? display
            : ConceptText.Choose(display, Listed?.Display is null ? systemLanguage : null, Designations, language);
    }

    /// <summary>Those of the value set first.</summary>
    public ImmutableArray<Designation> Designations
    {
        get
        {
            ImmutableArray<Designation> own = Listed?.Designations ?? [];
            return Source is null ? own : own.AddRange(Source.Concepts.Designations(Concept));
        }
    }
}

/// <summary>All codes of a value set.</summary>
/// <param name="Items">Each once, in order.</param>
/// <param name="Systems">The code systems that are known of them.</param>
internal sealed record ListedMembers(
    IReadOnlyList<ValueSetMember> Items, ImmutableArray<EnumeratedCodeSystem> Systems);

/// <summary>Codes being collected, each once, in the order in which they come.</summary>
/// <param name="limit">More different codes, or many times as many with repetitions, are too many.</param>
internal sealed class MemberList(int limit)
{
    private const int MaxRepetition = 5;

    private int _offered;

    private readonly HashSet<(string System, string Code)> _seen = [];
    private readonly List<ValueSetMember> _members = [];
    private readonly List<EnumeratedCodeSystem> _systems = [];

    public ListedMembers Members => new(_members, [.. _systems]);

    /// <summary>More came than the limit allows.</summary>
    public bool IsTooLong { get; private set; }

    public void Add(ValueSetMember member)
    {
        IsTooLong |= ++_offered / MaxRepetition > limit;
        if (!_seen.Add((member.System, member.Code)))
            return;
        if (_members.Count == limit)
        {
            IsTooLong = true;
            return;
        }
        _members.Add(member);
        if (member.Source is { } source && !_systems.Contains(source))
            _systems.Add(source);
    }
}
