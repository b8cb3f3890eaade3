using NodaTime;

namespace Ajanvaraus.Fhir.Server.Security.Representation;

/// <summary>Who may act for a client: the decision table of ADR 0031.</summary>
/// <remarks>
/// <para>What is not sure is no right. Callers tell nobody which row it was.</para>
/// <para>Source: Suomi.fi e-Authorizations on acting for minors; ROBUSTNESS R22; law 361/1983, 3 § (custody ends at 18).</para>
/// </remarks>
public static class RepresentationRules
{
    /// <param name="today">In Finland.</param>
    /// <param name="asksService">A service of mandates is asked besides: for adults it says alone what there is.</param>
    public static Capacity Decide(RepresentationFacts facts, LocalDate today, bool asksService = false)
    {
        if (!facts.IsClient || facts.IsNonDisclosed || facts.Born is not { } born)
            return Capacity.None;
        var named = facts.Authorities.Where(a => a.Actors.Overlaps(facts.Actor)).ToList();
        if (named.Exists(a => a.IsDenied))
            return Capacity.None;
        if (born.HasReached(BirthDay.OfAge, today))
            return asksService || named.Count > 0 ? Capacity.Mandate : Capacity.None;
        return born.IsUnder(BirthDay.OfAge, today) ? OfMinor(facts, named) : Capacity.None;
    }

    private static Capacity OfMinor(RepresentationFacts facts, List<Authority> named)
    {
        var guardians = facts.Guardians;
        if (guardians.IsEmpty || guardians.Any(g => g.IsTakenIntoCare))
            return Capacity.None;
        var hiding = guardians.Count(g => g.IsNonDisclosed);
        if (guardians.Where(g => g.Names.Overlaps(facts.Actor)).ToList() is { Count: > 0 } acting)
            return hiding == 0 || (hiding == 1 && guardians.Length > 1 && acting.Exists(g => g.IsNonDisclosed))
                ? Capacity.Guardian
                : Capacity.None;
        // What guardians have given to a third person needs all of them, and tells none of them where another is.
        return hiding == 0 && named.Exists(a => guardians.All(g => a.ConfirmedBy?.Overlaps(g.Names) == true))
            ? Capacity.Mandate
            : Capacity.None;
    }
}
