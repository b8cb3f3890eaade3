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
        new("allTrue", 0, 0, static (in FunctionCall call) => Find(call, sought: false, whenFound: false)),
        new("allFalse", 0, 0, static (in FunctionCall call) => Find(call, sought: true, whenFound: false)),
        new("anyTrue", 0, 0, static (in FunctionCall call) => Find(call, sought: true, whenFound: true)),
        new("anyFalse", 0, 0, static (in FunctionCall call) => Find(call, sought: false, whenFound: true)),
        new("subsetOf", 1, 1, SubsetOf),
        new("supersetOf", 1, 1, SupersetOf),
        new("count", 0, 0, static (in FunctionCall call) => call.Add((long)call.Input.Count)),
        new("distinct", 0, 0, static (in FunctionCall call) =>
            ItemSet.AddDistinct(call.Context, call.Input, call.Output)),
        new("isDistinct", 0, 0, IsDistinct),
    ];

    private static void Exists(in FunctionCall call)
    {
        if (call.Arguments.Length == 0)
        {
            call.Add(call.Input.Count > 0);
            return;
        }
        var inner = call.Context.RentScope(call.Scope);
        var found = false;
        for (var i = 0; i < call.Input.Count && !found && !call.Context.IsStopped; i++)
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
        var inner = call.Context.RentScope(call.Scope);
        var all = true;
        for (var i = 0; i < call.Input.Count && all && !call.Context.IsStopped; i++)
            all = call.Test(inner, i) == true;
        call.Context.Return(inner);
        call.Add(all);
    }

    /// <summary>Every item must be a Boolean, also behind the one that decides.</summary>
    private static void Find(in FunctionCall call, bool sought, bool whenFound)
    {
        var found = false;
        foreach (var item in call.Input)
        {
            if (item.Boolean is not { } value)
            {
                call.FailInput("Boolean", item);
                return;
            }
            found |= value == sought;
        }
        call.Add(found == whenFound);
    }

    private static void SubsetOf(in FunctionCall call)
    {
        var other = call.Context.Rent();
        call.Evaluate(0, other);
        call.Add(IsSubset(call.Context, call.Input, other));
        call.Context.Return(other);
    }

    private static void SupersetOf(in FunctionCall call)
    {
        var other = call.Context.Rent();
        call.Evaluate(0, other);
        call.Add(IsSubset(call.Context, other, call.Input));
        call.Context.Return(other);
    }

    private static bool IsSubset(FhirPathContext context, List<FhirPathValue> part, List<FhirPathValue> whole)
    {
        var known = new ItemSet.Known(context, whole);
        return part.TrueForAll(known.Contains);
    }

    private static void IsDistinct(in FunctionCall call)
    {
        var distinct = call.Context.Rent();
        ItemSet.AddDistinct(call.Context, call.Input, distinct);
        call.Add(distinct.Count == call.Input.Count);
        call.Context.Return(distinct);
    }
}
