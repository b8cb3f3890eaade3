using Ajanvaraus.Fhir.Core.FhirPath.Expressions;

namespace Ajanvaraus.Fhir.Core.FhirPath;

/// <summary>Arithmetic over numbers, texts and quantities of one unit: http://hl7.org/fhirpath/N1/#math.</summary>
/// <remarks>A division by zero and a result out of range are empty, as the specification asks.</remarks>
internal static class Arithmetic
{
    public static BinaryOperation Find(BinaryOperator name) => (context, left, right, output) =>
    {
        if (Operators.Single(context, left)?.System is not { } first
            || Operators.Single(context, right)?.System is not { } second)
            return;
        try
        {
            Apply(context, name, first, second, output);
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
            default:
                context.Fail("only a number can be negated");
                break;
        }
    }

    private static void Apply(
        FhirPathContext context, BinaryOperator name, object first, object second, List<FhirPathValue> output)
    {
        switch (first, second)
        {
            case (string left, string right) when name == BinaryOperator.Add:
                output.Add(FhirPathValue.Of(left + right));
                break;
            case (long left, long right) when name != BinaryOperator.Divide:
                Whole(name, left, right, output);
                break;
            case (long or decimal, long or decimal):
                Fractional(name, Comparison.Number(first), Comparison.Number(second), output);
                break;
            case (FhirPathQuantity left, FhirPathQuantity right)
                when name is BinaryOperator.Add or BinaryOperator.Subtract && left.CanonicalUnit == right.CanonicalUnit:
                var sum = name == BinaryOperator.Add ? left.Value + right.Value : left.Value - right.Value;
                output.Add(FhirPathValue.Of(left with { Value = sum }));
                break;
            default:
                context.Fail("this operator does not apply to these types");
                break;
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
        output.Add(FhirPathValue.Of(result));
    }

    private static void Fractional(BinaryOperator name, decimal left, decimal right, List<FhirPathValue> output)
    {
        if (right == 0 && name is (BinaryOperator.Divide or BinaryOperator.Div or BinaryOperator.Mod))
            return;
        if (name == BinaryOperator.Div)
        {
            output.Add(FhirPathValue.Of((long)decimal.Truncate(left / right)));
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
