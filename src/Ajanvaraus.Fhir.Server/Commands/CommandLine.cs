using System.CommandLine;

using Ajanvaraus.Fhir.Server.Demo;

namespace Ajanvaraus.Fhir.Server.Commands;

/// <summary>The program as it is called: commands, options and the sources of what is left out.</summary>
public static class CommandLine
{
    /// <summary>Longer than requests in progress may take to end.</summary>
    private static readonly TimeSpan PatienceAtEnd = TimeSpan.FromSeconds(40);

    /// <param name="folder">Where <c>appsettings.json</c> may be.</param>
    /// <param name="environment">The value of a variable; null when it is not set.</param>
    /// <returns>The exit code: 0 done, 1 failed, 2 called wrongly, 130 interrupted.</returns>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments, string folder, Func<string, string?> environment)
    {
        var language = CommandLanguage.Of(arguments, environment);
        var root = Root(language);
        var sources = new List<string>();
        ParseResult parsed;
        try
        {
            parsed = root.Parse(Settings.Of(folder, environment).Complete(root, arguments, sources));
        }
        catch (InvalidDataException reason)
        {
            await Console.Error.WriteLineAsync(reason.Message);
            return ServerCommand.Usage;
        }
        var code = await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = PatienceAtEnd });
        if (parsed.Errors.Count == 0)
            return code;
        foreach (var source in sources)
            await Console.Error.WriteLineAsync(language.Say($"{source} was used.", $"{source} oli käytössä."));
        return ServerCommand.Usage;
    }

    public static RootCommand Root(CommandLanguage language)
    {
        var spoken = new Option<string>(CommandLanguage.OptionName)
        {
            Description = language.Say("Language of the program: en or fi.", "Ohjelman kieli: en tai fi."),
            Recursive = true,
        };
        spoken.AcceptOnlyFromAmong("en", "fi");
        return new RootCommand(language.Say(
            "Ajanvaraus.Fhir: an HL7 FHIR R4 server for scheduling in social care.",
            "Ajanvaraus.Fhir: HL7 FHIR R4 -palvelin sosiaalihuollon ajanvaraukseen."))
        {
            spoken,
            ServeCommand.Create(language),
            PolicyCommand.Create(language),
            DemoCommand.Create(language, (demo, cancel) => DemoServer.RunAsync(demo, TimeProvider.System, cancel)),
            DatabaseCommands.Migrate(language),
            ImportCommand.Create(language),
            ExportCommand.Create(language),
            DatabaseCommands.Reindex(language),
            TimeZoneCommand.Create(language),
            RotateKeysCommand.Create(language),
            BackupCommands.Backup(language),
            BackupCommands.Restore(language),
            DatabaseCommands.Check(language),
            LogCommands.Check(language),
            LogCommands.Report(language),
            RetentionCommands.Retention(language),
            RetentionCommands.Erase(language),
        };
    }
}
