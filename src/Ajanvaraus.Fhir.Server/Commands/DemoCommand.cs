using System.CommandLine;

namespace Ajanvaraus.Fhir.Server.Commands;

/// <summary>What <c>demo</c> was asked for.</summary>
/// <param name="County"><c>small</c> or <c>full</c>.</param>
/// <param name="Seed">The same seed makes the same county.</param>
public sealed record DemoOptions(string County, string Urls, string Database, int Seed);

/// <summary><c>demo</c>: makes a county once and serves it on loopback without tokens.</summary>
public static class DemoCommand
{
    private const string DefaultDatabase = "sqlite:demo.db";
    private const int DefaultSeed = 2022;

    /// <param name="run">Loads the county where it is not there yet, and serves it.</param>
    public static Command Create(Func<DemoOptions, CancellationToken, Task<int>> run)
    {
        var county = new Option<string>("--county")
        {
            Description = "Size of the county: small (a fiftieth) or full.",
            DefaultValueFactory = _ => "small",
        };
        county.AcceptOnlyFromAmong("small", "full");
        var urls = ServerCommand.Urls();
        var database = ServerCommand.Database(DefaultDatabase);
        var seed = new Option<int>("--seed")
        {
            Description = "The same seed makes the same county.",
            DefaultValueFactory = _ => DefaultSeed,
        };
        var command = new Command("demo", "Makes a county from real figures, once, and serves it.")
        {
            county, urls, database, seed,
        };
        command.SetAction((arguments, cancel) => ServerCommand.RunAsync(() => run(
            new DemoOptions(
                arguments.GetValue(county)!, arguments.GetValue(urls)!, arguments.GetValue(database)!,
                arguments.GetValue(seed)),
            cancel)));
        return command;
    }
}
