using System.Text;

namespace Ajanvaraus.Fhir.Definitions.Compiler;

/// <summary>Command line: the npm package (.tgz or unpacked folder), folder of the generated files.</summary>
public static class Program
{
    public static int Main(string[] arguments)
    {
        if (arguments.Length != 2)
        {
            Console.Error.WriteLine("Usage: Ajanvaraus.Fhir.Definitions.Compiler <package .tgz or folder> <output folder>");
            return 2;
        }

        foreach (var (name, text) in DefinitionCompiler.Compile(arguments[0]))
        {
            File.WriteAllText(Path.Combine(arguments[1], name), text, new UTF8Encoding(false));
            Console.WriteLine($"{name}: {text.Length} characters");
        }

        return 0;
    }
}
