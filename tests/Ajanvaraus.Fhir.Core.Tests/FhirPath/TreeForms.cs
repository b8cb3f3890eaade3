using Ajanvaraus.Fhir.Core.FhirPath.Expressions;

namespace Ajanvaraus.Fhir.Core.Tests.FhirPath;

/// <summary>Syntax trees compared by their form: without the places in the text.</summary>
internal static class TreeForms
{
    /// <summary>The tree as nested brackets, every part with its own kind.</summary>
    public static string Of(Expression? expression) => expression switch
    {
        null => "-",
        LiteralExpression literal => $"lit({literal.Value.Type.Name} {literal.Value})",
        EmptyExpression => "empty",
        SpecialExpression special => $"special({special.Name})",
        ExternalConstantExpression constant => $"external({constant.Name})",
        MemberExpression member => $"member({Of(member.Target)} {member.Name})",
        FunctionExpression function =>
            $"call({Of(function.Target)} {function.Name} {string.Join(' ', function.Arguments.Select(Of))})",
        IndexerExpression indexer => $"at({Of(indexer.Target)} {Of(indexer.Index)})",
        NegationExpression negation => $"neg({Of(negation.Operand)})",
        BinaryExpression binary => $"{binary.Operator}({Of(binary.Left)} {Of(binary.Right)})",
        TypeExpression type => $"{(type.IsCast ? "as" : "is")}({Of(type.Operand)} {type.Type})",
        _ => throw new ArgumentException(expression.GetType().Name, nameof(expression)),
    };
}
