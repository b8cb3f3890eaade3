using Ajanvaraus.Fhir.Core.Issues;

namespace Ajanvaraus.Fhir.Core.Terminology.Sets;

/// <summary>One include or exclude made ready: codes that meet the selection and each of the value sets.</summary>
/// <param name="selection">Null when only value sets are named.</param>
internal sealed class CompiledConceptSet(CodeSelection? selection, ImmutableArray<CompiledValueSet> valueSets)
{
    public bool IsTimeless { get; } = valueSets.All(set => set.IsTimeless);

    /// <inheritdoc cref="CodeSelection.Moments"/>
    public IEnumerable<long> Moments => (selection?.Moments ?? []).Concat(valueSets.SelectMany(set => set.Moments));

    /// <inheritdoc cref="CompiledValueSet.Weight"/>
    public int Weight { get; } = 1 + valueSets.Sum(set => set.Weight);

    public IEnumerable<string> Systems =>
        selection is not null ? [selection.System] : valueSets.SelectMany(set => set.Systems);

    /// <summary>Null when it cannot be told.</summary>
    public bool? Has(string system, string code, long at, bool isActiveOnly)
    {
        bool? has = true;
        if (selection is not null)
        {
            // A value set that is not known has a selection of no system: nothing can be told of any.
            if (selection.System != system && selection.System.Length > 0)
                return false;
            has = selection.Has(code);
            if (has == false || (isActiveOnly && !selection.IsActive(code, at)))
                return false;
        }
        foreach (var set in valueSets)
        {
            var inSet = set.Has(system, code, at, isActiveOnly);
            if (inSet == false)
                return false;
            has = inSet is null ? null : has;
        }
        return has;
    }

    /// <summary>A code that this part has, with what is known of it.</summary>
    public ValueSetMember? Member(string system, string code) =>
        selection is not null ? selection.Member(code) : valueSets[0].Member(system, code);

    /// <remarks>Errors: a value set that cannot be listed.</remarks>
    public Outcome<IEnumerable<ValueSetMember>> Members(long at)
    {
        if (selection is not null)
            return Outcome<IEnumerable<ValueSetMember>>.Of(Meeting(selection.Members(), valueSets, at));
        var first = valueSets[0].Members(at);
        return first.Failed
            ? first.Problem
            : Outcome<IEnumerable<ValueSetMember>>.Of(Meeting(first.Value.Items, valueSets[1..], at));
    }

    /// <inheritdoc cref="CompiledValueSet.Obstacle(bool)"/>
    public Problem? Obstacle(bool mustList)
    {
        if ((mustList ? selection?.Unlistable : selection?.Unknown) is { } obstacle)
            return obstacle;
        for (var i = 0; i < valueSets.Length; i++)
            if (valueSets[i].Obstacle(mustList && selection is null && i == 0) is { } inSet)
                return inSet;
        return null;
    }

    private static IEnumerable<ValueSetMember> Meeting(
        IEnumerable<ValueSetMember> members, ImmutableArray<CompiledValueSet> sets, long at) => sets.IsEmpty
            ? members
            : members.Where(member => sets.All(set => set.Has(member.System, member.Code, at) == true));
}
