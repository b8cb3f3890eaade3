using System.CommandLine;

using Ajanvaraus.Fhir.Persistence.Identities;
using Ajanvaraus.Fhir.Server.Security;

namespace Ajanvaraus.Fhir.Server.Commands;

/// <summary>What <c>demo</c> was asked for.</summary>
/// <param name="County"><c>small</c> or <c>full</c>.</param>
/// <param name="Seed">The same seed makes the same county.</param>
public sealed record DemoOptions(string County, string Urls, string Database, int Seed)
{
    /// <summary>Without an issuer the county is open, on loopback only.</summary>
    public TokenOptions Tokens { get; init; } = new();

    public IdentityKeys Identities { get; init; } = IdentityKeys.None;
}

/// <summary><c>demo</c>: makes a county once and serves it, on loopback without tokens unless an issuer is named.</summary>
public static class DemoCommand
{
    private const string DefaultDatabase = "sqlite:demo.db";
    private const int DefaultSeed = 2022;

    /// <param name="run">Loads the county where it is not there yet, and serves it.</param>
    public static Command Create(CommandLanguage language, Func<DemoOptions, CancellationToken, Task<int>> run)
    {
        var county = new Option<string>("--county")
        {
            Description = language.Say(
                "Size of the county: small (a fiftieth) or full.", "Hyvinvointialueen koko: small (viideskymmenesosa) tai full."),
            DefaultValueFactory = _ => "small",
        };
        county.AcceptOnlyFromAmong("small", "full");
        var urls = ServerCommand.Urls(language);
        var database = ServerCommand.Database(language, DefaultDatabase);
        var identityKeys = ServerCommand.IdentityKeys(language);
        var seed = new Option<int>("--seed")
        {
            Description = language.Say("The same seed makes the same county.", "Sama siemen tekee saman alueen."),
            DefaultValueFactory = _ => DefaultSeed,
        };
        var command = new Command("demo", language.Say(
            "Makes a county from real figures, once, and serves it.",
            "Tekee hyvinvointialueen todellisista luvuista, kerran, ja palvelee siitä."))
        {
            county, urls, database, seed, identityKeys,
        };
        var tokens = new TokenArguments(language);
        tokens.AddTo(command);
        command.SetAction((arguments, cancel) => ServerCommand.RunAsync(() => run(
            new DemoOptions(
                arguments.GetValue(county)!, arguments.GetValue(urls)!, arguments.GetValue(database)!,
                arguments.GetValue(seed))
            {
                Tokens = tokens.Of(arguments),
                Identities = IdentityKeyFile.Of(
                    arguments.GetValue(identityKeys), arguments.GetValue(database)!, isMade: true),
            },
            cancel)));
        return command;
    }
}
