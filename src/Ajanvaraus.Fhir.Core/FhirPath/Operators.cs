using System.Globalization;

using Ajanvaraus.Fhir.Core.FhirPath.Expressions;
using Ajanvaraus.Fhir.Core.Issues;

namespace Ajanvaraus.Fhir.Core.FhirPath;

internal delegate void BinaryOperation(
    FhirPathContext context, List<FhirPathValue> left, List<FhirPathValue> right, List<FhirPathValue> output);

/// <summary>The operators of http://hl7.org/fhirpath/N1/#operations, over whole collections.</summary>
internal static class Operators
{
    public static BinaryOperation Find(BinaryOperator name) => name switch
    {
        BinaryOperator.And => Logic(ThreeValued.And),
        BinaryOperator.Or => Logic(ThreeValued.Or),
        BinaryOperator.Xor => Logic(ThreeValued.Xor),
        BinaryOperator.Implies => Logic(ThreeValued.Implies),
        BinaryOperator.Equal => (context, left, right, output) => Add(output, Equality.Equal(context, left, right)),
        BinaryOperator.NotEqual => (context, left, right, output) =>
            Add(output, !Equality.Equal(context, left, right)),
        BinaryOperator.Equivalent => (context, left, right, output) =>
            Add(output, Equivalence.AreEquivalent(context, left, right)),
        BinaryOperator.NotEquivalent => (context, left, right, output) =>
            Add(output, !Equivalence.AreEquivalent(context, left, right)),
        BinaryOperator.Less => Order(order => order < 0),
        BinaryOperator.LessOrEqual => Order(order => order <= 0),
        BinaryOperator.Greater => Order(order => order > 0),
        BinaryOperator.GreaterOrEqual => Order(order => order >= 0),
        BinaryOperator.In => Contained,
        BinaryOperator.Contains => (context, left, right, output) => Contained(context, right, left, output),
        BinaryOperator.Concatenate => Concatenate,
        _ => Arithmetic.Find(name),
    };

    /// <summary>The one item; null when there is none, and an error when there are several.</summary>
    public static FhirPathValue? Single(FhirPathContext context, IReadOnlyList<FhirPathValue> items)
    {
        if (items.Count == 1)
            return items[0];
        if (items.Count > 1)
            context.Fail(FhirPathMessages.OneItemExpected, items.Count.ToString(CultureInfo.InvariantCulture));
        return null;
    }

    /// <summary>A collection as a condition: one item that is no boolean counts as true.</summary>
    /// <remarks>Source: http://hl7.org/fhirpath/N1/#singleton-evaluation-of-collections.</remarks>
    public static bool? Truth(FhirPathContext context, IReadOnlyList<FhirPathValue> items) =>
        Single(context, items) is { } item ? item.Boolean ?? true : null;

    private static void Add(List<FhirPathValue> output, bool? value)
    {
        if (value is { } known)
            output.Add(FhirPathValue.Of(known));
    }

    private static BinaryOperation Logic(Func<bool?, bool?, bool?> rule) => (context, left, right, output) =>
        Add(output, rule(Truth(context, left), Truth(context, right)));

    private static BinaryOperation Order(Func<int, bool> rule) => (context, left, right, output) =>
    {
        if (Single(context, left) is { } first && Single(context, right) is { } second
            && Comparison.Compare(context, first, second) is { } order)
            output.Add(FhirPathValue.Of(rule(order)));
    };

    private static void Contained(
        FhirPathContext context, List<FhirPathValue> item, List<FhirPathValue> set, List<FhirPathValue> output)
    {
        if (Single(context, item) is { } sought)
            output.Add(FhirPathValue.Of(ItemSet.Contains(context, set, sought)));
    }

    /// <summary><c>&amp;</c> reads an empty operand as the empty string.</summary>
    private static void Concatenate(
        FhirPathContext context, List<FhirPathValue> left, List<FhirPathValue> right, List<FhirPathValue> output)
    {
        if (TryText(context, left, out var first) && TryText(context, right, out var second)
            && context.Affords(first.Length + second.Length))
            output.Add(FhirPathValue.Of(first + second));
    }

    private static bool TryText(FhirPathContext context, List<FhirPathValue> items, out string text)
    {
        text = "";
        if (Single(context, items) is not { } item)
            return items.Count == 0;
        if (item.Node is { IsPrimitive: false } || item.Raw is ResolvedReference or FhirPathTypeInfo)
        {
            context.Fail(FhirPathMessages.OperatorNotApplicable, "&", TypeTest.Of(item).Name, "String");
            return false;
        }
        text = item.Node is { } node ? node.Value ?? "" : item.ToString();
        return true;
    }
}

/// <summary>Truth with a third value, null, for what is not known: http://hl7.org/fhirpath/N1/#boolean-logic.</summary>
internal static class ThreeValued
{
    public static bool? And(bool? left, bool? right) => left & right;

    public static bool? Or(bool? left, bool? right) => left | right;

    public static bool? Xor(bool? left, bool? right) => left ^ right;

    public static bool? Implies(bool? left, bool? right) => !left | right;
}
