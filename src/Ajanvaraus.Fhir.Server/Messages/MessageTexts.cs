using System.Collections.Frozen;
using System.Globalization;

namespace Ajanvaraus.Fhir.Server.Messages;

/// <summary>The words of messages, in Finnish, Swedish and English.</summary>
internal static class MessageTexts
{
    public const string UsualLanguage = "fi";

    private static readonly FrozenDictionary<(string Kind, string Language), string> Texts = DataFile
        .Records("Messages/message-texts.csv").ToFrozenDictionary(r => (r[0], r[1]), r => r[2]);

    /// <summary>Weekday, day, month and time; no name of a month or weekday comes from the machine.</summary>
    private static readonly FrozenDictionary<string, (string[] Days, string Between)> Times =
        new Dictionary<string, (string[], string)>
        {
            ["fi"] = (["ma", "ti", "ke", "to", "pe", "la", "su"], " klo "),
            ["sv"] = (["må", "ti", "on", "to", "fr", "lö", "sö"], " kl. "),
            ["en"] = (["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], " at "),
        }.ToFrozenDictionary();

    public static IEnumerable<(string Kind, string Language, string Text)> All => Texts.Select(t => (t.Key.Kind, t.Key.Language, t.Value));

    public static bool Knows(string kind) => Texts.ContainsKey((kind, UsualLanguage));

    /// <summary>The language of a code such as <c>sv-FI</c>; Finnish for one that messages are not written in.</summary>
    public static string LanguageOf(string? code) =>
        code?.Split('-')[0] is { } language && Times.ContainsKey(language) ? language : UsualLanguage;

    /// <param name="kind">Code of reminder-kind that <see cref="Knows"/>.</param>
    /// <param name="language">One of <see cref="LanguageOf"/>.</param>
    /// <param name="start">By the clock of the calendar.</param>
    public static string Of(string kind, string language, DateTimeOffset start)
    {
        var (days, between) = Times[language];
        var time = string.Create(
            CultureInfo.InvariantCulture,
            $"{days[((int)start.DayOfWeek + 6) % 7]} {start.Day}.{start.Month}.{start.Year}{between}{start.Hour}.{start.Minute:00}");
        return string.Format(CultureInfo.InvariantCulture, Texts[(kind, language)], time);
    }
}
