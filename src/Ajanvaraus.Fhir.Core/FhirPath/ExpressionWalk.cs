using Ajanvaraus.Fhir.Core.FhirPath.Expressions;

namespace Ajanvaraus.Fhir.Core.FhirPath;

/// <summary>Looks at every part of a syntax tree without recursion, however deep it is.</summary>
internal static class ExpressionWalk
{
    public static bool Any(Expression root, Func<Expression, bool> wanted)
    {
        var open = new Stack<Expression>([root]);
        while (open.TryPop(out var expression))
        {
            if (wanted(expression))
                return true;
            foreach (var part in Parts(expression))
                open.Push(part);
        }
        return false;
    }

    /// <summary>The first part that stands deeper than the limit; null when none does.</summary>
    public static Expression? Deeper(Expression root, int limit)
    {
        var open = new Stack<(Expression Part, int Depth)>([(root, 1)]);
        while (open.TryPop(out var at))
        {
            if (at.Depth > limit)
                return at.Part;
            foreach (var part in Parts(at.Part))
                open.Push((part, at.Depth + 1));
        }
        return null;
    }

    public static ImmutableArray<Expression> Parts(Expression expression) => expression switch
    {
        MemberExpression { Target: { } target } => [target],
        FunctionExpression { Target: { } target } function => [target, .. function.Arguments],
        FunctionExpression function => function.Arguments,
        IndexerExpression indexer => [indexer.Target, indexer.Index],
        NegationExpression negation => [negation.Operand],
        BinaryExpression binary => [binary.Left, binary.Right],
        TypeExpression type => [type.Operand],
        _ => [],
    };
}
