using System.CommandLine;

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Server.Import;
using Ajanvaraus.Fhir.Server.Security;

namespace Ajanvaraus.Fhir.Server.Commands;

/// <summary><c>import</c>: brings resources in from files, by the server's own way of writing.</summary>
internal static class ImportCommand
{
    private const string StandardInput = "-";

    public static Command Create(CommandLanguage language)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = language.Say(
                "NDJSON, a JSON resource or a Bundle, plain or gzipped; - for standard input.",
                "NDJSON, JSON-resurssi tai Bundle, myös gzip-pakattuna; - lukee vakiosyötteen."),
            Arity = ArgumentArity.OneOrMore,
        };
        var database = ServerCommand.Database(language);
        var urls = ServerCommand.Urls(language);
        var identityKeys = ServerCommand.IdentityKeys(language);
        var command = new Command("import", language.Say(
            "Imports resources with their ids; what is refused is listed and the rest goes on. Safe to repeat.",
            "Tuo resurssit tunnisteineen; hylätyt luetellaan ja muut tuodaan. Voi toistaa."))
        {
            files, database, urls, identityKeys,
        };
        command.SetAction((arguments, cancel) => ServerCommand.RunAsync(() => RunAsync(
            arguments.GetValue(files)!,
            new ServerOptions(arguments.GetValue(urls)!, arguments.GetValue(database)!, IsOpen: true)
            {
                Identities = IdentityKeyFile.Of(
                    arguments.GetValue(identityKeys), arguments.GetValue(database)!, isMade: true),
            }, language,
            TimeProvider.System, cancel)));
        return command;
    }

    internal static async Task<int> RunAsync(
        IReadOnlyList<string> paths, ServerOptions options, CommandLanguage language, TimeProvider clock,
        CancellationToken cancel)
    {
        if (paths.FirstOrDefault(p => p != StandardInput && !File.Exists(p)) is { } missing)
        {
            await Console.Error.WriteLineAsync(language.Say($"There is no file {missing}.", $"Tiedostoa {missing} ei ole."));
            return ServerCommand.Usage;
        }
        using var input = new SpooledInput();
        var files = new List<ImportFile>();
        foreach (var path in paths)
            files.Add(path == StandardInput
                ? new ImportFile(await input.SpoolAsync(cancel), StandardInput, options.Limits.MaxTerminologyBytes)
                : new ImportFile(path, Path.GetFileName(path), options.Limits.MaxTerminologyBytes));

        await using var store = await Database.OpenAsync(options.Database, clock, cancel, options.Identities);
        var facade = new FhirFacade(store, options, clock);
        await facade.SearchParameters.RefreshAsync(cancel);
        var progress = new ProgressLine(Console.Error, clock, language.Say("resources", "resurssia"));
        var run = new ImportRun(
            facade.Pipeline, facade.Validator, (place, name, problem) => Tell(place, name, problem, language), progress,
            clock);
        var result = await run.RunAsync(ImportStage.All.SelectMany(s => files.SelectMany(f => f.Read(s))), cancel);
        Console.WriteLine(progress.Text(result.Count));
        Console.WriteLine(language.Say(
            $"{result.Stored} stored, {result.Unchanged} unchanged, {result.Refused} refused.",
            $"{result.Stored} tallennettu, {result.Unchanged} ennallaan, {result.Refused} hylätty."));
        if (!result.IsInterrupted)
            return result.Refused == 0 ? ServerCommand.Success : ServerCommand.Failure;
        await Console.Error.WriteLineAsync(language.Say(
            "Interrupted; the same command goes on.", "Keskeytetty; sama komento jatkaa."));
        return ServerCommand.Interrupted;
    }

    /// <summary>A line for each issue: <c>Patient.ndjson:17: Patient/a: AJV-2041 …</c>.</summary>
    private static void Tell(string place, string? name, Problem problem, CommandLanguage language)
    {
        foreach (var issue in problem.Issues)
            if (issue.Severity is IssueSeverity.Error or IssueSeverity.Fatal)
                Console.Error.WriteLine(name is null
                    ? $"{place}: {language.Say(issue)}"
                    : $"{place}: {name}: {language.Say(issue)}");
    }

    /// <summary>Standard input in a file of its own, because it is read once for each stage.</summary>
    private sealed class SpooledInput : IDisposable
    {
        private string? _path;

        public async Task<string> SpoolAsync(CancellationToken cancel)
        {
            if (_path is not null)
                return _path;
            // Only its owner can read what GetTempFileName makes.
            _path = Path.GetTempFileName();
            await using var file = File.Create(_path);
            await using var input = Console.OpenStandardInput();
            await input.CopyToAsync(file, cancel);
            return _path;
        }

        public void Dispose()
        {
            if (_path is not null)
                File.Delete(_path);
        }
    }
}
