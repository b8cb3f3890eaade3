namespace Ajanvaraus.Fhir.Core.FhirPath.Functions;

/// <summary>http://hl7.org/fhirpath/N1/#combining, with <c>coalesce</c>.</summary>
internal static class CombiningFunctions
{
    public static readonly FunctionDefinition[] All =
    [
        new("union", 1, 1, Union),
        new("combine", 1, 1, Combine),
        new("coalesce", 1, 64, Coalesce),
    ];

    private static void Union(in FunctionCall call)
    {
        var all = call.Context.Rent();
        all.AddRange(call.Input);
        call.Evaluate(0, all);
        ItemSet.AddDistinct(call.Context, all, call.Output);
        call.Context.Return(all);
    }

    private static void Combine(in FunctionCall call)
    {
        call.Context.Charge(call.Input.Count);
        call.Output.AddRange(call.Input);
        call.Evaluate(0, call.Output);
    }

    /// <summary>The first argument that is not empty; what follows it is not evaluated.</summary>
    private static void Coalesce(in FunctionCall call)
    {
        var start = call.Output.Count;
        for (var i = 0; i < call.Arguments.Length && call.Output.Count == start; i++)
            call.Evaluate(i, call.Output);
    }
}
