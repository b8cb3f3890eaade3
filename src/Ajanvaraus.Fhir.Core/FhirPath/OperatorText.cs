using Ajanvaraus.Fhir.Core.FhirPath.Expressions;

namespace Ajanvaraus.Fhir.Core.FhirPath;

/// <summary>How operators are written and bind: http://hl7.org/fhirpath/N1/#operator-precedence .</summary>
internal static class OperatorText
{
    /// <summary><c>is</c> and <c>as</c>.</summary>
    public const int TypePrecedence = 8;

    /// <summary>A sign before an operand.</summary>
    public const int SignPrecedence = 11;

    public static string Of(BinaryOperator name) => name switch
    {
        BinaryOperator.Implies => "implies",
        BinaryOperator.Or => "or",
        BinaryOperator.Xor => "xor",
        BinaryOperator.And => "and",
        BinaryOperator.In => "in",
        BinaryOperator.Contains => "contains",
        BinaryOperator.Equal => "=",
        BinaryOperator.Equivalent => "~",
        BinaryOperator.NotEqual => "!=",
        BinaryOperator.NotEquivalent => "!~",
        BinaryOperator.Less => "<",
        BinaryOperator.LessOrEqual => "<=",
        BinaryOperator.Greater => ">",
        BinaryOperator.GreaterOrEqual => ">=",
        BinaryOperator.Union => "|",
        BinaryOperator.Add => "+",
        BinaryOperator.Subtract => "-",
        BinaryOperator.Concatenate => "&",
        BinaryOperator.Multiply => "*",
        BinaryOperator.Divide => "/",
        BinaryOperator.Div => "div",
        _ => "mod",
    };

    /// <summary>The higher binds the tighter.</summary>
    public static int Precedence(BinaryOperator name) => name switch
    {
        BinaryOperator.Implies => 1,
        BinaryOperator.Or or BinaryOperator.Xor => 2,
        BinaryOperator.And => 3,
        BinaryOperator.In or BinaryOperator.Contains => 4,
        BinaryOperator.Equal or BinaryOperator.Equivalent or BinaryOperator.NotEqual
            or BinaryOperator.NotEquivalent => 5,
        BinaryOperator.Less or BinaryOperator.LessOrEqual or BinaryOperator.Greater
            or BinaryOperator.GreaterOrEqual => 6,
        BinaryOperator.Union => 7,
        BinaryOperator.Add or BinaryOperator.Subtract or BinaryOperator.Concatenate => 9,
        _ => 10,
    };
}
