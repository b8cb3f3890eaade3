using Ajanvaraus.Fhir.Core.Issues;

namespace Ajanvaraus.Fhir.Core.FhirPath.Functions;

/// <summary>Functions on codes: http://hl7.org/fhir/R4/fhirpath.html#functions.</summary>
internal static class TerminologyFunctions
{
    public static readonly FunctionDefinition[] All =
    [
        new("memberOf", 1, 1, MemberOf),
        new("subsumes", 1, 1, Subsumes),
        new("subsumedBy", 1, 1, Subsumes),
    ];

    /// <summary>Empty when the value set is not known.</summary>
    private static void MemberOf(in FunctionCall call)
    {
        if (call.Input.Count != 1 || call.TextArgument(0) is not { } valueSet)
            return;
        if (call.Context.Terminology is not { } terminology)
        {
            call.Context.Fail(FhirPathMessages.ServiceMissing, call.Name, "a terminology");
            return;
        }
        bool? result = null;
        foreach (var (system, code) in Codes(call))
        {
            var contains = terminology.Contains(valueSet, system, code);
            result = result == true || contains == true ? true : contains ?? result;
        }
        if (result is { } known)
            call.Add(known);
    }

    private static List<(string? System, string Code)> Codes(in FunctionCall call)
    {
        var codes = new List<(string?, string)>();
        var item = call.Input[0];
        if (item.Node is { IsPrimitive: false } node)
        {
            foreach (var coding in node.Type.Name == "CodeableConcept" ? node.All("coding") : [node])
                if (coding.Text("code") is { } code)
                    codes.Add((coding.Text("system"), code));
        }
        else if (call.Text is { } code)
        {
            codes.Add((null, code));
        }
        return codes;
    }

    /// <summary>One and the same code subsumes itself; more needs a service that knows hierarchies.</summary>
    private static void Subsumes(in FunctionCall call)
    {
        if (call.Item is not { } item || call.Argument(0) is not { } other)
            return;
        if (Equivalence.AreEquivalent(item, other))
            call.Add(true);
        else
            call.Context.Fail(FhirPathMessages.ServiceMissing, call.Name, "a terminology with hierarchies");
    }
}
