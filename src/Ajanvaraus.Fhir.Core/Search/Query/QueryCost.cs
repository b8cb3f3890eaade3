namespace Ajanvaraus.Fhir.Core.Search.Query;

/// <summary>How much one query asks of a database: its leaves, sort keys and includes, together.</summary>
/// <remarks>
/// Each becomes a part of one SQL statement, and databases take statements of a limited size and depth only: SQLite an
/// expression tree of 1000 levels, PostgreSQL 65535 arguments. Criteria that all must be met are joins, for which the
/// planner of PostgreSQL alone takes seconds when there are a hundred.
/// </remarks>
/// <param name="typeCount">Of a search over several types each leaf is there once for every type.</param>
internal sealed class QueryCost(int typeCount)
{
    public const int MaxOfOneType = 200;
    public const int MaxOfSeveralTypes = 800;
    public const int MaxCriteria = 32;

    private int _left = typeCount > 1 ? MaxOfSeveralTypes : MaxOfOneType;
    private int _criteriaLeft = MaxCriteria;

    /// <summary>Takes one criterion, as it is for each type; false when the query has become too costly.</summary>
    public bool Take(IEnumerable<SearchExpression> expressions)
    {
        if (--_criteriaLeft < 0)
            return false;
        foreach (var expression in expressions)
            if (!Take(Leaves(expression)))
                return false;
        return true;
    }

    /// <summary>False when the query has become too costly.</summary>
    public bool Take(int parts)
    {
        _left -= parts;
        return _left >= 0;
    }

    private static int Leaves(SearchExpression expression) => expression switch
    {
        AndExpression and => and.Operands.Sum(Leaves),
        OrExpression or => or.Operands.Sum(Leaves),
        NotExpression not => Leaves(not.Operand),
        ChainExpression chain => Leaves(chain.Operand),
        HasExpression has => Leaves(has.Operand),
        CompositeExpression composite => composite.Components.Length,
        // A list of codes is one argument, but each row is compared with it.
        TokenSetExpression set => 1 + (set.CodesBySystem.Sum(part => part.Codes.Count) / 100),
        _ => 1,
    };
}
