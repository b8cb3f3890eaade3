using System.Text;

namespace Ajanvaraus.Fhir.Definitions.Compiler;

/// <summary>Turns HL7's definitions, as the package carries them, into the compact files that Core embeds.</summary>
/// <remarks>
/// The result holds facts only and is the same, byte for byte, for the same package: no clock, no folder names, fixed
/// order, line feeds. Format: ADR 0002.
/// </remarks>
public static class DefinitionCompiler
{
    /// <summary>File name to content, of a package: an npm archive (.tgz) or a folder with its content.</summary>
    public static IReadOnlyList<(string Name, string Text)> Compile(string packagePath)
    {
        var package = new Package(packagePath);
        var types = Corrections.Apply(StructureCompiler.Compile(package));
        var constraints = ConstraintTable.Of(types);
        var parameters = SearchParameterCompiler.Compile(package);
        var valueSets = new ValueSetCompiler(package).Compile(types);
        return
        [
            Generated(package, "r4-code-systems.txt",
                "canonical, version, name, title, content, i when case-insensitive, meaning of the hierarchy, "
                + "properties; indented, nested by tabs: code, display, property=value, @language=designation",
                CodeSystemCompiler.Lines(package)),
            Generated(package, "r4-compositions.txt",
                "value set, version, name, title, status; indented: + or -, code system, value sets, filters; "
                + "twice: code, display, @language=designation", new CompositionCompiler(package).Lines()),
            Generated(package, "r4-concept-maps.txt",
                "canonical, version, name, title, status, source, target; indented: source, target, unmapped (mode, "
                + "code, display, map); twice: code, equivalence, target code, display; three times: ? or +, property, "
                + "system, value, display", ConceptMapCompiler.Lines(package)),
            Generated(package, "r4-constraints.txt", "label, severity, FHIRPath expression", constraints.Lines()),
            Generated(package, "r4-patient-compartment.txt", "resource type, search parameters that make it a member",
                CompartmentCompiler.Lines(package)),
            Generated(package, "r4-profiles.txt", "canonical, StructureDefinition with its rules as JSON",
                ProfileCompiler.Lines(package)),
            Generated(package, "r4-search-parameters.txt",
                "canonical, code, type, base, targets, expression; indented: component canonical, expression",
                parameters.SelectMany(p => p.Lines())),
            Generated(package, "r4-types.txt",
                "type, kind, base, constraints; indented: element, cardinality, flags (summary, modifier, xml "
                + "attribute), types with targets, binding, constraints", types.SelectMany(t => t.Lines(constraints))),
            Generated(package, "r4-value-sets.txt", "value set; indented: code system, codes", valueSets),
        ];
    }

    private static (string Name, string Text) Generated(
        Package package, string name, string columns, IEnumerable<string> lines)
    {
        var text = new StringBuilder()
            .Append("# HL7 FHIR R4 4.0.1 (CC0). Generated from npm ").Append(package.Name).Append(' ')
            .Append(package.Version).Append("; do not edit.\n")
            .Append("# Columns, tab separated: ").Append(columns).Append(".\n");
        foreach (var line in lines)
            text.Append(line.TrimEnd('\t')).Append('\n');
        return (name, text.ToString());
    }
}
