using Ajanvaraus.Fhir.Core.Issues;

namespace Ajanvaraus.Fhir.Core.Terminology.Sets;

/// <summary>A value set made ready: to ask whether it has a code, and to list its codes.</summary>
/// <remarks>The two answer alike for every code; a value set that cannot be listed can still be asked.</remarks>
internal sealed class CompiledValueSet
{
    private readonly ImmutableArray<CompiledConceptSet> _include, _exclude;
    private readonly Lazy<Outcome<ListedMembers>> _timeless;
    private readonly Lazy<ImmutableArray<long>> _moments;
    private readonly long? _lockedAt;
    private readonly int _limit;
    private Listing? _latest;

    /// <param name="limit">More codes are never listed.</param>
    public CompiledValueSet(
        ValueSetDefinition definition, ImmutableArray<CompiledConceptSet> include,
        ImmutableArray<CompiledConceptSet> exclude, int limit)
    {
        Definition = definition;
        _include = include;
        _exclude = exclude;
        _limit = limit;
        _lockedAt = TerminologyTime.Of(definition.LockedDate);
        Weight = include.Concat(exclude).Sum(part => part.Weight);
        IsTimeless = !definition.IsActiveOnly && include.Concat(exclude).All(part => part.IsTimeless);
        _timeless = new Lazy<Outcome<ListedMembers>>(() => Collect(0));
        _moments = new Lazy<ImmutableArray<long>>(() => _lockedAt is not null
            ? [] : [.. include.Concat(exclude).SelectMany(part => part.Moments).Distinct().Order()]);
    }

    /// <summary>A value set that is not known or makes no sense.</summary>
    public CompiledValueSet(ValueSetDefinition definition, Problem why)
        : this(definition, [new CompiledConceptSet(new UnknownCodes("", why), [])], [], 0) =>
        Unknown = why;

    public ValueSetDefinition Definition { get; }

    /// <summary>Its codes do not depend on the moment: what was listed once is kept.</summary>
    public bool IsTimeless { get; }

    /// <summary>When codes may come in or fall out: between two of these moments the value set stays as it is.</summary>
    public ImmutableArray<long> Moments => IsTimeless ? [] : _moments.Value;

    /// <summary>What one question costs: the parts of this value set and of all that it imports.</summary>
    public int Weight { get; }

    /// <summary>Why no code can be told; null when codes can.</summary>
    public Problem? Unknown { get; }

    /// <summary>The code systems that its codes can be of.</summary>
    public IEnumerable<string> Systems => _include.SelectMany(part => part.Systems).Distinct();

    /// <summary>Null when it cannot be told.</summary>
    /// <param name="at">Whether codes are active is told as of then: microseconds since 1970 UTC.</param>
    /// <param name="isActiveOnly">Inactive codes are no members, though this value set would have them.</param>
    public bool? Has(string system, string code, long at, bool isActiveOnly = false)
    {
        at = _lockedAt ?? at;
        var has = AnyHas(_include, system, code, at, isActiveOnly || Definition.IsActiveOnly);
        if (has == false)
            return false;
        return AnyHas(_exclude, system, code, at, isActiveOnly: false) switch
        {
            true => false,
            false => has,
            null => null,
        };
    }

    /// <summary>The code as the first part that has it tells of it; null where none has.</summary>
    public ValueSetMember? Member(string system, string code)
    {
        foreach (var part in _include)
            if (part.Has(system, code, 0, isActiveOnly: false) == true)
                return part.Member(system, code);
        return null;
    }

    /// <summary>Every code, each once, in order.</summary>
    /// <param name="at">Whether codes are active is told as of then: microseconds since 1970 UTC.</param>
    /// <remarks>Errors: a part that cannot be listed; more codes than are ever listed.</remarks>
    public Outcome<ListedMembers> Members(long at)
    {
        if (IsTimeless)
            return _timeless.Value;
        // Pages of one expansion are asked for one after the other, each at its own moment of the same period.
        var place = Moments.BinarySearch(at);
        var period = place >= 0 ? place + 1 : ~place;
        if (_latest is not { } latest || latest.Period != period)
            _latest = latest = new Listing(period, Collect(at));
        return latest.Members;
    }

    /// <summary>Why the codes cannot be listed or, where they need not be, not told.</summary>
    public Problem? Obstacle(bool mustList) =>
        Unknown ?? Obstacle(_include, mustList) ?? Obstacle(_exclude, mustList: false);

    private static bool? AnyHas(
        ImmutableArray<CompiledConceptSet> parts, string system, string code, long at, bool isActiveOnly)
    {
        bool? any = false;
        foreach (var part in parts)
        {
            var has = part.Has(system, code, at, isActiveOnly);
            if (has == true)
                return true;
            if (has is null)
                any = null;
        }
        return any;
    }

    private Outcome<ListedMembers> Collect(long at)
    {
        if (Obstacle(mustList: true) is { } obstacle)
            return obstacle;
        at = _lockedAt ?? at;
        var list = new MemberList(_limit);
        foreach (var part in _include)
        {
            var members = part.Members(at);
            if (members.Failed)
                return members.Problem;
            foreach (var member in members.Value)
                if (!(Definition.IsActiveOnly && !member.IsActive(at)) && !IsExcluded(member, at))
                    list.Add(member);
            if (list.IsTooLong)
                return TerminologyMessages.ValueSetTooLarge.As(
                    ProblemKind.Unprocessable, null, Definition.Canonical, $"{_limit}");
        }
        return list.Members;
    }

    /// <param name="Period">How many of the moments have passed.</param>
    private sealed record Listing(int Period, Outcome<ListedMembers> Members);

    private bool IsExcluded(ValueSetMember member, long at) =>
        !_exclude.IsEmpty && AnyHas(_exclude, member.System, member.Code, at, isActiveOnly: false) == true;

    private static Problem? Obstacle(ImmutableArray<CompiledConceptSet> parts, bool mustList)
    {
        foreach (var part in parts)
            if (part.Obstacle(mustList) is { } obstacle)
                return obstacle;
        return null;
    }
}
