using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.FhirPath;

/// <summary><c>%name</c>: http://hl7.org/fhir/R4/fhirpath.html#variables.</summary>
internal static class ExternalConstants
{
    public static Evaluator Compile(string name, int position)
    {
        if (Constant(name) is { } text)
            return (_, _, output) => output.Add(FhirPathValue.Of(text));
        return name switch
        {
            "context" => (context, _, output) =>
            {
                if (context.Root is { } root)
                    output.Add(root);
            },
            "resource" => (context, _, output) => Add(context.Resource ?? context.Root?.Node, output),
            "rootResource" => (context, _, output) => Add(context.OutermostResource, output),
            _ => (context, _, output) =>
            {
                if (context.TryGetVariable(name, output))
                    return;
                context.Fail(FhirPathMessages.UndefinedVariable, name);
                context.Locate(position);
            },
        };
    }

    /// <summary>True for a name that the specification gives a meaning.</summary>
    public static bool IsReserved(string name) =>
        name is "context" or "resource" or "rootResource" || Constant(name) is not null;

    /// <summary>The text of a constant; null for a name that needs an evaluation.</summary>
    public static string? Constant(string name) => name switch
    {
        "ucum" => "http://unitsofmeasure.org",
        "sct" => "http://snomed.info/sct",
        "loinc" => "http://loinc.org",
        _ when name.StartsWith("vs-", StringComparison.Ordinal) => "http://hl7.org/fhir/ValueSet/" + name[3..],
        _ when name.StartsWith("ext-", StringComparison.Ordinal) =>
            "http://hl7.org/fhir/StructureDefinition/" + name[4..],
        _ => null,
    };

    private static void Add(ElementNode? node, List<FhirPathValue> output)
    {
        if (node is not null)
            output.Add(FhirPathValue.Of(node));
    }
}
