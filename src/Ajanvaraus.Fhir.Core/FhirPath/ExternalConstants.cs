namespace Ajanvaraus.Fhir.Core.FhirPath;

/// <summary><c>%name</c>: http://hl7.org/fhir/R4/fhirpath.html#variables.</summary>
internal static class ExternalConstants
{
    public static Evaluator Compile(string name)
    {
        if (Constant(name) is { } text)
            return (_, _, output) => output.Add(FhirPathValue.Of(text));
        return name switch
        {
            "context" => (context, _, output) => output.Add(FhirPathValue.Of(context.Root)),
            "resource" => (context, _, output) => output.Add(FhirPathValue.Of(context.Resource ?? context.Root)),
            "rootResource" => (context, _, output) => output.Add(FhirPathValue.Of(context.OutermostResource)),
            _ => (context, _, output) => Variable(context, name, output),
        };
    }

    private static string? Constant(string name) => name switch
    {
        "ucum" => "http://unitsofmeasure.org",
        "sct" => "http://snomed.info/sct",
        "loinc" => "http://loinc.org",
        _ when name.StartsWith("vs-", StringComparison.Ordinal) => "http://hl7.org/fhir/ValueSet/" + name[3..],
        _ when name.StartsWith("ext-", StringComparison.Ordinal) =>
            "http://hl7.org/fhir/StructureDefinition/" + name[4..],
        _ => null,
    };

    private static void Variable(FhirPathContext context, string name, List<FhirPathValue> output)
    {
        if (context.Variables is not null && context.Variables.TryGetValue(name, out var value))
            output.Add(value);
        else
            context.Fail($"%{name} has no value");
    }
}
