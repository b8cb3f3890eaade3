using System.CommandLine;
using System.Globalization;

using Ajanvaraus.Fhir.Persistence.Identities;
using Ajanvaraus.Fhir.Server.Import;
using Ajanvaraus.Fhir.Server.Security;

namespace Ajanvaraus.Fhir.Server.Commands;

/// <summary><c>export</c>: the current version of every resource, a file of lines (NDJSON) for each type.</summary>
internal static class ExportCommand
{
    public static Command Create(CommandLanguage language)
    {
        var database = ServerCommand.Database(language);
        var to = new Option<string>("--to")
        {
            Description = language.Say("The folder to write into; made when it is not there.", "Kansio, johon kirjoitetaan; luodaan tarvittaessa."),
            Required = true,
        };
        var identityKeys = ServerCommand.IdentityKeys(language);
        var types = ServerCommand.Types(language);
        var since = new Option<string?>("--since")
        {
            Description = language.Say(
                "Only what was changed at or after this moment: 2026-11-22T08:00:00+02:00.",
                "Vain tästä hetkestä alkaen muuttuneet: 2026-11-22T08:00:00+02:00."),
        };
        since.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && Moment(result.Tokens[0].Value) is null)
                result.AddError(language.Say(
                    $"--since takes an instant with its offset, not {result.Tokens[0].Value}.",
                    $"--since on hetki aikaeroineen, ei {result.Tokens[0].Value}."));
        });
        var command = new Command("export", language.Say(
            "Writes the current version of every resource, a file for each type. The server may run.",
            "Kirjoittaa jokaisen resurssin nykyisen version, tiedosto tyyppiä kohden. Palvelin voi olla käynnissä."))
        {
            to, types, since, database, identityKeys,
        };
        command.SetAction((arguments, cancel) => ServerCommand.RunAsync(() => RunAsync(
            arguments.GetValue(database)!, arguments.GetValue(to)!, arguments.GetValue(types)!,
            Moment(arguments.GetValue(since)), language, TimeProvider.System, cancel,
            IdentityKeyFile.Of(arguments.GetValue(identityKeys), arguments.GetValue(database)!, isMade: false))));
        return command;
    }

    internal static async Task<int> RunAsync(
        string database, string folder, string[] types, DateTimeOffset? since, CommandLanguage language,
        TimeProvider clock, CancellationToken cancel, IdentityKeys? identities = null)
    {
        await using var store = await Database.OpenForReadingAsync(database, clock, cancel, identities);
        var progress = new ProgressLine(Console.Error, clock, language.Say("resources", "resurssia"));
        using var files = new ExportFiles(folder, clock.GetUtcNow());
        var count = 0;
        await store.Upkeep.ExportAsync(types, since, async resource =>
        {
            await files.AddAsync(resource);
            progress.Report(++count);
        }, cancel);
        await files.FinishAsync();
        Console.WriteLine(progress.Text(count));
        return ServerCommand.Success;
    }

    /// <summary>Null when the text is not an instant with its offset.</summary>
    private static DateTimeOffset? Moment(string? text) =>
        text is not null && text.Contains('T', StringComparison.Ordinal)
        && (text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T', StringComparison.Ordinal))
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var moment)
            ? moment
            : null;
}
