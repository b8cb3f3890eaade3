using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Core.Terminology.Sets;

namespace Ajanvaraus.Fhir.Core.Terminology;

/// <summary>Expands a value set as it is asked for: narrows its codes and takes a page of them.</summary>
internal static class ValueSetExpansion
{
    /// <param name="now">Microseconds since 1970 UTC.</param>
    /// <remarks>Errors: a value set that cannot be listed; more codes at once than allowed.</remarks>
    public static Outcome<Expansion> Expand(
        CompiledValueSet set, ExpansionRequest request, long now, TerminologyLimits limits)
    {
        var at = TerminologyTime.Of(request.Date) ?? now;
        var members = set.Members(at);
        if (members.Failed)
            return members.Problem;
        var kept = Narrowed(members.Value.Items, request, at);
        var wanted = request.Count ?? kept.Count - Math.Min(request.Offset, kept.Count);
        if (request.Count is null && wanted > limits.MaxPage)
            return TerminologyMessages.ExpansionTooLarge.As(
                ProblemKind.Unprocessable, null, $"{kept.Count}", $"{limits.MaxPage}");
        var page = kept.Skip(request.Offset).Take(Math.Min(wanted, limits.MaxPage)).ToImmutableArray();
        var systems = members.Value.Systems.Select(s => s.Head).ToImmutableArray();
        var told = request.Count is null ? request : request with { Count = Math.Min(wanted, limits.MaxPage) };
        return new Expansion(set.Definition, told, kept.Count, page, systems, at);
    }

    private static IReadOnlyList<ValueSetMember> Narrowed(
        IReadOnlyList<ValueSetMember> members, ExpansionRequest request, long at)
    {
        var words = SearchText.Normalize(request.Filter ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var systems = request.ExcludedSystems.Select(Canonical.Parse).Distinct().ToLookup(s => s.Url);
        if (words.Length == 0 && systems.Count == 0 && !request.IsActiveOnly && !request.ExcludesNotForUI)
            return members;
        var kept = new List<ValueSetMember>();
        foreach (var member in members)
            if (!(request.IsActiveOnly && !member.IsActive(at))
                && !(request.ExcludesNotForUI && member.IsAbstract)
                && !systems[member.System].Any(s => Names(s, member))
                && (words.Length == 0 || HasWords(member, words)))
                kept.Add(member);
        return kept;
    }

    private static bool Names(Canonical system, ValueSetMember member) =>
        system.Version is null || member.Source is null || system.Admits(member.Source.Head.Version);

    /// <summary>All words stand in one text of the concept, in any language; or the code begins with what is typed.</summary>
    private static bool HasWords(ValueSetMember member, string[] words)
    {
        if (words.Length == 1 && member.Code.StartsWith(words[0], StringComparison.OrdinalIgnoreCase))
            return true;
        if (member.Display(null) is { } display && HasWords(display, words))
            return true;
        foreach (var designation in member.Designations)
            if (HasWords(designation.Value, words))
                return true;
        return false;
    }

    private static bool HasWords(string text, string[] words)
    {
        var folded = SearchText.Normalize(text);
        return Array.TrueForAll(words, word => folded.Contains(word, StringComparison.Ordinal));
    }
}
