using System.CommandLine;
using System.Globalization;
using System.Text;

using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Persistence.Audit;
using Ajanvaraus.Fhir.Server.Audit;
using Ajanvaraus.Fhir.Server.Security;

namespace Ajanvaraus.Fhir.Server.Commands;

/// <summary><c>check-log</c> and <c>log-report</c>: what those do with the log who look after it.</summary>
internal static class LogCommands
{
    private const int LinesAtATime = 2000;

    private static readonly string[] Columns =
    [
        "recorded", "action", "interaction", "outcome", "data", "user", "program", "units", "work-task", "service-tasks", "on-behalf-of",
        "special-reason", "purposes",
    ];

    /// <summary><c>check-log</c>: whether every entry is there, as it was written; changes nothing.</summary>
    public static Command Check(CommandLanguage language)
    {
        var database = ServerCommand.Database(language);
        var identityKeys = ServerCommand.IdentityKeys(language);
        var ends = new Option<string?>("--ends")
        {
            Description = language.Say(
                "A file, kept elsewhere than the database, with the ends of the log: what stood there last time must be there still; "
                + "written anew when all is well.",
                "Muualla kuin tietokannassa säilytettävä tiedosto lokin päistä: viimeksi kirjatun on oltava yhä tallella; "
                + "kirjoitetaan uudelleen, kun kaikki on kunnossa."),
        };
        var command = new Command("check-log", language.Say(
            "Checks the log of who did what: that no entry was changed, added or taken out.",
            "Tarkistaa käyttölokin: ettei merkintöjä ole muutettu, lisätty tai poistettu."))
        {
            database, identityKeys, ends,
        };
        command.SetAction((arguments, cancel) => ServerCommand.RunAsync(async () =>
        {
            await using var store = await OpenAsync(arguments.GetValue(database)!, arguments.GetValue(identityKeys), cancel);
            return await CheckAsync(store, arguments.GetValue(ends), language, TimeProvider.System, cancel);
        }));
        return command;
    }

    internal static async Task<int> CheckAsync(
        ResourceStore store, string? ends, CommandLanguage language, TimeProvider clock, CancellationToken cancel)
    {
        var findings = 0;
        var progress = new ProgressLine(Console.Error, clock, language.Say("entries checked", "merkintää tarkistettu"));
        var verdict = await store.Upkeep.VerifyLogAsync(
            ends is not null && File.Exists(ends) ? LogEnds.Read(await File.ReadAllTextAsync(ends, cancel)) : [],
            finding =>
            {
                findings++;
                Console.WriteLine(finding);
            },
            progress, cancel);
        Console.WriteLine(findings == 0
            ? language.Say($"{verdict.Entries} entries, all as they were written.", $"{verdict.Entries} merkintää, kaikki ennallaan.")
            : language.Say($"{findings} findings.", $"{findings} havaintoa."));
        if (findings > 0)
            return ServerCommand.Failure;
        if (ends is not null)
            await File.WriteAllTextAsync(ends, LogEnds.Text(verdict.Ends), cancel);
        return ServerCommand.Success;
    }

    /// <summary><c>log-report</c>: who had to do with a client's data, as CSV.</summary>
    public static Command Report(CommandLanguage language)
    {
        var database = ServerCommand.Database(language);
        var identityKeys = ServerCommand.IdentityKeys(language);
        var client = new Option<string>("--client")
        {
            Description = language.Say("Logical id of the Patient.", "Asiakkaan (Patient) tunniste palvelimella."),
            Required = true,
        };
        var from = Day("--from", language.Say("First day: 2026-11-23; two years ago unless said.", "Ensimmäinen päivä: 2026-11-23; ellei sanota, kaksi vuotta sitten."));
        var to = Day("--to", language.Say("Last day; today unless said.", "Viimeinen päivä; ellei sanota, tänään."));
        var command = new Command("log-report", language.Say(
            "Writes who looked at a client's data or changed it, as CSV.", "Kirjoittaa CSV:nä, kuka on katsellut tai muuttanut asiakkaan tietoja."))
        {
            client, from, to, database, identityKeys,
        };
        command.SetAction((arguments, cancel) => ServerCommand.RunAsync(async () =>
        {
            await using var store = await OpenAsync(arguments.GetValue(database)!, arguments.GetValue(identityKeys), cancel);
            var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
            return await ReportAsync(
                store, arguments.GetValue(client)!, arguments.GetValue(from) ?? today.AddYears(-2), arguments.GetValue(to) ?? today,
                Console.Out, cancel);
        }));
        return command;
    }

