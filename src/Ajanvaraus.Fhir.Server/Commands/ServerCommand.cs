using System.CommandLine;
using System.Globalization;

using Ajanvaraus.Fhir.Persistence.Engine;
using Ajanvaraus.Fhir.Server.Operations;
using Ajanvaraus.Fhir.Server.Writing;

namespace Ajanvaraus.Fhir.Server.Commands;

/// <summary>What the commands share: options that the environment may set too, and exit codes.</summary>
public static class ServerCommand
{
    public const int Success = 0;
    public const int Failure = 1;
    public const int Usage = 2;

    /// <summary><c>--urls</c>, else AJANVARAUS_URLS.</summary>
    public static Option<string> Urls() => new("--urls")
    {
        Description = "Addresses to listen on, apart by semicolons.",
        DefaultValueFactory = _ => Setting("AJANVARAUS_URLS") ?? ServerOptions.DefaultUrls,
    };

    /// <summary><c>--database</c>, else AJANVARAUS_DATABASE.</summary>
    public static Option<string> Database(string byDefault = ServerOptions.DefaultDatabase) => new("--database")
    {
        Description = "sqlite:PATH, postgres:CONNECTION or sqlserver:CONNECTION.",
        DefaultValueFactory = _ => Setting("AJANVARAUS_DATABASE") ?? byDefault,
    };

    /// <summary><c>--known-as</c>, else AJANVARAUS_KNOWN_AS.</summary>
    public static Option<string> KnownAs() => new("--known-as")
    {
        Description = "Further base addresses of this server, apart by semicolons: https://host/fhir.",
        DefaultValueFactory = _ => Setting("AJANVARAUS_KNOWN_AS") ?? "",
    };

    /// <summary><c>--idempotency-hours</c>, else AJANVARAUS_IDEMPOTENCY_HOURS.</summary>
    public static Option<int> IdempotencyHours() => Number(
        "--idempotency-hours", "AJANVARAUS_IDEMPOTENCY_HOURS",
        "Hours for which a request with the same Idempotency-Key is answered as the first time.",
        (int)RequestKeys.DefaultKept.TotalHours, least: 1, most: 24 * 366);

    /// <summary><c>--require-if-match</c>, else AJANVARAUS_REQUIRE_IF_MATCH (true or 1).</summary>
    public static Option<bool> RequireIfMatch() => new("--require-if-match")
    {
        Description = "Refuse an update or deletion of what exists without If-Match.",
        DefaultValueFactory = _ => Setting("AJANVARAUS_REQUIRE_IF_MATCH") is "true" or "1",
    };

    /// <summary><c>--max-holds</c>, else AJANVARAUS_MAX_HOLDS.</summary>
    public static Option<int> MaxHolds() => Number(
        "--max-holds", "AJANVARAUS_MAX_HOLDS", "Holds that one holder may have at the same time.",
        new HoldLimits().MaximumPerHolder, least: 1, most: 10_000);

    /// <summary>Runs a command; a database that cannot be used ends it with a sentence instead of a stack trace.</summary>
    public static async Task<int> RunAsync(Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (StorageNotReadyException reason)
        {
            await Console.Error.WriteLineAsync(reason.Message);
            return Failure;
        }
        catch (IOException reason) when (reason.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            await Console.Error.WriteLineAsync(reason.Message);
            return Failure;
        }
    }

    private static Option<int> Number(
        string name, string variable, string description, int byDefault, int least, int most)
    {
        var option = new Option<int>(name)
        {
            Description = description,
            // What cannot be read is no number of the range, and is told like one.
            DefaultValueFactory = _ => Setting(variable) is not { } text ? byDefault
                : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
                : int.MinValue,
        };
        option.Validators.Add(result =>
        {
            var number = result.GetValueOrDefault<int>();
            if (number < least || number > most)
                result.AddError($"{name} (or {variable}) is a whole number from {least} to {most}.");
        });
        return option;
    }

    private static string? Setting(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
