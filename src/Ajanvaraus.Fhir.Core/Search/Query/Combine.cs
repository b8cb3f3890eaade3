namespace Ajanvaraus.Fhir.Core.Search.Query;

/// <summary>Joins expressions without needless nesting.</summary>
internal static class Combine
{
    /// <summary>Null for none: everything matches.</summary>
    public static SearchExpression? All(ImmutableArray<SearchExpression> operands) => operands.Length switch
    {
        0 => null,
        1 => operands[0],
        _ => new AndExpression(operands),
    };

    /// <summary>Nothing matches none.</summary>
    public static SearchExpression Any(ImmutableArray<SearchExpression> operands) => operands.Length switch
    {
        0 => new NothingExpression(),
        1 => operands[0],
        _ => new OrExpression(operands),
    };
}
