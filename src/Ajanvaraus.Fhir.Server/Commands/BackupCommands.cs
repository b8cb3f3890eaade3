using System.CommandLine;

using Ajanvaraus.Fhir.Persistence.Archive;
using Ajanvaraus.Fhir.Server.Import;

namespace Ajanvaraus.Fhir.Server.Commands;

/// <summary><c>backup</c> and <c>restore</c>: the whole database, with all versions, in a file for any engine.</summary>
internal static class BackupCommands
{
    public static Command Backup(CommandLanguage language)
    {
        var (file, database) = (FileArgument(language), ServerCommand.Database(language));
        var command = new Command("backup", language.Say(
            "Writes the whole database into a file. The server may run.",
            "Kirjoittaa koko tietokannan tiedostoon. Palvelin voi olla käynnissä."))
        {
            file, database,
        };
        command.SetAction((arguments, cancel) => ServerCommand.RunAsync(() => BackupAsync(
            arguments.GetValue(file)!, arguments.GetValue(database)!, language, TimeProvider.System, cancel)));
        return command;
    }

    public static Command Restore(CommandLanguage language)
    {
        var (file, database) = (FileArgument(language), ServerCommand.Database(language));
        var command = new Command("restore", language.Say(
            "Restores a backup into an empty database, of the same engine or another.",
            "Palauttaa varmuuskopion tyhjään tietokantaan, saman- tai erimerkkiseen."))
        {
            file, database,
        };
        command.SetAction((arguments, cancel) => ServerCommand.RunAsync(() => RestoreAsync(
            arguments.GetValue(file)!, arguments.GetValue(database)!, language, TimeProvider.System, cancel)));
        return command;
    }

    internal static async Task<int> BackupAsync(
        string path, string database, CommandLanguage language, TimeProvider clock, CancellationToken cancel)
    {
        await using var store = await Database.OpenForReadingAsync(database, clock, cancel);
        var manifest = await PrivateFile.WriteAsync(
            path, output => store.Upkeep.BackupAsync(output, Progress(language), cancel));
        Console.WriteLine(language.Say(
            $"{manifest.Rows} rows of {manifest.Tables.Length} tables in {path}.",
            $"{manifest.Rows} riviä {manifest.Tables.Length} taulusta tiedostossa {path}."));
        return ServerCommand.Success;
    }

    internal static async Task<int> RestoreAsync(
        string path, string database, CommandLanguage language, TimeProvider clock, CancellationToken cancel)
    {
        if (!File.Exists(path))
        {
            await Console.Error.WriteLineAsync(language.Say($"There is no file {path}.", $"Tiedostoa {path} ei ole."));
            return ServerCommand.Usage;
        }
        await using var input = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        var opened = await BackupReader.OpenAsync(input, cancel);
        if (opened.Failed)
            return await ServerCommand.TellAsync(opened.Problem, language);
        using var backup = opened.Value;
        await using var store = await Database.OpenAsync(database, clock, cancel, isToBeFilled: true);
        var restored = await store.Upkeep.RestoreAsync(backup, Progress(language), cancel);
        if (restored.Failed)
            return await ServerCommand.TellAsync(restored.Problem, language);
        Console.WriteLine(language.Say(
            $"{restored.Value.Rows} rows restored, as they were at {restored.Value.Created}.",
            $"{restored.Value.Rows} riviä palautettu hetkeltä {restored.Value.Created}."));
        return ServerCommand.Success;
    }

    private static Argument<string> FileArgument(CommandLanguage language) => new("FILE")
    {
        Description = language.Say("The archive.", "Varmuuskopio."),
    };

    private static TableLines Progress(CommandLanguage language) => new(Console.Error, language);

    private sealed class TableLines(TextWriter output, CommandLanguage language) : IProgress<TableProgress>
    {
        public void Report(TableProgress value) =>
            output.WriteLine(language.Say($"{value.Table}: {value.Rows} rows", $"{value.Table}: {value.Rows} riviä"));
    }
}
