using System.CommandLine;

using Ajanvaraus.Fhir.Server.Security;

namespace Ajanvaraus.Fhir.Server.Commands;

/// <summary><c>migrate</c>, <c>check</c> and <c>reindex</c>: what an operator does with a database without serving it.</summary>
internal static class DatabaseCommands
{
    /// <summary>More would hide the first; the rest is counted.</summary>
    private const int MostFindingsTold = 100;

    /// <summary><c>migrate</c>: makes the database or brings it up to date; safe to repeat.</summary>
    public static Command Migrate(CommandLanguage language)
    {
        var database = ServerCommand.Database(language);
        var command = new Command("migrate", language.Say(
            "Makes the database, or brings it up to date.", "Luo tietokannan tai saattaa sen ajan tasalle."))
        {
            database,
        };
        command.SetAction((arguments, cancel) => ServerCommand.RunAsync(async () =>
        {
            await using var store = await Database.OpenAsync(arguments.GetValue(database)!, TimeProvider.System, cancel);
            Console.WriteLine(store.EngineDescription);
            return ServerCommand.Success;
        }));
        return command;
    }

    /// <summary><c>check</c>: whether it is safe to serve from, and whether all that it holds agrees; changes nothing.</summary>
    public static Command Check(CommandLanguage language)
    {
        var database = ServerCommand.Database(language);
        var urls = ServerCommand.Urls(language);
        var identityKeys = ServerCommand.IdentityKeys(language);
        var command = new Command("check", language.Say(
            "Checks the database: settings, versions, indexes, and that bookings, times and claims agree.",
            "Tarkistaa tietokannan: asetukset, versiot, hakemistot sekä varausten, aikojen ja varausmerkintöjen yhtäpitävyyden."))
        {
            database, urls, identityKeys,
        };
        command.SetAction((arguments, cancel) => ServerCommand.RunAsync(() => CheckAsync(
            Options(arguments.GetValue(urls)!, arguments.GetValue(database)!, arguments.GetValue(identityKeys)), language,
            TimeProvider.System, cancel)));
        return command;
    }

    internal static async Task<int> CheckAsync(
        ServerOptions options, CommandLanguage language, TimeProvider clock, CancellationToken cancel)
    {
        await using var store = await Database.OpenForReadingAsync(options.Database, clock, cancel, options.Identities);
        await store.CheckAsync(cancel);
        Console.WriteLine(store.EngineDescription);
        var findings = 0;
        var progress = new ProgressLine(Console.Error, clock, language.Say("resources checked", "resurssia tarkistettu"));
        var parameters = new FhirFacade(store, options, clock).SearchParameters;
        await parameters.RefreshAsync(cancel);
        await store.Upkeep.AuditAsync(
            parameters.Indexer,
            finding =>
            {
                if (++findings <= MostFindingsTold)
                    Console.WriteLine(finding);
            },
            progress, cancel);
        Console.WriteLine(findings == 0
            ? language.Say("All agrees.", "Kaikki täsmää.")
            : language.Say($"{findings} findings.", $"{findings} havaintoa."));
        return findings == 0 ? ServerCommand.Success : ServerCommand.Failure;
    }

    /// <summary><c>reindex</c>: makes the rows anew by which resources are found; safe to interrupt and repeat.</summary>
    public static Command Reindex(CommandLanguage language)
    {
        var database = ServerCommand.Database(language);
        var urls = ServerCommand.Urls(language);
        var identityKeys = ServerCommand.IdentityKeys(language);
        var types = ServerCommand.Types(language);
        var from = new Option<long>("--from")
        {
            Description = language.Say(
                "Goes on from where an interrupted run said it was.",
                "Jatkaa siitä, mihin keskeytynyt ajo kertoi päässeensä."),
        };
        var command = new Command("reindex", language.Say(
            "Makes the search and calendar indexes anew from the resources.",
            "Tekee haku- ja kalenterihakemistot uudelleen resursseista."))
        {
            database, urls, types, from, identityKeys,
        };
        command.SetAction((arguments, cancel) => ServerCommand.RunAsync(() => ReindexAsync(
            Options(arguments.GetValue(urls)!, arguments.GetValue(database)!, arguments.GetValue(identityKeys)),
            arguments.GetValue(types)!, arguments.GetValue(from), language,
            TimeProvider.System, cancel)));
        return command;
    }

    internal static async Task<int> ReindexAsync(
        ServerOptions options, string[] types, long from, CommandLanguage language, TimeProvider clock,
        CancellationToken cancel)
    {
        await using var store = await Database.OpenAsync(options.Database, clock, cancel, options.Identities);
        var progress = new ProgressLine(Console.Error, clock, language.Say("resources", "resurssia"));
        var parameters = new FhirFacade(store, options, clock).SearchParameters;
        var adopted = await parameters.AdoptAsync(cancel);
        if (adopted.Failed)
            return await ServerCommand.TellAsync(adopted.Problem, language);
        var (count, at) = (0L, from);
        while (!cancel.IsCancellationRequested)
        {
            var step = await store.Upkeep.ReindexAsync(types, at, parameters.Indexer, CancellationToken.None);
            if (step.Failed)
                return await ServerCommand.TellAsync(step.Problem, language);
            if (step.Value.Count == 0)
            {
                Console.WriteLine(progress.Text(count));
                // Of some types only, the others are not indexed by them yet.
                var finished = types.Length == 0 ? await parameters.FinishAsync(adopted.Value, cancel) : true;
                return finished.Failed
                    ? await ServerCommand.TellAsync(finished.Problem, language)
                    : ServerCommand.Success;
            }
            (count, at) = (count + step.Value.Count, step.Value.LastKey);
            progress.Report(count);
        }
        await Console.Error.WriteLineAsync(language.Say(
            $"Interrupted; go on with --from {at}.", $"Keskeytetty; jatka valitsimella --from {at}."));
        return ServerCommand.Interrupted;
    }

    private static ServerOptions Options(string urls, string database, string? identityKeys) =>
        new(urls, database, IsOpen: true) { Identities = IdentityKeyFile.Of(identityKeys, database, isMade: false) };
}
