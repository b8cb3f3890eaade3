namespace Ajanvaraus.Fhir.Core.FhirPath.Functions;

/// <summary>http://hl7.org/fhirpath/N1/#subsetting.</summary>
internal static class SubsettingFunctions
{
    public static readonly FunctionDefinition[] All =
    [
        new("single", 0, 0, Single),
        new("first", 0, 0, static (in FunctionCall call) => Range(call, 0, 1)),
        new("last", 0, 0, static (in FunctionCall call) => Range(call, call.Input.Count - 1, 1)),
        new("tail", 0, 0, static (in FunctionCall call) => Range(call, 1, int.MaxValue)),
        new("skip", 1, 1, static (in FunctionCall call) => Range(call, Number(call), int.MaxValue)),
        new("take", 1, 1, static (in FunctionCall call) => Range(call, 0, Number(call))),
        new("intersect", 1, 1, static (in FunctionCall call) => Keep(call, wanted: true)),
        new("exclude", 1, 1, static (in FunctionCall call) => Keep(call, wanted: false)),
    ];

    private static void Single(in FunctionCall call)
    {
        if (call.Item is { } item)
            call.Output.Add(item);
    }

    private static int Number(in FunctionCall call) => (int)Math.Clamp(call.NumberArgument(0) ?? 0, 0, int.MaxValue);

    private static void Range(in FunctionCall call, int start, int count)
    {
        for (var i = Math.Max(start, 0); i < call.Input.Count && count > 0; i++, count--)
            call.Output.Add(call.Input[i]);
        call.Context.Charge(call.Input.Count);
    }

    private static void Keep(in FunctionCall call, bool wanted)
    {
        var other = call.Context.Rent();
        var kept = call.Context.Rent();
        call.Evaluate(0, other);
        var known = new ItemSet.Known(call.Context, other);
        foreach (var item in call.Input)
            if (known.Contains(item) == wanted)
                kept.Add(item);
        if (wanted)
            ItemSet.AddDistinct(call.Context, kept, call.Output);
        else
            call.Output.AddRange(kept);
        call.Context.Return(kept);
        call.Context.Return(other);
    }
}
