using Ajanvaraus.Fhir.Testing;

namespace Ajanvaraus.Fhir.Benchmarks.Load;

/// <summary>What the load runner measures.</summary>
/// <param name="Slots">Free Slots of each run; the bookings get further ones.</param>
/// <param name="Databases">As the server takes them; <c>sqlite</c> alone is a file in a temporary folder.</param>
/// <param name="Seconds">Of each row at each number of connections, in three slices.</param>
/// <param name="Bookings">Slots for each way of booking; a row ends when they are used up.</param>
/// <param name="Report">File of the report; empty: none.</param>
/// <param name="Server">The server's assembly, built for Release.</param>
internal sealed record LoadOptions(
    int[] Slots, string[] Databases, double Seconds, int Bookings, string Report, string Server, string? Only)
{
    public const string Help =
        "load [--slots 20000,250000] [--database sqlite|postgres:CONNECTION ...] [--seconds 4] [--bookings 12000] "
        + "[--only TEXT-OF-ROW] [--report FILE|none] [--server ASSEMBLY], or\n"
        + "access [--slots 20000] [--seconds 4] [--only TEXT-OF-ROW] [--server ASSEMBLY]: what tokens cost, beside a server without";

    public string CommandLine { get; private init; } = "";

    /// <summary>Null when the arguments are none of ours.</summary>
    public static LoadOptions? Parse(string[] arguments)
    {
        var slots = new[] { 20_000 };
        var databases = new List<string>();
        double seconds = 4;
        var bookings = 12_000;
        var report = Path.Combine(Repository.Root, "docs", "performance.md");
        var server = Path.Combine(
            Repository.Root, "src", "Ajanvaraus.Fhir.Server", "bin", "Release", "net10.0", "Ajanvaraus.Fhir.Server.dll");
        string? only = null;
        for (var i = 0; i + 1 < arguments.Length; i += 2)
        {
            var value = arguments[i + 1];
            switch (arguments[i])
            {
                case "--slots": slots = [.. value.Split(',').Select(int.Parse)]; break;
                case "--database": databases.Add(value); break;
                case "--seconds": seconds = double.Parse(value); break;
                case "--bookings": bookings = int.Parse(value); break;
                case "--only": only = value; break;
                case "--report": report = value == "none" ? "" : Path.GetFullPath(value); break;
                case "--server": server = Path.GetFullPath(value); break;
                default: return null;
            }
        }
        if (arguments.Length % 2 != 0)
            return null;
        return new LoadOptions(
            slots, databases.Count == 0 ? ["sqlite"] : [.. databases], seconds, bookings, report, server, only)
        {
            // A connection string may hold a password, and where files lie is the machine's own.
            CommandLine = "load " + string.Join(' ', arguments.Select(
                a => a.StartsWith("postgres:", StringComparison.Ordinal) ? "postgres:CONNECTION" : Path.IsPathRooted(a) ? Path.GetFileName(a) : a)),
        };
    }
}
