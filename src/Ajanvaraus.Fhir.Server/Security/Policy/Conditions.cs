using Ajanvaraus.Fhir.Core.Search;

namespace Ajanvaraus.Fhir.Server.Security.Policy;

/// <summary>Conditions put together; null is the one that everything meets.</summary>
internal static class Conditions
{
    /// <summary>Met by what meets one of them; nothing meets none.</summary>
    public static SearchExpression Any(IEnumerable<SearchExpression> conditions)
    {
        var meant = conditions.Where(c => c is not NothingExpression).ToImmutableArray();
        return meant.Length switch
        {
            0 => new NothingExpression(),
            1 => meant[0],
            _ => new OrExpression(meant),
        };
    }

    /// <summary>As <see cref="Any(IEnumerable{SearchExpression})"/>; null as soon as one of them is.</summary>
    public static SearchExpression? AnyOrAll(IEnumerable<SearchExpression?> conditions)
    {
        var all = conditions.ToList();
        return all.Contains(null) ? null : Any(all!);
    }

    /// <summary>Met by what meets both.</summary>
    public static SearchExpression? Both(SearchExpression? one, SearchExpression? other) => (one, other) switch
    {
        (null, _) => other,
        (_, null) => one,
        (NothingExpression, _) or (_, NothingExpression) => new NothingExpression(),
        _ => new AndExpression([one, other]),
    };

    /// <summary>Met by what does not meet it; everything does not meet nothing.</summary>
    public static SearchExpression? Not(SearchExpression condition) =>
        condition is NothingExpression ? null : new NotExpression(condition);

    /// <summary>
    /// The same as a condition of the server's own, where it goes through other resources; what asks the resource alone
    /// stays as it is, for it may lead the plan of a search.
    /// </summary>
    public static SearchExpression? Trusted(SearchExpression? condition) => condition switch
    {
        null => null,
        AndExpression and => new AndExpression([.. and.Operands.Select(operand => Trusted(operand)!)]),
        _ when AsksItselfAlone(condition) => condition,
        _ => new TrustedExpression(condition),
    };

    private static bool AsksItselfAlone(SearchExpression condition) => condition switch
    {
        ChainExpression or BelongingExpression or HasExpression or ReferenceIdentifierExpression or ContainsExpression => false,
        AndExpression and => and.Operands.All(AsksItselfAlone),
        OrExpression or => or.Operands.All(AsksItselfAlone),
        NotExpression not => AsksItselfAlone(not.Operand),
        _ => true,
    };
}
