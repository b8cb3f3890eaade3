using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.FhirPath.Functions;

/// <summary>http://hl7.org/fhirpath/N1/#tree-navigation.</summary>
internal static class TreeFunctions
{
    public static readonly FunctionDefinition[] All =
    [
        new("children", 0, 0, static (in FunctionCall call) => Below(call, deep: false)),
        new("descendants", 0, 0, static (in FunctionCall call) => Below(call, deep: true)),
    ];

    private static void Below(in FunctionCall call, bool deep)
    {
        foreach (var item in call.Input)
        {
            if (call.Context.IsStopped)
                return;
            if (item.Node is { } node)
                Add(call.Context, node, deep, call.Output);
            call.Context.CheckSize(call.Output);
        }
    }

    private static void Add(FhirPathContext context, ElementNode node, bool deep, List<FhirPathValue> output)
    {
        context.Charge(node.Children.Length);
        foreach (var child in node.Children)
        {
            output.Add(FhirPathValue.Of(child));
            if (deep)
                Add(context, child, deep, output);
        }
    }
}
