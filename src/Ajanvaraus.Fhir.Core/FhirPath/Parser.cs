using System.Globalization;

using Ajanvaraus.Fhir.Core.FhirPath.Expressions;
using Ajanvaraus.Fhir.Core.FhirPath.Functions;
using Ajanvaraus.Fhir.Core.Issues;

namespace Ajanvaraus.Fhir.Core.FhirPath;

/// <summary>Reads FHIRPath by precedence climbing over the grammar of N1.</summary>
/// <remarks>
/// The first error ends the reading; the methods then return null up to the caller. Depth is limited so that no text
/// can exhaust the stack.
/// </remarks>
internal sealed class Parser
{
    private const int MaxLength = 100_000;
    private const int MaxDepth = 128;
    private const int MaxOperators = 1000;
    private const int MaxSteps = 1000;
    private const int MaxDigits = 28;

    /// <summary>Of the tree: chains of operators and steps lean to the left.</summary>
    private const int MaxHeight = 1500;

    private readonly List<Token> _tokens = [];
    private int _at;
    private int _depth;
    private int _operators;
    private FhirPathError? _error;

    private Token Current => _tokens[_at];

    public static Expression? Parse(string text, out FhirPathError? error)
    {
        var parser = new Parser();
        if (text.Length > MaxLength)
        {
            error = FhirPathError.Syntax(FhirPathMessages.TooLong, MaxLength, $"{MaxLength}");
            return null;
        }
        error = Lexer.Read(text, parser._tokens);
        if (error is not null)
            return null;
        var expression = parser.Climb(0);
        if (expression is not null && parser.Current.Kind != TokenKind.End)
            parser.Fail(FhirPathMessages.EndExpected);
        if (expression is not null && ExpressionWalk.Deeper(expression, MaxHeight) is { } deep)
            parser.FailAt(deep.Position, FhirPathMessages.TooDeep);
        error = parser._error;
        return error is null ? expression : null;
    }

    private Expression? Fail(Message message, params ImmutableArray<string> arguments) =>
        FailAt(Current.Position, message, arguments);

    private Expression? FailAt(int position, Message message, params ImmutableArray<string> arguments)
    {
        _error ??= FhirPathError.Syntax(message, position, arguments);
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
        Fail(FhirPathMessages.SymbolExpected, symbol);
        return false;
    }

    private Expression? Climb(int minimum)
    {
        if (++_depth > MaxDepth)
            return Fail(FhirPathMessages.TooDeep);
        var left = Polarity();
        while (left is not null)
        {
            var position = Current.Position;
            if (IsTypeOperator() && OperatorText.TypePrecedence >= minimum)
            {
                left = ++_operators > MaxOperators
                    ? Fail(FhirPathMessages.TooLong, $"{MaxOperators}")
                    : TypeOperation(left);
                continue;
            }
            if (BinaryOperatorHere() is not { } found || OperatorText.Precedence(found) < minimum)
                break;
            if (++_operators > MaxOperators)
                return Fail(FhirPathMessages.TooLong, $"{MaxOperators}");
            _at++;
            var right = Climb(OperatorText.Precedence(found) + 1);
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

    private BinaryOperator? BinaryOperatorHere() => Current.Kind switch
    {
        TokenKind.Identifier => Current.Text switch
        {
            "implies" => BinaryOperator.Implies,
            "or" => BinaryOperator.Or,
            "xor" => BinaryOperator.Xor,
            "and" => BinaryOperator.And,
            "in" => BinaryOperator.In,
            "contains" => BinaryOperator.Contains,
            "div" => BinaryOperator.Div,
            "mod" => BinaryOperator.Mod,
            _ => null,
        },
        TokenKind.Symbol => Current.Text switch
        {
            "=" => BinaryOperator.Equal,
            "~" => BinaryOperator.Equivalent,
            "!=" => BinaryOperator.NotEqual,
            "!~" => BinaryOperator.NotEquivalent,
            "<" => BinaryOperator.Less,
            "<=" => BinaryOperator.LessOrEqual,
            ">" => BinaryOperator.Greater,
            ">=" => BinaryOperator.GreaterOrEqual,
            "|" => BinaryOperator.Union,
            "+" => BinaryOperator.Add,
            "-" => BinaryOperator.Subtract,
            "&" => BinaryOperator.Concatenate,
            "*" => BinaryOperator.Multiply,
            "/" => BinaryOperator.Divide,
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
            return Fail(FhirPathMessages.TooDeep);
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
            if (++length > MaxSteps)
                return Fail(FhirPathMessages.TooLong, $"{MaxSteps}");
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
                return Fail(FhirPathMessages.ValueExpected);
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
        // More digits would be rounded without a word.
        if (token.Text.Length > MaxDigits + 1
            || !decimal.TryParse(
                token.Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return FailAt(token.Position, FhirPathMessages.NumberTooLarge);
        if (Current.Kind == TokenKind.String)
            return Quantity(number, _tokens[_at++].Text, token.Position);
        if (Current.Kind == TokenKind.Identifier && FhirPathQuantity.IsCalendar(Current.Text))
            return Quantity(number, _tokens[_at++].Text, token.Position);
        if (token.Text.Contains('.'))
            return new LiteralExpression(FhirPathValue.Of(number), token.Position);
        return number <= int.MaxValue
            ? new LiteralExpression(FhirPathValue.Of((long)number), token.Position)
            : FailAt(token.Position, FhirPathMessages.NumberTooLarge);
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
            ? FailAt(token.Position, FhirPathMessages.NotADate)
            : new LiteralExpression(FhirPathValue.Of(value), token.Position);
    }

    private bool TakeIdentifier(out string name)
    {
        name = Current.Text;
        if (Current.Kind is not (TokenKind.Identifier or TokenKind.DelimitedIdentifier))
        {
            Fail(FhirPathMessages.NameExpected);
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
                if (Argument(name) is not { } argument)
                    return null;
                arguments.Add(argument);
            }
            while (TakeSymbol(","));
            if (!Require(")"))
                return null;
        }
        return Function(target, name, arguments.ToImmutable(), token.Position);
    }

    /// <summary>A key of <c>sort()</c> may carry a direction; a descending one is kept as a negation.</summary>
    private Expression? Argument(string function)
    {
        var argument = Climb(0);
        if (argument is null || function != "sort" || !(Current.IsWord("asc") || Current.IsWord("desc")))
            return argument;
        var direction = _tokens[_at++];
        return direction.Text == "desc" ? new NegationExpression(argument, direction.Position) : argument;
    }

    private Expression? Function(Expression? target, string name, ImmutableArray<Expression> arguments, int position)
    {
        if (FunctionTable.Find(name) is not { } function)
        {
            _error ??= FhirPathError.Semantic(FhirPathMessages.UnknownFunction, position, name);
            return null;
        }
        if (arguments.Length < function.MinArguments || arguments.Length > function.MaxArguments)
        {
            _error ??= FhirPathError.Semantic(FhirPathMessages.WrongArgumentCount, position,
                name, $"{function.MinArguments}", $"{function.MaxArguments}");
            return null;
        }
        if (!function.TakesType)
            return new FunctionExpression(target, name, arguments, position);
        return AsType(arguments[0]) is null
            ? FailAt(arguments[0].Position, FhirPathMessages.TypeNameExpected, name)
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
