using System.CommandLine;
using System.Data.Common;
using System.Net;

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Persistence.Engine;
using Ajanvaraus.Fhir.Server.Conformance;
using Ajanvaraus.Fhir.Server.Import;
using Ajanvaraus.Fhir.Server.Jobs;
using Ajanvaraus.Fhir.Server.Operations;
using Ajanvaraus.Fhir.Server.Writing;

namespace Ajanvaraus.Fhir.Server.Commands;

/// <summary>What the commands share: options, exit codes, and how a failure is told.</summary>
public static class ServerCommand
{
    public const int Success = 0;
    public const int Failure = 1;
    public const int Usage = 2;

    /// <summary>Ended by the operator, at a place from which it can be repeated.</summary>
    public const int Interrupted = 130;

    public static Option<string> Urls(CommandLanguage language) => new("--urls")
    {
        Description = language.Say(
            "Addresses to listen on, apart by semicolons.", "Kuunneltavat osoitteet puolipistein erotettuina."),
        DefaultValueFactory = _ => ServerOptions.DefaultUrls,
    };

    public static Option<string> Database(CommandLanguage language, string byDefault = ServerOptions.DefaultDatabase) =>
        new("--database")
        {
            Description = language.Say(
                "sqlite:PATH, postgres:CONNECTION or sqlserver:CONNECTION.",
                "sqlite:POLKU, postgres:YHTEYS tai sqlserver:YHTEYS."),
            DefaultValueFactory = _ => byDefault,
        };

    public static Option<string> IdentityKeys(CommandLanguage language) => new("--identity-keys")
    {
        Description = language.Say(
            "File of keys by which personal identity codes are hidden in the database, lines NAME=BASE64; the first is written "
            + "by. Unless named: DATABASE.keys beside an SQLite database.",
            "Tiedosto, jonka avaimilla henkilötunnukset suojataan tietokannassa, rivit NIMI=BASE64; ensimmäisellä "
            + "kirjoitetaan. Ellei nimetä: TIETOKANTA.keys SQLite-tietokannan vieressä."),
        DefaultValueFactory = _ => "",
    };

    public static Option<string> KnownAs(CommandLanguage language) => new("--known-as")
    {
        Description = language.Say(
            "Further base addresses of this server, apart by semicolons: https://host/fhir.",
            "Palvelimen muut osoitteet puolipistein erotettuina: https://kone/fhir."),
        DefaultValueFactory = _ => "",
    };

    public static Option<string> Proxy(CommandLanguage language) => new("--proxy")
    {
        Description = language.Say(
            "IP addresses of the proxies before this server, apart by semicolons: their X-Forwarded-For is believed, nobody else's.",
            "Palvelimen edessä olevien välityspalvelinten IP-osoitteet puolipistein erotettuina: vain niiden X-Forwarded-For uskotaan."),
        DefaultValueFactory = _ => "",
    };

    public static Option<int> MaxRequests(CommandLanguage language) => Number(
        "--max-requests", ServerOptions.UsualMaxRequests, least: 0, most: 1_000_000, language,
        "Requests that are worked on at the same time; more are 503. 0: any number.",
        "Yhtä aikaa käsiteltäviä pyyntöjä enintään; useampi saa vastauksen 503. 0: ei rajaa.");

    public static Option<int> MaxSearches(CommandLanguage language) => Number(
        "--max-searches", ServerOptions.UsualMaxSearches, least: 0, most: 1_000_000, language,
        "Searches among them; more are 503, and bookings go on. 0: no searches at all.",
        "Niistä hakuja enintään; useampi saa vastauksen 503, ja varaaminen jatkuu. 0: ei hakuja lainkaan.");

    public static Option<int> DrainSeconds(CommandLanguage language) => Number(
        "--drain-seconds", 2, least: 0, most: 60, language,
        "Seconds for which the server goes on answering when it is told to stop, and sends callers elsewhere.",
        "Sekunteja, jotka palvelin yhä vastaa pysäytyksen jälkeen ja ohjaa kutsujat muualle.");

    public static Option<string> MetricsFrom(CommandLanguage language)
    {
        var option = new Option<string>("--metrics-from")
        {
            Description = language.Say(
                "IP addresses, apart by semicolons, to which /metrics is told beside this machine.",
                "IP-osoitteet puolipistein erotettuina, joille /metrics kerrotaan tämän koneen lisäksi."),
            DefaultValueFactory = _ => "",
        };
        option.Validators.Add(result =>
        {
            foreach (var address in Parts(result.Tokens.FirstOrDefault()?.Value ?? ""))
                if (!IPAddress.TryParse(address, out _))
                    result.AddError(language.Say($"{address} is no IP address.", $"{address} ei ole IP-osoite."));
        });
        return option;
    }

    /// <summary>What stands between semicolons.</summary>
    public static string[] Parts(string text) => text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public static Option<string> CorsOrigins(CommandLanguage language) => new("--cors-origins")
    {
        Description = language.Say(
            "Origins whose web pages may call this server, apart by semicolons: https://host; * for all.",
            "Osoitteet, joiden verkkosivut saavat kutsua palvelinta, puolipistein erotettuina: https://kone; * = kaikki."),
        DefaultValueFactory = _ => "",
    };

