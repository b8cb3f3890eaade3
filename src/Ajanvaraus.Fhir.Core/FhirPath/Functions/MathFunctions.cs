namespace Ajanvaraus.Fhir.Core.FhirPath.Functions;

/// <summary>http://hl7.org/fhirpath/N1/#math.</summary>
/// <remarks>What cannot be represented (a root of a negative number, a logarithm of zero) is empty.</remarks>
internal static class MathFunctions
{
    public static readonly FunctionDefinition[] All =
    [
        new("abs", 0, 0, Abs),
        new("ceiling", 0, 0, static (in FunctionCall call) => Whole(call, decimal.Ceiling)),
        new("floor", 0, 0, static (in FunctionCall call) => Whole(call, decimal.Floor)),
        new("truncate", 0, 0, static (in FunctionCall call) => Whole(call, decimal.Truncate)),
        new("round", 0, 1, Round),
        new("sqrt", 0, 0, static (in FunctionCall call) => Real(call, Math.Sqrt)),
        new("exp", 0, 0, static (in FunctionCall call) => Real(call, Math.Exp)),
        new("ln", 0, 0, static (in FunctionCall call) => Real(call, Math.Log)),
        new("log", 1, 1, Log),
        new("power", 1, 1, Power),
    ];

    private static decimal? Number(in FunctionCall call)
    {
        if (call.Item is not { } item)
            return null;
        if (item.System is long or decimal)
            return Comparison.Number(item.System!);
        if (item.System is not null || item.Node is not { IsPrimitive: true })
            call.FailInput("Decimal", item);
        return null;
    }

    private static decimal? NumberArgument(in FunctionCall call)
    {
        if (call.Argument(0) is not { } value)
            return null;
        if (value.System is long or decimal)
            return Comparison.Number(value.System!);
        call.FailArgument(0, "Decimal");
        return null;
    }

    private static void Abs(in FunctionCall call)
    {
        switch (call.Item?.System)
        {
            case long whole:
                call.Add(Math.Abs(whole));
                break;
            case decimal number:
                call.Add(Math.Abs(number));
                break;
            case FhirPathQuantity quantity:
                call.Output.Add(FhirPathValue.Of(quantity with { Value = Math.Abs(quantity.Value) }));
                break;
            default:
                Number(call);
                break;
        }
    }

    private static void Whole(in FunctionCall call, Func<decimal, decimal> rounding)
    {
        if (Number(call) is { } number && rounding(number) is >= int.MinValue and <= int.MaxValue and var rounded)
            call.Add((long)rounded);
    }

    private static void Round(in FunctionCall call)
    {
        if (Number(call) is not { } number)
            return;
        var digits = call.Arguments.Length == 0 ? 0 : call.NumberArgument(0);
        if (digits is >= 0)
            call.Add(DecimalMath.Round(number, (int)Math.Min(digits.Value, 28)));
    }

    private static void Real(in FunctionCall call, Func<double, double> function)
    {
        if (Number(call) is { } number)
            AddReal(call, function((double)number));
    }

    private static void Log(in FunctionCall call)
    {
        if (Number(call) is { } number && NumberArgument(call) is { } basis)
            AddReal(call, Math.Log((double)number) / Math.Log((double)basis));
    }

    private static void Power(in FunctionCall call)
    {
        if (Number(call) is not { } number || NumberArgument(call) is not { } exponent)
            return;
        var power = Math.Pow((double)number, (double)exponent);
        var isWhole = call.Item?.System is long && exponent >= 0 && decimal.Truncate(exponent) == exponent;
        if (isWhole && Math.Abs(power) <= int.MaxValue)
            call.Add((long)power);
        else
            AddReal(call, power);
    }

    private static void AddReal(in FunctionCall call, double value)
    {
        const double Largest = 7.9e28;
        if (Math.Abs(value) < Largest)
            call.Add((decimal)value);
    }
}
