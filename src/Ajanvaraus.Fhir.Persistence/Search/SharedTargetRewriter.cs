using Ajanvaraus.Fhir.Core.Search;

namespace Ajanvaraus.Fhir.Persistence.Search;

/// <summary>A reference to one resource by any of several parameters, of which each may belong to another type.</summary>
/// <param name="Reference">By the first of them.</param>
internal sealed record SharedTargetExpression(ImmutableArray<SearchParameter> Parameters, ReferenceExpression Reference)
    : SearchExpression;

/// <summary>Makes of the alternatives of an OR that refer to the same resource one look at the index of references.</summary>
/// <remarks>A search of the Patient compartment over all types has a hundred of them.</remarks>
internal static class SharedTargetRewriter
{
    public static SearchExpression Rewrite(SearchExpression expression) => expression switch
    {
        AndExpression and => new AndExpression([.. and.Operands.Select(Rewrite)]),
        OrExpression or => Shared(or),
        _ => expression,
    };

    private static SearchExpression Shared(OrExpression or)
    {
        var groups = or.Operands.OfType<ReferenceExpression>()
            .GroupBy(r => (r.TargetType, r.TargetId)).Where(g => g.Count() > 1).ToList();
        if (groups.Count == 0)
            return or;
        var merged = groups.SelectMany(g => g).ToHashSet<SearchExpression>(ReferenceEqualityComparer.Instance);
        ImmutableArray<SearchExpression> operands =
        [
            .. groups.Select(g => new SharedTargetExpression([.. g.Select(r => r.Parameter)], g.First())),
            .. or.Operands.Where(operand => !merged.Contains(operand)),
        ];
        return operands.Length == 1 ? operands[0] : new OrExpression(operands);
    }
}
