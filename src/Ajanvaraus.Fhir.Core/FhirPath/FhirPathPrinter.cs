using System.Globalization;
using System.Text;

using Ajanvaraus.Fhir.Core.FhirPath.Expressions;

namespace Ajanvaraus.Fhir.Core.FhirPath;

/// <summary>Writes a syntax tree in one form: single blanks around operators, no bracket that is not needed.</summary>
/// <remarks>Reading what was written gives the same tree, but for positions.</remarks>
public static class FhirPathPrinter
{
    public static string Print(Expression expression)
    {
        var text = new StringBuilder();
        Write(text, expression);
        return text.ToString();
    }

    private static void Write(StringBuilder text, Expression expression)
    {
        switch (expression)
        {
            case LiteralExpression literal:
                WriteLiteral(text, literal.Value);
                break;
            case EmptyExpression:
                text.Append("{}");
                break;
            case SpecialExpression special:
                text.Append('$').Append(special.Name);
                break;
            case ExternalConstantExpression constant:
                text.Append('%').Append(IsIdentifier(constant.Name) ? constant.Name : Quoted(constant.Name, '`'));
                break;
            case MemberExpression member:
                WriteTarget(text, member.Target);
                text.Append(Name(member.Name));
                break;
            case FunctionExpression function:
                WriteTarget(text, function.Target);
                WriteCall(text, function);
                break;
            case IndexerExpression indexer:
                WriteOperand(text, indexer.Target, OperatorText.SignPrecedence + 1);
                text.Append('[');
                Write(text, indexer.Index);
                text.Append(']');
                break;
            case NegationExpression negation:
                text.Append('-');
                WriteOperand(text, negation.Operand, OperatorText.SignPrecedence);
                break;
            case BinaryExpression binary:
                var precedence = OperatorText.Precedence(binary.Operator);
                WriteOperand(text, binary.Left, precedence);
                text.Append(' ').Append(OperatorText.Of(binary.Operator)).Append(' ');
                WriteOperand(text, binary.Right, precedence + 1);
                break;
            case TypeExpression type:
                WriteOperand(text, type.Operand, OperatorText.TypePrecedence);
                text.Append(type.IsCast ? " as " : " is ");
                if (type.Type.Namespace is { } scope)
                    text.Append(Name(scope)).Append('.');
                text.Append(Name(type.Type.Name));
                break;
        }
    }

    private static void WriteTarget(StringBuilder text, Expression? target)
    {
        if (target is null)
            return;
        WriteOperand(text, target, OperatorText.SignPrecedence + 1);
        text.Append('.');
    }

    private static void WriteCall(StringBuilder text, FunctionExpression function)
    {
        text.Append(Name(function.Name)).Append('(');
        for (var i = 0; i < function.Arguments.Length; i++)
        {
            if (i > 0)
                text.Append(", ");
            Write(text, function.Arguments[i]);
        }
        text.Append(')');
    }

    private static void WriteOperand(StringBuilder text, Expression operand, int least)
    {
        var needsBrackets = Precedence(operand) < least;
        if (needsBrackets)
            text.Append('(');
        Write(text, operand);
        if (needsBrackets)
            text.Append(')');
    }

    private static int Precedence(Expression expression) => expression switch
    {
        BinaryExpression binary => OperatorText.Precedence(binary.Operator),
        TypeExpression => OperatorText.TypePrecedence,
        NegationExpression => OperatorText.SignPrecedence,
        _ => int.MaxValue,
    };

    private static void WriteLiteral(StringBuilder text, FhirPathValue value)
    {
        switch (value.System)
        {
            case string content:
                text.Append(Quoted(content, '\''));
                break;
            case FhirPathTemporal moment:
                text.Append(moment.Kind == TemporalKind.Time ? "@T" : "@").Append(moment.Text);
                break;
            case FhirPathQuantity { IsCalendarWord: false } quantity:
                text.Append(CultureInfo.InvariantCulture, $"{quantity.Value} {Quoted(quantity.Unit, '\'')}");
                break;
            default:
                text.Append(value.ToString());
                break;
        }
    }

    private static string Name(string name) => IsIdentifier(name) && !IsReserved(name) ? name : Quoted(name, '`');

    private static bool IsIdentifier(string name) =>
        name is [var first, ..] && (char.IsAsciiLetter(first) || first == '_')
        && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');

    /// <summary>Words that would be read as an operator, a literal or the unit of the number before them.</summary>
    private static bool IsReserved(string name) =>
        name is "true" or "false" or "and" or "or" or "xor" or "implies" or "div" or "mod" or "asc" or "desc"
        || FhirPathQuantity.IsCalendar(name);

    private static string Quoted(string content, char quote)
    {
        var text = new StringBuilder().Append(quote);
        foreach (var letter in content)
            text.Append(letter switch
            {
                '\\' => @"\\",
                '\n' => @"\n",
                '\r' => @"\r",
                '\t' => @"\t",
                '\f' => @"\f",
                _ when letter == quote => $@"\{quote}",
                _ when char.IsControl(letter) || char.IsSurrogate(letter) =>
                    string.Create(CultureInfo.InvariantCulture, $@"\u{(int)letter:x4}"),
                _ => letter.ToString(),
            });
        return text.Append(quote).ToString();
    }
}
