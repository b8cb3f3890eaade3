using System.Globalization;

namespace Ajanvaraus.Fhir.Core.FhirPath.Functions;

/// <summary>http://hl7.org/fhirpath/N1/#conversion.</summary>
internal static class ConversionFunctions
{
    public static readonly FunctionDefinition[] All =
    [
        new("iif", 2, 3, Iif),
        new("toString", 0, 0, static (in FunctionCall call) => Convert(call, Text)),
        new("toInteger", 0, 0, static (in FunctionCall call) => Convert(call, Integer)),
        new("toDecimal", 0, 0, static (in FunctionCall call) => Convert(call, Decimal)),
        new("toBoolean", 0, 0, static (in FunctionCall call) => Convert(call, Boolean)),
        new("convertsToString", 0, 0, static (in FunctionCall call) => Converts(call, Text)),
        new("convertsToInteger", 0, 0, static (in FunctionCall call) => Converts(call, Integer)),
        new("convertsToDecimal", 0, 0, static (in FunctionCall call) => Converts(call, Decimal)),
        new("convertsToBoolean", 0, 0, static (in FunctionCall call) => Converts(call, Boolean)),
    ];

    /// <summary>Only the branch that is taken is evaluated.</summary>
    private static void Iif(in FunctionCall call)
    {
        var inner = call.Context.RentScope();
        if (call.Input.Count == 1)
            inner.Focus(call.Input[0], 0);
        else
            inner.This.AddRange(call.Input);
        var condition = call.Context.Rent();
        call.Arguments[0](call.Context, inner, condition);
        var isTrue = Operators.Truth(call.Context, condition) == true;
        call.Context.Return(condition);
        if (isTrue)
            call.Arguments[1](call.Context, inner, call.Output);
        else if (call.Arguments.Length == 3)
            call.Arguments[2](call.Context, inner, call.Output);
        call.Context.Return(inner);
    }

    private static void Convert(in FunctionCall call, Func<object, FhirPathValue?> conversion)
    {
        if (call.Item?.System is { } value && conversion(value) is { } converted)
            call.Output.Add(converted);
    }

    private static void Converts(in FunctionCall call, Func<object, FhirPathValue?> conversion)
    {
        if (call.Item is { } item)
            call.Add(item.System is { } value && conversion(value) is not null);
    }

    private static FhirPathValue? Text(object value) => value switch
    {
        string text => FhirPathValue.Of(text),
        bool flag => FhirPathValue.Of(flag ? "true" : "false"),
        long whole => FhirPathValue.Of(whole.ToString(CultureInfo.InvariantCulture)),
        decimal number => FhirPathValue.Of(number.ToString(CultureInfo.InvariantCulture)),
        FhirPathTemporal or FhirPathQuantity => FhirPathValue.Of(value.ToString()!),
        _ => null,
    };

    private static FhirPathValue? Integer(object value) => value switch
    {
        long whole => FhirPathValue.Of(whole),
        bool flag => FhirPathValue.Of(flag ? 1L : 0L),
        string text when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
            => FhirPathValue.Of((long)whole),
        _ => null,
    };

    private static FhirPathValue? Decimal(object value) => value switch
    {
        decimal number => FhirPathValue.Of(number),
        long whole => FhirPathValue.Of((decimal)whole),
        bool flag => FhirPathValue.Of(flag ? 1m : 0m),
        string text when decimal.TryParse(
            text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out var number) => FhirPathValue.Of(number),
        _ => null,
    };

    private static FhirPathValue? Boolean(object value) => value switch
    {
        bool flag => FhirPathValue.Of(flag),
        long and (0 or 1) => FhirPathValue.Of((long)value == 1),
        decimal number and (0m or 1m) => FhirPathValue.Of(number == 1),
        string text => text.ToLowerInvariant() switch
        {
            "true" or "t" or "yes" or "y" or "1" or "1.0" => FhirPathValue.Of(true),
            "false" or "f" or "no" or "n" or "0" or "0.0" => FhirPathValue.Of(false),
            _ => null,
        },
        _ => null,
    };
}