    internal static async Task<int> ReportAsync(
        ResourceStore store, string client, DateOnly from, DateOnly to, TextWriter output, CancellationToken cancel)
    {
        var narrowing = AuditNarrowing.None with
        {
            Clients = [client],
            From = Midnight(from),
            To = Midnight(to.AddDays(1)),
            IsOldestFirst = true,
        };
        await output.WriteLineAsync(string.Join(';', Columns));
        FoundLine? after = null;
        while (true)
        {
            var last = after;
            var lines = await store.QueryAsync(session => session.Audit.FindAsync(narrowing, last, LinesAtATime), cancel);
            foreach (var line in lines)
                await output.WriteLineAsync(Row(line));
            if (lines.Count < LinesAtATime)
                return ServerCommand.Success;
            after = lines[^1];
        }
    }

    private static string Row(FoundLine line)
    {
        var entry = AuditEntryJson.Read(line.Body);
        var thing = entry.Things[line.Line];
        return string.Join(';', ((string?[])
        [
            FhirInstant.MomentOf(line.Recorded).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            thing.Action, entry.Operation is null ? thing.Interaction : "$" + entry.Operation,
            entry.Outcome.ToString(CultureInfo.InvariantCulture), thing.Data, entry.User, entry.Program,
            string.Join(' ', entry.Units ?? []), entry.WorkTask, string.Join(' ', entry.ServiceTasks ?? []), entry.OnBehalfOf,
            entry.SpecialReason, string.Join(' ', entry.Purposes ?? []),
        ]).Select(Cell));
    }

    /// <summary>Quoted where that is needed; what a spreadsheet would take for a formula is made text.</summary>
    private static string Cell(string? text)
    {
        var cell = new StringBuilder(text);
        if (cell.Length > 0 && cell[0] is '=' or '+' or '-' or '@' or '\t')
            cell.Insert(0, '\'');
        return cell.ToString().AsSpan().ContainsAny(";\"\r\n")
            ? $"\"{cell.Replace("\"", "\"\"")}\""
            : cell.ToString();
    }

    private static Option<DateOnly?> Day(string name, string description) => new(name) { Description = description };

    /// <summary>As days are counted here: a day has an hour more or less twice a year.</summary>
    private static long Midnight(DateOnly day)
    {
        var zone = TimeZones.Default;
        var local = day.ToDateTime(TimeOnly.MinValue);
        return FhirInstant.MicrosOf(new DateTimeOffset(local, zone.OffsetOf(local)));
    }

    private static ValueTask<ResourceStore> OpenAsync(string database, string? identityKeys, CancellationToken cancel) => new(Database.OpenForReadingAsync(
        database, TimeProvider.System, cancel, IdentityKeyFile.Of(identityKeys, database, isMade: false)));
}

/// <summary>The file of the ends of the log: chain, number and hash of the last entry on each line.</summary>
internal static class LogEnds
{
    public static string Text(ImmutableArray<AuditEnd> ends) => string.Concat(ends.Select(end => string.Create(
        CultureInfo.InvariantCulture, $"{end.Place.Chain} {end.Place.Seq} {Convert.ToHexStringLower(end.Hash.Span)}\n")));

    /// <exception cref="InvalidDataException">It is no such file.</exception>
    public static ImmutableArray<AuditEnd> Read(string text) =>
        [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(ReadLine)];

    private static AuditEnd ReadLine(string line)
    {
        Span<byte> hash = stackalloc byte[AuditSeal.SecretLength];
        return line.Split(' ') is [var chain, var seq, var hex]
            && int.TryParse(chain, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && long.TryParse(seq, NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            && Convert.FromHexString(hex, hash, out _, out var bytes) == System.Buffers.OperationStatus.Done && bytes == hash.Length
                ? new AuditEnd(new AuditPlace(number, last), hash.ToArray())
                : throw new InvalidDataException("The file of the ends of the log has lines of chain, number and hash.");
    }
}
