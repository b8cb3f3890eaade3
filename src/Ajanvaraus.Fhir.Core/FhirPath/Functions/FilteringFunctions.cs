namespace Ajanvaraus.Fhir.Core.FhirPath.Functions;

/// <summary>http://hl7.org/fhirpath/N1/#filtering-and-projection, with the functions that take a type.</summary>
internal static class FilteringFunctions
{
    public static readonly FunctionDefinition[] All =
    [
        new("where", 1, 1, Where),
        new("select", 1, 1, Select),
        new("repeat", 1, 1, static (in FunctionCall call) => Repeat(call, distinct: true)),
        new("repeatAll", 1, 1, static (in FunctionCall call) => Repeat(call, distinct: false)),
        new("aggregate", 1, 2, Aggregate),
        new("sort", 0, 16, FunctionTable.CompiledInPlace),
        new("ofType", 1, 1, FunctionTable.CompiledInPlace, TakesType: true),
        new("is", 1, 1, FunctionTable.CompiledInPlace, TakesType: true),
        new("as", 1, 1, FunctionTable.CompiledInPlace, TakesType: true),
    ];

    private static void Where(in FunctionCall call)
    {
        var inner = call.Context.RentScope(call.Scope);
        for (var i = 0; i < call.Input.Count && !call.Context.IsStopped; i++)
            if (call.Test(inner, i) == true)
                call.Output.Add(call.Input[i]);
        call.Context.Return(inner);
    }

    private static void Select(in FunctionCall call)
    {
        var inner = call.Context.RentScope(call.Scope);
        for (var i = 0; i < call.Input.Count && !call.Context.IsStopped; i++)
        {
            inner.Focus(call.Input[i], i);
            call.Arguments[0](call.Context, inner, call.Output);
            call.Context.CheckSize(call.Output);
        }
        call.Context.Return(inner);
    }

    /// <summary>Applies the projection to its own results until nothing (new) appears.</summary>
    private static void Repeat(in FunctionCall call, bool distinct)
    {
        var inner = call.Context.RentScope(call.Scope);
        var found = call.Context.Rent();
        var known = new ItemSet.Known(call.Context);
        var waiting = new Queue<FhirPathValue>(call.Input);
        while (!call.Context.IsStopped && waiting.TryDequeue(out var item))
        {
            inner.Focus(item, 0);
            call.Arguments[0](call.Context, inner, found);
            foreach (var next in found)
            {
                if (distinct && !known.Add(next))
                    continue;
                call.Output.Add(next);
                waiting.Enqueue(next);
            }
            found.Clear();
            call.Context.Charge(1);
            call.Context.CheckSize(call.Output);
        }
        call.Context.Return(found);
        call.Context.Return(inner);
    }

    private static void Aggregate(in FunctionCall call)
    {
        var inner = call.Context.RentScope(call.Scope);
        var total = call.Context.Rent();
        var next = call.Context.Rent();
        if (call.Arguments.Length == 2)
            call.Evaluate(1, total);
        for (var i = 0; i < call.Input.Count && !call.Context.IsStopped; i++)
        {
            inner.Total = total;
            inner.Focus(call.Input[i], i);
            call.Arguments[0](call.Context, inner, next);
            call.Context.CheckSize(next);
            (total, next) = (next, total);
            next.Clear();
        }
        call.Output.AddRange(total);
        call.Context.Return(next);
        call.Context.Return(total);
        call.Context.Return(inner);
    }
}
