using System.CommandLine;

namespace Ajanvaraus.Fhir.Server.Commands;

/// <summary><c>migrate</c> and <c>check</c>: what an operator does with a database without serving it.</summary>
public static class DatabaseCommands
{
    /// <summary><c>migrate</c>: makes the database or brings it up to date; safe to repeat.</summary>
    public static Command Migrate() =>
        Create("migrate", "Makes the database, or brings it up to date.", isChecked: false);

    /// <summary><c>check</c>: also says whether it is safe to serve from.</summary>
    public static Command Check() => Create("check", "Checks that the database can be served from.", isChecked: true);

    private static Command Create(string name, string description, bool isChecked)
    {
        var database = ServerCommand.Database();
        var command = new Command(name, description) { database };
        command.SetAction((arguments, cancel) => ServerCommand.RunAsync(async () =>
        {
            var option = arguments.GetValue(database)!;
            await using var store = await Database.OpenAsync(option, TimeProvider.System, cancel);
            if (isChecked)
                await store.CheckAsync(cancel);
            Console.WriteLine(store.EngineDescription);
            return ServerCommand.Success;
        }));
        return command;
    }
}
