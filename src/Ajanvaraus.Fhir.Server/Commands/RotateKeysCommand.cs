using System.CommandLine;

using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Security;

namespace Ajanvaraus.Fhir.Server.Commands;

/// <summary><c>rotate-keys</c>: brings all personal identity codes under the first key of the file; safe to interrupt and repeat.</summary>
internal static class RotateKeysCommand
{
    public static Command Create(CommandLanguage language)
    {
        var database = ServerCommand.Database(language);
        var urls = ServerCommand.Urls(language);
        var identityKeys = ServerCommand.IdentityKeys(language);
        var command = new Command("rotate-keys", language.Say(
            "Hides all personal identity codes by the first key of --identity-keys; then the others may be taken out of the file. "
            + "Servers on PostgreSQL may run, with the same file.",
            "Suojaa kaikki henkilötunnukset tiedoston --identity-keys ensimmäisellä avaimella; sitten muut voi poistaa "
            + "tiedostosta. PostgreSQL:ää käyttävät palvelimet voivat olla käynnissä samalla tiedostolla."))
        {
            database, urls, identityKeys,
        };
        command.SetAction((arguments, cancel) => ServerCommand.RunAsync(() => RunAsync(
            new ServerOptions(arguments.GetValue(urls)!, arguments.GetValue(database)!, IsOpen: true)
            {
                Identities = IdentityKeyFile.Of(
                    arguments.GetValue(identityKeys), arguments.GetValue(database)!, isMade: false),
            },
            language, TimeProvider.System, cancel)));
        return command;
    }

    internal static async Task<int> RunAsync(
        ServerOptions options, CommandLanguage language, TimeProvider clock, CancellationToken cancel)
    {
        if (options.Identities.AreNone)
        {
            await Console.Error.WriteLineAsync(language.Say(
                "There are no keys: name their file by --identity-keys.", "Avaimia ei ole: nimeä tiedosto valitsimella --identity-keys."));
            return ServerCommand.Usage;
        }
        await using var store = await Database.OpenAsync(options.Database, clock, cancel, options.Identities);
        var progress = new ProgressLine(Console.Error, clock, language.Say("resources", "resurssia"));
        var parameters = new FhirFacade(store, options, clock).SearchParameters;
        await parameters.RefreshAsync(cancel);
        var (count, at) = (0L, 0L);
        while (!cancel.IsCancellationRequested)
        {
            var step = await store.Upkeep.RekeyAsync(at, parameters.Indexer, CancellationToken.None);
            if (step.Failed)
                return await ServerCommand.TellAsync(step.Problem, language);
            if (step.Value.Count == 0)
            {
                Console.WriteLine(progress.Text(count));
                return await EndAsync(store, options.Identities.Current, language, cancel);
            }
            (count, at) = (count + step.Value.Count, step.Value.LastKey);
            progress.Report(count);
        }
        await Console.Error.WriteLineAsync(language.Say(
            "Interrupted; the same command goes on.", "Keskeytetty; sama komento jatkaa."));
        return ServerCommand.Interrupted;
    }

    /// <summary>A server that was not started anew with the file goes on writing by the key that was first before.</summary>
    private static async Task<int> EndAsync(
        ResourceStore store, string current, CommandLanguage language, CancellationToken cancel)
    {
        var others = (await store.Upkeep.IdentityKeysAsync(cancel)).Remove(current);
        if (others.IsEmpty)
        {
            Console.WriteLine(language.Say($"All is under the key {current}.", $"Kaikki on avaimen {current} alla."));
            return ServerCommand.Success;
        }
        await Console.Error.WriteLineAsync(language.Say(
            $"A server still writes by {string.Join(", ", others)}: start it anew with the file, and repeat the command.",
            $"Jokin palvelin kirjoittaa yhä avaimella {string.Join(", ", others)}: käynnistä se uudelleen tällä tiedostolla ja toista komento."));
        return ServerCommand.Failure;
    }
}
