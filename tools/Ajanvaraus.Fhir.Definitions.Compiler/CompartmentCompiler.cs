namespace Ajanvaraus.Fhir.Definitions.Compiler;

/// <summary>The patient compartment: http://hl7.org/fhir/R4/compartmentdefinition-patient.html .</summary>
internal static class CompartmentCompiler
{
    /// <summary>Types that can be members, with the search parameters that say so.</summary>
    public static IEnumerable<string> Lines(Package package) =>
        package.Resource("compartmentdefinition-patient.json").Items("resource")
            .Where(resource => resource.Texts("param").Any())
            .Select(resource => resource.Text("code") + "\t" + string.Join(' ', resource.Texts("param")))
            .Order(StringComparer.Ordinal);
}
