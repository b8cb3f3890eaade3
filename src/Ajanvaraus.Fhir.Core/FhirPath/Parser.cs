using System.Globalization;

using Ajanvaraus.Fhir.Core.FhirPath.Expressions;
using Ajanvaraus.Fhir.Core.FhirPath.Functions;

namespace Ajanvaraus.Fhir.Core.FhirPath;

/// <summary>Reads FHIRPath by precedence climbing over the grammar of N1.</summary>
/// <remarks>
/// The first error ends the reading; the methods then return null up to the caller. Depth is limited so that no text
/// can exhaust the stack.
/// </remarks>
internal sealed class Parser
{
    private const int MaxDepth = 128;
    private const int MaxOperators = 1000;
    private const int TypePrecedence = 8;

    private static readonly ImmutableHashSet<string> CalendarUnits =
    [
        "year", "years", "month", "months", "week", "weeks", "day", "days", "hour", "hours", "minute", "minutes",
        "second", "seconds", "millisecond", "milliseconds",
    ];

    private readonly List<Token> _tokens = [];
    private int _at;
    private int _depth;
    private int _operators;
    private FhirPathError? _error;

    private Token Current => _tokens[_at];

    public static Expression? Parse(string text, out FhirPathError? error)
    {
        var parser = new Parser();
        error = Lexer.Read(text, parser._tokens);
        if (error is not null)
            return null;
        var expression = parser.Climb(0);
        if (expression is not null && parser.Current.Kind != TokenKind.End)
            parser.Fail("an operator or the end was expected here");
        error = parser._error;
        return error is null ? expression : null;
    }

    private Expression? Fail(string text, int? position = null)
    {
        _error ??= new FhirPathError(text, position ?? Current.Position);
        return null;
    }

    private bool TakeSymbol(string symbol)
    {
        if (!Current.IsSymbol(symbol))
            return false;
        _at++;
        return true;
    }

    private bool Require(string symbol)
    {
        if (TakeSymbol(symbol))
            return true;
        Fail($"{symbol} was expected here");
        return false;
    }

    private Expression? Climb(int minimum)
    {
        if (++_depth > MaxDepth)
            return Fail("the expression is nested too deeply");
        var left = Polarity();
        while (left is not null)
        {
            var position = Current.Position;
            if (IsTypeOperator() && TypePrecedence >= minimum)
            {
                left = ++_operators > MaxOperators
                    ? Fail("the expression has too many operators")
                    : TypeOperation(left);
                continue;
            }
            if (BinaryOperatorHere() is not var (found, precedence) || precedence < minimum)
                break;
            if (++_operators > MaxOperators)
                return Fail("the expression has too many operators");
            _at++;
            var right = Climb(precedence + 1);
            left = right is null ? null : new BinaryExpression(found, left, right, position);
        }
        _depth--;
        return left;
    }

    private bool IsTypeOperator() => Current.IsWord("is") || Current.IsWord("as");

    private TypeExpression? TypeOperation(Expression operand)
    {
        var position = Current.Position;
        var isCast = _tokens[_at++].Text == "as";
        if (!TakeIdentifier(out var name))
            return null;
        string? scope = null;
        if (TakeSymbol("."))
        {
            scope = name;
            if (!TakeIdentifier(out name))
                return null;
        }
        return new TypeExpression(operand, isCast, new TypeSpecifier(scope, name), position);
    }

    private (BinaryOperator Operator, int Precedence)? BinaryOperatorHere() => Current.Kind switch
    {
        TokenKind.Identifier => Current.Text switch
        {
            "implies" => (BinaryOperator.Implies, 1),
            "or" => (BinaryOperator.Or, 2),
            "xor" => (BinaryOperator.Xor, 2),
            "and" => (BinaryOperator.And, 3),
            "in" => (BinaryOperator.In, 4),
            "contains" => (BinaryOperator.Contains, 4),
            "div" => (BinaryOperator.Div, 10),
            "mod" => (BinaryOperator.Mod, 10),
            _ => null,
        },
        TokenKind.Symbol => Current.Text switch
        {
            "=" => (BinaryOperator.Equal, 5),
            "~" => (BinaryOperator.Equivalent, 5),
            "!=" => (BinaryOperator.NotEqual, 5),
            "!~" => (BinaryOperator.NotEquivalent, 5),
            "<" => (BinaryOperator.Less, 6),
            "<=" => (BinaryOperator.LessOrEqual, 6),
            ">" => (BinaryOperator.Greater, 6),
            ">=" => (BinaryOperator.GreaterOrEqual, 6),
            "|" => (BinaryOperator.Union, 7),
            "+" => (BinaryOperator.Add, 9),
            "-" => (BinaryOperator.Subtract, 9),
            "&" => (BinaryOperator.Concatenate, 9),
            "*" => (BinaryOperator.Multiply, 10),
            "/" => (BinaryOperator.Divide, 10),
            _ => null,
        },
        _ => null,
    };

    private Expression? Polarity()
    {
        var position = Current.Position;
        if (TakeSymbol("+"))
            return Deeper();
        if (!TakeSymbol("-"))
            return Path();
        return Deeper() is { } operand ? new NegationExpression(operand, position) : null;
    }

