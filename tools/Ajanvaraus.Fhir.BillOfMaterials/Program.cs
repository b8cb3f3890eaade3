using System.Text;

namespace Ajanvaraus.Fhir.BillOfMaterials;

/// <summary>Command line: the project.assets.json of a restored project, the file to write.</summary>
public static class Program
{
    public static int Main(string[] arguments)
    {
        if (arguments.Length != 2)
        {
            Console.Error.WriteLine("Usage: Ajanvaraus.Fhir.BillOfMaterials <obj/project.assets.json> <bom.json>");
            return 2;
        }
        if (!File.Exists(arguments[0]))
        {
            Console.Error.WriteLine($"There is no {arguments[0]}: restore or build the project first.");
            return 1;
        }
        var bill = Bill.Of(Restored.Read(arguments[0]));
        File.WriteAllText(arguments[1], bill.ToJsonString(Bill.Indented) + "\n", new UTF8Encoding(false));
        Console.WriteLine($"{arguments[1]}: {bill["components"]!.AsArray().Count} packages");
        return 0;
    }
}
