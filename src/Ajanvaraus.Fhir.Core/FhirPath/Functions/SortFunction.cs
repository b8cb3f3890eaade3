using Ajanvaraus.Fhir.Core.FhirPath.Expressions;

namespace Ajanvaraus.Fhir.Core.FhirPath.Functions;

/// <summary><c>sort([key [asc|desc] | -key, …])</c>: http://hl7.org/fhirpath/#sort .</summary>
/// <remarks>A key that begins with a minus sorts downwards, texts too. Empty keys come first in
/// either direction; the sort is stable.</remarks>
internal static class SortFunction
{
    public static IEnumerable<Expression> Keys(ImmutableArray<Expression> arguments) =>
        arguments.Select(argument => argument is NegationExpression negation ? negation.Operand : argument);

    public static FunctionBody Body(ImmutableArray<Expression> arguments)
    {
        bool[] descending = [.. arguments.Select(argument => argument is NegationExpression)];
        return (in FunctionCall call) => Sort(call, descending);
    }

    private static void Sort(in FunctionCall call, bool[] descending)
    {
        var context = call.Context;
        var rows = new List<Row>(call.Input.Count);
        var inner = context.RentScope(call.Scope);
        for (var i = 0; i < call.Input.Count && !context.IsStopped; i++)
        {
            inner.Focus(call.Input[i], i);
            rows.Add(new Row(call.Input[i], i, KeysOf(call, inner)));
        }
        context.Return(inner);
        context.Charge(rows.Count * 8);
        if (context.IsStopped)
            return;
        rows.Sort((left, right) => Compare(context, left, right, descending));
        foreach (var row in rows)
            call.Output.Add(row.Item);
    }

    private static FhirPathValue?[] KeysOf(in FunctionCall call, Scope inner)
    {
        if (call.Arguments.Length == 0)
            return [inner.This[0]];
        var keys = new FhirPathValue?[call.Arguments.Length];
        var values = call.Context.Rent();
        for (var i = 0; i < keys.Length; i++)
        {
            call.Arguments[i](call.Context, inner, values);
            keys[i] = Operators.Single(call.Context, values);
            values.Clear();
        }
        call.Context.Return(values);
        return keys;
    }

    private static int Compare(FhirPathContext context, Row left, Row right, bool[] descending)
    {
        for (var i = 0; i < left.Keys.Length; i++)
        {
            var order = (left.Keys[i], right.Keys[i]) switch
            {
                ({ } first, { } second) => Order(context, first, second, i < descending.Length && descending[i]),
                (null, null) => 0,
                (null, _) => -1,
                _ => 1,
            };
            if (order != 0)
                return order;
        }
        return left.Place.CompareTo(right.Place);
    }

    private static int Order(FhirPathContext context, FhirPathValue first, FhirPathValue second, bool isDescending)
    {
        var order = Comparison.Compare(context, first, second) ?? 0;
        return isDescending ? -order : order;
    }

    private sealed record Row(FhirPathValue Item, int Place, FhirPathValue?[] Keys);
}
