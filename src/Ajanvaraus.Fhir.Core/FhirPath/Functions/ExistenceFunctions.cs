namespace Ajanvaraus.Fhir.Core.FhirPath.Functions;

/// <summary>http://hl7.org/fhirpath/N1/#existence.</summary>
internal static class ExistenceFunctions
{
    public static readonly FunctionDefinition[] All =
    [
        new("empty", 0, 0, static (in FunctionCall call) => call.Add(call.Input.Count == 0)),
        new("exists", 0, 1, Exists),
        new("not", 0, 0, Not),
        new("all", 1, 1, AllMatch),
        new("allTrue", 0, 0, static (in FunctionCall call) => Every(call, true)),
        new("allFalse", 0, 0, static (in FunctionCall call) => Every(call, false)),
        new("anyTrue", 0, 0, static (in FunctionCall call) => Some(call, true)),
        new("anyFalse", 0, 0, static (in FunctionCall call) => Some(call, false)),
        new("subsetOf", 1, 1, SubsetOf),
        new("supersetOf", 1, 1, SupersetOf),
        new("count", 0, 0, static (in FunctionCall call) => call.Add((long)call.Input.Count)),
        new("distinct", 0, 0, static (in FunctionCall call) => Equality.AddDistinct(call.Input, call.Output)),
        new("isDistinct", 0, 0, IsDistinct),
    ];

    private static void Exists(in FunctionCall call)
    {
        if (call.Arguments.Length == 0)
        {
            call.Add(call.Input.Count > 0);
            return;
        }
        var inner = call.Context.RentScope();
        var found = false;
        for (var i = 0; i < call.Input.Count && !found; i++)
            found = call.Test(inner, i) == true;
        call.Context.Return(inner);
        call.Add(found);
    }

    private static void Not(in FunctionCall call)
    {
        if (Operators.Truth(call.Context, call.Input) is { } value)
            call.Add(!value);
    }

    private static void AllMatch(in FunctionCall call)
    {
        var inner = call.Context.RentScope();
        var all = true;
        for (var i = 0; i < call.Input.Count && all; i++)
            all = call.Test(inner, i) == true;
        call.Context.Return(inner);
        call.Add(all);
    }

    private static void Every(in FunctionCall call, bool wanted)
    {
        foreach (var item in call.Input)
        {
            if (item.Boolean == wanted)
                continue;
            call.Add(false);
            return;
        }
        call.Add(true);
    }

    private static void Some(in FunctionCall call, bool wanted)
    {
        foreach (var item in call.Input)
        {
            if (item.Boolean != wanted)
                continue;
            call.Add(true);
            return;
        }
        call.Add(false);
    }

    private static void SubsetOf(in FunctionCall call)
    {
        var other = call.Context.Rent();
        call.Arguments[0](call.Context, call.Scope, other);
        call.Add(IsSubset(call.Input, other));
        call.Context.Return(other);
    }

    private static void SupersetOf(in FunctionCall call)
    {
        var other = call.Context.Rent();
        call.Arguments[0](call.Context, call.Scope, other);
        call.Add(IsSubset(other, call.Input));
        call.Context.Return(other);
    }

    private static bool IsSubset(List<FhirPathValue> part, List<FhirPathValue> whole) =>
        part.TrueForAll(item => Equality.Contains(whole, item));

    private static void IsDistinct(in FunctionCall call)
    {
        var distinct = call.Context.Rent();
        Equality.AddDistinct(call.Input, distinct);
        call.Add(distinct.Count == call.Input.Count);
        call.Context.Return(distinct);
    }
}
