namespace Ajanvaraus.Fhir.Core.FhirPath.Expressions;

/// <summary>Syntax tree of FHIRPath N1: http://hl7.org/fhirpath/N1/#formal-specifications.</summary>
/// <param name="Position">Of the first character of its own token, from 0; for messages.</param>
public abstract record Expression(int Position);

/// <summary><c>'text'</c>, <c>42</c>, <c>@2026-10-25</c>, <c>4 'mg'</c>.</summary>
public sealed record LiteralExpression(FhirPathValue Value, int Position) : Expression(Position);

/// <summary><c>{}</c>.</summary>
public sealed record EmptyExpression(int Position) : Expression(Position);

/// <summary><c>$this</c>, <c>$index</c>, <c>$total</c>.</summary>
public sealed record SpecialExpression(string Name, int Position) : Expression(Position);

/// <summary><c>%resource</c> and other constants of the environment.</summary>
public sealed record ExternalConstantExpression(string Name, int Position) : Expression(Position);

/// <summary><c>target.name</c>; without target the name starts the path (and may be a type name).</summary>
public sealed record MemberExpression(Expression? Target, string Name, int Position) : Expression(Position);

/// <summary><c>target.name(arguments)</c>.</summary>
public sealed record FunctionExpression(
    Expression? Target, string Name, ImmutableArray<Expression> Arguments, int Position) : Expression(Position);

/// <summary><c>target[index]</c>, from 0.</summary>
public sealed record IndexerExpression(Expression Target, Expression Index, int Position) : Expression(Position);

/// <summary><c>-operand</c>; a plus sign leaves no trace.</summary>
public sealed record NegationExpression(Expression Operand, int Position) : Expression(Position);

public enum BinaryOperator
{
    Implies, Or, Xor, And, In, Contains, Equal, Equivalent, NotEqual, NotEquivalent,
    Less, LessOrEqual, Greater, GreaterOrEqual, Union, Add, Subtract, Concatenate, Multiply, Divide, Div, Mod,
}

public sealed record BinaryExpression(BinaryOperator Operator, Expression Left, Expression Right, int Position)
    : Expression(Position);

/// <summary><c>operand is Type</c> or <c>operand as Type</c>.</summary>
public sealed record TypeExpression(Expression Operand, bool IsCast, TypeSpecifier Type, int Position)
    : Expression(Position);

/// <summary>A type name; namespace <c>FHIR</c> or <c>System</c>, or null when not written.</summary>
public sealed record TypeSpecifier(string? Namespace, string Name);