    private Expression? Deeper()
    {
        if (++_depth > MaxDepth)
            return Fail("the expression is nested too deeply");
        var operand = Polarity();
        _depth--;
        return operand;
    }

    private Expression? Path()
    {
        var left = Term();
        var length = 0;
        while (left is not null)
        {
            var position = Current.Position;
            if (++length > 10 * MaxDepth)
                return Fail("the path is too long");
            if (TakeSymbol("."))
                left = Current.Kind == TokenKind.Special ? Special() : Invocation(left);
            else if (TakeSymbol("["))
                left = Climb(0) is { } index && Require("]") ? new IndexerExpression(left, index, position) : null;
            else
                break;
        }
        return left;
    }

    private Expression? Term()
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.String:
                _at++;
                return new LiteralExpression(FhirPathValue.Of(token.Text), token.Position);
            case TokenKind.Number:
                return Number();
            case TokenKind.DateTime:
                return DateTimeLiteral();
            case TokenKind.Special:
                return Special();
            case TokenKind.External:
                _at++;
                return new ExternalConstantExpression(token.Text, token.Position);
            case TokenKind.Identifier when token.Text is "true" or "false":
                _at++;
                return new LiteralExpression(FhirPathValue.Of(token.Text == "true"), token.Position);
            case TokenKind.Identifier or TokenKind.DelimitedIdentifier:
                return Invocation(null);
            case TokenKind.Symbol when TakeSymbol("("):
                return Climb(0) is { } inner && Require(")") ? inner : null;
            case TokenKind.Symbol when TakeSymbol("{"):
                return Require("}") ? new EmptyExpression(token.Position) : null;
            default:
                return Fail("a value or a path was expected here");
        }
    }

    private SpecialExpression Special()
    {
        var token = _tokens[_at++];
        return new SpecialExpression(token.Text, token.Position);
    }

    private Expression? Number()
    {
        var token = _tokens[_at++];
        if (!decimal.TryParse(token.Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return Fail("this number is too large", token.Position);
        if (Current.Kind == TokenKind.String)
            return Quantity(number, _tokens[_at++].Text, token.Position);
        if (Current.Kind == TokenKind.Identifier && CalendarUnits.Contains(Current.Text))
            return Quantity(number, _tokens[_at++].Text, token.Position);
        if (token.Text.Contains('.'))
            return new LiteralExpression(FhirPathValue.Of(number), token.Position);
        return number <= int.MaxValue
            ? new LiteralExpression(FhirPathValue.Of((long)number), token.Position)
            : Fail("this integer is too large", token.Position);
    }

    private static LiteralExpression Quantity(decimal number, string unit, int position) =>
        new(FhirPathValue.Of(new FhirPathQuantity(number, unit)), position);

    private Expression? DateTimeLiteral()
    {
        var token = _tokens[_at++];
        var value = token.Text[0] == 'T'
            ? FhirPathTemporal.ParseTime(token.Text.AsSpan(1))
            : FhirPathTemporal.ParseDateTime(token.Text);
        return value is null
            ? Fail("this is no date or time", token.Position)
            : new LiteralExpression(FhirPathValue.Of(value), token.Position);
    }

    private bool TakeIdentifier(out string name)
    {
        name = Current.Text;
        if (Current.Kind is not (TokenKind.Identifier or TokenKind.DelimitedIdentifier))
        {
            Fail("a name was expected here");
            return false;
        }
        _at++;
        return true;
    }

    private Expression? Invocation(Expression? target)
    {
        var token = Current;
        if (!TakeIdentifier(out var name))
            return null;
        if (!TakeSymbol("("))
            return new MemberExpression(target, name, token.Position);
        var arguments = ImmutableArray.CreateBuilder<Expression>();
        if (!TakeSymbol(")"))
        {
            do
            {
                if (Climb(0) is not { } argument)
                    return null;
                arguments.Add(argument);
            }
            while (TakeSymbol(","));
            if (!Require(")"))
                return null;
        }
        return Function(target, name, arguments.ToImmutable(), token.Position);
    }

    private Expression? Function(Expression? target, string name, ImmutableArray<Expression> arguments, int position)
    {
        if (FunctionTable.Find(name) is not { } function)
            return Fail($"the function {name} is not known", position);
        if (arguments.Length < function.MinArguments || arguments.Length > function.MaxArguments)
            return Fail($"the function {name} takes another number of arguments", position);
        if (!function.TakesType)
            return new FunctionExpression(target, name, arguments, position);
        return AsType(arguments[0]) is null
            ? Fail($"the function {name} takes a type name", arguments[0].Position)
            : new FunctionExpression(target, name, arguments, position);
    }

    /// <summary>A type name that was read as a path: <c>Quantity</c>, <c>FHIR.Patient</c>; null for anything else.</summary>
    public static TypeSpecifier? AsType(Expression expression) => expression switch
    {
        MemberExpression { Target: null } name => new TypeSpecifier(null, name.Name),
        MemberExpression { Target: MemberExpression { Target: null } scope } name =>
            new TypeSpecifier(scope.Name, name.Name),
        _ => null,
    };
}
