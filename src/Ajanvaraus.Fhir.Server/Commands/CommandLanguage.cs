using Ajanvaraus.Fhir.Core.Issues;

namespace Ajanvaraus.Fhir.Server.Commands;

/// <summary>The language in which commands speak: Finnish or English.</summary>
/// <param name="Code"><c>fi</c> or <c>en</c>.</param>
public sealed record CommandLanguage(string Code)
{
    public const string OptionName = "--lang";

    private static readonly string[] Variables = ["AJANVARAUS_LANG", "LC_ALL", "LC_MESSAGES", "LANG"];

    /// <summary>As <c>--lang</c> says, else the first variable of the environment that says anything.</summary>
    public static CommandLanguage Of(IReadOnlyList<string> arguments, Func<string, string?> environment)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] == OptionName && i + 1 < arguments.Count)
                return Named(arguments[i + 1]);
            if (arguments[i].StartsWith(OptionName + '=', StringComparison.Ordinal))
                return Named(arguments[i][(OptionName.Length + 1)..]);
        }
        return Named(Variables.Select(environment).FirstOrDefault(v => !string.IsNullOrEmpty(v)));
    }

    public string Say(string english, string finnish) => Code == "fi" ? finnish : english;

    /// <summary>One issue on a line: id, type, text and where.</summary>
    public string Say(Issue issue)
    {
        var text = MessageCatalogue.Text(issue, Code);
        return issue.Expression is { } expression ? $"{issue.Id} {text} ({expression})" : $"{issue.Id} {text}";
    }

    /// <summary><c>fi</c>, <c>fi_FI.UTF-8</c> and the like are Finnish; all else is English.</summary>
    private static CommandLanguage Named(string? locale) => new(
        locale is not null && locale.StartsWith("fi", StringComparison.OrdinalIgnoreCase)
        && (locale.Length == 2 || locale[2] is '_' or '-' or '.') ? "fi" : "en");
}
