namespace Ajanvaraus.Fhir.Core.FhirPath.Functions;

/// <summary>What a value may mean at most: http://hl7.org/fhirpath/#boundary functions; and which units compare.</summary>
internal static class BoundaryFunctions
{
    private const int DefaultDigits = 8;

    public static readonly FunctionDefinition[] All =
    [
        new("lowBoundary", 0, 1, static (in FunctionCall call) => Boundary(call, high: false)),
        new("highBoundary", 0, 1, static (in FunctionCall call) => Boundary(call, high: true)),
        new("precision", 0, 0, Precision),
        new("comparable", 1, 1, Comparable),
    ];

    private static void Boundary(in FunctionCall call, bool high)
    {
        if (call.Item is not { } item)
            return;
        var asked = call.NumberArgument(0);
        if (call.Context.IsStopped || asked is < 0 or > 100)
            return;
        switch (item.System)
        {
            case long or decimal:
                if (DecimalMath.Boundary(Comparison.Number(item.System!), (int)(asked ?? DefaultDigits), high)
                    is { } bound)
                    call.Add(bound);
                break;
            case FhirPathQuantity quantity:
                if (DecimalMath.Boundary(quantity.Value, (int)(asked ?? DefaultDigits), high) is { } value)
                    call.Output.Add(FhirPathValue.Of(quantity with { Value = value }));
                break;
            case FhirPathTemporal moment:
                var digits = (int)(asked ?? TemporalBoundary.MostDigits(moment.Kind));
                if (TemporalBoundary.Of(moment, digits, high) is { } edge)
                    call.Output.Add(FhirPathValue.Of(edge));
                break;
            case null when item.Node is { IsPrimitive: true }:
                break;
            default:
                call.FailInput("Decimal", item);
                break;
        }
    }

    /// <summary>Digits after the point of a number; digits written of a date or time.</summary>
    private static void Precision(in FunctionCall call)
    {
        if (call.Item is not { } item)
            return;
        switch (item.System)
        {
            case long:
                call.Add(0L);
                break;
            case decimal number:
                call.Add((long)number.Scale);
                break;
            case FhirPathTemporal moment:
                call.Add((long)TemporalBoundary.Digits(moment));
                break;
            case null when item.Node is { IsPrimitive: true }:
                break;
            default:
                call.FailInput("Decimal", item);
                break;
        }
    }

    private static void Comparable(in FunctionCall call)
    {
        if (call.Item is not { } item || call.Argument(0) is not { } other)
            return;
        if (item.System is not FhirPathQuantity left)
            call.FailInput("Quantity", item);
        else if (other.System is not FhirPathQuantity right)
            call.FailArgument(0, "Quantity");
        else
            call.Add(QuantityMath.AreComparable(left, right) == true);
    }
}
