namespace Ajanvaraus.Fhir.Core.FhirPath.Functions;

/// <summary>http://hl7.org/fhirpath/N1/#filtering-and-projection, with the functions that take a type.</summary>
internal static class FilteringFunctions
{
    public static readonly FunctionDefinition[] All =
    [
        new("where", 1, 1, Where),
        new("select", 1, 1, Select),
        new("repeat", 1, 1, Repeat),
        new("ofType", 1, 1, CompiledInPlace, TakesType: true),
        new("is", 1, 1, CompiledInPlace, TakesType: true),
        new("as", 1, 1, CompiledInPlace, TakesType: true),
    ];

    private static void CompiledInPlace(in FunctionCall call) =>
        throw new InvalidOperationException("Functions that take a type are compiled without a body.");

    private static void Where(in FunctionCall call)
    {
        var inner = call.Context.RentScope();
        for (var i = 0; i < call.Input.Count; i++)
            if (call.Test(inner, i) == true)
                call.Output.Add(call.Input[i]);
        call.Context.Return(inner);
    }

    private static void Select(in FunctionCall call)
    {
        var inner = call.Context.RentScope();
        for (var i = 0; i < call.Input.Count; i++)
        {
            inner.Focus(call.Input[i], i);
            call.Arguments[0](call.Context, inner, call.Output);
        }
        call.Context.Return(inner);
    }

    /// <summary>Applies the projection to its own results until nothing new appears.</summary>
    private static void Repeat(in FunctionCall call)
    {
        var inner = call.Context.RentScope();
        var start = call.Output.Count;
        var found = call.Context.Rent();
        var waiting = new Queue<FhirPathValue>(call.Input);
        while (waiting.TryDequeue(out var item))
        {
            inner.Focus(item, 0);
            call.Arguments[0](call.Context, inner, found);
            foreach (var next in found)
            {
                if (Known(call.Output, start, next))
                    continue;
                call.Output.Add(next);
                waiting.Enqueue(next);
            }
            found.Clear();
        }
        call.Context.Return(found);
        call.Context.Return(inner);
    }

    private static bool Known(List<FhirPathValue> output, int start, FhirPathValue item)
    {
        for (var i = start; i < output.Count; i++)
            if (Equality.Equal(output[i], item) == true)
                return true;
        return false;
    }
}
