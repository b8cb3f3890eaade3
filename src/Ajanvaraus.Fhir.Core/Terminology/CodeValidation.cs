using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Terminology;

/// <summary>A code that is asked about.</summary>
/// <param name="System">Null when it is not given.</param>
/// <param name="Version">Of the code system; null: any.</param>
/// <param name="Display">To be checked too; null: not given.</param>
public sealed record AskedCode(string? System, string? Version, string Code, string? Display)
{
    /// <summary>Of a Coding; null when it has no code.</summary>
    public static AskedCode? Of(ElementNode coding) => coding.Text("code") is { Length: > 0 } code
        ? new AskedCode(coding.Text("system"), coding.Text("version"), code, coding.Text("display"))
        : null;
}

/// <summary>What is to be heeded when a code is validated.</summary>
/// <param name="AllowsAbstract">Whether a code that only groups others is valid.</param>
/// <param name="Date">As of when the code is in use, as given; null: now.</param>
/// <param name="DisplayLanguage">Of the display that is answered; null: as the code system has it.</param>
public sealed record ValidationRequest(
    bool AllowsAbstract = true, string? Date = null, string? DisplayLanguage = null)
{
    public static readonly ValidationRequest Default = new();
}

/// <summary>Whether a code is valid, and what is to be said of it.</summary>
/// <param name="Issues">Why not; or what to heed although it is.</param>
/// <param name="Code">The code that decided; of several codings the valid one; null: none.</param>
/// <param name="Display">Its right display; null when it has none here.</param>
public sealed record CodeValidation(bool IsValid, ImmutableArray<Issue> Issues, AskedCode? Code, string? Display);
