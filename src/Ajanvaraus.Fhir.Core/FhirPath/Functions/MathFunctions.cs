namespace Ajanvaraus.Fhir.Core.FhirPath.Functions;

/// <summary>http://hl7.org/fhirpath/N1/#math.</summary>
internal static class MathFunctions
{
    public static readonly FunctionDefinition[] All =
    [
        new("abs", 0, 0, Abs),
        new("ceiling", 0, 0, static (in FunctionCall call) => Whole(call, decimal.Ceiling)),
        new("floor", 0, 0, static (in FunctionCall call) => Whole(call, decimal.Floor)),
        new("truncate", 0, 0, static (in FunctionCall call) => Whole(call, decimal.Truncate)),
    ];

    private static void Abs(in FunctionCall call)
    {
        switch (call.Item?.System)
        {
            case long whole:
                call.Add(Math.Abs(whole));
                break;
            case decimal number:
                call.Output.Add(FhirPathValue.Of(Math.Abs(number)));
                break;
            case FhirPathQuantity quantity:
                call.Output.Add(FhirPathValue.Of(quantity with { Value = Math.Abs(quantity.Value) }));
                break;
        }
    }

    private static void Whole(in FunctionCall call, Func<decimal, decimal> rounding)
    {
        if (call.Item?.System is not (long or decimal))
            return;
        var rounded = rounding(Comparison.Number(call.Item.Value.System!));
        if (rounded is >= long.MinValue and <= long.MaxValue)
            call.Add((long)rounded);
    }
}
