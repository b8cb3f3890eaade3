using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Terminology;

namespace Ajanvaraus.Fhir.Core.FhirPath.Functions;

/// <summary>Functions on codes: http://hl7.org/fhir/R4/fhirpath.html#functions.</summary>
internal static class TerminologyFunctions
{
    public static readonly FunctionDefinition[] All =
    [
        new("memberOf", 1, 1, MemberOf),
        new("subsumes", 1, 1, Subsumes),
        new("subsumedBy", 1, 1, SubsumedBy),
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

    private static List<(string? System, string Code)> Codes(in FunctionCall call) =>
        call.Input[0].Node is { IsPrimitive: false } node ? CodesOf(node)
        : call.Text is { } code ? [(null, code)] : [];

    /// <summary>Of a Coding or CodeableConcept; none of any other element.</summary>
    private static List<(string? System, string Code)> CodesOf(ElementNode node)
    {
        var codes = new List<(string?, string)>();
        foreach (var coding in node.Type.Name == "CodeableConcept" ? node.All("coding") : [node])
            if (coding.Text("code") is { } code)
                codes.Add((coding.Text("system"), code));
        return codes;
    }

    /// <summary>Whether one of the codes is, or in the hierarchy of its code system stands above, one of the argument's.</summary>
    /// <remarks>Empty when it cannot be told: codes of different code systems, or one that is not known here.</remarks>
    private static void Subsumes(in FunctionCall call) => Compare(call, isAbove: true);

    private static void SubsumedBy(in FunctionCall call) => Compare(call, isAbove: false);

    private static void Compare(in FunctionCall call, bool isAbove)
    {
        if (call.Item is null || call.Argument(0) is not { } other)
            return;
        if (other.Node is not { IsPrimitive: false } argument)
        {
            call.FailArgument(0, "Coding");
            return;
        }
        bool? result = null;
        var others = CodesOf(argument);
        foreach (var own in Codes(call))
        {
            call.Context.Charge(1 + others.Count);
            foreach (var asked in others)
                if (!call.Context.IsStopped && Stands(call, own, asked, isAbove) is { } stands)
                    result = result == true || stands;
        }
        if (result is { } known)
            call.Add(known);
    }

    /// <summary>Null when it cannot be told.</summary>
    private static bool? Stands(
        in FunctionCall call, (string? System, string Code) own, (string? System, string Code) asked, bool isAbove)
    {
        if (own == asked)
            return true;
        if (own.System is not { } system || asked.System != system)
            return null;
        if (call.Context.Terminology is { } terminology)
            return (isAbove
                ? terminology.Compare(system, own.Code, asked.Code)
                : terminology.Compare(system, asked.Code, own.Code)) is { } standing
                ? standing is Subsumption.Equivalent or Subsumption.Subsumes : null;
        call.Context.Fail(FhirPathMessages.ServiceMissing, call.Name, "a terminology");
        return null;
    }
}
