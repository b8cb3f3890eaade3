using System.Globalization;

namespace Ajanvaraus.Fhir.Core.FhirPath.Functions;

/// <summary>http://hl7.org/fhirpath/N1/#conversion.</summary>
internal static class ConversionFunctions
{
    public static readonly FunctionDefinition[] All =
    [
        new("iif", 2, 3, Iif),
        .. Pair("String", Text), .. Pair("Integer", Integer), .. Pair("Decimal", Decimal), .. Pair("Boolean", Boolean),
        .. Pair("Date", Date), .. Pair("DateTime", DateTime), .. Pair("Time", Time),
        new("toQuantity", 0, 1, static (in FunctionCall call) =>
        {
            if (Quantity(call) is { } quantity)
                call.Output.Add(FhirPathValue.Of(quantity));
        }),
        new("convertsToQuantity", 0, 1, static (in FunctionCall call) =>
        {
            if (call.Item is not null)
                call.Add(Quantity(call) is not null);
        }),
    ];

    private static FunctionDefinition[] Pair(string type, Func<object, FhirPathValue?> conversion) =>
    [
        new("to" + type, 0, 0, (in FunctionCall call) => Convert(call, conversion)),
        new("convertsTo" + type, 0, 0, (in FunctionCall call) => Converts(call, conversion)),
    ];

    /// <summary>Only the branch that is taken is evaluated.</summary>
    private static void Iif(in FunctionCall call)
    {
        if (call.Input.Count > 1 && call.Item is null)
            return;
        var inner = call.Context.RentScope(call.Scope);
        inner.This.AddRange(call.Input);
        var condition = call.Context.Rent();
        call.Arguments[0](call.Context, inner, condition);
        var isTrue = Operators.Truth(call.Context, condition) == true;
        call.Context.Return(condition);
        if (call.Context.IsStopped)
            isTrue = false;
        else if (isTrue)
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

    private static FhirPathValue? Date(object value) => value switch
    {
        FhirPathTemporal { Kind: TemporalKind.Date } date => FhirPathValue.Of(date),
        FhirPathTemporal { Kind: TemporalKind.DateTime } moment => FhirPathValue.Of(TemporalText.Of(
            TemporalKind.Date, moment.Local.Date,
            moment.Precision < TemporalPrecision.Day ? moment.Precision : TemporalPrecision.Day, null)),
        string text when FhirPathTemporal.ParseDateTime(text) is { Kind: TemporalKind.Date } date =>
            FhirPathValue.Of(date),
        _ => null,
    };

    private static FhirPathValue? DateTime(object value) => value switch
    {
        FhirPathTemporal { Kind: TemporalKind.DateTime } moment => FhirPathValue.Of(moment),
        FhirPathTemporal { Kind: TemporalKind.Date } date => FhirPathValue.Of(AsDateTime(date)),
        string text when FhirPathTemporal.ParseDateTime(text) is { } moment => FhirPathValue.Of(AsDateTime(moment)),
        _ => null,
    };

    private static FhirPathTemporal AsDateTime(FhirPathTemporal moment) => moment with { Kind = TemporalKind.DateTime };

    private static FhirPathValue? Time(object value) => value switch
    {
        FhirPathTemporal { Kind: TemporalKind.Time } time => FhirPathValue.Of(time),
        string text when FhirPathTemporal.ParseTime(text) is { } time => FhirPathValue.Of(time),
        _ => null,
    };

    /// <summary>In the unit that the argument names; null when it cannot be.</summary>
    private static FhirPathQuantity? Quantity(in FunctionCall call)
    {
        if (call.Item?.System is not { } value)
            return null;
        var quantity = value switch
        {
            FhirPathQuantity given => given,
            long or decimal => new FhirPathQuantity(Comparison.Number(value), "1"),
            bool flag => new FhirPathQuantity(flag ? 1.0m : 0.0m, "1"),
            string text => FhirPathQuantity.Parse(text),
            _ => null,
        };
        if (quantity is null || call.Arguments.Length == 0)
            return quantity;
        return call.TextArgument(0) is { } unit ? QuantityMath.Convert(quantity, unit) : null;
    }
}
