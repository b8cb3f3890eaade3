using System.CommandLine;

namespace Ajanvaraus.Fhir.Server.Commands;

/// <summary><c>serve</c>: opens the database, brings it up to date, and serves until told to stop.</summary>
public static class ServeCommand
{
    public static Command Create()
    {
        var urls = ServerCommand.Urls();
        var database = ServerCommand.Database();
        var open = new Option<bool>("--open")
        {
            Description = "Serve without tokens; loopback addresses only.",
        };
        var command = new Command("serve", "Serves the FHIR API at URL/fhir.") { urls, database, open };
        command.SetAction((arguments, cancel) => ServerCommand.RunAsync(() => RunAsync(
            new ServerOptions(
                arguments.GetValue(urls)!, arguments.GetValue(database)!, arguments.GetValue(open)),
            TimeProvider.System, cancel)));
        return command;
    }

    /// <summary>Serves until the process is told to stop.</summary>
    public static async Task<int> RunAsync(ServerOptions options, TimeProvider clock, CancellationToken cancel)
    {
        if (options.Refusal() is { } refusal)
        {
            await Console.Error.WriteLineAsync(refusal);
            return ServerCommand.Usage;
        }
        var store = await Database.OpenAsync(options.Database, clock, cancel);
        await using var app = FhirApplication.Build(options, store, clock);
        await app.StartAsync(cancel);
        foreach (var url in app.Urls)
            Console.WriteLine($"FHIR API at {url}/fhir, description at {url}/swagger ({store.EngineDescription})");
        await app.WaitForShutdownAsync(cancel);
        return ServerCommand.Success;
    }
}
