using System.Globalization;

using Ajanvaraus.Fhir.Scheduling.Reminders;
using Ajanvaraus.Fhir.Server.Security;

namespace Ajanvaraus.Fhir.Server.Messages;

/// <summary>Where messages go, and how.</summary>
/// <param name="Target">Address of a gateway for text messages, or <c>file:FOLDER</c>; empty: nothing is sent.</param>
public sealed record MessageOptions(string Target)
{
    private const string FilePrefix = "file:";

    public static readonly MessageOptions None = new("");

    /// <summary>By which the gateway knows this server: a bearer token, from a file.</summary>
    public string Secret { get; init; } = "";

    /// <summary>A gateway that has not answered by then is asked again later.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(UsualPatienceSeconds);

    public const int UsualPatienceSeconds = 10;

    public QuietHours Quiet { get; init; } = UsualQuiet;

    public static readonly QuietHours UsualQuiet = new(21, 8);

    public bool IsNone => Target.Length == 0;

    /// <summary>Folder into which messages are written; null: they go to a gateway.</summary>
    public string? Folder => Target.StartsWith(FilePrefix, StringComparison.Ordinal) ? Target[FilePrefix.Length..] : null;

    /// <summary>Why a server must not start like this; null when it may.</summary>
    public string? Refusal()
    {
        if (IsNone)
            return Secret.Length == 0 ? null : "--messages-secret needs --messages.";
        if (Folder is { } folder)
            return Directory.Exists(folder) ? null : $"--messages names the folder {folder}, which is not there.";
        if (!TokenOptions.IsSafe(Target))
            return $"--messages takes file:FOLDER or an https address without query, and http on loopback only, not {Target}.";
        return Secret.Length == 0 ? "--messages-secret names no file with the secret of the gateway of --messages." : null;
    }

    /// <summary><c>21-8</c>, or <c>none</c>; null when it is neither.</summary>
    public static QuietHours? QuietOf(string text)
    {
        if (text == "none")
            return QuietHours.None;
        var parts = text.Split('-');
        return parts.Length == 2 && Hour(parts[0]) is { } from && Hour(parts[1]) is { } until ? new QuietHours(from, until) : null;
    }

    private static int? Hour(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var hour) && hour < 24 ? hour : null;
}
