using Ajanvaraus.Fhir.Server.Security.Representation;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Retention;

/// <summary>What decides how long a document of one client in one service task is kept.</summary>
/// <param name="Start">The day on which it begins to be of the client: of a booking its start.</param>
/// <param name="Closing">When the client's matter was closed; null: it is open.</param>
/// <param name="Born">Null: not known.</param>
/// <param name="Died">Null: alive, or the day is not known.</param>
public sealed record RetentionFacts(string ServiceTask, LocalDate Start, LocalDate? Closing, BirthDay? Born, LocalDate? Died);

/// <summary>Until when something is kept, or why nobody can say.</summary>
/// <param name="Until">The last day; null: it is kept.</param>
/// <param name="Reason">Of a null: <c>no-rule</c>, <c>open</c>, <c>alive</c>, <c>unknown-birth</c>.</param>
public readonly record struct Retained(LocalDate? Until, string Reason)
{
    public static Retained Kept(string reason) => new(null, reason);

    /// <summary>Of several both must have passed.</summary>
    public Retained And(Retained other) =>
        Until is not { } one ? this : other.Until is not { } two ? other : one >= two ? this : other;
}

/// <summary>Until when documents are kept: where two days come into question the later one, and where none is sure, for good.</summary>
/// <remarks>A period of years ends on the day of the same number, on the last of the month where there is none (law 150/1930).</remarks>
public static class RetentionRules
{
    /// <param name="facts">Of each client in each service task; none: it is no document of a client.</param>
    public static Retained Of(RetentionTable table, IEnumerable<RetentionFacts> facts)
    {
        Retained? all = null;
        foreach (var one in facts)
            all = all?.And(Of(table, one)) ?? Of(table, one);
        return all ?? Retained.Kept("no-rule");
    }

    private static Retained Of(RetentionTable table, RetentionFacts facts)
    {
        var periods = table.Of(facts.ServiceTask);
        if (periods.IsEmpty)
            return Retained.Kept("no-rule");
        // What is about a child is kept by the child; other rows are for those who are none.
        var ofChild = periods.FirstOrDefault(p => p.From == RetentionStart.ChildBirth);
        if (ofChild.From == RetentionStart.ChildBirth && !IsOfAge(facts))
            return facts.Born is { } born ? After(born.Last, ofChild) : Retained.Kept("unknown-birth");
        var others = periods.Where(p => p.From != RetentionStart.ChildBirth).Select(p => p.From switch
        {
            RetentionStart.Death => facts.Died is { } died ? After(died, p) : Retained.Kept("alive"),
            _ => facts.Closing is { } closing ? After(closing, p) : Retained.Kept("open"),
        }).ToList();
        return others.Count == 0 ? Retained.Kept("no-rule") : others.Aggregate((one, other) => one.And(other));
    }

    private static bool IsOfAge(RetentionFacts facts) => facts.Born?.HasReached(BirthDay.OfAge, facts.Start) == true;

    private static Retained After(LocalDate day, RetentionPeriod period) =>
        new(day.Year + period.Years <= CalendarSystem.Iso.MaxYear ? day.PlusYears(period.Years) : LocalDate.MaxIsoValue, "");
}
