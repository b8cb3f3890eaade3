using System.CommandLine;

namespace Ajanvaraus.Fhir.Server.Commands;

/// <summary>Options that the command line leaves out, from the environment, else from <c>appsettings.json</c>.</summary>
/// <remarks>
/// <c>--max-count</c> is <c>AJANVARAUS_MAX_COUNT</c>, and <c>MaxCount</c> below <c>Ajanvaraus</c> in the file. What is
/// found is put among the arguments, so that it is checked like them.
/// </remarks>
public sealed class Settings(IConfiguration file, Func<string, string?> environment)
{
    public const string FileName = "appsettings.json";
    public const string Section = "Ajanvaraus";

    /// <summary>Reads the file of a folder, where there is one.</summary>
    /// <exception cref="InvalidDataException">The file is not JSON.</exception>
    public static Settings Of(string folder, Func<string, string?> environment) => new(
        new ConfigurationBuilder().SetBasePath(folder).AddJsonFile(FileName, optional: true).Build(), environment);

    /// <summary>The arguments with a value for each option of the command that they leave out and that is set.</summary>
    /// <param name="sources">Told where each added value came from.</param>
    public IReadOnlyList<string> Complete(RootCommand root, IReadOnlyList<string> arguments, List<string> sources)
    {
        var parsed = root.Parse(arguments);
        if (parsed.CommandResult.Command == root)
            return arguments;
        var added = new List<string>();
        foreach (var option in parsed.CommandResult.Command.Options)
        {
            if (parsed.GetResult(option) is { Implicit: false } || Find(option.Name) is not var (value, source))
                continue;
            added.Add($"{option.Name}={value}");
            sources.Add($"{option.Name}: {source}");
        }
        var command = arguments.ToList();
        command.InsertRange(command.IndexOf(parsed.CommandResult.IdentifierToken.Value) + 1, added);
        return command;
    }

    /// <param name="option">With its dashes: <c>--max-count</c>.</param>
    private (string Value, string Source)? Find(string option)
    {
        var words = option.TrimStart('-').Split('-');
        var variable = "AJANVARAUS_" + string.Join('_', words).ToUpperInvariant();
        if (environment(variable) is { Length: > 0 } set)
            return (set, variable);
        var key = $"{Section}:{string.Concat(words.Select(w => char.ToUpperInvariant(w[0]) + w[1..]))}";
        return file[key] is { Length: > 0 } written ? (written, $"{FileName} {key}") : null;
    }
}
