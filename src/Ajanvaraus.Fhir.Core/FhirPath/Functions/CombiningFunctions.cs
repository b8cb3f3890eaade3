namespace Ajanvaraus.Fhir.Core.FhirPath.Functions;

/// <summary>http://hl7.org/fhirpath/N1/#combining.</summary>
internal static class CombiningFunctions
{
    public static readonly FunctionDefinition[] All =
    [
        new("union", 1, 1, Union),
        new("combine", 1, 1, Combine),
    ];

    private static void Union(in FunctionCall call)
    {
        var all = call.Context.Rent();
        all.AddRange(call.Input);
        call.Arguments[0](call.Context, call.Scope, all);
        Equality.AddDistinct(all, call.Output);
        call.Context.Return(all);
    }

    private static void Combine(in FunctionCall call)
    {
        call.Output.AddRange(call.Input);
        call.Arguments[0](call.Context, call.Scope, call.Output);
    }
}