    /// <summary>Resource types; none given means all.</summary>
    public static Option<string[]> Types(CommandLanguage language)
    {
        var types = new Option<string[]>("--type")
        {
            Description = language.Say(
                "Only this resource type; may be repeated.", "Vain tämä resurssityyppi; voi toistaa."),
            DefaultValueFactory = _ => [],
        };
        types.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
                if (Core.Definitions.R4.Definitions.Resource(token.Value) is null)
                    result.AddError(language.Say(
                        $"{token.Value} is no resource type of FHIR R4.", $"{token.Value} ei ole FHIR R4:n resurssityyppi."));
        });
        return types;
    }

    public static Option<int> IdempotencyHours(CommandLanguage language) => Number(
        "--idempotency-hours", (int)RequestKeys.DefaultKept.TotalHours, least: 1, most: 24 * 366, language,
        "Hours for which a request with the same Idempotency-Key is answered as the first time.",
        "Tunteja, joina samalla Idempotency-Keyllä tehty pyyntö saa saman vastauksen.");

    public static Option<int> JobHours(CommandLanguage language) => Number(
        "--job-hours", (int)new JobOptions().Kept.TotalHours, least: 1, most: 24 * 366, language,
        "Hours for which the result of work in the background ($export, Prefer: respond-async) can be fetched.",
        "Tunteja, joina taustatyön ($export, Prefer: respond-async) tulos on noudettavissa.");

    public static Option<string> ImportOrigins(CommandLanguage language) => new("--import-origins")
    {
        Description = language.Say(
            "Addresses from which $import may fetch files: https://files.example.org;… (none unless named).",
            "Osoitteet, joista $import saa hakea tiedostoja: https://files.example.org;… (ei mistään, ellei nimetä)."),
        DefaultValueFactory = _ => "",
    };

    public static Option<bool> RequireIfMatch(CommandLanguage language) => new("--require-if-match")
    {
        Description = language.Say(
            "Refuse an update or deletion of what exists without If-Match.",
            "Hylkää olemassa olevan muutos tai poisto ilman If-Match-otsaketta."),
    };

    public static Option<int> MaxHolds(CommandLanguage language) => Number(
        "--max-holds", new HoldLimits().MaximumPerHolder, least: 1, most: 10_000, language,
        "Holds that one holder may have at the same time.", "Yhden pitäjän yhtäaikaisia pitoja enintään.");

    public static Option<int> MaxBookings(CommandLanguage language) => Number(
        "--max-bookings", ServerOptions.UsualMaxBookings, least: 0, most: 10_000, language,
        "Times to come that one client may have in a service, when citizens book; 0: no limit.",
        "Yhden asiakkaan tulevia aikoja palvelussa enintään, kun kansalainen varaa; 0: ei rajaa.");

    /// <summary>Of a text that the option has let pass.</summary>
    public static ProfilePolicy PolicyOf(string text) =>
        ProfilePolicy.TryParse(text, out var policy, out _) ? policy : ProfilePolicy.Default;

    public static Option<string> Profiles(CommandLanguage language)
    {
        var option = new Option<string>("--profiles")
        {
            Description = language.Say(
                "How strictly writes are held to the social-care profiles, by type: off, claimed or required "
                + "(Appointment=required;*=claimed).",
                "Miten tarkasti kirjoituksissa noudatetaan sosiaalihuollon profiileja tyypeittäin: off, claimed tai "
                + "required (Appointment=required;*=claimed)."),
            DefaultValueFactory = _ => "",
        };
        option.Validators.Add(result =>
        {
            if (!ProfilePolicy.TryParse(result.Tokens.FirstOrDefault()?.Value ?? "", out _, out var wrong))
                result.AddError(language.Say(
                    $"--profiles takes Type=off, Type=claimed or Type=required, not {wrong}.",
                    $"--profiles on muotoa Tyyppi=off, Tyyppi=claimed tai Tyyppi=required, ei {wrong}."));
        });
        return option;
    }

    /// <summary>A whole number within bounds.</summary>
    public static Option<int> Number(
        string name, int byDefault, int least, int most, CommandLanguage language, string english, string finnish)
    {
        var option = new Option<int>(name)
        {
            Description = language.Say(english, finnish),
            DefaultValueFactory = _ => byDefault,
        };
        option.Validators.Add(result =>
        {
            // What is no number at all the parser itself tells.
            if (int.TryParse(result.Tokens.FirstOrDefault()?.Value, out var value) && (value < least || value > most))
                result.AddError(language.Say(
                    $"{name} is from {least} to {most}.", $"{name} on väliltä {least}–{most}."));
        });
        return option;
    }

    /// <summary>Runs a command; what stands in its way ends it with a sentence instead of a stack trace.</summary>
    public static async Task<int> RunAsync(Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (Exception reason) when (IsForTheOperator(reason))
        {
            await Console.Error.WriteLineAsync(reason.Message);
            return Failure;
        }
        catch (OperationCanceledException)
        {
            return Interrupted;
        }
    }

    /// <summary>Tells a problem, an issue on a line.</summary>
    /// <returns>The exit code of a failure.</returns>
    public static async Task<int> TellAsync(Problem problem, CommandLanguage language)
    {
        foreach (var issue in problem.Issues)
            await Console.Error.WriteLineAsync(language.Say(issue));
        return Failure;
    }

    /// <summary>The database cannot be used, a file cannot be read or written, or an address is taken.</summary>
    private static bool IsForTheOperator(Exception reason) =>
        reason is StorageNotReadyException or StorageFailedException or ImportStoppedException or IOException or InvalidDataException
            or UnauthorizedAccessException or DbException;
}
