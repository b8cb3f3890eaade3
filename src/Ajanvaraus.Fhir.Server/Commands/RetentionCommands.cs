using System.CommandLine;
using System.Globalization;

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Persistence.Identities;
using Ajanvaraus.Fhir.Server.Booking;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Retention;
using Ajanvaraus.Fhir.Server.Security;

using NodaTime;
using NodaTime.Text;

namespace Ajanvaraus.Fhir.Server.Commands;

/// <summary><c>retention</c> and <c>erase</c>: takes away what need not, or must not, be kept.</summary>
internal static class RetentionCommands
{
    private const int AtATime = 100;

    /// <summary><c>retention</c>: tells what is due as CSV; takes it away with <c>--dispose</c>.</summary>
    public static Command Retention(CommandLanguage language)
    {
        var database = ServerCommand.Database(language);
        var identityKeys = ServerCommand.IdentityKeys(language);
        var table = Table(language);
        var day = new Option<string?>("--as-of")
        {
            Description = language.Say("What will be due on this day: 2036-12-31.", "Mikä on erääntynyt tänä päivänä: 2036-12-31."),
        };
        day.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !LocalDatePattern.Iso.Parse(result.Tokens[0].Value).Success)
                result.AddError(language.Say(
                    $"--as-of takes a day, not {result.Tokens[0].Value}.", $"--as-of on päivä, ei {result.Tokens[0].Value}."));
        });
        var dispose = new Option<bool>("--dispose")
        {
            Description = language.Say(
                "Takes out what is due today, with all versions; what is under legal hold stays.",
                "Hävittää tänään erääntyneen kaikkine versioineen; pysäytysmerkityt jäävät."),
        };
        var command = new Command("retention", language.Say(
            "Tells which bookings and clients need not be kept any longer, as CSV.",
            "Kertoo CSV:nä, mitä varauksia ja asiakkaita ei enää tarvitse säilyttää."))
        {
            database, identityKeys, table, day, dispose,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(dispose) && result.GetValue(day) is not null)
                result.AddError(language.Say("--dispose is always of today.", "--dispose koskee aina tätä päivää."));
        });
        command.SetAction((arguments, cancel) => ServerCommand.RunAsync(async () =>
        {
            var keys = IdentityKeyFile.Of(arguments.GetValue(identityKeys), arguments.GetValue(database)!, isMade: false);
            var periods = await TableAsync(arguments.GetValue(table), cancel);
            var asOf = arguments.GetValue(day) is { } text ? LocalDatePattern.Iso.Parse(text).Value : Today(TimeProvider.System);
            return await RunAsync(
                arguments.GetValue(database)!, periods, asOf, arguments.GetValue(dispose), arguments.InvocationConfiguration.Output,
                language, TimeProvider.System, cancel, keys);
        }));
        return command;
    }

    internal static async Task<int> RunAsync(
        string database, RetentionTable table, LocalDate asOf, bool dispose, TextWriter output, CommandLanguage language,
        TimeProvider clock, CancellationToken cancel, IdentityKeys? keys = null)
    {
        await using var store = dispose
            ? await Database.OpenAsync(database, clock, cancel, keys)
            : await Database.OpenForReadingAsync(database, clock, cancel, keys);
        var kept = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var due = await new RetentionReview(store, table).RunAsync(
            asOf, reason => kept[reason] = kept.GetValueOrDefault(reason) + 1, cancel);
        await output.WriteLineAsync("reference;what;kept until;state");
        if (dispose)
        {
            var left = await DisposeAsync(store, due, output, cancel);
            if (left.Failed)
                return await ServerCommand.TellAsync(left.Problem, language);
            due = left.Value;
        }
        foreach (var document in due)
            await output.WriteLineAsync(Line(document, document.IsHeld ? "legal-hold" : "due"));
        foreach (var (reason, count) in kept)
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{reason}: {count}"));
        return ServerCommand.Success;
    }

    /// <summary>Bookings first, then clients to whom nothing refers any more.</summary>
    /// <returns>What stays.</returns>
    private static async Task<Outcome<List<DueDocument>>> DisposeAsync(
        ResourceStore store, List<DueDocument> due, TextWriter output, CancellationToken cancel)
    {
        var disposal = new Disposal(store, "retention");
        var gone = new HashSet<string>();
        foreach (var chunk in Chunks(due.FindAll(d => !d.IsHeld)))
        {
            var meant = new List<StoredResource>();
            foreach (var document in chunk)
                if (document.Resource.Type != RetentionTable.Client || !await IsReferredToAsync(store, document.Resource, cancel))
                    meant.Add(document.Resource);
            var done = await disposal.RunAsync(meant, cancel);
            if (done.Failed)
                return done.Problem;
            gone.UnionWith(done.Value);
            foreach (var document in chunk.Where(d => gone.Contains(Reference(d))))
                await output.WriteLineAsync(Line(document, "disposed"));
        }
        return due.FindAll(d => !gone.Contains(Reference(d)));
    }

    private static IEnumerable<DueDocument[]> Chunks(List<DueDocument> due) => due
        .GroupBy(d => d.Resource.Type == RetentionTable.Client).OrderBy(g => g.Key).SelectMany(g => g.Chunk(AtATime));

    private static async Task<bool> IsReferredToAsync(ResourceStore store, StoredResource resource, CancellationToken cancel) =>
        !(await store.QueryAsync(s => s.ReferringAsync(resource.Type, resource.Id), cancel)).IsEmpty;

    /// <summary><c>erase</c>: one resource, for which the law leaves no room to keep it.</summary>
    public static Command Erase(CommandLanguage language)
    {
        var database = ServerCommand.Database(language);
        var identityKeys = ServerCommand.IdentityKeys(language);
        var table = Table(language);
        var reference = new Argument<string>("reference")
        {
            Description = language.Say("The resource: Appointment/1.", "Resurssi: Appointment/1."),
        };
        var reason = new Option<string>("--reason")
        {
            Description = language.Say("Why; it is told in the log.", "Miksi; kirjataan käyttölokiin."),
            Required = true,
        };
        var inError = new Option<bool>("--stored-in-error")
        {
            Description = language.Say(
                "It should never have been stored: its time is not asked.", "Sitä ei olisi pitänyt tallentaa: säilytysaikaa ei kysytä."),
        };
        var command = new Command("erase", language.Say(
            "Takes out one resource with all versions, if the law does not say to keep it; else tells until when it is kept.",
            "Hävittää yhden resurssin kaikkine versioineen, ellei laki käske säilyttää; muuten kertoo, mihin asti se säilytetään."))
        {
            reference, reason, inError, database, identityKeys, table,
        };
        command.SetAction((arguments, cancel) => ServerCommand.RunAsync(async () =>
        {
            var keys = IdentityKeyFile.Of(arguments.GetValue(identityKeys), arguments.GetValue(database)!, isMade: false);
            await using var store = await Database.OpenAsync(arguments.GetValue(database)!, TimeProvider.System, cancel, keys);
            return await EraseAsync(
                store, arguments.GetValue(reference)!, arguments.GetValue(reason)!, arguments.GetValue(inError),
                await TableAsync(arguments.GetValue(table), cancel), Today(TimeProvider.System), Console.Error, language, cancel);
        }));
        return command;
    }

    internal static async Task<int> EraseAsync(
        ResourceStore store, string reference, string reason, bool isStoredInError, RetentionTable table, LocalDate today,
        TextWriter errors, CommandLanguage language, CancellationToken cancel)
    {
        if (LocalReference.Parse(reference) is not { } named || await store.ReadAsync(named.Type, named.Id, cancel) is not { IsDeleted: false } found)
            return await RefuseAsync(errors, language.Say($"There is no {reference}.", $"Resurssia {reference} ei ole."));
        if (!isStoredInError)
        {
            var kept = await new RetentionReview(store, table).OfAsync(found, cancel);
            if (kept.Until is not { } until)
                return await RefuseAsync(errors, language.Say(
                    $"{reference} is kept: {kept.Reason} (docs/retention.md).", $"{reference} säilytetään: {kept.Reason} (docs/retention.md)."));
            if (until >= today)
                return await RefuseAsync(errors, language.Say(
                    $"{reference} is kept by law until {Text(until)}.", $"{reference} säilytetään lain mukaan {Text(until)} asti."));
        }
        if (Security.Policy.SecurityLabels.IsHeld(StoredNodes.Parse(found)))
            return await RefuseAsync(errors, language.Say($"{reference} is under legal hold.", $"{reference} on pysäytysmerkitty."));
        var referring = await store.QueryAsync(s => s.ReferringAsync(named.Type, named.Id), cancel);
        if (named.Type == RetentionTable.Client && !referring.IsEmpty)
            return await RefuseAsync(errors, language.Say(
                $"{referring.Length} resources refer to {reference}: erase them first.",
                $"{referring.Length} resurssia viittaa resurssiin {reference}: hävitä ne ensin."));
        var gone = await new Disposal(store, "erase", reason).RunAsync([found], cancel);
        if (gone.Failed)
            return await ServerCommand.TellAsync(gone.Problem, language);
        Console.WriteLine(string.Join('\n', gone.Value));
        return ServerCommand.Success;
    }

    private static async Task<int> RefuseAsync(TextWriter errors, string why)
    {
        await errors.WriteLineAsync(why);
        return ServerCommand.Failure;
    }

    private static Option<string?> Table(CommandLanguage language) => new("--table")
    {
        Description = language.Say(
            "A table of how long documents are kept, instead of the one that comes with the server.",
            "Säilytysaikojen taulukko palvelimen oman sijaan."),
    };

    private static async Task<RetentionTable> TableAsync(string? file, CancellationToken cancel)
    {
        try
        {
            return file is null ? RetentionTable.BuiltIn : RetentionTable.Read(await File.ReadAllTextAsync(file, cancel));
        }
        catch (FormatException wrong)
        {
            throw new InvalidDataException($"{file}: {wrong.Message}", wrong);
        }
    }

    private static LocalDate Today(TimeProvider clock) =>
        Moments.DayOf(Instant.FromDateTimeOffset(clock.GetUtcNow()), Scheduling.Time.CalendarZone.Of(Zones.DefaultId));

    private static string Reference(DueDocument document) => $"{document.Resource.Type}/{document.Resource.Id}";

    private static string Line(DueDocument document, string state) =>
        $"{Reference(document)};{document.What};{Text(document.Until)};{state}";

    private static string Text(LocalDate day) => LocalDatePattern.Iso.Format(day);
}
