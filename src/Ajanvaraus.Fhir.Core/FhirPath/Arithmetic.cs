using Ajanvaraus.Fhir.Core.FhirPath.Expressions;
using Ajanvaraus.Fhir.Core.Issues;

namespace Ajanvaraus.Fhir.Core.FhirPath;

/// <summary>Arithmetic over numbers, texts and quantities of one unit: http://hl7.org/fhirpath/N1/#math.</summary>
/// <remarks>A division by zero and a result out of range are empty, as the specification asks.</remarks>
internal static class Arithmetic
{
    public static BinaryOperation Find(BinaryOperator name) => (context, left, right, output) =>
    {
        if (Operators.Single(context, left) is not { } first || Operators.Single(context, right) is not { } second)
            return;
        try
        {
            if (!Apply(context, name, first, second, output))
                context.Fail(FhirPathMessages.OperatorNotApplicable,
                    OperatorText.Of(name), TypeTest.Of(first).Name, TypeTest.Of(second).Name);
        }
        catch (OverflowException)
        {
            // Out of range: empty.
        }
    };

    public static void Negate(FhirPathContext context, FhirPathValue item, List<FhirPathValue> output)
    {
        switch (item.System)
        {
            case long whole:
                output.Add(FhirPathValue.Of(-whole));
                break;
            case decimal number:
                output.Add(FhirPathValue.Of(-number));
                break;
            case FhirPathQuantity quantity:
                output.Add(FhirPathValue.Of(quantity with { Value = -quantity.Value }));
                break;
            case null when item.Node is { IsPrimitive: true }:
                break;
            default:
                context.Fail(FhirPathMessages.NotANumber, TypeTest.Of(item).Name);
                break;
        }
    }

    /// <summary>False when the operator has no meaning for these types.</summary>
    private static bool Apply(
        FhirPathContext context, BinaryOperator name, FhirPathValue first, FhirPathValue second,
        List<FhirPathValue> output)
    {
        switch (first.System, second.System)
        {
            case (string left, string right) when name == BinaryOperator.Add:
                if (context.Affords(left.Length + right.Length))
                    output.Add(FhirPathValue.Of(left + right));
                return true;
            case (long left, long right) when name != BinaryOperator.Divide:
                Whole(name, left, right, output);
                return true;
            case (long or decimal, long or decimal):
                Fractional(name, Comparison.Number(first.System!), Comparison.Number(second.System!), output);
                return true;
            case (FhirPathTemporal moment, FhirPathQuantity quantity)
                when name is BinaryOperator.Add or BinaryOperator.Subtract:
                Move(context, moment, quantity, name == BinaryOperator.Subtract, output);
                return true;
            case (FhirPathQuantity or long or decimal, FhirPathQuantity or long or decimal):
                return Measured(name, AsQuantity(first.System!), AsQuantity(second.System!), output);
            case (null, _) when first.Node is { IsPrimitive: true } or { Type.Name: "Quantity" }:
            case (_, null) when second.Node is { IsPrimitive: true } or { Type.Name: "Quantity" }:
                return true;
            default:
                return false;
        }
    }

    private static FhirPathQuantity AsQuantity(object value) =>
        value as FhirPathQuantity ?? new FhirPathQuantity(Comparison.Number(value), "1");

    private static void Move(
        FhirPathContext context, FhirPathTemporal moment, FhirPathQuantity quantity, bool subtract,
        List<FhirPathValue> output)
    {
        if (!TemporalArithmetic.TryAdd(moment, quantity, subtract, out var moved))
            context.Fail(FhirPathMessages.NoCalendarUnit, quantity.Unit, moment.Kind.ToString());
        else if (moved is not null)
            output.Add(FhirPathValue.Of(moved));
    }

    private static bool Measured(
        BinaryOperator name, FhirPathQuantity left, FhirPathQuantity right, List<FhirPathValue> output)
    {
        switch (name)
        {
            case BinaryOperator.Add or BinaryOperator.Subtract:
                if (QuantityMath.Add(left, right, name == BinaryOperator.Subtract) is { } sum)
                    output.Add(FhirPathValue.Of(sum));
                return true;
            case BinaryOperator.Multiply:
                output.Add(FhirPathValue.Of(QuantityMath.Multiply(left, right)));
                return true;
            case BinaryOperator.Divide:
                if (right.Value != 0)
                    output.Add(FhirPathValue.Of(QuantityMath.Divide(left, right)));
                return true;
            default:
                return false;
        }
    }

    private static void Whole(BinaryOperator name, long left, long right, List<FhirPathValue> output)
    {
        if (right == 0 && name is (BinaryOperator.Div or BinaryOperator.Mod))
            return;
        var result = name switch
        {
            BinaryOperator.Add => checked(left + right),
            BinaryOperator.Subtract => checked(left - right),
            BinaryOperator.Multiply => checked(left * right),
            BinaryOperator.Div => left / right,
            _ => left % right,
        };
        // An Integer has 32 bits: http://hl7.org/fhirpath/N1/#integer .
        if (result is >= int.MinValue and <= int.MaxValue)
            output.Add(FhirPathValue.Of(result));
    }

    private static void Fractional(BinaryOperator name, decimal left, decimal right, List<FhirPathValue> output)
    {
        if (right == 0 && name is (BinaryOperator.Divide or BinaryOperator.Div or BinaryOperator.Mod))
            return;
        if (name == BinaryOperator.Div)
        {
            if (decimal.Truncate(left / right) is >= int.MinValue and <= int.MaxValue and var whole)
                output.Add(FhirPathValue.Of((long)whole));
            return;
        }
        var result = name switch
        {
            BinaryOperator.Add => left + right,
            BinaryOperator.Subtract => left - right,
            BinaryOperator.Multiply => left * right,
            BinaryOperator.Divide => left / right,
            _ => left % right,
        };
        output.Add(FhirPathValue.Of(result));
    }
}
