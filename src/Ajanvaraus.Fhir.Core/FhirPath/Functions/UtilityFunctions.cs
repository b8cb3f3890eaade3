using Ajanvaraus.Fhir.Core.Issues;

namespace Ajanvaraus.Fhir.Core.FhirPath.Functions;

/// <summary>http://hl7.org/fhirpath/N1/#utility-functions, with <c>defineVariable</c>.</summary>
internal static class UtilityFunctions
{
    public static readonly FunctionDefinition[] All =
    [
        new("trace", 1, 2, Trace),
        new("defineVariable", 1, 2, DefineVariable),
    ];

    private static void Trace(in FunctionCall call)
    {
        call.Output.AddRange(call.Input);
        if (call.TextArgument(0) is not { } name)
            return;
        if (call.Arguments.Length == 1)
        {
            call.Context.Trace(name, call.Input);
            return;
        }
        var traced = call.Context.Rent();
        var inner = call.Context.RentScope(call.Scope);
        for (var i = 0; i < call.Input.Count && !call.Context.IsStopped; i++)
        {
            inner.Focus(call.Input[i], i);
            call.Arguments[1](call.Context, inner, traced);
        }
        call.Context.Trace(name, traced);
        call.Context.Return(inner);
        call.Context.Return(traced);
    }

    /// <summary>Gives a name to the input, or to an expression on it, for the rest of the path.</summary>
    /// <remarks>Source: http://hl7.org/fhirpath/#definevariable . A name that has a value already is an error.</remarks>
    private static void DefineVariable(in FunctionCall call)
    {
        call.Output.AddRange(call.Input);
        if (call.TextArgument(0) is not { } name)
            return;
        if (ExternalConstants.IsReserved(name) || call.Context.TryGetVariable(name, null))
        {
            call.Context.Fail(FhirPathMessages.VariableExists, name);
            return;
        }
        var values = call.Context.Rent();
        if (call.Arguments.Length == 1)
        {
            values.AddRange(call.Input);
        }
        else
        {
            var inner = call.Context.RentScope(call.Scope);
            inner.This.AddRange(call.Input);
            call.Arguments[1](call.Context, inner, values);
            call.Context.Return(inner);
        }
        call.Context.CheckSize(values);
        call.Context.Charge(values.Count);
        call.Context.Define(name, [.. values]);
        call.Context.Return(values);
    }
}
