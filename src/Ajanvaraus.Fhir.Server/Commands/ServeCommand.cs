using System.CommandLine;
using System.Net;
using System.Runtime.InteropServices;

using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Jobs;
using Ajanvaraus.Fhir.Server.Operations;
using Ajanvaraus.Fhir.Server.Rezoning;
using Ajanvaraus.Fhir.Server.Security;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Commands;

/// <summary><c>serve</c>: opens the database, brings it up to date, and serves until told to stop.</summary>
public static class ServeCommand
{
    public static Command Create(CommandLanguage language)
    {
        var urls = ServerCommand.Urls(language);
        var database = ServerCommand.Database(language);
        var identityKeys = ServerCommand.IdentityKeys(language);
        var knownAs = ServerCommand.KnownAs(language);
        var proxy = ServerCommand.Proxy(language);
        var (maxRequests, maxSearches) = (ServerCommand.MaxRequests(language), ServerCommand.MaxSearches(language));
        var drain = ServerCommand.DrainSeconds(language);
        var metricsFrom = ServerCommand.MetricsFrom(language);
        var open = new Option<bool>("--open")
        {
            Description = language.Say(
                "Serve without tokens; loopback addresses only.", "Palvele ilman valtuuksia; vain oman koneen osoitteet."),
        };
        var idempotencyHours = ServerCommand.IdempotencyHours(language);
        var corsOrigins = ServerCommand.CorsOrigins(language);
        var requireIfMatch = ServerCommand.RequireIfMatch(language);
        var maxHolds = ServerCommand.MaxHolds(language);
        var maxBookings = ServerCommand.MaxBookings(language);
        var jobHours = ServerCommand.JobHours(language);
        var importOrigins = ServerCommand.ImportOrigins(language);
        var profiles = ServerCommand.Profiles(language);
        var command = new Command(
            "serve", language.Say("Serves the FHIR API at URL/fhir.", "Tarjoaa FHIR-rajapinnan osoitteessa URL/fhir."))
        {
            urls, database, open, knownAs, proxy, metricsFrom, drain, maxRequests, maxSearches, corsOrigins, idempotencyHours, requireIfMatch, maxHolds, maxBookings,
            jobHours, importOrigins, profiles, identityKeys,
        };
        var limits = new LimitOptions(language);
        limits.AddTo(command);
        var tokens = new TokenArguments(language);
        tokens.AddTo(command);
        var rates = new RateArguments(language);
        rates.AddTo(command);
        var messages = new MessageArguments(language);
        messages.AddTo(command);
        command.SetAction((arguments, cancel) => ServerCommand.RunAsync(() => RunAsync(
            new ServerOptions(
                arguments.GetValue(urls)!, arguments.GetValue(database)!, arguments.GetValue(open))
            {
                Identities = IdentityKeyFile.Of(
                    arguments.GetValue(identityKeys), arguments.GetValue(database)!, isMade: arguments.GetValue(open)),
                KnownAs = arguments.GetValue(knownAs)!,
                Proxies = [.. ServerCommand.Parts(arguments.GetValue(proxy)!)],
                MaxRequests = arguments.GetValue(maxRequests),
                MaxSearches = arguments.GetValue(maxSearches),
                Drain = TimeSpan.FromSeconds(arguments.GetValue(drain)),
                MetricsReaders = [.. ServerCommand.Parts(arguments.GetValue(metricsFrom)!).Select(IPAddress.Parse)],
                CorsOrigins = arguments.GetValue(corsOrigins)!,
                Limits = limits.Of(arguments),
                Tokens = tokens.Of(arguments),
                Rates = rates.Of(arguments),
                Messages = messages.Of(arguments),
                RequiresIfMatch = arguments.GetValue(requireIfMatch),
                Jobs = new JobOptions
                {
                    Kept = TimeSpan.FromHours(arguments.GetValue(jobHours)),
                    ImportOrigins = [.. ServerCommand.Parts(arguments.GetValue(importOrigins)!)],
                },
                Holds = new HoldLimits(MaximumPerHolder: arguments.GetValue(maxHolds)),
                MaxBookings = arguments.GetValue(maxBookings),
                Profiles = ServerCommand.PolicyOf(arguments.GetValue(profiles)!),
                KeepKeys = TimeSpan.FromHours(arguments.GetValue(idempotencyHours)),
            },
            TimeProvider.System, cancel)));
        return command;
    }

    /// <summary>SIGXFSZ of Linux.</summary>
    private const PosixSignal FileTooLarge = (PosixSignal)25;

    /// <summary>Serves until the process is told to stop.</summary>
    public static async Task<int> RunAsync(ServerOptions options, TimeProvider clock, CancellationToken cancel)
    {
        if (options.Refusal() is { } refusal)
        {
            await Console.Error.WriteLineAsync(refusal);
            return ServerCommand.Usage;
        }
        var store = await Database.OpenAsync(options.Database, clock, cancel, options.Identities);
        store.IsClockChecked = true;
        await store.CheckAsync(cancel);
        if (await store.Upkeep.UnopenableKeyAsync(cancel) is { } key)
        {
            await store.DisposeAsync();
            await Console.Error.WriteLineAsync(
                $"Personal identity codes in the database are hidden by the key {key}, which --identity-keys does not name with that "
                + "secret: without it the server would take known clients for new ones.");
            return ServerCommand.Failure;
        }
        await TellChangedZonesAsync(store, clock, cancel);
        return await ServeAsync(options, store, clock, static _ => { }, cancel);
    }

    private static async Task TellChangedZonesAsync(ResourceStore store, TimeProvider clock, CancellationToken cancel)
    {
        var kept = await store.QueryAsync(session => session.TimeZones.AllAsync(), cancel);
        foreach (var id in DatabaseZones.Changed(kept, Instant.FromDateTimeOffset(clock.GetUtcNow())).Keys.Order(StringComparer.Ordinal))
            await Console.Error.WriteLineAsync(
                $"The operating system has new rules for {id}. Times are told by the rules of the database until the command time-zones takes the new ones.");
    }

    /// <summary>Serves from an open store until the process is told to stop.</summary>
    /// <param name="started">Told each address that is listened on.</param>
    internal static async Task<int> ServeAsync(
        ServerOptions options, ResourceStore store, TimeProvider clock, Action<string> started,
        CancellationToken cancel)
    {
        // Where files may not grow (ulimit -f), a write shall fail as on a full disk; by default the process would end.
        using var survives = OperatingSystem.IsLinux() ? PosixSignalRegistration.Create(FileTooLarge, signal => signal.Cancel = true) : null;
        await using var app = FhirApplication.Build(options, store, clock);
        await app.StartAsync(cancel);
        foreach (var url in app.Urls)
        {
            Console.WriteLine($"FHIR API at {url}/fhir, description at {url}/swagger ({store.EngineDescription})");
            started(url);
        }
        await app.WaitForShutdownAsync(cancel);
        return ServerCommand.Success;
    }
}
